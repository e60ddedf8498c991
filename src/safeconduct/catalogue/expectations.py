"""Reads expectations.yml: what its authors expect an edition's rows to come to, checked each time the files are read.

An expectation stands beside the rows, so that a row lost in an edit, or a source forgotten, is seen by the machine:

```yaml
rows: {at_least: 95, at_most: 130}
mapped: {at_least: 90 %}          # of all rows: they say what they need
confirmed: {at_least: 20 %}       # of all rows
unconfirmed: {at_most: 40 %}      # of all rows
computable: {at_least: 85 %}      # of the judged rows: they follow from recorded facts alone
checked: {since: 2026-11-24}      # no source was looked at before
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.catalogue.quality import Quality, quality
from safeconduct.core.provenance import Sure
from safeconduct.core.quantities import Percent, read_percent
from safeconduct.core.records.catalogue import Programme

FILE = "expectations.yml"
ROWS, CHECKED = "rows", "checked"
SHARES = {
    "mapped": "say what they need",
    **{sure.value: f"are {sure.value}" for sure in Sure},
    "computable": "follow from facts alone",
    "by-person": "rest on a person's judgement",
}
FIELDS = (ROWS, *SHARES, CHECKED)
LIMITS = ("at_least", "at_most")
_DO = "Mend the rows, or change the expectation and say why."


def check_expectations(node: Node, refusing: Refusing, programme: Programme) -> None:
    """Refuse each expectation that the edition's rows do not fulfil, at its own line; and what is no expectation."""
    fields = Fields(node, "", refusing, optional=FIELDS)
    counts = quality(programme, date.max)
    if ROWS in fields:
        _check_rows(_inner(fields, ROWS, LIMITS), counts)
    for name in SHARES:
        if name in fields:
            _check_share(_inner(fields, name, LIMITS), name, *_share_of(counts, name))
    if CHECKED in fields:
        _check_day(_inner(fields, CHECKED, ("since",)), counts)


def _inner(fields: Fields, name: str, optional: tuple[str, ...]) -> Fields:
    inner = Fields(fields.at(name), fields.path(name), fields.refusing, optional=optional)
    if not any(limit in inner for limit in optional):
        inner.refuse("", "Nothing is expected here.", do=f"Write {' or '.join(optional)}, or remove it.")
    return inner


def _check_rows(fields: Fields, counts: Quality) -> None:
    least, most = fields.number("at_least"), fields.number("at_most")
    if least is not None and counts.rows < least:
        fields.refuse("at_least", f"There are {counts.rows} rows, and at least {least} are expected.", do=_DO)
    if most is not None and counts.rows > most:
        fields.refuse("at_most", f"There are {counts.rows} rows, and at most {most} are expected.", do=_DO)


def _share_of(counts: Quality, name: str) -> tuple[int, int, str]:
    """How many rows have it, of how many, and how these are called."""
    found = {"mapped": counts.mapped, "computable": counts.computable, "by-person": counts.by_person}
    of_judged = name in ("computable", "by-person")
    count = found[name] if name in found else counts.sure.get(Sure(name), 0)
    return count, counts.judged if of_judged else counts.rows, "judged rows" if of_judged else "rows"


def _check_share(fields: Fields, name: str, count: int, of: int, rows: str) -> None:
    for limit, expected in _limits(fields):
        if not of:
            what = f"There are no {rows}, of which a share could be expected."
            fields.refuse(limit, what, do="Remove it.")
            continue
        share = Percent(Decimal(100 * count) / of)
        if share.value < expected.value if limit == "at_least" else share.value > expected.value:
            told = f"{limit.replace('_', ' ')} {expected} are expected"
            fields.refuse(limit, f"{count} of {of} {rows} ({share.value:.0f} %) {SHARES[name]}; {told}.", do=_DO)


def _limits(fields: Fields) -> Iterator[tuple[str, Percent]]:
    for limit in LIMITS:
        text = fields.text(limit)
        if not text:
            continue
        try:
            yield limit, read_percent(text)
        except ValueError as error:
            fields.refuse(limit, f"{error}.", do="Write a share of the rows, for example 95 %.")


def _check_day(fields: Fields, counts: Quality) -> None:
    since = fields.day("since")
    if since is not None and counts.oldest is not None and counts.oldest < since:
        what = f"A source was last checked on {counts.oldest}, and none before {since} is expected."
        fields.refuse("since", what, do="Look at the source again and write the day, or change the expectation.")
