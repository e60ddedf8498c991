"""What a year of some risks may cost at every level of control: all of them, those of a place, or a single one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.quantities import read_money
from safeconduct.core.risk.portfolio import Portfolio, portfolio
from safeconduct.server.sra.shown import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.core.records.history import Figure
    from safeconduct.core.risk.annual import Year
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.core.risk.portfolio import Contribution
    from safeconduct.server.sra.shown import RiskReader

TAIL = 0.99
YEARS_DRAWN = 200_000
REVENUE = "revenue"


@dataclass(frozen=True)
class Yearly:
    """The chosen risks, the gravest first, with the law of their year at each level."""

    reading: RiskReader
    place: str
    risk: str

    @cached_property
    def risks(self) -> tuple[RiskJudgement, ...]:
        """Those chosen that are not left out."""
        return tuple(
            one for one in self.reading.rated if self.place in ("", one.risk.at) and self.risk in ("", one.risk.key)
        )

    @property
    def whole(self) -> bool:
        """Whether nothing is chosen."""
        return not self.place and not self.risk

    @cached_property
    def portfolios(self) -> Mapping[str, Portfolio]:
        """The chosen risks at each level; those of the whole are kept with the judgement of the day."""
        if self.whole:
            return {of: self.reading.portfolio(of) for of in LEVELS}
        return {of: portfolio(self.risks, of, self.reading.judged.common) for of in LEVELS}

    @cached_property
    def years(self) -> Mapping[str, Year]:
        """The law of the year at each level."""
        return {of: found.year for of, found in self.portfolios.items()}

    @property
    def today(self) -> Year:
        """The law of the year with the controls of the day."""
        return self.years["current"]

    @property
    def without_numbers(self) -> tuple[RiskJudgement, ...]:
        """Those that lack a likelihood or a loss: they are counted, named, and in no amount."""
        return tuple(one for one in self.risks if one.risk.likelihood is None or one.risk.loss is None)

    def contributions(self) -> list[Contribution]:
        """What each risk adds to the mean and to the tail of today's year; kept for the whole."""
        found = self.portfolios["current"]
        if not self.whole:
            return found.contributions(TAIL)
        kept, name = self.reading.reader.overview.kept, ("contributions", self.reading.judged.assessment.key)
        if name not in kept:
            kept[name] = found.contributions(TAIL)
        contributions: list[Contribution] = kept[name]
        return contributions

    def harmed(self, of: str) -> float | None:
        """Persons killed or badly hurt in a year; None where nobody said of any."""
        found = [getattr(one.levels, of).harmed for one in self.risks]
        known = [one for one in found if one is not None]
        return sum(known) if known else None


def revenue_of(reading: RiskReader) -> tuple[Figure, float] | None:
    """The revenue of the assessment's legal entity, the latest known on the day, in the assessment's currency."""
    day, assessment = reading.judged.day, reading.judged.assessment
    figures = reading.reader.overview.snapshot.figures.get((REVENUE, assessment.entity), ())
    known = [one for one in figures if one.year_end <= day and (one.given or one.year_end) <= day]
    if not known:
        return None
    amount = read_money(known[-1].value)
    return (known[-1], float(amount.amount)) if amount.currency == assessment.currency else None
