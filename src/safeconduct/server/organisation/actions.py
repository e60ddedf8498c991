"""Changes the organisation: its units, its people and tokens; each with its journal entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.queries import choices_of, user_of
from safeconduct.server.accounts.rights import Right, Role
from safeconduct.server.accounts.viewer import COMMAND_LINE
from safeconduct.server.journal.actions import Draft, append, store
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.journal.queries import locked_head

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from safeconduct.server.accounts.models import User
    from safeconduct.server.accounts.viewer import Viewer

MEMBERS, TOKENS = "members", "tokens"


def record_unit(viewer: Viewer, unit: Unit) -> Unit:
    """Record a legal entity or a site."""
    stored: Unit = store(viewer, unit, deed="record-unit")
    return stored


def add_member(
    viewer: Viewer, email: str, *, role: Role, units: Collection[str] = (), name: str = "", password: str = ""
) -> str:
    """Give a person a role here, with a new account where there is none for the address; the person's key.

    A password is needed for an account that is new or belongs nowhere: whoever knew the old one is shut out. Giving a
    member another role is the same deed. Refused for accounts of other organisations, but to the command line. Who
    administers no longer loses the tokens issued meanwhile: whoever issued a token saw its text.
    """
    viewer.need(Right.PEOPLE)
    _refuse_unknown_sites(viewer, units)
    with transaction.atomic():
        head = locked_head(viewer)
        user = _account(viewer, email, name=name, password=password)
        if role is not Role.ADMINISTRATOR:
            _refuse_last_administrator(viewer, user)
        accounts.set_membership(user, viewer.organisation_id, role=role, units=units)
        said = {"role": role.value, "units": sorted(set(units))}
        known = () if role is Role.ADMINISTRATOR else _tokens_taken_back(viewer, user)
        append(viewer, head, [Draft("give-role", MEMBERS, user.key, said, {"email": user.email}), *known])
    return user.key


def _account(viewer: Viewer, email: str, *, name: str, password: str) -> User:
    """The account of an address.

    Whoever made an account knew its first password, so nobody gets a role through an account that others made.
    """
    user = user_of(email)
    if user is None:
        return accounts.create_user(email, name=name, password=password)
    belongs = {choice.key for choice in choices_of(user)}
    if not belongs:
        accounts.set_password(user, password)
    elif viewer.organisation_key not in belongs and viewer.actor != COMMAND_LINE:
        raise Refusal(
            f"{email} has an account in another organisation.",
            why="Who made it may know its password.",
            do="Have the role given on the server by `safeconduct create-user`.",
            code="other-organisations",
        )
    return user


def remove_member(viewer: Viewer, email: str) -> None:
    """Take a person's role here away, with the tokens the person issued; the account stays.

    Whoever issued a token saw its text. The last administrator stays.
    """
    viewer.need(Right.PEOPLE)
    user = user_of(email)
    if user is None:
        raise UnknownKey("member", email, ())
    with transaction.atomic():
        head = locked_head(viewer)
        _refuse_last_administrator(viewer, user)
        if not accounts.end_membership(user, viewer.organisation_id):
            raise UnknownKey("member", email, ())
        draft = Draft("take-role", MEMBERS, user.key, {}, {"email": user.email})
        append(viewer, head, [draft, *_tokens_taken_back(viewer, user)])


def _tokens_taken_back(viewer: Viewer, user: User) -> tuple[Draft, ...]:
    """Take back what tokens a person issued, and what the journal says of it."""
    return tuple(Draft("revoke-token", TOKENS, key, {}) for key in accounts.revoke_tokens_of(viewer, user.key))


def set_member_password(viewer: Viewer, email: str, password: str) -> None:
    """Give another member a new password; the own one is changed by who knows it.

    Refused for who belongs to other organisations too: it would open those as well.
    """
    viewer.need(Right.PEOPLE)
    with transaction.atomic():
        head = locked_head(viewer)
        user = user_of(email)
        belongs = {choice.key for choice in choices_of(user)} if user is not None else set()
        if user is None or viewer.organisation_key not in belongs:
            raise UnknownKey("member", email, ())
        _refuse_password(viewer, user, belongs)
        accounts.set_password(user, password)
        append(viewer, head, [Draft("set-password", MEMBERS, user.key, {})])


def _refuse_password(viewer: Viewer, user: User, belongs: Collection[str]) -> None:
    if len(belongs) > 1:
        raise Refusal(
            f"{user.email} belongs to other organisations too.",
            why="The new password would open those as well.",
            do="Have it set on the server by `safeconduct set-password`.",
            code="other-organisations",
        )
    if user.key == viewer.actor:
        raise Refusal(
            "This is your own password.",
            why="An open screen is not enough to change it.",
            do="Change it under your name at the top; there the old one is asked.",
            code="own-password",
        )


def erase_member(viewer: Viewer, email: str) -> None:
    """Erase who a member is: role and journal's address go, and the account itself unless others need it too."""
    viewer.need(Right.ERASE)
    user = user_of(email)
    with transaction.atomic():
        remove_member(viewer, email)
        if user is not None and not choices_of(user):
            accounts.blank_user(user)
        erase_person(viewer, email.strip().lower())


def _refuse_last_administrator(viewer: Viewer, user: User) -> None:
    """Asked while the head is held, so that two administrators cannot remove one another at once."""
    if accounts.is_last_administrator(user, viewer.organisation_id):
        raise Refusal(
            f"{user.email} is the last administrator.",
            why="Without one nobody could give roles any more.",
            do="Make somebody else an administrator first.",
            code="last-administrator",
        )


def _refuse_unknown_sites(viewer: Viewer, units: Collection[str]) -> None:
    sites = {unit.key for unit in snapshot_of(viewer).facts.units if unit.kind is UnitKind.SITE}
    for unit in sorted(set(units) - sites):
        raise UnknownKey("site", unit, sites)


def issue_token(viewer: Viewer, *, title: str, role: Role, expires: date, units: Collection[str] = ()) -> str:
    """A new API token for this organisation. The text is shown once and not kept."""
    viewer.need(Right.PEOPLE)
    if not title.strip():
        raise Refusal("The token has no title.", do="Say what it is used for.")
    _refuse_unknown_sites(viewer, units)
    with transaction.atomic():
        head = locked_head(viewer)
        token, text = accounts.issue_token(viewer, title=title, role=role, expires=expires, units=units)
        said = {"role": role.value, "units": sorted(set(units)), "expires": expires.isoformat(), "title": title}
        append(viewer, head, [Draft("issue-token", TOKENS, token.key, said)])
    return text


def revoke_token(viewer: Viewer, key: str) -> None:
    """Take a token back: it opens nothing from now on."""
    viewer.need(Right.PEOPLE)
    with transaction.atomic():
        head = locked_head(viewer)
        if not accounts.revoke_token(viewer, key):
            raise UnknownKey("token", key, ())
        append(viewer, head, [Draft("revoke-token", TOKENS, key, {})])
