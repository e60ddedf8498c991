"""What the pages of the registers show, prepared as values of the look: all registers, and one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.exports import plain
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Button, Due, Link, Nothing, Number, Quiet, Shown, Verdict, Way
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.cells import cell
from safeconduct.server.journal.forms import FormGround, ground_of, kind_words, label_of, one_of
from safeconduct.server.journal.recording import speaks_of_today
from safeconduct.server.journal.visibility import place_of
from safeconduct.server.registers.cells import record_url
from safeconduct.server.registers.kinds import RegisterKind
from safeconduct.server.registers.lives import Life, State, life_of
from safeconduct.server.registers.queries import counts_seen, facts_seen, open_registers

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.server.accounts.viewer import Viewer

_ORDER = {state: place for place, state in enumerate(State)}


def trail_of(kind: RegisterKind, *more: Link) -> tuple[Link, ...]:
    """The way to a register and on."""
    return (
        Link("Registers", address("registers:list")),
        Link(kind.title, address("registers:section", kind.section) if more else ""),
        *more,
    )


def may_change(request: HttpRequest, section: str) -> bool:
    """Whether the viewer records facts of this section, and the page speaks of today."""
    return viewer_on(request).may_record(section) and speaks_of_today(request)


def overview(viewer: Viewer) -> dict[str, Any]:
    """Every register the viewer may look into, by group, with how much it holds."""
    kinds = open_registers(viewer)
    counts = counts_seen(viewer)
    sentence = f"{counted(sum(counts.values()), 'fact is', 'facts are')} on record."
    lead = "Only facts are stored; every judgement follows from them. Each register holds one kind."
    groups = [(group, tuple(members)) for group, members in groupby(kinds, key=lambda kind: kind.group)]
    columns = (Column("Register"), Column("Facts", numeric=True))
    return {
        "title": "Registers",
        "verdict": Verdict((sentence,), "Registers", lead),
        "groups": [
            (group, Table(columns, [Row(_line(kind, counts)) for kind in members])) for group, members in groups
        ],
    }


def _line(kind: RegisterKind, counts: Mapping[str, int]) -> tuple[Shown, ...]:
    url, count = address("registers:section", kind.section), counts[kind.section]
    return Link(kind.title, url, note=kind.why), Number(count, url) if count else Quiet("none yet")


@dataclass(frozen=True)
class Shelf:
    """One register ready to be shown; `lives` has the state of each of its facts by key."""

    kind: RegisterKind
    listed: Listed
    lives: Mapping[str, Life | None]
    deeds: tuple[Button, ...]

    def context(self) -> dict[str, Any]:
        """What the template prints."""
        return {
            "title": self.kind.title,
            "trail": trail_of(self.kind),
            "verdict": Verdict(
                self._sentences(), self.kind.title, self.kind.why, buttons=self.deeds if self.lives else ()
            ),
            "nothing": None if self.lives else self._nothing(),
            "listed": self.listed,
        }

    def _sentences(self) -> tuple[str, ...]:
        kind = kind_words(self.kind.section)
        if not self.lives:
            return (f"No {kind} is on record.",)
        count = f"{counted(len(self.lives), kind, self.kind.in_sentence)} on record."
        states = Counter(life.state for life in self.lives.values() if life is not None)
        told = [f"{states[state]} {state.in_sentence(states[state])}" for state in State if states[state]]
        return (count, f"{', '.join(told)}.") if told else (count,)

    def _nothing(self) -> Nothing:
        kind = kind_words(self.kind.section)
        file = Way("Bring in a facts file:", "one file holds all facts, and is stored whole or not at all.", ())
        first = Way(f"Record the first {kind}.", self.kind.why, self.deeds)
        return Nothing(f"No {kind} yet", (first, file) if self.deeds else (file,))


def shelf_of(request: HttpRequest, kind: RegisterKind) -> Shelf:
    """One register with its choices, its order and its page."""
    viewer = viewer_on(request)
    ground, records = ground_of(viewer, kind.section), facts_seen(viewer, kind.section)
    lives = {record.key: life_of(record, day_of(request)) for record in records}
    found = listed(
        request,
        records,
        _columns(kind, ground, lives),
        choices=[*_places(kind, ground, records), *_states(lives)],
        text=lambda record: " ".join(plain(cell(ground, record, name)) for name in kind.columns),
        sort="state" if any(lives.values()) else "",
    )
    return Shelf(kind, found, lives, _deeds(request, kind))


def _deeds(request: HttpRequest, kind: RegisterKind) -> tuple[Button, ...]:
    if not may_change(request, kind.section):
        return ()
    return (Button(f"Record {one_of(kind.section)}", address("registers:new", kind.section)),)


def _columns(kind: RegisterKind, ground: FormGround, lives: Mapping[str, Life | None]) -> list[ListColumn[Any]]:
    columns = [_column(kind, ground, name, first=place == 0) for place, name in enumerate(kind.columns)]
    if not any(lives.values()):
        return columns
    return [
        *columns,
        ListColumn("state", "State", lambda one: _said(lives[one.key]), lambda one: _rank(lives[one.key])),
    ]


def _column(kind: RegisterKind, ground: FormGround, name: str, *, first: bool) -> ListColumn[Any]:
    def show(record: Any) -> Shown:
        value = cell(ground, record, name)
        return Link(plain(value) or record.key, record_url(kind.section, record.key)) if first else value

    def by(record: Any) -> str | None:
        value = cell(ground, record, name)
        return plain(value.day if isinstance(value, Due) else value) or None

    return ListColumn(name, label_of(kind.section, name), show, by)


def _said(life: Life | None) -> Shown:
    return None if life is None else life.state.value


def _rank(life: Life | None) -> int | None:
    return None if life is None else _ORDER[life.state]


def _places(kind: RegisterKind, ground: FormGround, records: Sequence[Any]) -> list[Choice[Any]]:
    """Where a fact stands, while there are several places to choose from."""
    facts = ground.snapshot.facts
    places = {one.key: place_of(kind.section, one, facts) for one in records}
    titles = {place: ground.unit_title(place) for place in places.values() if place}
    if len(titles) < 2 or kind.section == "units":
        return []
    options = sorted(titles.items(), key=lambda option: option[1].casefold())
    return [Choice("at", "Where", options, lambda one, at: places[one.key] == at)]


def _states(lives: Mapping[str, Life | None]) -> list[Choice[Any]]:
    """The states, while there are several to choose from."""
    there = {life.state for life in lives.values() if life is not None}
    if len(there) < 2:
        return []
    options = [(state.value, state.value) for state in State if state in there]
    return [Choice("state", "State", options, lambda one, state: _said(lives[one.key]) == state)]
