"""Forms of decisions that say more than their record's fields: what is done instead, an answer not confirmed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.records.needs import AllNeed, AnyNeed, ControlNeed, Need
from safeconduct.server.journal.forms import ChoiceField, FactForm, ListField, ground_of
from safeconduct.server.journal.forms.choices import controls, editions, entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from safeconduct.core.records.catalogue import Programme, Requirement
    from safeconduct.server.accounts.viewer import Viewer

UNCONFIRMED = "unconfirmed"
"""The button that keeps an answer without confirming it: somebody is still to write or to read it."""

_CONFIRMATION = ("confirmed_by", "confirmed_on")


class AnswerForm(FactForm):
    """An answer; sent by its second button it is kept without a confirmation."""

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The answer, without its confirmation where none is given."""
        if UNCONFIRMED in self.data:
            return {name: value for name, value in plain.items() if name not in _CONFIRMATION}
        return plain


class AlternativeForm(FactForm):
    """An alternative measure whose need is one or more controls: all of them, or one of them."""

    def __init__(self, viewer: Viewer, data: Any, *, simple: bool = True, **more: Any) -> None:
        ground = ground_of(viewer, "alternatives")
        asked = {
            "needs": ListField(
                ChoiceField(controls(ground), label="Control"),
                required=True,
                label="What is done instead",
                help_text="Controls that stand in for what the row asks. Record and show them like any other.",
            ),
            "together": ChoiceField(
                [("all", "all of these"), ("any", "one of these is enough")],
                label="Of these",
                initial="all",
            ),
        }
        super().__init__(viewer, "alternatives", data, more=asked if simple else {}, **more)
        self.order_fields(["needs", "together"])

    def adjusted(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The controls as a need in the catalogue's language."""
        together = plain.pop("together", "all")
        chosen = plain.get("needs")
        if isinstance(chosen, list):
            members: list[dict[str, Any]] = [{control: {}} for control in chosen]
            plain["needs"] = members[0] if len(members) == 1 else {together: members}
        return plain


def simple_controls(need: Need) -> list[str] | None:
    """The controls of a need that the form can show: one, all of some, or one of some, without bounds; else None."""
    members: Sequence[Need] = need.members if isinstance(need, AllNeed | AnyNeed) else (need,)
    found = [member.control for member in members if isinstance(member, ControlNeed) and member == _bare(member)]
    return found if len(found) == len(members) else None


def _bare(need: ControlNeed) -> ControlNeed:
    return ControlNeed(need.control)


class ConfirmRowsForm(forms.Form):
    """Which rows were read in which original, by whom and when."""

    has_lines = False
    by = forms.CharField(label="By whom", help_text="Who read the original.", max_length=200)
    on = forms.DateField(label="Day", help_text="Day it was read.", input_formats=["%Y-%m-%d"])
    document = forms.CharField(
        label="Document", help_text="Title, edition and place of the text that was read.", max_length=500
    )
    rows = forms.MultipleChoiceField(
        label="Rows",
        help_text="Untick those you did not read; they stay unconfirmed.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "No row is ticked, so there is nothing to confirm."},
    )

    def __init__(self, data: Any, *, rows: Iterable[Requirement], by: str, on: str) -> None:
        super().__init__(data)
        choices = [(row.key, f"{row.ref} {row.title}") for row in rows]
        field = self.fields["rows"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        self.initial = {"by": by, "on": on, "rows": [key for key, _ in choices]}


class ChooseEditionForm(forms.Form):
    """Which legal entity is enrolled in which edition."""

    has_lines = False

    def __init__(self, viewer: Viewer, data: Any, *, said: Mapping[str, Any]) -> None:
        super().__init__(data)
        ground = ground_of(viewer, "enrolments")
        self.fields["entity"] = ChoiceField(
            entities(ground), label="Legal entity", help_text="Who holds or seeks the authorisation."
        )
        self.fields["edition"] = ChoiceField(
            editions(ground), label="Programme and edition", help_text="Only programmes of the catalogue can be judged."
        )
        self.initial = dict(said)


class SwitchForm(forms.Form):
    """Which edition of the programme is followed, and from which day on."""

    has_lines = False
    edition = forms.ChoiceField(label="Edition", help_text="The edition that is followed from now on.")
    day = forms.DateField(
        label="From",
        help_text="Its first day; the edition before is followed until the day before.",
        input_formats=["%Y-%m-%d"],
    )
    confirm_by = forms.DateField(
        label="First confirmation due",
        help_text="Day by which answers to what is new are to be confirmed; empty keeps the day there is.",
        input_formats=["%Y-%m-%d"],
        required=False,
    )

    def __init__(self, data: Any, *, editions: Iterable[Programme], said: Mapping[str, str]) -> None:
        super().__init__(data)
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.id, f"{one.title}, {one.edition}") for one in editions]
        self.initial = dict(said)


class UndoSwitchForm(forms.Form):
    """Why a switch is taken back."""

    has_lines = False
    why = forms.CharField(
        label="Why",
        help_text="The journal keeps the enrolment and this reason.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back; the journal keeps the reason."},
    )
