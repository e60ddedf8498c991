"""Reads people, memberships and tokens."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db.models import Q

from safeconduct.server.accounts.keys import ERASED_ADDRESS
from safeconduct.server.accounts.models import ApiToken, Membership, Organisation, SignInFailure, User
from safeconduct.server.accounts.rights import Role
from safeconduct.server.accounts.tokens import digest_of, split_token
from safeconduct.server.accounts.viewer import COMMAND_LINE, Viewer

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

# Five wrong passwords for one account from one address, or fifty from one address, close the door for a while.
FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS = 5, 50
FAILURE_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an organisation, as the list of people shows it."""

    key: str
    name: str
    email: str
    role: Role
    units: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation a person may enter."""

    key: str
    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token as the list of tokens shows it; its secret is not kept."""

    key: str
    title: str
    role: Role
    units: tuple[str, ...]
    expires: date
    revoked: bool


def organisation_of(key: str) -> Organisation | None:
    """The organisation of this key, or None."""
    return Organisation.objects.filter(key=key).first()


def organisation_number(number: int) -> Organisation:
    """The organisation with this row number."""
    return Organisation.objects.get(pk=number)


def all_organisations() -> list[Organisation]:
    """Every organisation, by key: for the command line only."""
    return list(Organisation.objects.order_by("key"))


def user_of(email: str) -> User | None:
    """The person who signs in with this address, or None."""
    return User.objects.filter(email=email.strip().lower()).first()


def belongs_somewhere(email: str) -> bool:
    """Whether there is an account for the address with a role in some organisation."""
    user = user_of(email)
    return user is not None and bool(choices_of(user))


def signed_in_user(request: HttpRequest) -> User:
    """The person of a request that only signed-in people can make."""
    return cast("User", request.user)


def choices_of(user: User) -> tuple[Choice, ...]:
    """The organisations a person belongs to, by title."""
    rows = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__title")
    return tuple(Choice(row.organisation.key, str(row.organisation), Role(row.role)) for row in rows)


def viewer_of(user: User, organisation_key: str = "") -> Viewer | None:
    """The person in the chosen organisation; without a choice, in the only one. None where that decides nothing.

    Two statements whatever the number of memberships.
    """
    rows = Membership.objects.filter(user=user).select_related("organisation").prefetch_related("units")
    if organisation_key:
        rows = rows.filter(organisation__key=organisation_key)
    found = list(rows[:2])
    if len(found) != 1:
        return None
    member, organisation = found[0], found[0].organisation
    return Viewer(
        actor=user.key,
        organisation_id=organisation.pk,
        organisation_key=organisation.key,
        organisation_title=str(organisation),
        role=Role(member.role),
        units=frozenset(unit.unit for unit in member.units.all()),
        name=str(user),
    )


def command_line_viewer(organisation: Organisation) -> Viewer:
    """Whoever works at the machine itself, with every right."""
    return Viewer(
        actor=COMMAND_LINE,
        organisation_id=organisation.pk,
        organisation_key=organisation.key,
        organisation_title=str(organisation),
        role=Role.ADMINISTRATOR,
        name="command line",
    )


def viewer_of_token(token: str, *, on: date) -> Viewer | None:
    """The program that shows this token, or None when it opens nothing on this day."""
    key, secret = split_token(token)
    row = ApiToken.objects.select_related("organisation").prefetch_related("units").filter(key=key).first()
    if row is None or not hmac.compare_digest(row.digest, digest_of(secret)):
        return None
    if row.revoked is not None or row.expires < on:
        return None
    return Viewer(
        actor=row.key,
        organisation_id=row.organisation_id,
        organisation_key=row.organisation.key,
        organisation_title=str(row.organisation),
        role=Role(row.role),
        units=frozenset(unit.unit for unit in row.units.all()),
        name=row.title,
    )


def members_of(viewer: Viewer) -> tuple[Member, ...]:
    """The people of the viewer's organisation, by address."""
    rows = (
        Membership.objects.filter(organisation_id=viewer.organisation_id)
        .select_related("user")
        .prefetch_related("units")
        .order_by("user__email")
    )
    return tuple(
        Member(
            row.user.key,
            row.user.name,
            row.user.email,
            Role(row.role),
            tuple(sorted(unit.unit for unit in row.units.all())),
            row.user.is_active,
        )
        for row in rows
    )


def tokens_of(viewer: Viewer) -> tuple[TokenShown, ...]:
    """The tokens of the viewer's organisation, newest first."""
    rows = ApiToken.objects.filter(organisation_id=viewer.organisation_id).prefetch_related("units").order_by("-pk")
    return tuple(
        TokenShown(
            row.key,
            row.title,
            Role(row.role),
            tuple(sorted(unit.unit for unit in row.units.all())),
            row.expires,
            row.revoked is not None,
        )
        for row in rows
    )


def names_of(actors: set[str]) -> dict[str, str]:
    """The names behind opaque keys of people and tokens; a key whose person was erased is left out."""
    known = User.objects.filter(key__in=actors).exclude(email__endswith=ERASED_ADDRESS)
    people = known.values_list("key", "name", "email")
    tokens = ApiToken.objects.filter(key__in=actors).values_list("key", "title")
    names = {key: name or email for key, name, email in people} | dict(tokens)
    return names | ({COMMAND_LINE: "command line"} if COMMAND_LINE in actors else {})


def is_throttled(account: str, address: str, *, at: datetime) -> bool:
    """Whether too many sign-ins failed lately for this account (by its digest) from this address, or from it at all."""
    recent = SignInFailure.objects.filter(address=address, at__gt=at - FAILURE_WINDOW)
    if recent.filter(account=account).count() >= FAILURES_PER_ACCOUNT:
        return True
    return recent.count() >= FAILURES_PER_ADDRESS


def old_failures(at: datetime) -> Q:
    """Which failures no longer count."""
    return Q(at__lte=at - FAILURE_WINDOW)
