"""Where a fact stands in its life on a day: to come, holding, late, ended. Read from its days, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from safeconduct.core.records.decisions import Answer
from safeconduct.core.records.history import CorrectiveAction, Event
from safeconduct.core.records.partners import Certificate, CertificateState
from safeconduct.core.records.risk import Objective
from safeconduct.core.sentences import written_day


class State(StrEnum):
    """A state in words, the most pressing first."""

    LATE = "late"
    UNWEIGHED = "not weighed"
    UNCONFIRMED = "not confirmed"
    ENDED = "ended"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    TO_COME = "to come"
    HOLDS = "holds"
    DONE = "done"

    def in_sentence(self, number: int) -> str:
        """The state after a number of facts, in a sentence.

        >>> State.HOLDS.in_sentence(2), State.RUNNING.in_sentence(1), State.LATE.in_sentence(3)
        ('hold', 'runs', 'late')
        """
        one, many = {State.HOLDS: ("holds", "hold"), State.RUNNING: ("runs", "run")}.get(self, (self.value, self.value))
        return one if number == 1 else many


@dataclass(frozen=True, slots=True)
class Life:
    """A state, and the day that made it so or will end it."""

    state: State
    day: date | None = None

    @property
    def sentence(self) -> str:
        """The state as a sentence."""
        if self.day is None:
            return _OPEN[self.state]
        return _DATED[self.state].format(day=written_day(self.day))


_OPEN = {
    State.LATE: "It is late.",
    State.UNWEIGHED: "Nobody has weighed it yet.",
    State.UNCONFIRMED: "Nobody has confirmed it yet.",
    State.ENDED: "It has ended.",
    State.SUSPENDED: "It is suspended.",
    State.WITHDRAWN: "It is withdrawn.",
    State.RUNNING: "It runs.",
    State.TO_COME: "It is still to come.",
    State.HOLDS: "It holds.",
    State.DONE: "It is done.",
}
_DATED = {
    State.LATE: "It was due on {day}.",
    State.UNWEIGHED: "Nobody has weighed it since {day}.",
    State.UNCONFIRMED: "Nobody has confirmed it yet; that is due by {day}.",
    State.ENDED: "It ended on {day}.",
    State.SUSPENDED: "It is suspended since {day}.",
    State.WITHDRAWN: "It is withdrawn since {day}.",
    State.RUNNING: "It runs until {day}.",
    State.TO_COME: "It begins on {day}.",
    State.HOLDS: "It holds until {day}.",
    State.DONE: "It was done on {day}.",
}

_STARTS, _ENDS = ("since", "from_", "confirmed", "on"), ("until", "to")


def life_of(record: Any, day: date) -> Life | None:
    """The state of a fact on a day; None for facts that only say what happened on a day."""
    match record:
        case CorrectiveAction():
            return _action(record, day)
        case Answer():
            return _answer(record, day)
        case Objective():
            return _objective(record, day)
        case Event():
            return None if record.weight else Life(State.UNWEIGHED, record.on)
        case Certificate() if (changed := _changed(record, day)) is not None:
            return changed
        case _:
            return _span(record, day)


def _action(action: CorrectiveAction, day: date) -> Life:
    if action.closed is not None and action.closed <= day:
        return Life(State.DONE, action.closed)
    if action.opened > day:
        return Life(State.TO_COME, action.opened)
    return Life(State.LATE if action.due < day else State.RUNNING, action.due)


def _answer(answer: Answer, day: date) -> Life:
    if answer.due is not None and answer.due < day:
        return Life(State.LATE, answer.due)
    if answer.confirmed_on is None or answer.confirmed_on > day:
        return Life(State.UNCONFIRMED, answer.due)
    return Life(State.HOLDS, answer.due)


def _objective(objective: Objective, day: date) -> Life:
    if objective.closed is not None and objective.closed <= day:
        return Life(State.DONE, objective.closed)
    if objective.since > day:
        return Life(State.TO_COME, objective.since)
    return Life(State.LATE if objective.due < day else State.RUNNING, objective.due)


def _changed(certificate: Certificate, day: date) -> Life | None:
    since = certificate.state_since or certificate.from_
    if certificate.state is CertificateState.VALID or since > day:
        return None
    return Life(State(certificate.state.value), since)


def _span(record: Any, day: date) -> Life | None:
    """By first and last day; None where a record has no such days (a lane goes from a country to another)."""
    end = next((name for name in _ENDS if isinstance(getattr(record, name, ""), date | None)), "")
    if not end:
        return None
    start = next((found for name in _STARTS if isinstance(found := getattr(record, name, None), date)), None)
    last: date | None = getattr(record, end)
    if start is not None and start > day:
        return Life(State.TO_COME, start)
    if last is not None and last < day:
        return Life(State.ENDED, last)
    return Life(State.HOLDS, last)
