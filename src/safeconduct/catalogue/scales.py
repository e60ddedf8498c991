"""Reads scales, with the rule from a number or a word to a class, and the matrices that join two of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from safeconduct.catalogue.fields import Fields, any_number, one_of, words
from safeconduct.catalogue.keyed import Seen, keyed
from safeconduct.catalogue.marked import ListNode, MapNode, Node, Refusing
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.terms import good_key
from safeconduct.core.provenance import Source
from safeconduct.core.records.threats import Level, Matrix, Origin, Rates, Scale, ScaleClass, ScaleMeasure

REQUIRED = ("title", "rates", "classes", "bounds", "source")
OPTIONAL = ("measures", "note")
CLASS_REQUIRED = ("title", "says")
CLASS_OPTIONAL = ("starts",)
MEASURE_REQUIRED = ("title",)
MEASURE_OPTIONAL = ("unit", "ladder")
UNITS = ("events-per-year", "share", "EUR", "days")
MATRIX_REQUIRED = ("title", "down", "across", "result", "cells", "grid", "source")
MATRIX_OPTIONAL = ("note",)


def read_scales(node: Node, refusing: Refusing, seen: Seen) -> dict[str, Scale]:
    """The scales of a file. What is refused is left out, so that reading can go on."""
    found: dict[str, Scale] = {}
    for key, value, path in keyed(node, refusing, seen):
        fields = Fields(value, path, refusing, required=REQUIRED, optional=OPTIONAL)
        measures = _read_measures(fields)
        classes = _read_classes(fields, measures)
        source = _read_source(fields)
        if source is None:
            continue
        found[key.text] = Scale(
            key=key.text,
            title=fields.text("title"),
            rates=fields.choice("rates", Rates, Rates.LIKELIHOOD),
            classes=classes,
            bounds=fields.choice("bounds", Origin, Origin.OWN),
            source=source,
            measures=measures,
            note=fields.text("note"),
        )
    return found


def _read_source(fields: Fields) -> Source | None:
    return read_source(fields.at("source"), fields.path("source"), fields.refusing) if "source" in fields else None


def _read_measures(fields: Fields) -> dict[str, ScaleMeasure]:
    found: dict[str, ScaleMeasure] = {}
    for key, value, path in fields.entries("measures"):
        if not good_key(key, key.text, path, fields.refusing):
            continue
        inner = Fields(value, path, fields.refusing, required=MEASURE_REQUIRED, optional=MEASURE_OPTIONAL)
        if ("unit" in inner) == ("ladder" in inner):
            why = "A measure is a number in a unit, or a ladder of words."
            inner.refuse("", "Either `unit` or `ladder` is meant.", why=why, do="Keep one of them.")
            continue
        ladder = tuple(word for word, _ in inner.words("ladder"))
        found[key.text] = ScaleMeasure(key.text, inner.text("title"), inner.word("unit", UNITS), ladder)
    return found


def _read_classes(fields: Fields, measures: Mapping[str, ScaleMeasure]) -> tuple[ScaleClass, ...]:
    found: list[ScaleClass] = []
    for key, value, path in fields.entries("classes"):
        if not good_key(key, key.text, path, fields.refusing):
            continue
        inner = Fields(value, path, fields.refusing, required=CLASS_REQUIRED, optional=CLASS_OPTIONAL)
        starts = _read_starts(inner, measures)
        if found:
            _refuse_not_graver(inner, found[-1], starts, measures)
        else:
            _refuse_not_first(inner, starts, measures)
        found.append(ScaleClass(key.text, inner.text("title"), inner.text("says"), starts))
    if len(found) < 2 and "classes" in fields:
        fields.refuse("classes", "A scale has two classes or more.", do="Write them, mildest first.")
    return tuple(found)


def _read_starts(fields: Fields, measures: Mapping[str, ScaleMeasure]) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for key, node, path in fields.known_entries("starts", measures, "measure of the scale"):
        measure = measures[key.text]
        if measure.ladder:
            level: Level | None = one_of(node, path, fields.refusing, measure.ladder, f"step of {key.text}")
        else:
            level = any_number(node, path, fields.refusing)
        if level is not None:
            found[key.text] = level
    written = fields.node_of("starts")
    named = {key.text for key, _ in written} if isinstance(written, MapNode) else set()
    for name in measures:
        if name not in named:
            why = "Every class must be reached by every measure."
            fields.refuse("starts", f"The class has no start for {name!r}.", why=why, do=f"Add `{name}: …`.")
    return found


def _refuse_not_first(fields: Fields, starts: Mapping[str, Level], measures: Mapping[str, ScaleMeasure]) -> None:
    for name, level in starts.items():
        if measures[name].place(level) != 0:
            first = measures[name].ladder[0] if measures[name].ladder else 0
            what = f"The mildest class starts at {level}, and {name!r} at {first}."
            fields.refuse("starts", what, why="Below it no class would be found.", do=f"Write `{name}: {first}`.")


def _refuse_not_graver(
    fields: Fields, before: ScaleClass, starts: Mapping[str, Level], measures: Mapping[str, ScaleMeasure]
) -> None:
    for name, level in starts.items():
        earlier = before.starts.get(name)
        if earlier is not None and measures[name].place(level) <= measures[name].place(earlier):
            what = f"{name!r} starts at {level}, not above the {earlier} of {before.key!r}."
            fields.refuse("starts", what, why="Classes run from the mildest to the gravest.", do="Raise it.")


def read_matrices(node: Node, refusing: Refusing, seen: Seen, scales: Mapping[str, Scale]) -> dict[str, Matrix]:
    """The matrices of a file, each complete and never milder where something is graver; others are refused."""
    found: dict[str, Matrix] = {}
    for key, value, path in keyed(node, refusing, seen):
        fields = Fields(value, path, refusing, required=MATRIX_REQUIRED, optional=MATRIX_OPTIONAL)
        down, across, result = (fields.word(name, scales, "scale") for name in ("down", "across", "result"))
        source = _read_source(fields)
        if not (down and across and result and source):
            continue
        cells = _read_cells(fields, scales[down], scales[across], scales[result])
        grid = fields.choice("grid", Origin, Origin.OWN)
        matrix = Matrix(key.text, fields.text("title"), down, across, result, cells, grid, source, fields.text("note"))
        found[key.text] = matrix
        _refuse_milder(fields, cells, scales[down], scales[across], scales[result])
    return found


def _read_cells(fields: Fields, down: Scale, across: Scale, result: Scale) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    results = [one.key for one in result.classes]
    rows = {}
    for key, node, path in fields.known_entries("cells", [one.key for one in down.classes], f"class of {down.key}"):
        rows[key.text] = node
        row = _read_row(node, path, fields.refusing, results)
        if row is not None and len(row) != len(across.classes):
            what = f"The row has {len(row)} cells, and {across.key!r} has {len(across.classes)} classes."
            fields.refusing.refuse(node, path, what, do="Write one cell for each class, mildest first.")
        elif row is not None:
            found |= {(key.text, one.key): cell for one, cell in zip(across.classes, row, strict=True) if cell}
    for one in down.classes:
        if one.key not in rows and "cells" in fields:
            why = "A matrix answers for every pair of classes."
            fields.refuse("cells", f"The row {one.key!r} is missing.", why=why, do=f"Add `{one.key}: […]`.")
    return found


def _read_row(node: Node, field: str, refusing: Refusing, results: list[str]) -> list[str] | None:
    """The cells of a row, empty where one was refused; None where it is no list."""
    if not isinstance(node, ListNode):
        words(node, field, refusing)
        return None
    return [one_of(item, field, refusing, results, "class of results") or "" for item in node.items]


def _refuse_milder(
    fields: Fields, cells: Mapping[tuple[str, str], str], down: Scale, across: Scale, result: Scale
) -> None:
    """Refuse a cell that is milder than its neighbour above or to the left."""
    rows, columns = [one.key for one in down.classes], [one.key for one in across.classes]
    pairs = [((row, one), (row, other)) for row in rows for one, other in pairwise(columns)]
    pairs += [((one, column), (other, column)) for column in columns for one, other in pairwise(rows)]
    for milder, graver in pairs:
        if milder not in cells or graver not in cells:
            continue
        if result.place(cells[graver]) < result.place(cells[milder]):
            what = (
                f"{' × '.join(graver)} gives {cells[graver]!r}, milder than {cells[milder]!r} at {' × '.join(milder)}."
            )
            at = _row_node(fields, graver[0])
            why = "What is graver never has the milder class."
            fields.refusing.refuse(at, fields.path(f"cells.{graver[0]}"), what, why=why, do="Raise the cell.")


def _row_node(fields: Fields, row: str) -> Node:
    return next((node for key, node, _ in fields.entries("cells") if key.text == row), fields.at("cells"))
