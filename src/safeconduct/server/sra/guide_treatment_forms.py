"""What is decided about a risk, and what is to be reached: forms that fill in what follows from the risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.catalogue.need_writer import write_need
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Way
from safeconduct.server.journal.forms import ChoiceField, FactForm, SeveralField
from safeconduct.server.sra.guide_candidates import candidate_words, candidates
from safeconduct.server.sra.guide_rounds import unique

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from safeconduct.core.records.risk import Planned, Treatment
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.journal.forms.offered import Choices
    from safeconduct.server.sra.guide import Guided

_WAYS: Choices = [
    (Way.REDUCE.value, "reduce: more controls stand"),
    (Way.ACCEPT.value, "accept: somebody bears it for a time"),
    (Way.SHARE.value, "share: insurance or a contract bears a part"),
    (Way.AVOID.value, "avoid: give up what it comes from"),
]
_ENTIRE = "100 %"


class TreatmentForm(FactForm):
    """The decision about one risk; the controls that do not stand wholly are offered with what each would take off."""

    def __init__(self, guided: Guided, one: RiskJudgement, data: Any = None) -> None:
        self.offered = {each.key: each for each in candidates(guided, one)}
        words: Choices = [(key, candidate_words(guided, one, each)) for key, each in self.offered.items()]
        day = guided.reading.judged.day.isoformat()
        super().__init__(
            guided.viewer,
            "treatments",
            data,
            fixed={"risk": one.risk.key, "decided": day},
            said={"owner": one.risk.owner},
            leave_out=("controls", "done"),
            more={"planned": SeveralField(words, label="Controls that are to stand", required=False)},
        )
        way = ChoiceField(_WAYS, label="What is decided")
        way.initial = Way.REDUCE.value
        self.fields["way"] = way
        self._say()
        self.order_fields(("way", "planned", "owner", "due", "until", "share", "cost", "why"))
        if not self.offered:
            del self.fields["planned"]

    def _say(self) -> None:
        words = {
            "owner": ("Who answers for it", ""),
            "due": ("By when it is to stand", "For reduce, share and avoid."),
            "until": ("Accepted until", "For accept: nobody accepts a risk for ever."),
            "share": ("Share that others bear", "For share, for example 0.8."),
            "cost": ("Cost a year", "For example 12000 EUR."),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    def clean(self) -> dict[str, Any]:
        """What is to be done has a day; what is reduced says by which controls."""
        found = self.cleaned_data
        way = found.get("way")
        if way and way != Way.ACCEPT.value and not found.get("due"):
            self.add_error("due", "Say by when: until that day it counts as in treatment.")
        if way == Way.REDUCE.value and self.offered and not found.get("planned"):
            self.add_error("planned", "Tick the controls that are to stand, or choose another way.")
        return found

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The chosen controls as they are planned, and a key that says what is decided about what."""
        chosen = [self.offered[key] for key in plain.pop("planned", ())]
        if chosen and plain.get("way") == Way.REDUCE.value:
            plain["controls"] = [{"needs": write_need(each.need), "at": each.at} for each in chosen]
        taken = {one.key for one in self.ground.snapshot.facts.treatments}
        plain["key"] = unique(f"{plain['risk']} {plain.get('way', '')}", taken)
        return plain


class ObjectiveForm(FactForm):
    """An objective for a treated risk, filled in from its treatment: what is planned stands, and the class falls."""

    def __init__(self, guided: Guided, one: RiskJudgement, data: Any = None) -> None:
        self.one = one
        self.planned = {f"control-{place}": each for place, each in enumerate(_planned(one.treatments))}
        judged, reading = guided.reading.judged, guided.reading
        classes: Choices = [
            (each.key, each.title.lower()) for each in judged.rating.scale(judged.matrix.result).classes
        ]
        bearable, day = judged.assessment.bearable, judged.day.isoformat()
        super().__init__(
            guided.viewer,
            "objectives",
            data,
            fixed={"risks": [one.risk.key], "since": day},
            said={"title": f"{reading.title(one)}: {reading.priority(bearable)} at most", **_ahead(one, judged.day)},
            leave_out=("targets", "closed"),
            more={
                "aim": ChoiceField(classes, label="Its class is to be at most"),
                "measured": SeveralField(self._targets(guided), label="And these controls stand", required=False),
            },
        )
        self.fields["aim"].initial, self.fields["measured"].initial = bearable, list(self.planned)
        self.fields["title"].label, self.fields["owner"].label = "What is to be reached", "Who is responsible"
        if not self.planned:
            del self.fields["measured"]
        self.order_fields(("title", "aim", "measured", "owner", "due", "why"))

    def _targets(self, guided: Guided) -> list[Any]:
        names = guided.reader.names
        return [
            (key, f"{names.control(each.needs.control)} at {names.place(each.at)}")
            for key, each in self.planned.items()
            if isinstance(each.needs, ControlNeed)
        ]

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The targets, each measurable, and a key from what is to be reached."""
        aim, chosen = plain.pop("aim", ""), plain.pop("measured", ())
        targets = [{"measure": "risk", "of": [self.one.risk.key], "aim": aim}] if aim else []
        for key in chosen:
            each = self.planned[key]
            needs = write_need(each.needs)
            targets.append({"measure": "control", "needs": needs, "of": [each.at], "start": "0 %", "aim": _ENTIRE})
        taken = {one.key for one in self.ground.snapshot.facts.objectives}
        return {**plain, "targets": targets, "key": unique(str(plain.get("title", "")), taken)}


def _ahead(one: RiskJudgement, day: date) -> dict[str, str]:
    """Who answers and until when, as the first treatment that is still ahead says."""
    for each in one.treatments:
        if each.due is not None and each.due > day:
            return {"owner": each.owner or one.risk.owner, "due": each.due.isoformat()}
    return {"owner": one.risk.owner}


def _planned(treatments: tuple[Treatment, ...]) -> Iterator[Planned]:
    for one in treatments:
        yield from one.controls
