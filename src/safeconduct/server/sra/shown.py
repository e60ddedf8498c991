"""How a page reads the risks of a day: who reads, which assessment, what its risks, places and classes are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.errors import UnknownKey
from safeconduct.core.judgement import MET, NOT_APPLICABLE, worst
from safeconduct.core.quantities import read_money
from safeconduct.core.records.risk import Way
from safeconduct.core.risk.portfolio import Portfolio, portfolio
from safeconduct.core.risk.words import rounded
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.look.values import Link, Mark, Quiet, Several
from safeconduct.server.common.look.words import day_text
from safeconduct.server.posture.links import risk_url
from safeconduct.server.posture.pages.reader import Reader, reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.http import HttpRequest

    from safeconduct.core.records.risk import Treatment
    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.server.common.look.values import Shown

ASSESSMENT = "assessment"
"""The parameter of an address that names an assessment other than the one in force."""
LEVELS = {"inherent": "inherent", "current": "current", "best": "at best", "target": "target"}
"""The four levels of control, as pages name them."""
MILLION, TEN_THOUSAND = 1_000_000, 10_000


@dataclass(frozen=True)
class RiskReader:
    """One reading of an assessment of risks. `asked` is its key where the address names one."""

    reader: Reader
    judged: AssessedRisks
    asked: str = ""

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The short name of each risk: R1 is the first that was recorded."""
        return {one.risk.key: f"R{place}" for place, one in enumerate(self.judged.risks, start=1)}

    @property
    def rated(self) -> tuple[RiskJudgement, ...]:
        """Those that are not left out, the gravest first."""
        return tuple(one for one in self.judged.by_priority if one.levels is not None)

    @property
    def currency(self) -> str:
        """The currency of its losses."""
        return self.judged.assessment.currency

    def portfolio(self, of: str = "current") -> Portfolio:
        """All risks at a level, kept with the judgement of the day."""
        kept, name = self.reader.overview.kept, ("portfolio", self.judged.assessment.key, of)
        if name not in kept:
            kept[name] = portfolio(self.judged.risks, of, self.judged.common)
        found: Portfolio = kept[name]
        return found

    def year(self, of: str = "current") -> Year:
        """What all risks together cost in a year at a level."""
        return self.portfolio(of).year

    def place(self, key: str) -> str:
        """A site or a lane in words."""
        return self.reader.names.place(key)

    def title(self, one: RiskJudgement) -> str:
        """A risk in words: its scenario and its place."""
        return f"{one.scenario.title}, {self.place(one.risk.at)}"

    def class_title(self, scale: str, key: str) -> str:
        """A class of a scale in words; nothing for what is not rated."""
        classes = self.judged.rating.scale(scale).classes
        return next((one.title for one in classes if one.key == key), key).lower()

    def likelihood(self, key: str) -> str:
        """A class of the matrix's rows in words."""
        return self.class_title(self.judged.matrix.down, key)

    def consequence(self, key: str) -> str:
        """A class of the matrix's columns in words."""
        return self.class_title(self.judged.matrix.across, key)

    def priority(self, key: str) -> str:
        """A class of the matrix's results in words."""
        return self.class_title(self.judged.matrix.result, key)

    def url(self, one: RiskJudgement) -> str:
        """The page of a risk."""
        return risk_url(one.risk.key)

    def link(self, one: RiskJudgement) -> Link:
        """A risk by its scenario, with its place below."""
        return Link(one.scenario.title, self.url(one), note=self.place(one.risk.at))

    def controls(self, one: RiskJudgement) -> Shown:
        """How many of its countermeasures stand, with the worst of their standings."""
        asked = [each.finding.standing for each in one.measures if each.finding.standing is not NOT_APPLICABLE]
        if not asked:
            return Quiet("none answers it")
        met = sum(standing is MET for standing in asked)
        return Several((f"{met} of {len(asked)}", Mark(worst(asked), f"{self.url(one)}#vulnerability")), " ")

    def treatment(self, one: RiskJudgement) -> Shown:
        """What is decided about it, in few words."""
        told = [treated(each, self.judged.day) for each in one.treatments]
        told += [f"objective by {day_text(each.due)}" for each in one.objectives]
        return Several(tuple(told), "; ") if told else Quiet("nothing decided" if one.above else "none needed")

    def money(self, amount: float | None) -> str:
        """An amount in the assessment's currency; nothing where there is none."""
        return "" if amount is None else f"{rounded(amount)} {self.currency}"


def treated(one: Treatment, day: date) -> str:
    """A treatment in few words: reduce by 4 Dec 2026, shared since 15 Jul 2026, acceptance ended 31 Oct 2026."""
    if one.way is Way.ACCEPT and one.until is not None:
        return (
            f"accepted until {day_text(one.until)}" if one.until >= day else f"acceptance ended {day_text(one.until)}"
        )
    if one.done is not None and one.done <= day:
        return f"{_DONE[one.way]} since {day_text(one.done)}"
    if one.due is None:
        return one.way.value
    return f"{one.way.value} by {day_text(one.due)}" if one.due >= day else f"{one.way.value}, due {day_text(one.due)}"


_DONE = {Way.AVOID: "avoided", Way.SHARE: "shared", Way.REDUCE: "reduced", Way.ACCEPT: "accepted"}


def upper_first(text: str) -> str:
    """The text with a capital letter at its beginning.

    >>> upper_first("reduce by 31 Mar 2027")
    'Reduce by 31 Mar 2027'
    """
    return text[:1].upper() + text[1:]


def read_all(request: HttpRequest) -> Reader:
    """The reading of a request; whoever sees only some sites has no such page (NotFound)."""
    viewer_on(request).need(Right.READ_ALL)
    return reader_of(request)


def risk_reader(request: HttpRequest) -> RiskReader | None:
    """The risks the request asks for; None where no assessment holds on its day."""
    reader, asked = read_all(request), request.GET.get(ASSESSMENT, "")
    judged = reader.overview.risks(asked)
    return None if judged is None else RiskReader(reader, judged, asked)


def risk_of(request: HttpRequest, key: str) -> tuple[RiskReader, RiskJudgement]:
    """One risk, judged with the assessment it belongs to; UnknownKey where there is none of that key."""
    reader = read_all(request)
    recorded = {one.key: one for one in reader.overview.snapshot.facts.risks}
    if key not in recorded:
        raise UnknownKey("risk", key, tuple(recorded))
    judged = reader.overview.risks(recorded[key].assessment)
    assert judged is not None
    return RiskReader(reader, judged, recorded[key].assessment), judged.risk(key)


def priced(amount: str) -> str:
    """A recorded amount with its thousands set apart; what is no amount stays as it is.

    >>> priced("1250000 EUR"), priced("")
    ('1,250,000 EUR', '')
    """
    try:
        money = read_money(amount)
    except ValueError:
        return amount
    return f"{money.amount:,} {money.currency}"


def open_places(judged: Iterable[RiskJudgement]) -> list[str]:
    """The places of some risks, each once, in their order."""
    return list(dict.fromkeys(one.risk.at for one in judged))
