"""How good each programme of the catalogue is: how many rows, how sure, how far they can be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from safeconduct.catalogue.walking import forms_of
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import (
    Addressee,
    Catalogue,
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
    """Counts of one edition. `computable` counts the judged rows that follow from recorded facts alone.

    A judged row that rests on a named person's judgement or on an answer in words is judged, but not computable.
    """

    programme: str
    rows: int
    kinds: Mapping[RequirementKind, int]
    obligations: Mapping[Obligation, int]
    sure: Mapping[Sure, int]
    judged: int
    computable: int


def quality(programme: Programme, day: date) -> Quality:
    """The counts of one edition; obligations are those of the day, a row with parts counts by its strongest part."""
    rows = programme.requirements
    judged = [row for row in rows if row.kind in _JUDGED and row.addressee is Addressee.TRADER]
    today = (strongest_obligation(row, day) for row in rows)
    return Quality(
        programme=programme.id,
        rows=len(rows),
        kinds=Counter(row.kind for row in rows),
        obligations=Counter(word for word in today if word is not None),
        sure=Counter(row.source.sure for row in rows),
        judged=len(judged),
        computable=sum(is_computable(row) for row in judged),
    )


def qualities(catalogue: Catalogue, day: date) -> tuple[Quality, ...]:
    """The counts of every edition, in the order of the files."""
    return tuple(quality(programme, day) for programme in catalogue.programmes.values())


def is_computable(row: Requirement) -> bool:
    """Whether a row asks nothing but recorded facts."""
    return not any(isinstance(form, OutcomeNeed | AnswerNeed) for form in forms_of(row))


def strongest_obligation(row: Requirement, day: date) -> Obligation | None:
    """How strongly a row binds on a day, by its strongest part; None where nothing binds yet."""
    timelines = [part.obligation for part in row.parts] or [row.obligation]
    found = [word for timeline in timelines if (word := obligation_on(timeline, day)) is not None]
    return min(found, key=list(Obligation).index, default=None)


def obligation_on(timeline: Timeline, day: date) -> Obligation | None:
    """The obligation of a day; None before the first."""
    return next((word for first, word in reversed(timeline) if first <= day), None)
