"""People, the organisations they belong to, and the tokens programs come in with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from safeconduct.facts.checks.general import KEY
from safeconduct.server.accounts.keys import new_key
from safeconduct.server.accounts.rights import Role

ROLE_CHOICES = [(role.value, role.words) for role in Role]
KEY_PATTERN = RegexValidator(
    f"^{KEY.pattern}$", "It is written in small letters and digits, joined by hyphens, for example norholt-group."
)


class Organisation(models.Model):
    """The tenant: a group of legal entities."""

    key = models.CharField(
        max_length=60, unique=True, validators=[KEY_PATTERN], help_text="Permanent short key, for example norholt."
    )
    title = models.CharField(max_length=200, blank=True, help_text="Name of the group or firm.")

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def organisation_id(self) -> int:
        """Its own number, as everything that belongs to it has it."""
        return self.pk


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(unique=True, help_text="Address the person signs in with, in small letters.")
    name = models.CharField(max_length=200, blank=True, help_text="Name as colleagues use it.")
    key = models.CharField(
        max_length=32, unique=True, default=new_key, help_text="Opaque key that stands for the person in the journal."
    )
    is_active = models.BooleanField(default=True, help_text="Whether the person may sign in.")
    created = models.DateTimeField(auto_now_add=True, help_text="When the account was made.")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the address in small letters, so that one person has one account."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A person's role in one organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", help_text="The person.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", help_text="The organisation."
    )
    role = models.CharField(max_length=32, choices=ROLE_CHOICES, help_text="What the person may do there.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}: {self.role}"


class MembershipUnit(models.Model):
    """A site that a site manager is limited to."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="units", help_text="The site manager's membership."
    )
    unit = models.CharField(max_length=120, help_text="Key of the site.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "unit"], name="membership_unit_once")]

    def __str__(self) -> str:
        return self.unit


class ApiToken(models.Model):
    """A program's way in: one organisation, one role, until a day. Only a digest of its secret is kept."""

    key = models.CharField(
        max_length=32, unique=True, default=new_key, help_text="Opaque key that stands for it in the journal."
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="tokens", help_text="The organisation it opens."
    )
    role = models.CharField(max_length=32, choices=ROLE_CHOICES, help_text="What a program may do with it.")
    title = models.CharField(max_length=200, help_text="What it is used for.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its secret.")
    issued_by = models.CharField(max_length=32, help_text="Key of the person who issued it.")
    issued = models.DateTimeField(auto_now_add=True, help_text="When it was issued.")
    expires = models.DateField(help_text="Last day it opens anything.")
    revoked = models.DateTimeField(null=True, blank=True, help_text="When it was taken back.")

    def __str__(self) -> str:
        return f"{self.title} ({self.role})"


class ApiTokenUnit(models.Model):
    """A site that a site manager's token is limited to."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="units", help_text="The token.")
    unit = models.CharField(max_length=120, help_text="Key of the site.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "unit"], name="token_unit_once")]

    def __str__(self) -> str:
        return self.unit


class SignInFailure(models.Model):
    """A sign-in that failed; too many of them close the door for a while."""

    account = models.CharField(max_length=64, help_text="Digest of the e-mail address tried.")
    address = models.CharField(max_length=64, help_text="Network address it came from.")
    at = models.DateTimeField(help_text="When.")

    class Meta:
        indexes = [
            models.Index(fields=["account", "address", "at"], name="sign_in_failure_account"),
            models.Index(fields=["address", "at"], name="sign_in_failure_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"
