"""What may come in when somebody signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from safeconduct.server.accounts.actions import password_problems

if TYPE_CHECKING:
    from safeconduct.server.accounts.models import User


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="Password",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class OwnPasswordForm(forms.Form):
    """The password a person has, and the one that is to take its place."""

    current = forms.CharField(
        label="Password until now",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="New password",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ten characters or more; a few words that belong to nobody are easiest to keep.",
    )
    again = forms.CharField(
        label="New password again",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The new password is good enough, written twice alike, and not the old one."""
        said = super().clean() or {}
        new, again = said.get("new"), said.get("again")
        if new is None:
            return said
        for problem in password_problems(new, self.user):
            self.add_error("new", str(problem))
        if new == said.get("current"):
            self.add_error("new", "It is the password you have. Choose another.")
        if again is not None and again != new:
            self.add_error("again", "The two are not alike. Write the new password twice.")
        return said
