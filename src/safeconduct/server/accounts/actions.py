"""Changes people, memberships and tokens. Apps above add the journal entry in the same transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.server.accounts.keys import ERASED_ADDRESS
from safeconduct.server.accounts.models import (
    KEY_PATTERN,
    ApiToken,
    ApiTokenUnit,
    Membership,
    MembershipUnit,
    Organisation,
    SignInFailure,
    User,
)
from safeconduct.server.accounts.queries import old_failures
from safeconduct.server.accounts.rights import Role
from safeconduct.server.accounts.tokens import digest_of, new_secret, write_token
from safeconduct.server.common.clock import now

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from safeconduct.server.accounts.viewer import Viewer


def create_organisation(key: str, *, title: str = "") -> Organisation:
    """A new, empty organisation."""
    try:
        KEY_PATTERN(key)
    except ValidationError as error:
        raise Refusal(f"The key {key!r} is not usable.", why=" ".join(error.messages), do="Choose another.") from None
    if Organisation.objects.filter(key=key).exists():
        raise Refusal(f"There is already an organisation {key!r}.", do="Choose another key, or use that one.")
    return Organisation.objects.create(key=key, title=title)


def rename_organisation(number: int, title: str) -> None:
    """Give an organisation another title."""
    Organisation.objects.filter(pk=number).update(title=title)


def create_user(email: str, *, name: str = "", password: str) -> User:
    """A person who can sign in. Raises Refusals for an address or a password that is not good enough."""
    problems = []
    try:
        validate_email(email.strip())
    except ValidationError:
        problems.append(Refusal(f"{email!r} is not an e-mail address.", do="Write it like name@example.org."))
    user = User(email=email.strip().lower(), name=name)
    if User.objects.filter(email=user.email).exists():
        problems.append(
            Refusal(f"There is already an account for {user.email}.", do="Give that person a role instead.")
        )
    problems += password_problems(password, user)
    if problems:
        raise Refusals(problems)
    user.set_password(password)
    user.save()
    return user


def password_problems(password: str, user: User) -> list[Refusal]:
    """What is wrong with a new password, in sentences."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [Refusal(message, do="Choose a longer or less common password.") for message in error.messages]
    return []


def new_password_problems(password: str, *, email: str, name: str = "") -> list[Refusal]:
    """What is wrong with a password for a person of this address and name, in sentences."""
    return password_problems(password, User(email=email, name=name))


def set_password(user: User, password: str) -> None:
    """Give a person a new password."""
    if problems := password_problems(password, user):
        raise Refusals(problems)
    user.set_password(password)
    user.save(update_fields=["password"])


def set_membership(user: User, organisation_id: int, *, role: Role, units: Collection[str] = ()) -> None:
    """Give a person a role in an organisation, in place of the one held before. Only site managers have sites."""
    _check_units(role, units)
    with transaction.atomic():
        member, _ = Membership.objects.update_or_create(
            user=user, organisation_id=organisation_id, defaults={"role": role.value}
        )
        member.units.all().delete()
        MembershipUnit.objects.bulk_create(MembershipUnit(membership=member, unit=unit) for unit in sorted(set(units)))


def _check_units(role: Role, units: Collection[str]) -> None:
    if role is Role.SITE_MANAGER and not units:
        raise Refusal("A site manager needs at least one site.", do="Name the sites.")
    if role is not Role.SITE_MANAGER and units:
        raise Refusal(f"The role {role.value} is not limited to sites.", do="Leave the sites out.")


def end_membership(user: User, organisation_id: int) -> bool:
    """Take a person's role in an organisation away; whether there was one."""
    deleted, _ = Membership.objects.filter(user=user, organisation_id=organisation_id).delete()
    return bool(deleted)


def is_last_administrator(user: User, organisation_id: int) -> bool:
    """Whether the person administers the organisation, and no other active person does."""
    there = Membership.objects.filter(organisation_id=organisation_id, role=Role.ADMINISTRATOR.value)
    others = there.filter(user__is_active=True).exclude(user=user)
    return there.filter(user=user).exists() and not others.exists()


def issue_token(
    viewer: Viewer, *, title: str, role: Role, expires: date, units: Collection[str] = ()
) -> tuple[ApiToken, str]:
    """A new token with the text that is shown once."""
    _check_units(role, units)
    secret = new_secret()
    with transaction.atomic():
        token = ApiToken.objects.create(
            organisation_id=viewer.organisation_id,
            role=role.value,
            title=title,
            digest=digest_of(secret),
            issued_by=viewer.actor,
            expires=expires,
        )
        ApiTokenUnit.objects.bulk_create(ApiTokenUnit(token=token, unit=unit) for unit in sorted(set(units)))
    return token, write_token(token.key, secret)


def revoke_token(viewer: Viewer, key: str) -> bool:
    """Take a token back; whether there was one that still worked."""
    working = ApiToken.objects.filter(organisation_id=viewer.organisation_id, key=key, revoked__isnull=True)
    return bool(working.update(revoked=now()))


def revoke_tokens_of(viewer: Viewer, issuer: str) -> tuple[str, ...]:
    """Take back every token of the organisation that a person issued; the keys of those that still worked."""
    working = ApiToken.objects.filter(organisation_id=viewer.organisation_id, issued_by=issuer, revoked__isnull=True)
    keys = tuple(working.order_by("pk").values_list("key", flat=True))
    working.update(revoked=now())
    return keys


def account_digest(email: str) -> str:
    """What is kept of an address that somebody tried: enough to count, nothing to read."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def note_failure(email: str, address: str) -> None:
    """Count a sign-in that failed, and forget those that no longer count."""
    SignInFailure.objects.filter(old_failures(now())).delete()
    SignInFailure.objects.create(account=account_digest(email), address=address, at=now())


def forget_failures(email: str, address: str) -> None:
    """A sign-in succeeded: the failures before it count no longer."""
    SignInFailure.objects.filter(account=account_digest(email), address=address).delete()


def blank_user(user: User) -> None:
    """Erase who a person is: the opaque key stays, name and address go, nobody signs in with it any more."""
    SignInFailure.objects.filter(account=account_digest(user.email)).delete()
    user.name, user.email, user.is_active = "", f"{user.key}{ERASED_ADDRESS}", False
    user.set_unusable_password()
    user.save()
