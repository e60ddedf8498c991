"""Rows of controls in place and of what shows them."""

from __future__ import annotations

from django.db import models

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("in_place")
class ControlInPlaceRow(FactRow):
    """A control stands, or does not, at a unit since a day."""

    class Meta(FactRow.Meta):
        indexes = [
            models.Index(fields=["organisation", "control", "at"], name="inplace_control"),
            models.Index(fields=["organisation", "at"], name="inplace_unit"),
        ]


class ShowingRow(FactRow):
    """A fact that shows a control in place."""

    class Meta(FactRow.Meta):
        abstract = True
        indexes = [models.Index(fields=["organisation", "of"], name="%(class)s_of")]


@keeps("evidence")
class EvidenceRow(ShowingRow):
    """A file, record or observation with the period it covers."""


@keeps("samples")
class SampleRow(ShowingRow):
    """Events of a period, how many were checked and how many conform."""


@keeps("done")
class OccurrenceRow(ShowingRow):
    """A recurring control was done on a day."""


@keeps("triggers")
class TriggerRow(FactRow):
    """Something happened that asks for a recurring control to be done again."""
