"""What a page about controls looks things up in: viewer, day, facts, catalogue, and what rests on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.quantities import SetValue
from safeconduct.core.records.catalogue import Control, Inherits, Mode
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Link, Mark
from safeconduct.server.controls.queries import Resting, resting_of
from safeconduct.server.journal.forms import FormGround, ground_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from safeconduct.core.judgement import Finding
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.quantities import RawValue
    from safeconduct.core.records.catalogue import Catalogue, Parameter
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer


@dataclass(frozen=True)
class Reader:
    """One request's eyes."""

    viewer: Viewer
    day: date
    today: bool
    ground: FormGround

    @property
    def snapshot(self) -> Snapshot:
        """All facts."""
        return self.ground.snapshot

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in use."""
        return self.ground.catalogue

    @cached_property
    def resting(self) -> Resting:
        """What rests on controls on the day of the page."""
        return resting_of(self.viewer, self.day)

    def control(self, record: ControlInPlace) -> Control:
        """The catalogue's entry of a record; of one that it does not have, as after a way back, one without bounds."""
        return self.catalogue.controls.get(record.control) or _not_there(record.control)

    def finding(self, record: ControlInPlace) -> Finding | None:
        """How a record that holds stands by itself; None where the catalogue does not have its control."""
        return self.resting.judged(record) if record.control in self.catalogue.controls else None

    def name(self, record: ControlInPlace) -> str:
        """A control in place without its unit: its title, and for which element it is kept."""
        control = self.control(record)
        return f"{control.title}: {self.element(control, record.for_)}" if record.for_ else control.title

    def element(self, control: Control, element: str) -> str:
        """An element that a control is kept by, in words."""
        terms = self.catalogue.terms.lists.get(control.by)
        return terms.title(element) if terms else element.replace("-", " ")

    def place(self, unit: str) -> Link:
        """A unit with its page, where it has one."""
        return Link(
            self.ground.unit_title(unit), address("organisation:site", unit) if unit in self.ground.units else ""
        )

    def value(self, parameter: Parameter, raw: RawValue) -> str:
        """A recorded value in words; of a set what is there and what is missing."""
        terms = self.catalogue.terms.lists.get(parameter.terms)

        def said(word: str) -> str:
            return terms.title(word) if terms else word.replace("-", " ")

        if not isinstance(raw, SetValue):
            return said(raw)
        order = terms.elements if terms else ()
        there, gone = ([said(one) for one in order if one in half] for half in (raw.yes, raw.no))
        missing = f"missing: {', '.join(gone)}" if gone else ""
        return "; ".join(part for part in (", ".join(there), missing) if part) or "none"

    def may(self, section: str, record: ControlInPlace) -> bool:
        """Whether the viewer may record a fact of this section for a control in place, on the day of the page."""
        return self.today and self.viewer.may_record_at(section, record.at)

    def row(self, row: RowJudgement) -> Link:
        """A judged requirement at a unit, with its page."""
        url = address("programmes:requirement", row.enrolment, row.requirement.key, row.unit)
        return Link(row.requirement.title, url, ident=cited(row.requirement))

    def mark(self, row: RowJudgement) -> Mark:
        """The standing of a row, a link to its because."""
        return Mark(row.standing, self.row(row).url)


def _not_there(key: str) -> Control:
    note = "The catalogue of this server does not have this control, so nothing rests on the record."
    return Control(key, f"{key} (not in the catalogue)", "", Mode.STANDING, Inherits.NEVER, (), {}, note=note)


def reader_on(request: HttpRequest) -> Reader:
    """The reader of a request."""
    viewer = viewer_on(request)
    day: date = day_of(request)
    ground = ground_of(viewer, "in_place")
    return Reader(viewer, day, day == ground.day, ground)
