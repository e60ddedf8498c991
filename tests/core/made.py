"""Made-up worlds of the tiny catalogue, for properties that must hold of all of them.

A world is made from one number, so that a failing one can be made again: a need of any form, facts about what it
names (more often good than bad, so that every answer comes up), and a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from safeconduct.core.quantities import ParameterKind, SetValue
from safeconduct.core.records.catalogue import Control, Mode, Parameter
from safeconduct.core.records.decisions import (
    AcceptedBy,
    Alternative,
    Answer,
    Judgement,
    NotApplicable,
    ReasonGiven,
    Verdict,
)
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.history import WeighedBy
from safeconduct.core.records.in_place import By, ControlInPlace, Shown
from safeconduct.core.records.needs import (
    Need,
)
from safeconduct.core.records.partners import CertificateState, Register
from safeconduct.core.records.units import UnitKind
from tests.core.cast import (
    CONTROLS,
    H1,
    TERMS,
    UNITS,
    action,
    attested,
    certificate,
    done,
    event,
    evidence,
    facts,
    figure,
    looked_up,
    partner,
    plan,
    proof,
    raised,
    record,
    sample,
    trigger,
    unit,
)
from tests.core.made_needs import any_need, controls_of

ROW = "us/1"


@dataclass(frozen=True)
class Maker:
    """Makes facts around a day, more often good ones than bad."""

    chance: Random
    around: date

    def likely(self, share: float = 0.8) -> bool:
        """Whether something happens that mostly does."""
        return self.chance.random() < share

    def near(self, before: int, after: int) -> str:
        """A day some days before to some days after, at times the first or last of a month."""
        on = self.around + timedelta(days=self.chance.randint(-before, after))
        if self.likely(0.3):
            on = on.replace(day=1) - timedelta(days=self.chance.randint(0, 1))
        return on.isoformat()

    def span(self, before: int, longest: int) -> tuple[str, str]:
        """A first and a last day."""
        since = date.fromisoformat(self.near(before, 60))
        return since.isoformat(), (since + timedelta(days=self.chance.randint(0, longest))).isoformat()

    def length(self) -> str:
        """A duration as people write it."""
        return self.chance.choice(["1 month", "90 days", "6 months", "1 year", "18 months", "3 years"])

    def some(self, most: int, make: Callable[[int], Any]) -> list[Any]:
        """Up to so many facts, each made with its number."""
        return [make(place) for place in range(self.chance.randint(0, most))]

    def value(self, parameter: Parameter) -> Any:
        """A recorded value, mostly a good one."""
        words = TERMS.lists[parameter.terms].elements if parameter.terms else ()
        match parameter.kind:
            case ParameterKind.ORDER:
                return self.chance.choice([*words, words[-1], words[-1]])
            case ParameterKind.SET:
                said = {word: self.chance.choice("yyyyn-") for word in words}
                return SetValue(*(frozenset(word for word in words if said[word] == half) for half in "yn"))
            case ParameterKind.FLAG:
                return "yes" if self.likely() else "no"
            case ParameterKind.DURATION:
                return self.length()
            case _:
                return self.chance.choice(["1", "2", "3"])

    def record(self, entry: Control, place: int) -> ControlInPlace:
        """A control in place at the site or above it."""
        known = [one for one in entry.parameters.values() if one.kind in _VALUED and self.likely()]
        own = {name: self.length() for name in ("interval", "reaction", "within") if self.likely(0.5)}
        targets: dict[str, Any] = own | ({"coverage": SetValue(frozenset(["gates"]))} if self.likely(0.4) else {})
        since = self.near(900, 30)
        by_event = entry.mode in (Mode.PER_EVENT, Mode.ON_TRIGGER)
        return record(
            entry.key,
            self.chance.choice(["rtm", "rtm", "rtm", "nl", "group"]),
            key=f"r{place}",
            since=since,
            until="" if self.likely(0.9) else self.near(0, 400),
            for_=self.chance.choice(TERMS.lists[entry.by].elements) if entry.by else "",
            present=self.likely(0.92),
            values={one.key: self.value(one) for one in known},
            targets=targets,
            plan=plan(self.length(), self.chance.randint(1, 30)) if by_event and self.likely(0.7) else None,
        )

    def by(self) -> By:
        """Who looked."""
        return self.chance.choice(list(By))

    def shows(self, kept: ControlInPlace, name: str) -> tuple[list[Any], list[Any], list[Any]]:
        """Evidence, and occurrences or samples, of a record."""
        since, to = self.span(500, 700)
        kinds = [kind for kind in Shown if self.likely()] or [Shown.DESIGN]
        shown = [evidence(*kinds, of=kept.key, key=f"v{name}", since=since, to=to, by=self.by())]
        on = max(self.near(500, 60), kept.since.isoformat())
        mode = CONTROLS[kept.control].mode
        if mode is Mode.RECURRING:
            return shown, [done(on, of=kept.key, key=f"d{name}", by=self.by())], []
        if mode is Mode.STANDING:
            return shown, [], []
        return shown, [], [self.sampled(kept, name, on)]

    def sampled(self, kept: ControlInPlace, name: str, on: str) -> Any:
        """A sample, at times with failures or of a part only."""
        population = self.chance.choice([0, 5, 60])
        checked = population if self.likely(0.7) else self.chance.randint(0, population)
        conforming = checked if self.likely(0.5) else max(0, checked - self.chance.randint(0, 3))
        since = kept.since.isoformat()
        return sample(
            checked, conforming, population=population, key=f"s{name}", of=kept.key, since=since, to=on, by=self.by()
        )

    def event(self, place: int) -> Any:
        """An infringement or a fine."""
        kind = self.chance.choice(["infringement", "fine"])
        return event(
            self.near(1500, 60),
            kind,
            key=f"i{place}",
            found=date.fromisoformat(self.near(300, 60)) if self.likely(0.5) else None,
            weight=self.chance.choice(["", "minor", "minor", "serious"]) if kind == "infringement" else "",
            weighed_by=self.chance.choice([None, *WeighedBy]),
            amount=self.chance.choice(["", "30000 EUR", "30000 EUR", "1 USD"]) if kind == "fine" else "",
        )

    def attestation(self, place: int) -> Any:
        """Somebody attests some years, at times with a gap before the next one."""
        since = self.near(2000, 0)
        to = (date.fromisoformat(since) + timedelta(days=self.chance.randint(200, 1800))).isoformat()
        given = date.fromisoformat(to) + timedelta(days=self.chance.randint(-30, 30))
        return attested(since, to, kinds=("infringement", "fine"), key=f"a{place}", given=given.isoformat())

    def figure(self, place: int) -> Any:
        """A figure of one of the last years."""
        name = ["debt", "assets", "founded"][place % 3]
        year = self.around.year - self.chance.choice([0, 1, 1, 2])
        value = (
            self.near(1500, 0) if name == "founded" else self.chance.choice(["80 EUR", "90 EUR", "100 EUR", "0 EUR"])
        )
        given = date(year, 12, 31) + timedelta(days=self.chance.randint(0, 150))
        return figure(
            name, value, f"{year}-12-31", given=given.isoformat() if self.likely(0.5) else "", key=f"f{place}"
        )

    def certificate(self, place: int) -> Any:
        """A status of a partner or of the entity itself."""
        since, to = self.span(900, 1500)
        bad = not self.likely()
        return certificate(
            self.chance.choice(["h1", "h1", "h2", "nl"]),
            self.chance.choice(["aeos", "aeos", "ctpat"]),
            key=f"k{place}",
            since=since,
            to=to if self.likely(0.7) else "",
            checked=self.some(2, lambda _: self.near(400, 60)),
            state=self.chance.choice(list(CertificateState)) if bad else CertificateState.VALID,
            state_since=date.fromisoformat(self.near(100, 100)) if bad else None,
        )

    def proof(self, place: int) -> Any:
        """A visit, questionnaire or contract clause about a partner."""
        on, to = self.span(500, 900)
        kind = self.chance.choice(["visit", "questionnaire", "clause"])
        ends = to if kind == "clause" and self.likely(0.5) else ""
        return proof(
            on, kind, key=f"p{place}", about=self.chance.choice(["h1", "h1", "h2"]), to=ends, against=not self.likely()
        )

    def check(self, place: int) -> Any:
        """A look at the list, about the entity or the haulier."""
        of = self.chance.choice(["", "h1"])
        about = "partner" if of else "entity"
        return looked_up(self.near(500, 60), key=f"l{place}", about=about, partner=of, listed=not self.likely(0.9))

    def action(self, place: int) -> Any:
        """A corrective action about a partner, a finding or a sample."""
        opened, due = self.span(120, 200)
        closed = self.near(30, 60) if self.likely(0.4) else ""
        mends = self.chance.choice(["h1", "h2", "w0", "w1", "sr0-0", "sr1-0"])
        return action(mends, opened, due, closed=max(closed, opened) if closed else "", key=f"x{place}")

    def finding(self, place: int) -> Any:
        """A weakness found by an audit or in training."""
        of, at = self.chance.choice(["audit", "training"]), self.chance.choice(["rtm", "nl"])
        about = self.chance.choice(["", "h1", "sr0-0"])
        return raised(self.near(200, 60), of=of, at=at, key=f"w{place}", about=about)

    def judgement(self, place: int) -> Any:
        """A person's judgement on the row."""
        on, until = self.span(400, 700)
        return Judgement(
            key=f"j{place}",
            requirement=ROW,
            at="rtm",
            on=date.fromisoformat(on),
            until=date.fromisoformat(until),
            by="J",
            verdict=Verdict.YES if self.likely() else Verdict.NO,
            rests_on=self.chance.choice([("fence",), ("fence", "policy")]),
        )

    def answer(self, place: int) -> Any:
        """An answer to the row, confirmed or not."""
        on, due = self.span(400, 500)
        return Answer(
            key=f"q{place}",
            requirement=ROW,
            at=self.chance.choice(["rtm", "nl"]),
            confirmed_on=date.fromisoformat(on) if self.likely() else None,
            due=date.fromisoformat(due) if self.likely(0.7) else None,
        )

    def decisions(self, asked: Need) -> dict[str, Any]:
        """Alternatives, waivers, exceptions and confirmations for the row."""
        start, until = (date.fromisoformat(one) for one in self.span(300, 500))
        where: dict[str, Any] = {"requirement": ROW, "at": "rtm", "until": until, "why": "A reason."}
        accepted = self.chance.choice(list(AcceptedBy))
        return {
            "alternatives": self.some(
                1, lambda _: Alternative(key="al", needs=asked, accepted_by=accepted, from_=start, **where)
            ),
            "not_applicable": self.some(1, lambda _: NotApplicable(key="na", by="K", on=start, **where)),
            "reasons": self.some(1, lambda _: ReasonGiven(key="re", by="K", on=start, **where)),
        }

    def register(self, place: int) -> Any:
        """The list of partners is confirmed complete."""
        on, until = (date.fromisoformat(one) for one in self.span(300, 700))
        return Register(key=f"r{place}", of="partners", unit="nl", confirmed=on, until=until)

    def partners(self) -> list[Any]:
        """One, two or three partners, some not fully described."""
        h2 = partner("h2", outsourced=self.chance.choice([None, True]), since=date.fromisoformat(self.near(200, 60)))
        h3 = partner("h3", roles=("broker",), until=date.fromisoformat(self.near(60, 200)))
        return self.chance.choice([[H1], [H1, h2], [H1, h2, h3], []])

    def units(self) -> list[Any]:
        """The cast's units, at times with traits and a profile."""
        traits = {"producer": self.likely(0.5)} if self.likely(0.5) else {}
        founded = date.fromisoformat(self.near(1500, 0)) if self.likely(0.3) else None
        no = self.chance.choice([(), (), ("parking",), ("docks", "reefer")])
        return [
            unit("nl", "group", UnitKind.ENTITY, country="NL", traits=traits, founded=founded),
            UNITS[1],
            unit("rtm", "nl", country="NL", no=no),
            UNITS[3],
        ]

    def everything(self, asked: Need) -> Facts:
        """Facts about what a need names."""
        named = sorted({*controls_of(asked)}) or ["fence"]
        chosen = [*named, *(self.chance.choice(named) for _ in range(2)), *_OWN_TIMES]
        made = [self.record(CONTROLS[key], place) for place, key in enumerate(chosen) if self.likely()]
        records = list({(one.control, one.for_, one.at, one.since): one for one in made}.values())
        shown: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
        for kept in records:
            for place in range(self.chance.choice([0, 1, 1, 2])):
                for section, more in zip(shown, self.shows(kept, f"{kept.key}-{place}"), strict=True):
                    section += more
        return facts(
            units=self.units(),
            in_place=records,
            evidence=shown[0],
            done=shown[1],
            samples=shown[2],
            triggers=self.some(1, lambda _: trigger(self.near(200, 60), self.chance.choice(["review", "audit"]))),
            events=self.some(2, self.event),
            attestations=self.some(2, self.attestation),
            figures=self.some(6, self.figure),
            checks=self.some(3, self.check),
            partners=self.partners(),
            certificates=self.some(3, self.certificate),
            proofs=self.some(4, self.proof),
            registers=self.some(2, self.register),
            findings=self.some(2, self.finding),
            corrective_actions=self.some(3, self.action),
            judgements=self.some(2, self.judgement),
            answers=self.some(2, self.answer),
        )


_VALUED = {ParameterKind.ORDER, ParameterKind.SET, ParameterKind.FLAG, ParameterKind.DURATION, ParameterKind.NUMBER}
_OWN_TIMES = ("recheck", "recheck", "recheck", "attestation", "screening", "curing")


@dataclass(frozen=True)
class World:
    """A need, the facts it is judged over, and a day; `chance` makes whatever else a test needs."""

    asked: Need
    said: Facts
    on: date
    seed: int

    @property
    def chance(self) -> Random:
        """The same numbers again for the same world."""
        return Random(self.seed + 1)  # noqa: S311  (worlds, not secrets)

    @property
    def maker(self) -> Maker:
        """Makes further facts for the same day."""
        return Maker(self.chance, self.on)


def make_world(seed: int, make: Callable[[Random], Need]) -> World:
    """The world of a number."""
    chance = Random(seed)  # noqa: S311  (worlds, not secrets)
    asked = make(chance)
    on = date(2026, 1, 1) + timedelta(days=chance.randint(0, 700))
    if chance.random() < 0.3:
        on = on.replace(day=1) - timedelta(days=1)
    return World(asked, Maker(chance, on).everything(asked), on, seed)


def worlds(make: Callable[[Random], Need] = any_need) -> st.SearchStrategy[World]:
    """Worlds with needs made in some way."""
    return st.integers(0, 2**32).map(lambda seed: make_world(seed, make))
