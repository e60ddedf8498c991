"""The numbers of one risk without controls: how often, how much, whom it hurts, how grave by what the matrix reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.records.threats import Rates
from safeconduct.core.risk.rating import DAYS
from safeconduct.server.journal.forms import ChoiceField, FactForm, SeveralField, TextField, in_words
from safeconduct.server.sra.guide_rates import BANDS, BY_KEY, band_of, read_rate

if TYPE_CHECKING:
    from safeconduct.core.records.threats import Matrix, ScaleMeasure, Threats
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.journal.forms.fields import PlainField
    from safeconduct.server.journal.forms.offered import Choices
    from safeconduct.server.sra.guide import Guided

BAND = "band"
_LOW, _HIGH = "likelihood.low", "likelihood.high"
_FIRST = (BAND, _LOW, _HIGH, "loss.low", "loss.high", "harm.low", "harm.high")
_KEPT = ("assessment", "scenario", "at", "excluded", "grave", "figures")
_BETWEEN = re.compile(r"[\s,']|[A-Z]{3}$")


class RateField(TextField):
    """Times a year, as a number or in words."""

    def clean(self, value: Any) -> Any:
        """The number; words that say no rate are refused."""
        text = super().clean(value)
        if text and read_rate(text) is None:
            do = "Write it like once in 10 years, 3 times a year, or 0.5."
            raise forms.ValidationError(f"“{text}” says no rate. {do}")
        return text

    def plain(self, value: Any) -> Any:
        """Times a year."""
        return read_rate(value) if value else None


class AmountField(TextField):
    """An amount, with or without its currency and its thousands set apart."""

    def plain(self, value: Any) -> Any:
        """The bare number."""
        return _BETWEEN.sub("", value) if value else None


class NumbersForm(FactForm):
    """What a risk would be if no control stood."""

    def __init__(self, guided: Guided, one: RiskJudgement, data: Any = None) -> None:
        self.risk = one.risk
        self.band = band_of(one.risk.likelihood)
        said = {_LOW: "", _HIGH: ""} if self.band else {}
        super().__init__(
            guided.viewer, "risks", data, record=one.risk, said=said, leave_out=_KEPT, more=_more(guided, one)
        )
        band = self.fields[BAND]
        band.initial, band.choices = self.band, [("", "as written below"), *_bands()]  # type: ignore[attr-defined]
        self._say(guided.assessment.currency)
        here = {asset.key: asset.title for asset in guided.assets if asset.at == one.risk.at}
        known = {asset.key: asset.title for asset in guided.reader.overview.snapshot.facts.assets}
        offered = here | {key: known.get(key, key) for key in one.risk.assets}
        assets = SeveralField([*offered.items()], label="Hits", required=False)
        assets.initial = self.fields["assets"].initial
        self.fields["assets"] = assets
        if not offered:
            del self.fields["assets"]
        grave = [name for name in self.fields if name.startswith("grave.")]
        self.order_fields([*_FIRST, *grave, "basis", "figures", "exposure", "assets", "owner", "note"])

    def _say(self, currency: str) -> None:
        words = {
            "loss.low": ("One event costs at least", f"In {currency}: goods, repair, delay and what follows."),
            "loss.high": ("One event costs at most", "In nine cases of ten it lies between these two."),
            "harm.low": ("Persons killed or badly hurt, at least", "Only where people may be hurt; above 0."),
            "harm.high": ("Persons killed or badly hurt, at most", ""),
            "basis": ("What the likelihood rests on", ""),
            "exposure": ("Scaled to", "How many vehicles, parcels or site-years here; needed where a figure is used."),
            "note": ("How it was weighed", ""),
            "owner": ("Who answers for it", ""),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean(self) -> dict[str, Any]:
        """Words or numbers, not both; a figure only with what it was scaled to."""
        found = self.cleaned_data
        ends = [str(found.get(name) or "") for name in (_LOW, _HIGH)]
        before = [str(self.fields[name].initial or "") for name in (_LOW, _HIGH)]
        if found.get(BAND) and any(ends) and (ends != before and found[BAND] != self.band):
            self.add_error(BAND, "Choose words, or write your own numbers: not both.")
        if found.get("figures") and not found.get("exposure"):
            why = "A published figure counts a whole region, never one site."
            self.add_error("exposure", f"{why} Say to what you scaled it.")
        return found

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The likelihood that was chosen in words, where no other was written."""
        chosen = plain.pop(BAND, "")
        typed = [self.cleaned_data.get(name) or "" for name in (_LOW, _HIGH)]
        kept = typed == [str(self.fields[name].initial or "") for name in (_LOW, _HIGH)]
        if chosen and (not any(typed) or (kept and chosen != self.band)):
            plain["likelihood"] = {"low": BY_KEY[chosen].low, "high": BY_KEY[chosen].high}
        return plain


def _bands() -> Choices:
    return [(band.key, band.words) for band in BANDS]


def _more(guided: Guided, one: RiskJudgement) -> dict[str, PlainField]:
    found: dict[str, PlainField] = {
        BAND: ChoiceField(_bands(), label="How often, if no control stood?", required=False),
        _LOW: RateField(label="Or at least", help_text="Once in 10 years, 3 times a year, or 0.1.", required=False),
        _HIGH: RateField(label="And at most", required=False),
        "loss.low": AmountField(required=False),
        "loss.high": AmountField(required=False),
    }
    threats = guided.reader.overview.catalogue.threats
    for name, measure in measures_read(threats, guided.reading.judged.matrix).items():
        found[f"grave.{name}"] = _grave(measure)
    figures = [threats.figures[key] for key in one.scenario.likelihood if key in threats.figures]
    if figures:
        offered: Choices = [(each.key, each.title) for each in figures]
        found["figures"] = SeveralField(offered, label="Weighed against these published figures", required=False)
    return found


def measures_read(threats: Threats, matrix: Matrix) -> dict[str, ScaleMeasure]:
    """The ladders of words, and the days, that a matrix reads for consequence; also through a scale that it joins."""
    keys = [matrix.down, matrix.across]
    keys += [key for one in threats.matrices.values() if one.result in keys for key in (one.down, one.across)]
    scales = [threats.scales[key] for key in keys]
    return {
        name: measure
        for scale in scales
        if scale.rates is Rates.CONSEQUENCE
        for name, measure in scale.measures.items()
        if measure.ladder or measure.unit == DAYS
    }


def _grave(measure: ScaleMeasure) -> PlainField:
    label = measure.title[:1].upper() + measure.title[1:]
    if measure.ladder:
        choices: Choices = [(step, in_words(step)) for step in measure.ladder]
        field = ChoiceField(choices, label=label, required=False, help_text="The gravest that is likely.")
        field.choices = [("", "not said"), *choices]
        return field
    return TextField(label=f"{label}, days", required=False, help_text="A number; empty where nothing stops.")
