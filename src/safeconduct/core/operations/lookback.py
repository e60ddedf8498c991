"""Look-backs: nothing of a kind happened in a window. Silence is not clean.

Source: catalogue language, sections 5.1 (lookback) and 7.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from safeconduct.core.dates import (
    FOREVER,
    Duration,
    add,
    day_after,
    day_before,
    good_until,
    last_day_reaching,
    subtract,
)
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Finding, Kind, Mend, Standing, all_of, leaf
from safeconduct.core.records.history import Attestation, Event, WeighedBy
from safeconduct.core.records.needs import Anchor, DateBasis, LookbackNeed, Renewal
from safeconduct.core.standing import Ground
from safeconduct.core.standing.own import Allowed, allowed


@dataclass(frozen=True)
class Window:
    """The days looked back over; both ends count. A rolling window moves on every day."""

    start: date
    end: date
    length: Duration
    rolling: bool

    def leaves(self, day: date) -> date:
        """The first day on which the window has let go of a day; the end of the calendar where it stands still."""
        return day_after(last_day_reaching(day, self.length)) if self.rolling else FOREVER


def judge_lookback(ground: Ground, need: LookbackNeed, unit: str, applied: date | None) -> Finding:
    """Judge the events of the window and whether the window is attested, per kind and person; the minimum counts.

    `applied` is the day of application, for look-backs anchored there; until that day the window rolls.
    """
    entity = ground.snapshot.entity_of(unit)
    window = _window(ground, need, entity, applied)
    events = list(_events(ground, need, entity))
    members = [
        _judge_event(ground, need, window, event)
        for event in events
        if window.start <= event_day(event, need.date) <= window.end
    ]
    members += [
        judge_attested(ground, kind, person, window, entity, need.renew)
        for kind in need.none_of
        for person in need.about
    ]
    found = all_of(members, kind=Kind.RECORD, subject="lookback", at=entity, day=ground.day)
    coming = [event_day(event, need.date) for event in events] if window.rolling else []
    if need.anchor is Anchor.APPLICATION and applied is not None:
        coming.append(applied)
    found = replace(found, good_until=min(found.good_until, good_until(ground.day, coming)))
    return found.with_params(window=str(need.window), since=window.start.isoformat(), until=window.end.isoformat())


def _window(ground: Ground, need: LookbackNeed, entity: str, applied: date | None) -> Window:
    anchored = need.anchor is Anchor.APPLICATION and applied is not None and applied <= ground.day
    end = applied if anchored and applied else ground.day
    start = subtract(end, need.window)
    unit = ground.snapshot.units.get(entity)
    if need.shorter_if_young and unit is not None and unit.founded is not None:
        start = max(start, unit.founded)
    return Window(start, end, need.window, rolling=not anchored)


def _events(ground: Ground, need: LookbackNeed, entity: str) -> Iterator[Event]:
    """The events of the kinds and persons asked, of any day."""
    for kind in need.none_of:
        yield from (one for one in ground.snapshot.events.get((kind, entity), ()) if one.about in need.about)


def event_day(event: Event, basis: DateBasis) -> date:
    """The day that counts; where that day is not recorded, the day of the act."""
    chosen = {DateBasis.ACT: event.on, DateBasis.FINDING: event.found, DateBasis.DECISION: event.decided}[basis]
    return chosen or event.on


def _judge_event(ground: Ground, need: LookbackNeed, window: Window, event: Event) -> Finding:
    standing, code = _weigh(event, need.none_of[event.kind])
    leaves = window.leaves(event_day(event, need.date))
    return leaf(
        Kind.RECORD,
        event.kind,
        event.unit,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, [leaves]),
        facts=(event.key,),
        mend=Mend(f"event:{event.key}", "weigh-event", event.unit, record=event.key, detail=event.kind),
        what=_title(ground, event.kind),
        on=event.on.isoformat(),
        weight=event.weight,
        note=event.note,
        leaves="" if leaves == FOREVER else leaves.isoformat(),
    )


def _weigh(event: Event, counting: frozenset[str]) -> tuple[Standing, str]:
    if not counting or event.weight in counting:
        return UNMET, "event-in-window"
    if not event.weight:
        return UNKNOWN, "event-not-weighed"
    if event.weighed_by is WeighedBy.AUTHORITY:
        return MET, "event-disregarded"
    return PARTLY, "weighed-by-self"


def judge_attested(
    ground: Ground, kind: str, person: str, window: Window, entity: str, renew: Renewal | None
) -> Finding:
    """Judge whether one kind about one person is attested from the window's start to near enough its end.

    The last attestation may be as old as the renewal time: the issuer's, or the organisation's own. Up to twice
    that it is PARTLY; older, with a gap inside, or without any it is UNKNOWN. Nobody can attest days after the day
    of the attestation itself.
    """
    limit = allowed(ground, "lookback", "", entity, renew) if renew else None
    given = [one for one in ground.snapshot.attestations.get(entity, ()) if kind in one.kinds and person in one.about]
    known = [one for one in given if one.given <= ground.day]
    covered_to, last = _covered_to(known, window)
    changes = [*(one.given for one in given), *(limit.changes if limit else ())]
    changes += [window.leaves(day) for one in known for day in (day_before(one.from_), _attested_to(one))]
    standing, code = _read(covered_to, window, limit, changes)
    unset = code == "own-target-not-set" and limit is not None
    return leaf(
        Kind.RECORD,
        kind,
        entity,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(last.key,) if last else (),
        mend=limit.mend
        if limit and unset
        else Mend(f"attestation:{kind}/{person}@{entity}", "attest", entity, detail=f"{kind}/{person}"),
        what=_title(ground, kind),
        about=_person(ground, person),
        since=window.start.isoformat(),
        until=covered_to.isoformat() if covered_to else "",
    )


def _covered_to(attestations: list[Attestation], window: Window) -> tuple[date | None, Attestation | None]:
    """The last day attested without a gap from the window's start, and the attestation that reaches it.

    Where the whole window lies after every attestation, that is the last day of the last one before it.
    """
    reached, last = day_before(window.start), None
    for one in sorted(attestations, key=lambda attestation: attestation.from_):
        if one.from_ <= day_after(reached) and _attested_to(one) > reached:
            reached, last = _attested_to(one), one
    if last is None:
        last = max((one for one in attestations if _attested_to(one) <= reached), key=_attested_to, default=None)
        reached = _attested_to(last) if last else reached
    return (min(reached, window.end), last) if last else (None, None)


def _attested_to(attestation: Attestation) -> date:
    return min(attestation.to, attestation.given)


def _read(covered_to: date | None, window: Window, limit: Allowed | None, changes: list[date]) -> tuple[Standing, str]:
    if covered_to is None:
        return UNKNOWN, "not-attested"
    if limit is None or limit.duration is None:
        changes.append(day_after(covered_to))
        if covered_to >= window.end:
            return MET, "attested"
        return UNKNOWN, "not-attested" if limit is None else "own-target-not-set"
    due, late = add(covered_to, limit.duration), add(covered_to, limit.duration, 2)
    changes += [day_after(due), day_after(late)]
    if window.end <= due:
        return MET, "attested"
    return (PARTLY, "attestation-short") if window.end <= late else (UNKNOWN, "not-attested")


def _title(ground: Ground, kind: str) -> str:
    term = ground.catalogue.terms.events.get(kind)
    return (term.title if term else "") or kind.replace("-", " ")


def _person(ground: Ground, person: str) -> str:
    concerned = ground.catalogue.terms.lists.get("concerned")
    return concerned.title(person) if concerned else person.replace("-", " ")
