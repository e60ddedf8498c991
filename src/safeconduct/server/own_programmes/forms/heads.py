"""Forms of an edition as a whole: what it is, its texts, who is to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.records.catalogue import Rule, Unitary
from safeconduct.server.journal.forms import (
    ChoiceField,
    DayField,
    LinesField,
    MapField,
    SeveralField,
    TextField,
    in_words,
)
from safeconduct.server.journal.forms.lines import LinesForm

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.journal.forms.offered import Choices

_ACCEPTERS: Choices = [("self", "whoever is enrolled"), ("auditor", "an auditor"), ("authority", "the issuer")]
_ACTORS: Choices = [("trader", "whoever is enrolled"), ("authority", "the issuer"), ("partner", "a partner")]
_UNITS: Choices = [(Unitary.ENTITY.value, "a legal entity"), (Unitary.SITE.value, "each site by itself")]
_RULES: Choices = [(Rule.PLAIN.value, "plain: every must is met")]


class HeadForm(LinesForm):
    """What an edition is: whose, for whom, how it is judged, and how one gets and keeps it."""

    title = TextField(label="Title", help_text="What the programme is called.")
    owner = TextField(label="Issuer", help_text="Who asks it: the firm, the authority, the association.")
    edition = TextField(label="Edition", help_text='A year or a version, for example "2027".')
    since = DayField(label="Holds from", help_text="The first day it asks anything.")
    unit = ChoiceField(_UNITS, label="Judged is", initial="entity")
    roles = SeveralField([], label="Roles", help_text="For whom it is written. Each row says which of them it binds.")
    rule = ChoiceField(_RULES, label="Scoring", initial="plain", help_text="Other rules are chosen in the text.")
    accepted_by = SeveralField(
        _ACCEPTERS, label="Another way counts when accepted by", required=False, help_text="Nobody ticked: never fully."
    )
    not_applicable = ChoiceField(
        [("allowed", "may be decided, with a reason"), ("never", "never")], label="Not applicable", initial="allowed"
    )
    chapters = MapField(label="Chapters", required=False, key_label="Key", value_label="Title")
    basis = TextField(label="What makes it binding", required=False, help_text="For example a clause of the contract.")
    steps = LinesField(
        {
            "step": TextField(label="Step"),
            "by": ChoiceField(_ACTORS, label="By", required=False),
            "clock": TextField(label="Within", required=False),
        },
        label="Life cycle",
        help_text="From asking for it to showing it again; times like 30 days or 24 months.",
    )
    licence = TextField(label="Whose text it is", required=False, help_text="Who may copy it.")
    note = TextField(label="Note", required=False, long=True)

    def __init__(self, catalogue: Catalogue, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        written = str(self.initial.get("rule") or Rule.PLAIN.value)
        if "rule" in self.fields and written in set(Rule) and written != Rule.PLAIN.value:
            rule = self.fields["rule"]
            assert isinstance(rule, ChoiceField)
            rule.choices = [*_RULES, (written, f"{in_words(written)}, as the text says")]
        roles = self.fields["roles"]
        assert isinstance(roles, SeveralField)
        titles = catalogue.terms.roles
        roles.choices = [(role, titles[role]) for role in sorted(titles, key=lambda one: titles[one].casefold())]

    def said(self) -> dict[str, Any]:
        """The fields as plain data, once the form is valid."""
        fields: dict[str, Any] = self.fields
        return {name: field.plain(self.cleaned_data[name]) for name, field in fields.items()}


_LATER = ("rule", "accepted_by", "not_applicable", "chapters", "basis", "steps", "licence", "note")
"""What a new programme can be told later: it starts with what most programmes say."""


class BeginForm(HeadForm):
    """A new programme."""

    name = TextField(
        label="Its word in keys",
        help_text="One word of small letters and digits, for example hauliers. It is never changed.",
    )
    field_order = ("title", "name")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for later in _LATER:
            del self.fields[later]


class TextsForm(forms.Form):
    """The texts of an edition as they are."""

    rows = forms.CharField(label="requirements.yml", required=False, strip=False)
    head = forms.CharField(label="programme.yml", strip=False)
    about = forms.CharField(label="about.yml", required=False, strip=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name, lines in (("rows", 30), ("head", 18), ("about", 10)):
            attributes = {"rows": lines, "spellcheck": "false", "class": "id"}
            self.fields[name].widget = forms.Textarea(attrs=attributes)


class PublishForm(forms.Form):
    """Who is to see an edition."""

    seen_by = ChoiceField(
        [("own", "only this organisation"), ("all", "every organisation of this server, which may enrol in it")],
        label="Who sees it",
    )
    sure = forms.BooleanField(label="I know that a published edition is never changed and never taken back")


class EditionForm(forms.Form):
    """The name of the next edition."""

    edition = TextField(label="Edition", help_text='A year or a version, for example "2028".')
