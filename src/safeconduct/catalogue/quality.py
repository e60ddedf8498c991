"""How good each programme of the catalogue is: how many rows, how sure, how far they can be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.catalogue.walking import forms_of
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import (
    Addressee,
    Catalogue,
    Coverage,
    Obligation,
    Programme,
    Requirement,
    RequirementKind,
    Timeline,
)
from safeconduct.core.records.needs import AnswerNeed, OutcomeNeed

_JUDGED = (RequirementKind.CONDITION, RequirementKind.METRIC, RequirementKind.BONUS)


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of one edition.

    `trader` counts the rows addressed to the trader, `mapped` those of all rows that need something, `judged` the
    trader's conditions, figures and bonuses. Of these, `computable` follow from recorded facts alone and `by_person`
    rest on a named person's judgement. `oldest` is the earliest day of checking a row's source; None without rows.
    """

    programme: str
    rows: int
    trader: int
    kinds: Mapping[RequirementKind, int]
    obligations: Mapping[Obligation, int]
    sure: Mapping[Sure, int]
    mapped: int
    judged: int
    computable: int
    by_person: int
    oldest: date | None
    coverage: Mapping[str, Coverage]

    @property
    def complete_roles(self) -> int:
        """Roles of which every row of the issuer is encoded."""
        return sum(one.complete for one in self.coverage.values())


def quality(programme: Programme, day: date) -> Quality:
    """The counts of one edition; obligations are those of the day, a row with parts counts by its strongest part."""
    rows = programme.requirements
    judged = [row for row in rows if is_judged(row)]
    today = (strongest_obligation(row, day) for row in rows)
    return Quality(
        programme=programme.id,
        rows=len(rows),
        trader=sum(row.addressee is Addressee.TRADER for row in rows),
        kinds=Counter(row.kind for row in rows),
        obligations=Counter(word for word in today if word is not None),
        sure=Counter(row.source.sure for row in rows),
        mapped=sum(is_mapped(row) for row in rows),
        judged=len(judged),
        computable=sum(is_computable(row) for row in judged),
        by_person=sum(rests_on_judgement(row) for row in judged),
        oldest=min((row.source.checked for row in rows), default=None),
        coverage=programme.coverage,
    )


def qualities(catalogue: Catalogue, day: date) -> tuple[Quality, ...]:
    """The counts of every edition, in the order of the files."""
    return tuple(quality(programme, day) for programme in catalogue.programmes.values())


def is_judged(row: Requirement) -> bool:
    """Whether a row is judged at all: a trader's condition, figure or bonus."""
    return row.kind in _JUDGED and row.addressee is Addressee.TRADER


def is_mapped(row: Requirement) -> bool:
    """Whether a row says what it needs."""
    return row.needs is not None or bool(row.parts)


def is_computable(row: Requirement) -> bool:
    """Whether a row asks nothing but recorded facts."""
    return not any(isinstance(form, OutcomeNeed | AnswerNeed) for form in forms_of(row))


def rests_on_judgement(row: Requirement) -> bool:
    """Whether a named person judges that an outcome is reached."""
    return any(isinstance(form, OutcomeNeed) for form in forms_of(row))


def quality_form(one: Quality) -> dict[str, Any]:
    """The counts of one edition as plain data."""
    return {
        "rows": one.rows,
        "trader": one.trader,
        "kinds": {kind.value: count for kind, count in one.kinds.items()},
        "obligations": {word.value: count for word, count in one.obligations.items()},
        "sure": {sure.value: one.sure.get(sure, 0) for sure in Sure},
        "mapped": one.mapped,
        "judged": one.judged,
        "computable": one.computable,
        "by_person": one.by_person,
        "oldest_check": one.oldest.isoformat() if one.oldest else None,
        "coverage": {
            role: {"rows": cover.rows, "of": cover.of, "complete": cover.complete, "gaps": [*cover.gaps]}
            for role, cover in one.coverage.items()
        },
    }


def strongest_obligation(row: Requirement, day: date) -> Obligation | None:
    """How strongly a row binds on a day, by its strongest part; None where nothing binds yet."""
    timelines = [part.obligation for part in row.parts] or [row.obligation]
    found = [word for timeline in timelines if (word := obligation_on(timeline, day)) is not None]
    return min(found, key=list(Obligation).index, default=None)


def obligation_on(timeline: Timeline, day: date) -> Obligation | None:
    """The obligation of a day; None before the first."""
    return next((word for first, word in reversed(timeline) if first <= day), None)
