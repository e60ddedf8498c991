"""The row a page decides about: a requirement of an enrolment's edition at one of its units, as the viewer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.errors import UnknownKey
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import cited, short_name
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.reading import seen_one

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.records.catalogue import Programme, Requirement
    from safeconduct.core.records.units import Enrolment
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One requirement at one unit under one enrolment."""

    viewer: Viewer
    snapshot: Snapshot
    enrolment: Enrolment
    programme: Programme
    requirement: Requirement
    unit: str

    @property
    def fixed(self) -> dict[str, str]:
        """What a decision about the row says of itself."""
        return {"requirement": self.requirement.key, "at": self.unit}

    @property
    def place(self) -> str:
        """The unit as people call it."""
        found = self.snapshot.units.get(self.unit)
        return (found.title if found else "") or self.unit

    @property
    def title(self) -> str:
        """The row as it is cited, and where."""
        return f"{cited(self.requirement)} {self.requirement.title} · {self.place}"

    @property
    def url(self) -> str:
        """The page of the row."""
        return address("programmes:requirement", self.enrolment.key, self.requirement.key, self.unit) or "/"

    def trail(self, deed: str) -> tuple[Link, ...]:
        """The way to a deed on the row."""
        programme = address("programmes:programme", self.enrolment.key)
        return (
            Link("Programmes", address("programmes:list")),
            Link(short_name(self.programme.key), programme),
            Link(self.requirement.ref, self.url),
            Link(deed),
        )


def row_asked(request: HttpRequest, enrolment: str, requirement: str, unit: str) -> AskedRow:
    """The row of a page's address. Raises UnknownKey for what is not there and for what the viewer does not see."""
    viewer = viewer_on(request)
    found: Enrolment = seen_one(viewer, "enrolments", enrolment)
    seen_one(viewer, "units", unit)
    if unit not in (found.entity, *found.sites):
        raise UnknownKey("unit of this enrolment", unit, found.sites)
    programme = programme_of(found)
    rows = {row.key: row for row in programme.requirements}
    if requirement not in rows:
        raise UnknownKey("requirement", requirement, rows)
    return AskedRow(viewer, snapshot_of(viewer), found, programme, rows[requirement], unit)


def programme_of(enrolment: Enrolment) -> Programme:
    """The edition of an enrolment. Raises UnknownKey where the catalogue has it no more."""
    programmes = catalogue_in_use().programmes
    if enrolment.edition not in programmes:
        raise UnknownKey("edition", enrolment.edition, programmes)
    return programmes[enrolment.edition]
