"""What the tests of risk play on: the world of the core's tests in the shipped catalogue, with its people.

A yard whose gate is shown until the end of August, a shed with nothing, a lane; a legal entity enrolled in CTPAT.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.test import Client

from safeconduct.catalogue.loading import load
from safeconduct.core.records.needs import ControlNeed
from safeconduct.core.records.risk import Planned, Treatment, Way
from safeconduct.core.records.units import Enrolment
from safeconduct.facts.reading import read
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.queries import command_line_viewer
from safeconduct.server.accounts.rights import Role
from safeconduct.server.journal.actions import found_organisation
from safeconduct.server.journal.importing import import_facts

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

WORLD = Path(__file__).parents[2] / "core" / "risk" / "world.yml"
JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 15)
FENCED = Treatment(
    key="t-fence",
    risk="r-vehicle-yard",
    way=Way.REDUCE,
    controls=(Planned(needs=ControlNeed("key-control"), at="yard"),),
    cost="9000 EUR",
    owner="Y. Ard",
    decided=date(2026, 3, 1),
    due=date(2027, 3, 1),
)
ENROLLED = Enrolment(
    key="ctpat",
    entity="made-bv",
    edition="us-ctpat/2020",
    roles=("importer",),
    sites=("yard", "shed"),
    since=date(2026, 1, 1),
)


def world() -> Facts:
    """The facts of the stage."""
    facts = read(WORLD, load())
    return replace(facts, treatments=(FENCED,), enrolments=(ENROLLED,))


def made() -> Viewer:
    """The organisation with nothing recorded: what its command line sees."""
    return command_line_viewer(found_organisation("made", title="Made"))


def play(line: Viewer, facts: Facts) -> None:
    """Bring the facts in."""
    import_facts(line, facts)


def reader(line: Viewer, role: Role = Role.SECURITY_MANAGER, units: tuple[str, ...] = ()) -> Client:
    """A browser in which somebody of the organisation is signed in."""
    name = role.value.replace(" ", "-").lower()
    user = accounts.create_user(f"{name}@made.example", name=name, password="a seal on every box")
    accounts.set_membership(user, line.organisation_id, role=role, units=units)
    client = Client()
    client.force_login(user)
    return client
