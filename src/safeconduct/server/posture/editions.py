"""An enrolment held against another edition of its programme: what changes, what follows from it, what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safeconduct.core.assess import assess
from safeconduct.core.criteria.editions import Difference, difference, later_editions
from safeconduct.core.dates import covers
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.planning import (
    Cost,
    DecisionAfter,
    Switch,
    cost_of,
    cost_of_switch,
    decisions_after,
    switched,
)
from safeconduct.core.planning.costs import SUPPOSED
from safeconduct.core.posture import narrowed
from safeconduct.server.journal.currency import judged_further, snapshot_of
from safeconduct.server.journal.reading import seen, seen_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from safeconduct.core.assess import Assessment
    from safeconduct.core.records.catalogue import Catalogue, Programme
    from safeconduct.core.records.units import Enrolment
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.posture.overview import Overview


@dataclass(frozen=True)
class Following:
    """What follows where an enrolment's holder follows another edition from a day on.

    `switch` is None, and `refused` says why, where it cannot; then nothing is costed.
    """

    enrolment: Enrolment
    found: Difference
    day: date
    decisions: tuple[DecisionAfter, ...]
    switch: Switch | None = None
    cost: Cost | None = None
    refused: Refusal | None = None


def newer_edition(catalogue: Catalogue, programme: Programme, day: date) -> Programme | None:
    """The newest edition that took the place of this one by the day, else the next to come; None where none did."""
    later = later_editions(catalogue, programme)
    begun = [one for one in later if one.since is None or one.since <= day]
    return begun[-1] if begun else next(iter(later), None)


def other_editions(catalogue: Catalogue, programme: Programme) -> list[Programme]:
    """The other editions of a programme, newest first."""
    found = [one for one in catalogue.programmes.values() if one.key == programme.key and one.id != programme.id]
    return sorted(found, key=lambda one: one.edition, reverse=True)


def edition_to_follow(overview: Overview, before: Programme, asked: str) -> Programme:
    """The other edition asked for by its id, or else the newest of the programme.

    Raises UnknownKey where the edition asked for is not one of them, or the programme has no other.
    """
    others = {one.id: one for one in other_editions(overview.catalogue, before)}
    if asked and asked not in others:
        raise UnknownKey(f"other edition of {before.key}", asked, others)
    found = others.get(asked) or newer_edition(overview.catalogue, before, overview.day)
    found = found or next(iter(others.values()), None)
    if found is None:
        raise UnknownKey("other edition", before.key, others)
    return found


def ended_editions(overview: Overview) -> list[tuple[Enrolment, Programme]]:
    """Enrolments that run while their edition applies no more, so that nothing of them is judged."""
    return [
        (one, programme)
        for one in overview.snapshot.facts.enrolments
        if (programme := overview.catalogue.programmes.get(one.edition)) is not None
        and covers(overview.day, one.since, one.until)
        and programme.until is not None
        and programme.until < overview.day
        and (overview.units is None or overview.units & set(one.sites))
    ]


def edition_of_enrolment(viewer: Viewer, overview: Overview, key: str) -> tuple[Enrolment, Programme]:
    """An enrolment the viewer sees, running or not, with its edition. Raises UnknownKey for what is not there."""
    enrolment: Enrolment = seen_one(viewer, "enrolments", key)
    programme = overview.catalogue.programmes.get(enrolment.edition)
    if programme is None:
        raise UnknownKey("edition", enrolment.edition, overview.catalogue.programmes)
    return enrolment, programme


def first_day_of(after: Programme, day: date) -> date:
    """The day, or the first one on which the edition applies."""
    return max(day, after.since) if after.since else day


def following(
    viewer: Viewer, overview: Overview, enrolment: Enrolment, after: Programme, day: date, *, everybody: bool = False
) -> Following:
    """What follows for an enrolment from another edition of its programme, from a day on, as the viewer sees it.

    The difference is that for the enrolment's roles and levels; with `everybody` that for all.
    """
    before = overview.catalogue.programmes[enrolment.edition]
    roles, levels = ((), ()) if everybody else (enrolment.roles, enrolment.variant)
    found = difference(overview.catalogue, before, after, day, roles=roles, variants=levels)
    facts = snapshot_of(viewer).facts
    decisions = tuple(_seen(viewer, decisions_after(facts, enrolment, found)))
    try:
        switch = switched(facts, enrolment, after, day)
    except Refusal as refused:
        return Following(enrolment, found, day, decisions, refused=refused)
    return Following(enrolment, found, day, decisions, switch, _cost(viewer, overview, switch, after))


def _seen(viewer: Viewer, decisions: Sequence[DecisionAfter]) -> list[DecisionAfter]:
    known = {section: {one.key for one in seen(viewer, section)} for section in {one.section for one in decisions}}
    return [one for one in decisions if one.record.key in known[one.section]]


def _cost(viewer: Viewer, overview: Overview, switch: Switch, after: Programme) -> Cost:
    """The new edition judged on the switch's first day, on the facts there are; computed once for each of them."""
    begun = replace(switch.begun, key=SUPPOSED)

    def costed(whole: Assessment) -> Cost:
        found = cost_of_switch(whole.ground, begun, after)
        return found if overview.units is None else cost_of(narrowed(found.judged, overview.units))

    name = ("switch", overview.units, switch.ended.key, after.id)
    return judged_further(viewer, begun.since, assess, name, costed)
