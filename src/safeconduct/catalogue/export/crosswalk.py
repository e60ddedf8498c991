"""The sheets that read the catalogue across programmes: who asks which control, and how strictly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from safeconduct.catalogue.export.sheet import LONG, NARROW, USUAL, WIDE, Cell, Sheet, named, timeline_in_words, words
from safeconduct.catalogue.spoken import bound_words
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.walking import leaves_of
from safeconduct.catalogue.wording import bound_in_words
from safeconduct.core.records.catalogue import Catalogue


def askers(catalogue: Catalogue) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each control the editions that name it, with the issuer's references of the rows that do."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for programme in catalogue.programmes.values():
        for row in programme.requirements:
            for key in named(row):
                found[key][programme.id].append(row.ref)
    return {key: {edition: tuple(refs) for edition, refs in editions.items()} for key, editions in found.items()}


def crosswalk(catalogue: Catalogue) -> Sheet:
    """Controls that some row names, against the editions that name some control."""
    asked = askers(catalogue)
    editions = [one for one in catalogue.programmes if any(one in found for found in asked.values())]
    columns = (("Control", USUAL), ("Title", WIDE), ("Programmes", NARROW), *((one, USUAL) for one in editions))
    rows: list[tuple[Cell, ...]] = []
    for key, control in catalogue.controls.items():
        if found := asked.get(key):
            count = len({edition.split("/")[0] for edition in found})
            rows.append((key, control.title, count, *(words(found.get(one, ())) for one in editions)))
    return Sheet("Crosswalk", columns, tuple(rows), kept=2)


def bounds(catalogue: Catalogue) -> Sheet:
    """Every bound of every row, by control, element and parameter, with the number of programmes that bind it."""
    columns = (
        *(("Control", USUAL), ("Kept for", USUAL), ("Parameter", USUAL), ("Programmes", NARROW)),
        *(("Edition", USUAL), ("Reference", NARROW), ("Bound", WIDE), ("In words", LONG), ("Own", NARROW)),
        *(("Obligation", USUAL), ("How sure", NARROW)),
    )
    rows = sorted(_bound_rows(catalogue), key=lambda row: row[:3])
    programmes: dict[tuple[Cell, ...], set[str]] = defaultdict(set)
    for row in rows:
        programmes[row[:3]].add(row[3].split("/")[0])
    filled: Iterator[tuple[Cell, ...]] = ((*row[:3], len(programmes[row[:3]]), *row[3:]) for row in rows)
    return Sheet("Bounds", columns, tuple(filled), kept=3)


def _bound_rows(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for programme in catalogue.programmes.values():
        titles = Titles(catalogue, programme)
        for row in programme.requirements:
            timelines = [row.obligation, *(part.obligation for part in row.parts)]
            obligation = "; ".join(dict.fromkeys(timeline_in_words(one) for one in timelines if one))
            for need in leaves_of(row):
                for element in need.for_ or ("",):
                    for name, bound in need.bounds:
                        told = bound_words(titles, catalogue.controls[need.control].parameters[name], bound)
                        yield (
                            *(need.control, element, name, programme.id, row.ref, bound_in_words(bound), told),
                            *("yes" if bound.own else "no", obligation, row.source.sure.value),
                        )
