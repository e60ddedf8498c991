"""Changes the organisation: its units, its title, its people and tokens; each with its journal entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from safeconduct.core.errors import NotAllowed, Refusal, UnknownKey
from safeconduct.core.records.units import Organisation, Unit, UnitKind
from safeconduct.facts.codec import to_plain
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.queries import choices_of, user_of
from safeconduct.server.accounts.rights import ORGANISATION_SECTION, Right, Role
from safeconduct.server.journal.actions import Draft, append, store
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.journal.queries import locked_head

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from safeconduct.server.accounts.viewer import Viewer

MEMBERS, TOKENS = "members", "tokens"


def record_unit(viewer: Viewer, unit: Unit) -> Unit:
    """Record a legal entity or a site."""
    stored: Unit = store(viewer, unit, deed="record-unit")
    return stored


def rename(viewer: Viewer, title: str) -> None:
    """Give the organisation another title."""
    if not viewer.may_record(ORGANISATION_SECTION):
        raise NotAllowed("You may not rename the organisation. Ask an administrator.")
    record = Organisation(key=viewer.organisation_key, title=title.strip())
    with transaction.atomic():
        head = locked_head(viewer)
        accounts.rename_organisation(viewer.organisation_id, record.title)
        append(viewer, head, [Draft("rename", ORGANISATION_SECTION, record.key, to_plain(record))])


def add_member(
    viewer: Viewer, email: str, *, role: Role, units: Collection[str] = (), name: str = "", password: str = ""
) -> str:
    """Give a person a role here, with a new account where there is none for the address; the person's key.

    A password is needed for a new account only. Giving a member another role is the same deed.
    """
    viewer.need(Right.PEOPLE)
    _refuse_unknown_sites(viewer, units)
    with transaction.atomic():
        head = locked_head(viewer)
        user = user_of(email) or accounts.create_user(email, name=name, password=password)
        if role is not Role.ADMINISTRATOR and user.key == viewer.actor:
            _refuse_last_administrator(viewer, email)
        accounts.set_membership(user, viewer.organisation_id, role=role, units=units)
        said = {"role": role.value, "units": sorted(set(units))}
        append(viewer, head, [Draft("give-role", MEMBERS, user.key, said, {"email": user.email})])
    return user.key


def remove_member(viewer: Viewer, email: str) -> None:
    """Take a person's role here away; the account stays. The last administrator stays."""
    viewer.need(Right.PEOPLE)
    user = user_of(email)
    if user is None:
        raise UnknownKey("member", email, ())
    _refuse_last_administrator(viewer, email)
    with transaction.atomic():
        head = locked_head(viewer)
        if not accounts.end_membership(user, viewer.organisation_id):
            raise UnknownKey("member", email, ())
        append(viewer, head, [Draft("take-role", MEMBERS, user.key, {}, {"email": user.email})])


def set_member_password(viewer: Viewer, email: str, password: str) -> None:
    """Give a member a new password. Refused for who belongs to other organisations too: it would open those as well."""
    viewer.need(Right.PEOPLE)
    user = user_of(email)
    belongs = {choice.key for choice in choices_of(user)} if user is not None else set()
    if user is None or viewer.organisation_key not in belongs:
        raise UnknownKey("member", email, ())
    if len(belongs) > 1:
        raise Refusal(
            f"{email} belongs to other organisations too.",
            why="The new password would open those as well.",
            do="Have it set on the server by `safeconduct set-password`.",
            code="other-organisations",
        )
    with transaction.atomic():
        head = locked_head(viewer)
        accounts.set_password(user, password)
        append(viewer, head, [Draft("set-password", MEMBERS, user.key, {})])


def erase_member(viewer: Viewer, email: str) -> None:
    """Erase who a member is: role and journal's address go, and the account itself unless others need it too."""
    viewer.need(Right.ERASE)
    user = user_of(email)
    with transaction.atomic():
        remove_member(viewer, email)
        if user is not None and not choices_of(user):
            accounts.blank_user(user)
        erase_person(viewer, email.strip().lower())


def _refuse_last_administrator(viewer: Viewer, email: str) -> None:
    user = user_of(email)
    if user is not None and not accounts.administrators_besides(user, viewer.organisation_id):
        raise Refusal(
            f"{email} is the last administrator.",
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
