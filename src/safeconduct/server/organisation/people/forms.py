"""What may come in about people and tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.core.records.units import UnitKind
from safeconduct.server.accounts.actions import new_password_problems
from safeconduct.server.accounts.queries import belongs_somewhere
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.clock import today
from safeconduct.server.journal.currency import snapshot_of

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.server.accounts.queries import Member
    from safeconduct.server.accounts.viewer import Viewer

_ROLES = {
    Role.ADMINISTRATOR: "Administrator: everything, people and tokens included",
    Role.SECURITY_MANAGER: "Security manager: all facts of the organisation",
    Role.SITE_MANAGER: "Site manager: what is recorded at the own sites",
    Role.AUDITOR: "Auditor: reads everything, changes nothing",
}


class RoleForm(forms.Form):
    """A role, and the sites it is limited to."""

    role = forms.ChoiceField(
        label="Role", choices=[(role.value, words) for role, words in _ROLES.items()], widget=forms.RadioSelect
    )
    units = forms.MultipleChoiceField(
        label="Sites",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for a site manager, who sees and records what bears on these.",
    )

    def __init__(self, viewer: Viewer, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        sites = [unit for unit in snapshot_of(viewer).facts.units if unit.kind is UnitKind.SITE]
        choices = sorted(((one.key, one.title or one.key) for one in sites), key=lambda one: one[1].casefold())
        units = self.fields["units"]
        assert isinstance(units, forms.MultipleChoiceField)
        units.choices = choices

    def clean(self) -> dict[str, Any]:
        """Only a site manager has sites, and has at least one."""
        said = super().clean() or {}
        limited = said.get("role") == Role.SITE_MANAGER.value
        if limited and not said.get("units") and "units" not in self.errors:
            self.add_error("units", "A site manager needs at least one site. Tick the sites.")
        if said.get("role") and not limited and said.get("units"):
            self.add_error("units", "This role is not limited to sites. Untick them, or choose site manager.")
        return said

    @property
    def chosen_role(self) -> Role:
        """The role, once the form is valid."""
        return Role(self.cleaned_data["role"])

    @property
    def chosen_units(self) -> tuple[str, ...]:
        """The sites, once the form is valid."""
        return tuple(self.cleaned_data["units"])


class PersonForm(RoleForm):
    """Somebody who is to come in."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="The person signs in with it; nothing is sent to it."
    )
    name = forms.CharField(label="Name", max_length=200, required=False, help_text="As colleagues use it.")
    password = forms.CharField(
        label="First password",
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text="For a new account. Left empty, one is made and shown once; the person changes it later.",
    )
    field_order = ["email", "name", "role", "units", "password"]

    def clean(self) -> dict[str, Any]:
        """A password that is given is good enough."""
        said = super().clean()
        email, password = said.get("email", ""), said.get("password", "")
        if email and password and not belongs_somewhere(email):
            _note_password(self, password, email=email, name=said.get("name", ""))
        return said


class PasswordForm(forms.Form):
    """A new password for a member."""

    password = forms.CharField(
        label="New password",
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Left empty, one is made and shown once.",
    )

    def __init__(self, member: Member, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.member = member

    def clean(self) -> dict[str, Any]:
        """A password that is given is good enough."""
        said = super().clean() or {}
        if said.get("password"):
            _note_password(self, said["password"], email=self.member.email, name=self.member.name)
        return said


def _note_password(form: forms.Form, password: str, *, email: str, name: str) -> None:
    for problem in new_password_problems(password, email=email, name=name):
        form.add_error("password", str(problem))


class TokenForm(RoleForm):
    """A token for a program."""

    title = forms.CharField(
        label="What it is for", max_length=200, help_text="For example the yard system of Rotterdam."
    )
    expires = forms.DateField(label="Works until", help_text="The last day on which it opens anything.")
    field_order = ["title", "role", "units", "expires"]

    def clean_expires(self) -> date:
        """A day that is still to come, or today."""
        expires: date = self.cleaned_data["expires"]
        if expires < today():
            raise forms.ValidationError("This day is past: the token would open nothing. Choose a later day.")
        return expires


class EraseForm(forms.Form):
    """The name that is to be erased from facts and journal."""

    person = forms.CharField(
        label="Name or address",
        max_length=254,
        help_text="Exactly as it stands in the facts, for example J. Smit. Another spelling is another name.",
    )
    sure = forms.BooleanField(label="I know that nobody can bring the name back")
