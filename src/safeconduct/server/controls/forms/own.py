"""Forms of the organisation's own numbers: targets of parameters and the sampling plan, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Parameter
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.facts.checks.in_place import OWN_TIMES
from safeconduct.facts.codec import shape_of
from safeconduct.server.controls.forms.parameters import Place, parameter_field
from safeconduct.server.controls.forms.quantity import QuantityField
from safeconduct.server.journal.forms import FactForm, NumberField, PlainField, TextField, ground_of

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Control
    from safeconduct.server.accounts.viewer import Viewer

PLAN = "plan"
EVERYTHING = tuple(member.written for member in shape_of(ControlInPlace).members)
"""All fields of a control in place: a form that asks one thing of it leaves these out."""

_TIMES = {
    "interval": "How often it is done",
    "reaction": "How soon after something asks for it again",
    "within": "How soon what is found is put right",
}
_WHY = "Why this number fits. An own number counts only with its reason."


def targets_of(control: Control) -> dict[str, str]:
    """What an own number can be set for, by key with its words."""
    named = {one.key: one.words_for_people() for one in control.parameters.values()}
    return named | {key: words.lower() for key, words in _TIMES.items() if key not in named}


def target_fields(place: Place, name: str) -> dict[str, PlainField]:
    """The own number for one parameter and its reason; the sampling plan under the name `plan`."""
    if name == PLAN:
        return plan_fields()
    declared = place.control.parameters.get(name)
    if declared is None and name not in OWN_TIMES:
        return {}
    parameter = declared or Parameter(name, ParameterKind.DURATION, better="less", title=_TIMES[name])
    asks = place.asks().get(name, ())
    words = f"Our own number: {parameter.words_for_people().lower()}"
    number = parameter_field(place, parameter, asks, label=words, required=True)
    return {f"targets.{name}.is": number, f"targets.{name}.why": TextField(label="Why", help_text=_WHY, long=True)}


def plan_fields() -> dict[str, PlainField]:
    """How a control that works event by event is checked."""
    return {
        "targets.plan.every": QuantityField(
            ParameterKind.DURATION, label="A sample is taken every", help_text="How often the events are looked at."
        ),
        "targets.plan.at_least": NumberField(
            label="At least so many events", help_text="Smallest number of events checked.", initial=1
        ),
        "targets.plan.tolerate": QuantityField(
            ParameterKind.PERCENT,
            label="Share that must conform",
            help_text="Still good while a corrective action runs for every one that does not conform.",
            initial="100 %",
        ),
        "targets.plan.why": TextField(
            label="Why", help_text="Why this plan fits. An own plan counts only with its reason.", long=True
        ),
    }


def target_form(viewer: Viewer, record: ControlInPlace, control: Control, name: str, data: Any) -> FactForm:
    """The form of the own number for one parameter of a control in place, or of its sampling plan."""
    place = Place(ground_of(viewer, "in_place"), control, record.for_, record.at, record)
    more = target_fields(place, name)
    return FactForm(viewer, "in_place", data, record=record, leave_out=EVERYTHING, more=more)


def target_of(catalogue: Catalogue, record: ControlInPlace, name: str) -> str:
    """What an own number is set for, in words; empty where there is no such thing."""
    return targets_of(catalogue.controls[record.control]).get(name, "")


def end_form(viewer: Viewer, record: ControlInPlace, data: Any, day: str) -> FactForm:
    """The form that gives a control in place its last day."""
    left_out = [name for name in EVERYTHING if name != "until"]
    form = FactForm(viewer, "in_place", data, record=record, said={"until": day}, leave_out=left_out)
    form.fields["until"].required = True
    form.fields["until"].help_text = "The last day it stood. Nothing before that day changes."
    return form
