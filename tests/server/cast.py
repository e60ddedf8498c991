"""The cast of the server tests: an exporter with a person of each role, and an outsider with the own one.

Both organisations have units and controls of the same keys, so that a mix-up shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from safeconduct.core.records.in_place import ControlInPlace, Evidence, Shown
from safeconduct.core.records.partners import Partner
from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.server.accounts import actions as accounts
from safeconduct.server.accounts.models import Organisation, User
from safeconduct.server.accounts.queries import command_line_viewer, viewer_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.journal.actions import found_organisation, store_all

PASSWORD = "a seal on every box"
TODAY = date(2026, 11, 24)

ROLES = {
    "anna": Role.ADMINISTRATOR,
    "sven": Role.SECURITY_MANAGER,
    "mara": Role.SITE_MANAGER,
    "otto": Role.AUDITOR,
}


@dataclass(frozen=True)
class Cast:
    """Everybody, with what the command line of each organisation sees."""

    exporter: Organisation
    outside: Organisation
    people: dict[str, User]

    def viewer(self, name: str) -> Viewer:
        """A person of the exporter, or `olga`, the outsider, in the own organisation."""
        viewer = viewer_of(self.people[name])
        assert viewer is not None
        return viewer

    @property
    def exporter_line(self) -> Viewer:
        return command_line_viewer(self.exporter)

    @property
    def outside_line(self) -> Viewer:
        return command_line_viewer(self.outside)

    def client(self, name: str) -> Client:
        """A browser in which the person is signed in."""
        client = Client()
        client.force_login(self.people[name])
        return client


def units(organisation: str) -> list[Unit]:
    return [
        Unit(key="nl", in_=organisation, kind=UnitKind.ENTITY, country="NL", title="Norholt NL"),
        Unit(key="rtm", in_="nl", kind=UnitKind.SITE, country="NL", title="Rotterdam"),
        Unit(key="ein", in_="nl", kind=UnitKind.SITE, country="NL", title="Eindhoven"),
    ]


def control(key: str = "c-cctv-rtm", at: str = "rtm", **more: Any) -> ControlInPlace:
    values: dict[str, Any] = {"control": "cctv", "since": date(2025, 1, 1)}
    return ControlInPlace(key=key, at=at, **(values | more))


def evidence(key: str = "e-1", of: str = "c-cctv-rtm", **more: Any) -> Evidence:
    values: dict[str, Any] = {"shows": (Shown.DESIGN,), "from_": date(2025, 1, 1), "to": date(2026, 12, 31)}
    return Evidence(key=key, of=of, **(values | more))


def facts(organisation: str) -> list[Any]:
    """The facts both organisations start with."""
    return [
        *units(organisation),
        control(),
        control("c-cctv-ein", "ein", owner="J. Smit"),
        control("c-records", "nl", control="record-keeping"),
        evidence(),
        Partner(key="h1", title="Haulier 1", of="nl", country="NL"),
    ]


def gather() -> Cast:
    """Make everybody."""
    exporter, outside = found_organisation("norholt", title="Norholt"), found_organisation("outsider")
    people = {}
    for name, role in ROLES.items():
        people[name] = accounts.create_user(f"{name}@norholt.example", name=name.title(), password=PASSWORD)
        sites = ("rtm",) if role is Role.SITE_MANAGER else ()
        accounts.set_membership(people[name], exporter.pk, role=role, units=sites)
    people["olga"] = accounts.create_user("olga@outsider.example", name="Olga", password=PASSWORD)
    accounts.set_membership(people["olga"], outside.pk, role=Role.ADMINISTRATOR)
    for organisation in (exporter, outside):
        store_all(command_line_viewer(organisation), facts(organisation.key), deed="record")
    return Cast(exporter, outside, people)
