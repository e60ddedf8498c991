"""The demo organisation: the example moved so that its today is the day of the run, and a person of each role."""

from __future__ import annotations

import base64
import hmac
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

import safeconduct
from safeconduct.core.errors import Refusal
from safeconduct.core.records.units import UnitKind
from safeconduct.facts.reading import read
from safeconduct.facts.shifting import shift
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.queries import command_line_viewer, organisation_of, user_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.clock import today
from safeconduct.server.controls.files import folder_of
from safeconduct.server.journal.actions import dissolve_organisation, found_organisation
from safeconduct.server.journal.importing import import_facts
from safeconduct.server.organisation.actions import add_member

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

EXAMPLE_TODAY = date(2026, 11, 24)
"""The day that the example's facts take for today."""

NAMES = {
    Role.ADMINISTRATOR: "Ada Administrator",
    Role.SECURITY_MANAGER: "Sam Security",
    Role.SITE_MANAGER: "Sita Site",
    Role.AUDITOR: "Odo Auditor",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one role of the demo comes in."""

    role: Role
    email: str
    password: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo as it stands: its organisation, whether it was loaded just now, and who may sign in."""

    title: str
    loaded: bool
    sign_ins: tuple[SignIn, ...]


def shipped_example() -> Path:
    """The example of the source tree."""
    return Path(safeconduct.__file__).parents[2] / "examples" / "norholt.yml"


def demo_facts(example: Path) -> Facts:
    """The example's facts with today where its today was."""
    if not example.is_file():
        raise Refusal(f"There is no example {str(example)!r}.", do="Run it in the source tree, or name a facts file.")
    return shift(read(example, catalogue_in_use()), (today() - EXAMPLE_TODAY).days)


def make_demo(example: Path, *, reset: bool) -> Demo:
    """Load the example unless its organisation is there; with `reset`, put it back to its first day."""
    facts = demo_facts(example)
    there = organisation_of(facts.organisation.key)
    with transaction.atomic():
        if there is not None and reset:
            dissolve_organisation(there)
            shutil.rmtree(folder_of(facts.organisation.key), ignore_errors=True)
            there = None
        loaded = there is None
        if there is None:
            there = found_organisation(facts.organisation.key, title=facts.organisation.title)
            import_facts(command_line_viewer(there), facts)
        sign_ins = _people(command_line_viewer(there), facts)
    return Demo(facts.organisation.title or facts.organisation.key, loaded, sign_ins)


def _people(viewer: Viewer, facts: Facts) -> tuple[SignIn, ...]:
    """One person of each role, with the passwords that are printed. Doing it twice changes nothing."""
    sites = sorted(unit.key for unit in facts.units if unit.kind is UnitKind.SITE)
    found = []
    for role, name in NAMES.items():
        email = f"{role.value}@{viewer.organisation_key}.example"
        password, own = password_of(email), tuple(sites[:1]) if role is Role.SITE_MANAGER else ()
        user = user_of(email)
        if user is None or not user.memberships.filter(organisation_id=viewer.organisation_id).exists():
            add_member(viewer, email, role=role, units=own, name=name, password=password)
            user = user_of(email)
        if user is not None and not user.check_password(password):
            accounts.set_password(user, password)
        found.append(SignIn(role, email, password, own))
    return tuple(found)


def password_of(email: str) -> str:
    """The demo password of an address: it follows from this server's secret key, so it can be printed again."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo password of {email}".encode(), "sha256")
    text = base64.b32encode(digest[:10]).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 12, 4))
