"""The form of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safeconduct.core.records.catalogue import Obligation, Scope, Unitary
from safeconduct.core.records.needs import ControlNeed
from safeconduct.server.journal.forms import ChoiceField, DayField, ListField, SeveralField, TextField
from safeconduct.server.journal.forms.lines import LinesForm
from safeconduct.server.own_programmes.rows import SimpleNeed, SimpleRow

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue, Programme
    from safeconduct.server.journal.forms.offered import Choices

_SCOPES: Choices = [(Scope.ENTITY.value, "the legal entity"), (Scope.SITE.value, "each site")]
_OBLIGATIONS: Choices = [(one.value, one.value) for one in (Obligation.MUST, Obligation.SHOULD, Obligation.MAY)]


class RowForm(LinesForm):
    """One row: what it asks of whom, and by which controls, certificates or persons it is shown."""

    ref = TextField(label="Number", help_text="As it stands in your text, for example 3.1.")
    title = TextField(label="Title")
    asks = TextField(label="What it asks", long=True, help_text="One or two sentences.")
    obligation = ChoiceField(_OBLIGATIONS, label="Obligation", initial="must")
    since = DayField(label="Holds from")
    roles = SeveralField([], label="Binds")
    scope = ChoiceField(_SCOPES, label="Judged at")
    chapter = ChoiceField([], label="Chapter", required=False)
    controls = ListField(
        ChoiceField([], label="Control"),
        label="Controls that meet it",
        help_text="What is to stand or to be done. How strong it must be is asked next.",
    )
    together = ChoiceField(
        [("all", "all of these"), ("any", "one of these is enough")], label="Of these", initial="all"
    )
    schemes = ListField(
        ChoiceField([], label="Certificate"),
        label="Or a certificate that proves it",
        help_text="A valid one meets the row by itself.",
    )
    judged = ChoiceField(
        [("no", "from what is recorded"), ("yes", "by a named person, on these controls")],
        label="How it is judged",
        initial="no",
        help_text="For outcomes nobody can compute.",
    )

    def __init__(
        self, catalogue: Catalogue, programme: Programme, data: Any, *, row: SimpleRow | None, since: Any
    ) -> None:
        said = _row_said(row) if row else {"since": since, "roles": list(programme.roles), "scope": Scope.ENTITY.value}
        if programme.unit is Unitary.SITE:
            said["scope"] = Scope.SITE.value
        super().__init__(data, initial=said)
        titles = catalogue.terms.roles
        self._offer("roles", [(role, titles.get(role, role)) for role in programme.roles])
        self._offer("chapter", [("", "none"), *programme.chapters.items()])
        if programme.unit is Unitary.SITE:
            self._offer("scope", _SCOPES[1:])
        if not programme.chapters:
            del self.fields["chapter"]
        known = [(one.key, one.title) for one in catalogue.controls.values() if not one.replaced_by]
        self._offer_lines("controls", known)
        self._offer_lines("schemes", [(one.key, one.title) for one in catalogue.terms.schemes.values()])

    def _offer(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _offer_lines(self, name: str, choices: list[tuple[str, str]]) -> None:
        old: Any = self.fields[name]
        offered: Choices = [*sorted(choices, key=lambda one: one[1].casefold())]
        cell = ChoiceField(offered, label=old.columns["value"].label)
        self.fields[name] = ListField(cell, label=old.label, help_text=old.help_text)

    def clean(self) -> dict[str, Any]:
        """A row asks something, and a person judges on something."""
        said = super().clean() or {}
        if not self.errors and not said.get("controls") and not said.get("schemes"):
            self.add_error("controls", "Nothing is asked. Choose a control, or a certificate below.")
        if not self.errors and said.get("judged") == "yes" and not said.get("controls"):
            self.add_error("controls", "A judgement rests on something. Choose the controls that support it.")
        return said

    def row(self, before: SimpleRow | None) -> SimpleRow:
        """The row, once the form is valid; controls that were chosen before keep their bounds."""
        fields: dict[str, Any] = self.fields
        said = {name: field.plain(self.cleaned_data[name]) for name, field in fields.items()}
        known = {one.control: one for one in before.needs.controls} if before else {}
        need = SimpleNeed(
            controls=tuple(known.get(key, ControlNeed(key)) for key in said["controls"] or ()),
            together=said["together"],
            schemes=tuple(said["schemes"] or ()),
            judged=said["judged"] == "yes",
        )
        return SimpleRow(
            ref=said["ref"],
            title=said["title"],
            asks=said["asks"],
            obligation=said["obligation"],
            since=self.cleaned_data["since"],
            roles=tuple(said["roles"]),
            scope=said["scope"],
            chapter=said.get("chapter") or "",
            needs=need,
        )


def _row_said(row: SimpleRow) -> dict[str, Any]:
    need = row.needs
    return {
        "ref": row.ref,
        "title": row.title,
        "asks": row.asks,
        "obligation": row.obligation,
        "since": row.since,
        "roles": list(row.roles),
        "scope": row.scope,
        "chapter": row.chapter,
        "controls": [one.control for one in need.controls],
        "together": need.together,
        "schemes": list(need.schemes),
        "judged": "yes" if need.judged else "no",
    }
