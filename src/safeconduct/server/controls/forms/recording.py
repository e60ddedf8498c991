"""The form that records a control in place: its values by the catalogue, and in the same form what shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from safeconduct.catalogue.marked import Refusing
from safeconduct.catalogue.plain import as_node
from safeconduct.core.errors import Place as Spot
from safeconduct.core.errors import Refusal
from safeconduct.core.records.in_place import ControlInPlace, Evidence
from safeconduct.facts.codec import shape_of
from safeconduct.facts.keys import derived_key
from safeconduct.facts.shapes import Reading
from safeconduct.server.common.look.day import day_of
from safeconduct.server.controls.actions import record_control_shown
from safeconduct.server.controls.forms.own import target_fields
from safeconduct.server.controls.forms.parameters import Place, value_fields
from safeconduct.server.controls.forms.showing import say_what_evidence_is
from safeconduct.server.controls.forms.uploads import PHOTO, UPLOAD, GivenFile, upload_fields
from safeconduct.server.journal.forms import ChoiceField, FactForm, FormGround, PlainField, ground_of
from safeconduct.server.journal.forms.building import fields_of
from safeconduct.server.journal.forms.offered import Choices

if TYPE_CHECKING:
    from datetime import date

    from django.forms import BoundField
    from django.http import HttpRequest

    from safeconduct.core.records.catalogue import Control
    from safeconduct.server.accounts.viewer import Viewer

_EVIDENCE = "evidence."
_ASKED_OF_EVIDENCE = ("title", "shows", "from", "to", "by", "document")
_SPEAKS = ("title", "from", "to", "document")
_NOT_ASKED = ("key", "control", "at", "for", "values", "targets", "plan")
_ORDER = ("for", "present", "since", "until")
_AFTER_VALUES = ("kept_by", "owner", "note")
KEPT_BY = {"self": "the organisation itself", "contract": "a firm under contract", "partner": "a partner"}
VALUES_HINT = "Say what you know. What is not recorded stays unknown; it is never taken for missing."
PROOF = "What shows it"
PROOF_HINT = "Now or later: without evidence the control is only claimed. All of it may be left empty."
_PLACED = re.compile(r"^(?P<section>in_place|evidence)\[[^\]]*\]\.?(?P<field>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form of a control in place is to ask.

    `first` are parameters to be asked first, `target` one whose own number is asked too. `like` is a record whose
    values are taken over as a start, `record` one to be put right.
    """

    control: Control
    at: str
    element: str = ""
    first: tuple[str, ...] = ()
    target: str = ""
    like: ControlInPlace | None = None
    record: ControlInPlace | None = None


class ControlForm(FactForm):
    """A control in place: new, with new values from a day, or put right; a new one with the evidence that shows it."""

    def __init__(self, request: HttpRequest, viewer: Viewer, asked: Asked) -> None:
        self.asked, self.day = asked, day_of(request)
        self.evidence: Evidence | None = None
        record = asked.record
        super().__init__(
            viewer,
            "in_place",
            request.POST or None,
            files=request.FILES or None,
            record=record,
            said=_said(asked, self.day),
            fixed=_fixed(asked),
            leave_out=[*_NOT_ASKED, *([] if record else ["until"])],
            more=self._more(viewer),
        )
        self.file = GivenFile(self, viewer) if record is None else None
        if self.file is not None:
            say_what_evidence_is(self, _EVIDENCE)
        self._word_the_labels()
        self.order_fields([*_ORDER, *(name for name in self.fields if name.startswith("values.")), *_AFTER_VALUES])

    def _more(self, viewer: Viewer) -> dict[str, PlainField]:
        asked, ground = self.asked, ground_of(viewer, "in_place")
        place = Place(ground, asked.control, asked.element, asked.at, asked.record or asked.like)
        found = value_fields(place, first=asked.first)
        if asked.control.by and not asked.element:
            found = {"for": _element_field(ground, asked.control), **found}
        if asked.target:
            found |= target_fields(place, asked.target)
        return found | (_evidence_fields(viewer) if asked.record is None else {})

    def _word_the_labels(self) -> None:
        self.fields["present"].label = "Does it stand here?"
        cast("ChoiceField", self.fields["kept_by"]).choices = list(KEPT_BY.items())
        self.fields["kept_by"].help_text = ""
        self.fields["present"].help_text = "No records that it does not; that hides what would come down from above."
        self.fields["since"].label = "The values hold from" if self.asked.like else "Since"

    @property
    def parts(self) -> list[tuple[str, str, list[BoundField]]]:
        """The fields in groups, each with its heading and what is said under it."""
        shown = {bound.name: bound for bound in self.visible_fields()}
        values = [bound for name, bound in shown.items() if name.startswith(("values.", "targets."))]
        proof = [bound for name, bound in shown.items() if name.startswith(_EVIDENCE) or name in (PHOTO, UPLOAD)]
        first = [bound for name, bound in shown.items() if name in _ORDER]
        last = [bound for name, bound in shown.items() if name in _AFTER_VALUES]
        groups = [
            ("", "", first),
            ("Values", VALUES_HINT, values),
            ("Who and how", "", last),
            (PROOF, PROOF_HINT, proof),
        ]
        return [group for group in groups if group[2]]

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The control alone; what was said of the evidence stands apart."""
        plain.pop("evidence", None)
        return plain

    @property
    def speaks_of_evidence(self) -> bool:
        """Whether anything was said of evidence besides what stood there from the start."""
        if self.file is None:
            return False
        said = (self.cleaned_data.get(f"{_EVIDENCE}{name}") for name in _SPEAKS)
        return self.file.given or any(said)

    def record(self) -> ControlInPlace | None:
        """The control, or None with every problem at its field, those of its evidence too."""
        record: ControlInPlace | None = super().record()
        if self.speaks_of_evidence and self.file is not None:
            self.file.refuse_two()
            self.evidence = self._evidence()
            if self.errors and record is not None:
                self._refuse_by_rules(record)
        return None if self.errors else record

    def _evidence(self) -> Evidence | None:
        """The evidence, of a record still without a key; None with every problem at its field."""
        plain = {"of": "new", "recorded": self.day.isoformat()}
        for name in _ASKED_OF_EVIDENCE:
            field = self.fields[f"{_EVIDENCE}{name}"]
            value = self.cleaned_data.get(f"{_EVIDENCE}{name}")
            if isinstance(field, PlainField) and (said := field.plain(value)) is not None:
                plain[name] = said
        refusing = Refusing("")
        found: Evidence = shape_of(Evidence).read(as_node(plain), "evidence", Reading(refusing), given={"key": ""})
        self.refuse(one for one in refusing.problems if self._field_of(one.place.field) not in self.errors)
        return None if refusing.problems else found

    def stored(self, action: Callable[[Any, Any], Any]) -> ControlInPlace | None:
        """The control as stored, with its evidence where there is some; both or neither."""
        found: ControlInPlace | None = super().stored(lambda _viewer, record: self._store(record, action))
        if found is None and self.file is not None:
            self.file.keep()
        return found

    def _store(self, record: ControlInPlace, action: Callable[[Any, Any], Any]) -> Any:
        if self.evidence is None or self.file is None:
            return action(self.viewer, record)
        taken = {one.key for one in self.ground.snapshot.facts.in_place}
        record = replace(record, key=record.key or derived_key(record, taken))
        evidence = replace(self.evidence, of=record.key, file=None if self.file.sent else self.file.kept)
        return record_control_shown(self.viewer, record, evidence, upload=self.file.sent)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Refusals of either fact at its fields, those of the file at the file."""
        placed = [_at_own_field(one) for one in refusals]
        super().refuse(self.file.placed(placed) if self.file is not None else placed)


def _said(asked: Asked, day: date) -> dict[str, Any]:
    """What the form shows first: the day, and for new values those that held before."""
    said: dict[str, Any] = {f"{_EVIDENCE}by": "self"}
    said[f"{_EVIDENCE}shows"] = [kind.value for kind in asked.control.shown]
    if asked.record is not None:
        return said
    if asked.like is not None:
        plain: Mapping[str, Any] = shape_of(ControlInPlace).write(asked.like)
        said |= {name: plain[name] for name in (*_AFTER_VALUES, "present") if name in plain}
        said |= {f"values.{name}": value for name, value in plain.get("values", {}).items()}
    return said | {"since": day.isoformat()}


def _fixed(asked: Asked) -> dict[str, Any]:
    """What nobody is asked for. New values keep the own numbers and the sampling plan of those before."""
    if asked.record is not None:
        return {}
    fixed: dict[str, Any] = {"control": asked.control.key, "at": asked.at}
    if asked.element:
        fixed["for"] = asked.element
    if asked.like is not None and (targets := shape_of(ControlInPlace).write(asked.like).get("targets")):
        fixed["targets"] = targets
    return fixed


def _element_field(ground: FormGround, control: Control) -> PlainField:
    terms = ground.catalogue.terms.lists[control.by]
    choices: Choices = [(one, terms.title(one)) for one in terms.elements]
    words = control.by.replace("-", " ")
    return ChoiceField(choices, label="For whom or what", help_text=f"It is recorded for each of its {words} apart.")


def _evidence_fields(viewer: Viewer) -> dict[str, PlainField]:
    """The fields of an evidence that may be given at once, none of them needed."""
    found = dict(fields_of(shape_of(Evidence), ground_of(viewer, "evidence")))
    chosen = {f"{_EVIDENCE}{name}": found[name] for name in _ASKED_OF_EVIDENCE}
    for name, field in chosen.items():
        field.required = name == f"{_EVIDENCE}by"
    return upload_fields() | chosen


def _at_own_field(refusal: Refusal) -> Refusal:
    """A refusal of one of two facts, at the field of the form that says it."""
    found = _PLACED.match(refusal.place.field)
    if found is None:
        return refusal
    field = found["field"] if found["section"] == "in_place" else f"{_EVIDENCE}{found['field']}"
    return Refusal(refusal.what, why=refusal.why, do=refusal.do, place=Spot(field=field), code=refusal.code)
