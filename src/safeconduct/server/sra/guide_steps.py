"""The steps of the path in order: what each asks, what is done, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.records.risk import Way
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.sra.guide_suggesting import suggestions
from safeconduct.server.sra.guide_words import METHODS

if TYPE_CHECKING:
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.sra.guide import Guided

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in addresses, its title, and the question it answers."""

    key: str
    title: str
    asks: str


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a step is: what is done, and what is missing (nothing where it is complete)."""

    step: Step
    done: str
    missing: str

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


STEPS = (
    Step("scope", "Scope and context", "What does it cover, by which method, and what is bearable?"),
    Step("assets", "Critical assets", "What do you need to function, and what could be misused to do harm?"),
    Step("scenarios", "Threat scenarios", "What may happen at each place, and what is left out with which reason?"),
    Step("numbers", "Numbers", "How often would it happen and how grave would it be, if no control stood?"),
    Step("priorities", "Priorities", "Which risks come first?"),
    Step("treatment", "Treatment", "What is decided about each risk that is graver than bearable?"),
    Step("objectives", "Objectives and targets", "What is to be reached, by whom, by when, and how is it measured?"),
    Step("approve", "Approval", "Who stands for it, and when is the next one due?"),
)
BY_KEY = {one.key: one for one in STEPS}


def stands(guided: Guided) -> list[Stand]:
    """How far every step is, in their order."""
    return [stand(guided, one.key) for one in STEPS]


def stand(guided: Guided, key: str) -> Stand:
    """How far one step is."""
    done, missing = _READ[key](guided)
    return Stand(BY_KEY[key], done, missing)


def next_step(guided: Guided) -> Step | None:
    """The first step in which something is missing; None where all is done."""
    return next((one.step for one in stands(guided) if not one.complete), None)


def untreated(guided: Guided) -> list[RiskJudgement]:
    """The risks graver than bearable about which nothing holds, the gravest first."""
    return [one for one in guided.reading.judged.above if one.finding.code == "risk-untreated"]


def without_objective(guided: Guided) -> list[RiskJudgement]:
    """The risks graver than bearable with something to do about them and no objective, the gravest first."""
    return [
        one
        for one in guided.reading.judged.by_priority
        if one.above and not one.objectives and any(each.way in (Way.REDUCE, Way.AVOID) for each in one.treatments)
    ]


def undecided(guided: Guided, place: str) -> list[str]:
    """The suggested scenarios of a place that are neither taken in nor left out."""
    decided = {one.risk.scenario for one in guided.risks_at(place)}
    return [one.scenario.title for one in suggestions(guided, place) if one.reasons and one.scenario.key not in decided]


def _scope(guided: Guided) -> tuple[str, str]:
    one, lanes = guided.assessment, len(guided.lanes)
    places = f"{counted(len(one.places) - lanes, 'site', 'sites')}, {counted(lanes, 'lane', 'lanes')}"
    lacking = [
        word
        for word, there in (("the statement of application", one.scope), ("who makes it", one.assessors))
        if not there
    ]
    bearable = f"bearable up to {guided.reading.priority(one.bearable)}"
    return f"{METHODS[one.method].title}; {places}; {bearable}", _lacks(lacking)


def _assets(guided: Guided) -> tuple[str, str]:
    places = {one.at for one in guided.assets}
    bare = [guided.reading.place(one) for one in guided.assessment.places if one not in places]
    done = f"{counted(len(guided.assets), 'asset', 'assets')} at {counted(len(places), 'place', 'places')}"
    return done, f"nothing at {_some(bare)}" if bare else ""


def _scenarios(guided: Guided) -> tuple[str, str]:
    taken = len(guided.taken_in)
    done = f"{taken} taken in, {len(guided.risks) - taken} left out with a reason"
    return done, "; ".join(_scenarios_missing(guided))


def _scenarios_missing(guided: Guided) -> Iterator[str]:
    bare = [guided.reading.place(one) for one in guided.assessment.places if not guided.risks_at(one)]
    if bare:
        yield f"none looked at for {_some(bare)}"
    open_still = sum(len(undecided(guided, one)) for one in guided.assessment.places)
    if open_still:
        yield f"{open_still} suggested and not decided"


def _numbers(guided: Guided) -> tuple[str, str]:
    taken, unrated = guided.taken_in, guided.unrated
    if not taken:
        return "", "no scenario is taken in"
    done = f"{len(taken) - len(unrated)} of {counted(len(taken), 'risk', 'risks')} rated"
    return done, _some([guided.reading.title(one) for one in unrated])


def _priorities(guided: Guided) -> tuple[str, str]:
    rated, above = _rated(guided), len(guided.reading.judged.above)
    if not rated:
        return "", "nothing is rated yet"
    return f"{above} of {counted(rated, 'rated risk', 'rated risks')} graver than bearable", ""


def _rated(guided: Guided) -> int:
    return len(guided.taken_in) - len(guided.unrated)


def _treatment(guided: Guided) -> tuple[str, str]:
    if not _rated(guided):
        return "", "nothing is rated yet"
    above, open_still = len(guided.reading.judged.above), untreated(guided)
    done = f"{above - len(open_still)} of {above} decided" if above else "nothing is graver than bearable"
    return done, _some([guided.reading.title(one) for one in open_still])


def _objectives(guided: Guided) -> tuple[str, str]:
    if not _rated(guided):
        return "", "nothing is rated yet"
    keys = {one.key for each in guided.risks for one in each.objectives}
    bare = [guided.reading.title(one) for one in without_objective(guided)]
    return counted(len(keys), "objective", "objectives"), f"none for {_some(bare)}" if bare else ""


def _approve(guided: Guided) -> tuple[str, str]:
    one = guided.assessment
    if one.approved_on is None or not one.approved_by:
        return "", "nobody has approved it"
    due = f"next by {day_text(one.due)}" if one.due else ""
    return f"{one.approved_by}, {day_text(one.approved_on)}" + (f"; {due}" if due else ""), _lacks(
        [] if one.due else ["the day of the next one"]
    )


_READ: dict[str, Callable[[Guided], tuple[str, str]]] = {
    "scope": _scope,
    "assets": _assets,
    "scenarios": _scenarios,
    "numbers": _numbers,
    "priorities": _priorities,
    "treatment": _treatment,
    "objectives": _objectives,
    "approve": _approve,
}


def _lacks(words: list[str]) -> str:
    return " and ".join(words)


def _some(names: list[str]) -> str:
    """The first few of some names, and how many more."""
    shown = names[:_NAMED]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
