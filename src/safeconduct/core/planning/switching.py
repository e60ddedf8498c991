"""Following another edition of a programme from a day on: which enrolment ends, which begins, and what it costs.

The old enrolment ends the day before and a new one begins, so each day is judged by the edition that was followed then.
No other fact changes: facts about controls name no edition, and a decision names a row by its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from safeconduct.core.criteria.editions import Change, Difference, RowChange
from safeconduct.core.dates import ONE_DAY, covers
from safeconduct.core.errors import Refusal
from safeconduct.core.planning.costs import Cost, cost_of
from safeconduct.core.posture import judge_programme
from safeconduct.core.records.catalogue import Programme
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.units import Enrolment
from safeconduct.core.standing import Ground

DECISIONS = ("answers", "judgements", "alternatives", "waivers", "not_applicable", "reasons", "row_confirmations")
"""Sections of facts that name a requirement."""


@dataclass(frozen=True)
class Switch:
    """The enrolment that ends, the one that begins, and what the new edition has no place for."""

    ended: Enrolment
    begun: Enrolment
    roles_lost: tuple[str, ...] = ()
    variants_lost: tuple[str, ...] = ()


def followers(facts: Facts, programme: Programme, day: date) -> list[Enrolment]:
    """The enrolments in an edition that run on the day, whether or not the edition still applies."""
    return [one for one in facts.enrolments if one.edition == programme.id and covers(day, one.since, one.until)]


def switched(facts: Facts, enrolment: Enrolment, after: Programme, day: date) -> Switch:
    """What becomes of an enrolment when its entity follows another edition of the programme from a day on.

    Roles and levels that the new edition does not have are left out. Refusal: another programme or the same edition, a
    day that is not inside the enrolment after its first, a day before the edition applies or after it ended, and an
    edition that has none of the roles.
    """
    _refuse(enrolment, after, day)
    roles = tuple(role for role in enrolment.roles if role in after.roles)
    variants = tuple(level for level in enrolment.variant if level in after.variants)
    if enrolment.roles and not roles:
        why = f"{after.id} has none of the roles {', '.join(enrolment.roles)}."
        raise Refusal("The enrolment is not switched.", why=why, do="Enrol anew, with roles the edition has.")
    begun = replace(
        enrolment, key=_key_for(facts, enrolment, after), edition=after.id, roles=roles, variant=variants, since=day
    )
    return Switch(
        ended=replace(enrolment, until=day - ONE_DAY),
        begun=begun,
        roles_lost=tuple(role for role in enrolment.roles if role not in roles),
        variants_lost=tuple(level for level in enrolment.variant if level not in variants),
    )


def _refuse(enrolment: Enrolment, after: Programme, day: date) -> None:
    what = "The enrolment is not switched."
    if after.key != _programme_key(enrolment):
        raise Refusal(what, why=f"{after.id} is another programme than {enrolment.edition}.", do="Enrol in it.")
    if after.id == enrolment.edition:
        raise Refusal(what, why=f"It follows {after.id} already.", do="Name another edition.")
    if day <= enrolment.since or not covers(day, enrolment.since, enrolment.until):
        until = f" to {enrolment.until}" if enrolment.until else ""
        why = f"{day} is not after its first day and inside it: it runs from {enrolment.since}{until}."
        raise Refusal(
            what, why=why, do="Choose a day inside it, or change its edition where it was wrong from the start."
        )
    if not covers(day, after.since, after.until):
        until = f" to {after.until}" if after.until else ""
        why = f"The edition {after.edition} applies from {after.since}{until}."
        raise Refusal(what, why=why, do="Choose a day on which it applies.")


def _programme_key(enrolment: Enrolment) -> str:
    return enrolment.edition.partition("/")[0]


def _key_for(facts: Facts, enrolment: Enrolment, after: Programme) -> str:
    """The key of the enrolment with the edition behind it, in place of the old edition where that stands there."""
    old, new = (edition.replace(".", "-") for edition in (enrolment.edition.partition("/")[2], after.edition))
    stem = f"{enrolment.key.removesuffix(f'-{old}')}-{new}"
    taken = {one.key for one in facts.enrolments}
    return next(key for key in _numbered(stem) if key not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def switched_from(facts: Facts, enrolment: Enrolment) -> Enrolment | None:
    """The enrolment that this one took the place of: same holder and programme, another edition, ended the day before.

    Of several the one with most roles in common; None where there is none, or no single one.
    """
    found = [
        one
        for one in facts.enrolments
        if one.entity == enrolment.entity
        and _programme_key(one) == _programme_key(enrolment)
        and one.edition != enrolment.edition
        and one.until is not None
        and one.until + ONE_DAY == enrolment.since
    ]
    alike = {one.key: len(set(one.roles) & set(enrolment.roles)) for one in found}
    best = [one for one in found if alike[one.key] == max(alike.values())]
    return best[0] if len(best) == 1 else None


def switched_back(facts: Facts, enrolment: Enrolment) -> Enrolment:
    """The enrolment as it was before this one took its place: it runs on as long as this one would have.

    Refusal where this one took no other's place.
    """
    before = switched_from(facts, enrolment)
    if before is None:
        why = "No single enrolment of the same holder and programme ends the day before it begins."
        raise Refusal("The switch is not undone.", why=why, do="Change the days of the enrolments themselves.")
    return replace(before, until=enrolment.until)


def cost_of_switch(ground: Ground, begun: Enrolment, after: Programme) -> Cost:
    """What following the new edition costs: its rows judged on the facts there are, on the day of the ground."""
    return cost_of(judge_programme(ground, after, begun))


class Fate(StrEnum):
    """What becomes of a decision about a row."""

    CARRIES_OVER = "carries over"  # the row is kept as it was
    LOOK_AGAIN = "look again"  # the row has the same key and asks otherwise: it still counts
    CONFIRM_ANEW = "confirm anew"  # the row goes on under another key: it counts no more, and is kept
    RESTS = "rests"  # the row is dropped: it is kept and asked no more


@dataclass(frozen=True)
class DecisionAfter:
    """An answer or decision recorded about a row of the old edition, and what becomes of it."""

    section: str
    record: Any
    row: RowChange
    fate: Fate


def decisions_after(facts: Facts, enrolment: Enrolment, found: Difference) -> list[DecisionAfter]:
    """What becomes of the answers and decisions about the enrolment's rows, in the order of facts.

    A row that several new ones continue is told once for each.
    """
    places = {enrolment.entity, facts.organisation.key, *enrolment.sites}
    return [
        DecisionAfter(section, record, row, _fate(row))
        for section in DECISIONS
        for record in facts.section(section)
        if getattr(record, "at", enrolment.entity) in places
        for row in found.by_before.get(record.requirement, ())
    ]


def _fate(row: RowChange) -> Fate:
    if row.change is Change.DROPPED:
        return Fate.RESTS
    if row.continued:
        return Fate.CONFIRM_ANEW
    return Fate.CARRIES_OVER if row.change is Change.KEPT else Fate.LOOK_AGAIN
