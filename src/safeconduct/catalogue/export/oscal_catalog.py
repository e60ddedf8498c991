"""OSCAL catalogs: one per edition, whose controls are its requirements, and one of the neutral controls.

An edition: groups are chapters; a control's statement is what the row asks in our words, with an item for each part;
its assessment objective is what is judged, in plain English; properties tell obligation, roles, source and how sure.
The neutral controls: groups are families; parameters become parameters; a control kept by the elements of a list has an
item for each element.
"""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.catalogue.controls import FAMILIES
from safeconduct.catalogue.export.oscal_parts import (
    Plain,
    checked_last,
    filled,
    head,
    prop,
    props,
    resource,
    resource_of,
    token,
    uuid_of,
)
from safeconduct.catalogue.export.sheets import asked_in_words, newest_check
from safeconduct.catalogue.titles import FAMILY_TITLES, Titles
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import (
    Applies,
    Catalogue,
    Control,
    Parameter,
    Programme,
    Requirement,
    Timeline,
)

_STATEMENT = "_smt"


def edition_catalog(catalogue: Catalogue, programme: Programme) -> Plain:
    """An edition as an OSCAL catalog."""
    titles = Titles(catalogue, programme)
    by_chapter: dict[str, list[Plain]] = {}
    for row in programme.requirements:
        by_chapter.setdefault(row.chapter, []).append(_requirement(titles, row))
    groups = [
        {"id": f"chapter-{key}", "title": programme.chapters.get(key, key), "controls": controls}
        for key, controls in by_chapter.items()
        if key
    ]
    title = f"{programme.title}, edition {programme.edition}"
    day = checked_last(row.source.checked for row in programme.requirements)
    body: Plain = {
        "uuid": uuid_of("catalog", programme.id, catalogue.digest),
        "metadata": head(catalogue, title, version=programme.edition, day=day, own=_edition_props(programme)),
        **filled({"groups": groups, "controls": by_chapter.get("", [])}),
        "back-matter": {"resources": list(_resources(programme))},
    }
    return {"catalog": body}


def _edition_props(programme: Programme) -> Iterator[Plain]:
    told = (
        *(("programme", programme.key), ("owner", programme.owner), ("authorises", programme.unit.value)),
        *(("kind", programme.kind), ("since", str(programme.since or "")), ("until", str(programme.until or ""))),
        *(("supersedes", programme.supersedes), ("rule", programme.rule.value)),
    )
    yield from props(told)
    for role, cover in programme.coverage.items():
        of = "unknown" if cover.of is None else str(cover.of)
        complete = "complete" if cover.complete else "not-complete"
        gaps = f"Known gaps: {', '.join(cover.gaps)}." if cover.gaps else ""
        yield prop("coverage", f"{role}: {cover.rows} of {of} binding rows", kind=complete, remarks=gaps)


def _resources(programme: Programme) -> Iterator[Plain]:
    """Every document that a row rests on, then those read for the edition as a whole; each once."""
    seen: set[str] = set()
    for row in programme.requirements:
        uuid = resource_of(row.source)
        if uuid not in seen:
            seen.add(uuid)
            yield resource(uuid, row.source.document, row.source.link, ())
    for one in programme.sources:
        uuid = uuid_of("document", one.document, one.link)
        if uuid not in seen:
            seen.add(uuid)
            own = (prop("sure", one.sure), prop("checked", one.checked.isoformat()))
            yield resource(uuid, one.document, one.link, own)


def _requirement(titles: Titles, row: Requirement) -> Plain:
    source = row.source
    links = [{"href": f"#{resource_of(source)}", "rel": "reference", "text": source.locator}]
    links += [{"href": f"#{token(row.illustrates)}", "rel": "related"}] if row.illustrates else []
    return {
        "id": token(row.key),
        "class": row.kind.value,
        "title": row.title,
        "props": [{"name": "label", "value": row.ref}, *_requirement_props(row)],
        "links": [filled(link) for link in links],
        "parts": list(_requirement_parts(titles, row)),
    }


def _requirement_props(row: Requirement) -> Iterator[Plain]:
    told = (
        *(("key", row.key), ("sure", row.source.sure.value), ("source-locator", row.source.locator)),
        *(("source-checked", row.source.checked.isoformat()), ("addressee", row.addressee.value)),
        *(("judged-at", row.scope.value), ("about", row.about), ("decisive", "yes" if row.decisive else "")),
        ("supersedes", row.supersedes),
        *(("safe-element", letter) for letter in row.safe),
        *(("level", variant) for variant in row.variants),
    )
    yield from props(told)
    for timeline in [row.obligation] if row.obligation else [part.obligation for part in row.parts]:
        yield from _timeline("obligation", timeline)
    for roles in (row.roles, *(part.roles for part in row.parts)):
        for role, applies in roles.items():
            if isinstance(applies, Applies):
                yield prop("role", role, kind=applies.value)
            else:
                yield from (prop("role", role, kind=f"{word.value}-from-{first}") for first, word in applies)


def _timeline(name: str, timeline: Timeline) -> Iterator[Plain]:
    return (prop(name, word.value, kind=f"from-{first}") for first, word in timeline)


def _requirement_parts(titles: Titles, row: Requirement) -> Iterator[Plain]:
    key = token(row.key)
    items = [
        {
            "id": f"{key}{_STATEMENT}.{part.key}",
            "name": "item",
            **filled({"title": part.title or part.key, "props": list(_timeline("obligation", part.obligation))}),
        }
        for part in row.parts
    ]
    yield {"id": f"{key}{_STATEMENT}", "name": "statement", "prose": row.asks, **filled({"parts": items})}
    if asked := asked_in_words(titles, row):
        yield {"id": f"{key}_obj", "name": "assessment-objective", "prose": asked}
    if row.note:
        yield {"id": f"{key}_gdn", "name": "guidance", "prose": row.note}


def controls_catalog(catalogue: Catalogue) -> Plain:
    """The neutral controls as an OSCAL catalog."""
    titles = Titles(catalogue)
    groups = [
        {
            "id": f"family-{family.lower()}",
            "title": FAMILY_TITLES[family],
            "props": [{"name": "label", "value": family}],
            "controls": [_control(titles, one) for one in catalogue.controls.values() if one.family == family],
        }
        for family in FAMILIES
    ]
    day = newest_check(catalogue) or checked_last(())
    body: Plain = {
        "uuid": uuid_of("catalog", "controls", catalogue.digest),
        "metadata": head(catalogue, "Neutral controls of Safeconduct", version=catalogue.digest[:12], day=day),
        "groups": [group for group in groups if group["controls"]],
    }
    return {"catalog": body}


def _control(titles: Titles, control: Control) -> Plain:
    told = (("mode", control.mode.value), ("inherits", control.inherits.value), ("kept-by", control.by))
    replaced = [{"href": f"#{control.replaced_by}", "rel": "successor"}] if control.replaced_by else []
    return {
        "id": token(control.key),
        "class": control.mode.value,
        "title": control.title,
        **filled({"params": [_parameter(titles, control, one) for one in control.parameters.values()]}),
        "props": [*props(told), *(prop("shown", kind.value) for kind in control.shown)],
        **filled({"links": replaced}),
        "parts": list(_control_parts(titles, control)),
    }


def parameter_id(control: Control, parameter: Parameter) -> str:
    """The identifier of a parameter among those of all controls."""
    return f"{token(control.key)}_{parameter.key}"


def statement_id(control: str, element: str = "") -> str:
    """The identifier of a control's statement, or of its item for one element."""
    return f"{token(control)}{_STATEMENT}" + (f".{element}" if element else "")


def _parameter(titles: Titles, control: Control, parameter: Parameter) -> Plain:
    terms = titles.catalogue.terms.lists.get(parameter.terms)
    words = list(terms.elements if terms else parameter.words)
    several = parameter.kind is ParameterKind.SET
    choices = {"how-many": "one-or-more" if several else "one", "choice": words} if words else {}
    told = (("kind", parameter.kind.value), ("better", parameter.better), ("list", parameter.terms))
    return {
        "id": parameter_id(control, parameter),
        "label": parameter.words_for_people(),
        "props": list(props(told)),
        **filled({"select": choices}),
    }


def _control_parts(titles: Titles, control: Control) -> Iterator[Plain]:
    own = statement_id(control.key)
    items = [*_elements(titles, control), *_insertions(control)]
    yield {"id": own, "name": "statement", "prose": f"{control.title}.", **filled({"parts": items})}
    if control.note:
        yield {"id": f"{token(control.key)}_gdn", "name": "guidance", "prose": control.note}


def _elements(titles: Titles, control: Control) -> Iterator[Plain]:
    """An item for each element that the control is kept by."""
    terms = titles.catalogue.terms.lists.get(control.by)
    if terms is not None:
        for one in terms.elements:
            prose = f"For {terms.title(one)}."
            yield {"id": statement_id(control.key, one), "name": "item", "class": "element", "prose": prose}


def _insertions(control: Control) -> Iterator[Plain]:
    """An item for each parameter that says where its value stands."""
    return (
        {
            "id": f"{parameter_id(control, one)}_prm",
            "name": "item",
            "class": "parameter",
            "prose": f"{one.words_for_people()}: {{{{ insert: param, {parameter_id(control, one)} }}}}",
        }
        for one in control.parameters.values()
    )
