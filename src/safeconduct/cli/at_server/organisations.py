"""Facts in and out of an organisation, its journal, its people and its tokens, from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.passwords import made_password
from safeconduct.server.accounts.queries import (
    all_organisations,
    belongs_somewhere,
    command_line_viewer,
    organisation_of,
    user_of,
)
from safeconduct.server.accounts.rights import Role
from safeconduct.server.controls.archives import ARCHIVE, export_archive, export_text, import_file, organisation_in
from safeconduct.server.journal.actions import found_organisation
from safeconduct.server.journal.currency import current
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.journal.importing import Imported, import_facts, replace_facts
from safeconduct.server.journal.queries import Head, head_of, last_seq_on
from safeconduct.server.journal.replay import facts_as_known
from safeconduct.server.journal.verification import Verification, read_witness, verify
from safeconduct.server.organisation.actions import add_member, issue_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.server.accounts.viewer import Viewer


def viewer_at(organisation: str) -> Viewer:
    """The command line in an organisation; without a name, in the only one there is."""
    there = all_organisations()
    if not organisation and len(there) == 1:
        return command_line_viewer(there[0])
    if not organisation:
        keys = ", ".join(one.key for one in there) or "none yet"
        raise Refusal("No organisation is named.", why=f"There are: {keys}.", do="Add --organisation KEY.")
    found = organisation_of(organisation)
    if found is None:
        raise UnknownKey("organisation", organisation, [one.key for one in there])
    return command_line_viewer(found)


def bring_in(file: Path, organisation: str, *, new: bool, replacing: bool) -> Imported:
    """Import a facts file or an archive; `new` founds the organisation it tells of."""
    key = organisation or organisation_in(file)
    if new and organisation_of(key) is None:
        found_organisation(key)
    return import_file(viewer_at(key), file, replace_facts if replacing else import_facts)


def take_out(target: Path, organisation: str, *, known_on: date | None) -> Head:
    """Export the facts as they are, or as they were known at the end of a day; the head they belong to."""
    viewer = viewer_at(organisation)
    if known_on is None:
        now = current(viewer)
        facts, head = now.snapshot.facts, now.head
    else:
        facts, head = facts_as_known(viewer, day=known_on), Head(last_seq_on(viewer, known_on), "")
        if not head.seq:
            raise Refusal(f"Nothing was known on {known_on}.", do="Name a day after the first entry of the journal.")
    if target.suffix == ARCHIVE:
        with target.open("wb") as file:
            export_archive(viewer, facts, file)
    else:
        target.write_text(export_text(viewer, facts), "utf-8")
    return head


def check_journal(organisation: str, witnesses: Sequence[str]) -> Verification:
    """Check the journal of an organisation against itself, its rows and the witnesses."""
    return verify(viewer_at(organisation), witnesses=[read_witness(text) for text in witnesses])


def erase(organisation: str, person: str) -> tuple[int, Head]:
    """Erase a person's data; how many entries lost their personal part, and the head after it."""
    viewer = viewer_at(organisation)
    return erase_person(viewer, person), head_of(viewer)


def new_user(email: str, organisation: str, *, role: str, sites: Sequence[str], name: str) -> str:
    """Give a person a role; the password of a new account, or an empty text where there was an account."""
    viewer = viewer_at(organisation)
    password = "" if belongs_somewhere(email) else made_password()
    add_member(viewer, email, role=_role(role), units=sites, name=name, password=password)
    return password


def _role(word: str) -> Role:
    if word not in set(Role):
        raise UnknownKey("role", word, [role.value for role in Role])
    return Role(word)


def new_password_for(email: str) -> str:
    """Give a person a new password; the password."""
    user = user_of(email)
    if user is None:
        raise UnknownKey("account", email, ())
    password = made_password()
    accounts.set_password(user, password)
    return password


def new_token(organisation: str, *, title: str, role: str, sites: Sequence[str], until: date) -> str:
    """Issue an API token; its text, which is kept nowhere."""
    return issue_token(viewer_at(organisation), title=title, role=_role(role), expires=until, units=sites)
