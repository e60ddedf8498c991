"""Reads checklists, and holds them to the bounds of the requirements that are said to ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from safeconduct.catalogue.fields import Fields, refuse_word
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.tables import keyed_rows, source_of
from safeconduct.catalogue.walking import leaves_of
from safeconduct.core.provenance import Source
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Catalogue, Control, Requirement
from safeconduct.core.records.checklists import Checklist, ChecklistItem
from safeconduct.core.records.needs import Op

REQUIRED = ("key", "title", "version", "control", "parameter", "items", "source")
OPTIONAL = ("units", "asked_by", "supersedes", "note")
ITEM_REQUIRED = ("point", "title")
ITEM_OPTIONAL = ("note", "source")


def read_checklists(
    node: Node, refusing: Refusing, catalogue: Catalogue, seen: dict[str, str]
) -> tuple[Checklist, ...]:
    """The checklists of one file; controls, points, units and requirements must be those of the catalogue."""
    found = []
    for key, fields in keyed_rows(node, refusing, seen, required=REQUIRED, optional=OPTIONAL):
        before = fields.text("supersedes")
        if before and before not in seen:
            refuse_word(fields.at("supersedes"), fields.path("supersedes"), refusing, before, seen, "earlier checklist")
        checklist = _read_checklist(key, fields, catalogue)
        if checklist is not None:
            found.append(checklist)
    return tuple(found)


def _read_checklist(key: str, fields: Fields, catalogue: Catalogue) -> Checklist | None:
    control = catalogue.controls.get(fields.word("control", catalogue.controls, "control"))
    source = source_of(fields)
    if control is None or source is None:
        return None
    sets = [name for name, one in control.parameters.items() if one.kind is ParameterKind.SET]
    parameter = fields.word("parameter", sets, f"set among the parameters of {control.key}")
    if not parameter:
        return None
    points = catalogue.terms.lists.get(control.parameters[parameter].terms)
    if points is None or (control.by and control.by not in catalogue.terms.lists):
        return None  # the control names a list that is none, and was refused for it
    checklist = Checklist(
        key=key,
        title=fields.text("title"),
        version=fields.text("version"),
        control=control.key,
        parameter=parameter,
        units=_read_units(fields, catalogue, control),
        items=tuple(_read_items(fields, points.elements, source)),
        asked_by=tuple(word for word, _ in fields.words("asked_by")),
        source=source,
        supersedes=fields.text("supersedes"),
        note=fields.text("note"),
    )
    _check_asked(fields, checklist, catalogue)
    return checklist


def _read_units(fields: Fields, catalogue: Catalogue, control: Control) -> tuple[str, ...]:
    if not control.by:
        if "units" in fields:
            fields.refuse("units", f"{control.key} is not kept by units.", do="Remove `units`.")
        return ()
    if "units" not in fields:
        do = "Name the elements it is for."
        fields.refuse("", f"{control.key} is kept by {control.by}, and no `units` say which.", do=do)
    return fields.known_words("units", catalogue.terms.lists[control.by].elements, f"element of {control.by!r}")


def _read_items(fields: Fields, elements: Sequence[str], source: Source) -> Iterator[ChecklistItem]:
    if fields.is_empty_list("items"):
        fields.refuse("items", "It has no item.", do="Write what is looked at, point by point.")
    for path, node in fields.items("items"):
        item = Fields(node, path, fields.refusing, required=ITEM_REQUIRED, optional=ITEM_OPTIONAL)
        own = item.node_of("source")
        read = source if own is None else read_source(own, item.path("source"), item.refusing)
        point = item.word("point", elements, "point of that parameter")
        if point and read is not None:
            yield ChecklistItem(point, item.text("title"), read, item.text("note"))


def _check_asked(fields: Fields, checklist: Checklist, catalogue: Catalogue) -> None:
    """Each requirement named bounds the parameter to exactly these points, for each of its units that it asks."""
    rows = _rows(catalogue)
    for key, node in fields.words("asked_by"):
        if key not in rows:
            refuse_word(node, fields.path("asked_by"), fields.refusing, key, rows, "requirement")
            continue
        for row in rows[key]:
            asked = points_asked(row, checklist)
            lists = ", ".join(sorted({"+".join(sorted(points)) for points in asked.values()})) or "none"
            if not asked or any(points != checklist.points for points in asked.values()):
                what = f"{key} does not ask exactly the points of this list (it asks: {lists})."
                do = f"Write the points that {checklist.control} is asked there, or leave the requirement out."
                fields.refusing.refuse(node, fields.path("asked_by"), what, do=do)


def points_asked(row: Requirement, checklist: Checklist) -> Mapping[str, frozenset[str]]:
    """What a requirement asks to be looked at, for each unit of the checklist that it names (once without units)."""
    found: dict[str, frozenset[str]] = {}
    for leaf in leaves_of(row):
        if leaf.control != checklist.control:
            continue
        for name, bound in leaf.bounds:
            if name == checklist.parameter and bound.op is Op.INCLUDES and isinstance(bound.value, frozenset):
                for unit in leaf.for_ or ("",):
                    if unit in (checklist.units or ("",)):
                        found[unit] = found.get(unit, frozenset()) | bound.value
    return found


def _rows(catalogue: Catalogue) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for programme in catalogue.programmes.values():
        for row in programme.requirements:
            found.setdefault(row.key, []).append(row)
    return found
