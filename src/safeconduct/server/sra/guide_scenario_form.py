"""The scenarios of a place: each taken in with how often, or left out with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.errors import Refusals
from safeconduct.core.records.risk import Range, Risk
from safeconduct.server.journal.forms import TextField
from safeconduct.server.risk import actions
from safeconduct.server.sra.guide_rates import BANDS, BY_KEY, band_of
from safeconduct.server.sra.guide_rounds import unique
from safeconduct.server.sra.guide_suggesting import Suggestion, suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.server.sra.guide import Guided

OUT, KEEP, REST = "out", "keep", "rest"


@dataclass(frozen=True, slots=True)
class Line:
    """A scenario on the form: what it is, why it is suggested, what is asked."""

    suggestion: Suggestion
    answer: forms.BoundField
    why: forms.BoundField

    @property
    def reasons(self) -> str:
        """Why it is suggested, in a sentence; empty where nothing speaks for it."""
        told = "; ".join(self.suggestion.reasons)
        return f"{told[:1].upper()}{told[1:]}." if told else ""


class ScenariosForm(forms.Form):
    """Every scenario for a place: not decided, taken in with how often, or left out with a reason."""

    def __init__(self, guided: Guided, place: str, data: Any = None) -> None:
        super().__init__(data)
        self.guided, self.place = guided, place
        self.suggested = suggestions(guided, place)
        self.recorded = {one.risk.scenario: one.risk for one in guided.risks_at(place)}
        for one in self.suggested:
            self._ask(one.scenario.key, self.recorded.get(one.scenario.key))

    def _ask(self, key: str, risk: Risk | None) -> None:
        first = _first(risk)
        self.fields[f"{key}.answer"] = forms.ChoiceField(
            choices=_choices(risk, first),
            label="How often, if no control stood?",
            required=risk is not None,
            initial=first,
        )
        self.fields[f"{key}.why"] = TextField(
            label="Why", required=False, initial=(risk.excluded or risk.note) if risk else ""
        )

        self.fields[REST] = TextField(
            label="Leave out all that is suggested and not decided, because",
            required=False,
            help_text="One reason for the rest; each is then on record as left out.",
        )

    def lines(self, *, plausible: bool) -> Iterator[Line]:
        """The lines of what is suggested or decided, or of all the others."""
        for one in self.suggested:
            key = one.scenario.key
            if bool(one.reasons or key in self.recorded) is plausible:
                yield Line(one, self[f"{key}.answer"], self[f"{key}.why"])

    def clean(self) -> dict[str, Any]:
        """What is left out has a reason."""
        for one in self.suggested:
            key = one.scenario.key
            if self.cleaned_data.get(f"{key}.answer") == OUT and not self.cleaned_data.get(f"{key}.why"):
                self.add_error(f"{key}.why", "Say why it is not plausible here; auditors ask for it.")
        return self.cleaned_data

    def stored(self) -> int | None:
        """How many decisions were stored; None while something is to be mended."""
        if not self.is_valid():
            return None
        found = list(self._risks())
        if not found:
            self.add_error(None, "Nothing is decided yet. Choose how often, or leave out with a reason.")
            return None
        try:
            return len(actions.decide_scenarios(self.guided.viewer, found))
        except Refusals as error:
            for refusal in error.refusals:
                self.add_error(None, str(refusal))
        return None

    def _risks(self) -> Iterator[Risk]:
        """The records of what is decided otherwise than it is on record."""
        taken = {one.key for one in self.guided.reader.overview.snapshot.facts.risks}
        for one in self.suggested:
            key = one.scenario.key
            answer, why = self.cleaned_data[f"{key}.answer"], self.cleaned_data[f"{key}.why"]
            if not answer and one.reasons and self.cleaned_data[REST]:
                answer, why = OUT, self.cleaned_data[REST]
            if answer:
                before = self.recorded.get(key) or self._new(one, taken)
                decided = _decided(before, answer, why)
                taken.add(decided.key)
                if decided != self.recorded.get(key):
                    yield decided

    def _new(self, one: Suggestion, taken: set[str]) -> Risk:
        assessment, reading = self.guided.assessment, self.guided.reading
        hit = [
            asset.key
            for asset in self.guided.assets
            if asset.at == self.place and asset.kind.value in one.scenario.assets
        ]
        return Risk(
            key=unique(f"{assessment.key} {one.scenario.title} {reading.place(self.place)}", taken),
            assessment=assessment.key,
            scenario=one.scenario.key,
            at=self.place,
            assets=tuple(hit),
        )


def _first(risk: Risk | None) -> str:
    if risk is None:
        return ""
    return OUT if risk.excluded else band_of(risk.likelihood) or KEEP


def _choices(risk: Risk | None, first: str) -> list[Any]:
    taken_in = [(one.key, one.words) for one in BANDS]
    if first == KEEP:
        taken_in.insert(0, (KEEP, "as its numbers say"))
    undecided = [] if risk else [("", "not decided")]
    return [*undecided, ("Take it in", taken_in), ("Leave it out", [(OUT, "not plausible here, because …")])]


def _decided(risk: Risk, answer: str, why: str) -> Risk:
    """The record with the decision; one that is left out keeps no numbers."""
    if answer == OUT:
        bare = Risk(
            key=risk.key,
            assessment=risk.assessment,
            scenario=risk.scenario,
            at=risk.at,
            assets=risk.assets,
            owner=risk.owner,
        )
        return replace(bare, excluded=why)
    if answer == KEEP:
        return replace(risk, note=why)
    band = BY_KEY[answer]
    return replace(risk, excluded="", note=why, likelihood=Range(low=band.low, high=band.high))
