"""What is asked about an assessment as a whole: begun and changed, approved, made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.dates import shifted
from safeconduct.core.records.units import UnitKind
from safeconduct.server.journal.forms import ChoiceField, DayField, FactForm, SeveralField, TextField
from safeconduct.server.sra.guide_rounds import unique
from safeconduct.server.sra.guide_words import METHODS

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.risk import Method, RiskAssessment
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.journal.forms import FormGround
    from safeconduct.server.journal.forms.offered import Choices

_LATER = ("approved_by", "approved_on", "due", "follows")
_ORDER = ("title", "entity", "places", "scope", "context", "on", "matrix", "bearable", "currency", "assessors")
YEAR = 365


class AssessmentForm(FactForm):
    """Scope, context, method and makers of an assessment, new by a template or in place of a recorded one."""

    def __init__(
        self, viewer: Viewer, method: Method, data: Any = None, *, record: RiskAssessment | None = None
    ) -> None:
        super().__init__(
            viewer, "risk_assessments", data, record=record, fixed={"method": method.value}, leave_out=_LATER
        )
        threats = self.ground.catalogue.threats
        own = {
            "entity": ChoiceField(_made_for(self.ground), label="Made for"),
            "places": SeveralField(_places(self.ground), label="Places in scope"),
            "matrix": ChoiceField([(one.key, one.title) for one in threats.matrices.values()], label="Matrix"),
            "bearable": ChoiceField(
                _classes(self.ground),
                label="Bearable up to",
                help_text="The gravest class, in the words of the matrix, that needs no treatment.",
            ),
        }
        for name, field in own.items():
            field.initial = self.fields[name].initial
            self.fields[name] = field
        self._say("scope", "What is covered", "Which part of the chain, from where to where; and what is left out.")
        self._say("on", "Day it describes", "")
        self._say("assessors", "Who makes it", "Each with what qualifies the person.")
        self.order_fields(_ORDER)
        if record is None:
            self._start(METHODS[method].matrix, METHODS[method].bearable)

    def _say(self, name: str, label: str, hint: str) -> None:
        self.fields[name].label, self.fields[name].help_text = label, hint

    def _start(self, matrix: str, bearable: str) -> None:
        """What a new one shows first."""
        day = self.ground.day
        first = {
            "title": f"Security risk assessment {day.year}",
            "entity": self.ground.snapshot.facts.organisation.key,
            "on": day.isoformat(),
            "matrix": matrix,
            "bearable": bearable,
            "assessors": [{"name": self.viewer.name}] if self.viewer.name else None,
        }
        for name, value in first.items():
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """No place goes out of scope that still has risks in the assessment."""
        if self.before is not None:
            kept = self.cleaned_data.get("places", self.before.places)
            facts = self.ground.snapshot.facts
            held = {one.at for one in facts.risks if one.assessment == self.before.key} - set(kept)
            if held:
                names = ", ".join(sorted(_place_title(self.ground, one) for one in held))
                self.add_error("places", f"Risks are recorded at {names}. Withdraw them first, or leave it in scope.")
        return self.cleaned_data

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """A new one gets its key from its title."""
        if self.before is None:
            taken = {one.key for one in self.ground.snapshot.facts.risk_assessments}
            plain["key"] = unique(plain.get("title") or f"risk assessment {self.ground.day.year}", taken)
        return plain


def _made_for(ground: FormGround) -> Choices:
    """The organisation as a whole, and its legal entities."""
    organisation = ground.snapshot.facts.organisation.key
    entities = [(one.key, one.title or one.key) for one in ground.of_kind(UnitKind.ENTITY)]
    return [(organisation, ground.unit_title(organisation)), *entities]


def _places(ground: FormGround) -> Choices:
    """Sites and lanes, each kind under its heading; legal entities where there is no site."""
    sites = [(one.key, one.title or one.key) for one in ground.of_kind(UnitKind.SITE)]
    entities = [(one.key, one.title or one.key) for one in ground.of_kind(UnitKind.ENTITY)]
    lanes = [(one.key, one.title) for one in ground.snapshot.facts.lanes]
    return [*(sites or entities), *((key, f"{title} (lane)") for key, title in lanes)]


def _place_title(ground: FormGround, key: str) -> str:
    lane = ground.snapshot.lanes.get(key)
    return lane.title if lane else ground.unit_title(key)


def _classes(ground: FormGround) -> Choices:
    """The classes of all matrices by matrix; those that share a word stand once, with every matrix that has it."""
    threats = ground.catalogue.threats
    found: dict[str, tuple[str, list[str]]] = {}
    for matrix in threats.matrices.values():
        if any(matrix.key != one.key and matrix.result in (one.down, one.across) for one in threats.matrices.values()):
            continue
        for one in threats.scales[matrix.result].classes:
            found.setdefault(one.key, (one.title.lower(), []))[1].append(matrix.title.partition(":")[0])
    return [(key, f"{title} ({', '.join(titles)})") for key, (title, titles) in found.items()]


class ApproveForm(FactForm):
    """Who approves an assessment, on which day, and when the next one is due."""

    def __init__(self, viewer: Viewer, record: RiskAssessment, data: Any = None) -> None:
        asked = ("approved_by", "approved_on", "due")
        left_out = [one.name for one in record.__dataclass_fields__.values() if one.name not in asked]
        super().__init__(viewer, "risk_assessments", data, record=record, leave_out=left_out)
        day = self.ground.day
        first = {"approved_by": viewer.name, "approved_on": day.isoformat(), "due": shifted(day, YEAR).isoformat()}
        for name, value in first.items():
            field = self.fields[name]
            field.required, field.initial = True, field.initial or value
        self.fields["due"].label = "Next one due"


class AgainForm(forms.Form):
    """The next round of an assessment: what it is called, and the day it describes."""

    title = TextField(label="Name")
    on = DayField(label="Day it describes")

    def __init__(self, before: RiskAssessment, day: date, data: Any = None) -> None:
        super().__init__(data, initial={"title": _next_title(before, day), "on": day})
        self.before = before

    def clean_on(self) -> date:
        """A later day than that of the round it follows."""
        day: date = self.cleaned_data["on"]
        if day <= self.before.on:
            raise forms.ValidationError("The last round describes this day or a later one. Choose a day after it.")
        return day


def _next_title(before: RiskAssessment, day: date) -> str:
    """The title of the last round with the year of the new one."""
    title = before.title or "Security risk assessment"
    old = str(before.on.year)
    return title.replace(old, str(day.year)) if old in title and day.year != before.on.year else f"{title}, next round"
