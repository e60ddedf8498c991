"""Rows of the security risk assessment."""

from __future__ import annotations

from django.db import models

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("lanes")
class LaneRow(FactRow):
    """Goods move from one place to another under the care of a unit."""


@keeps("risk_assessments")
class RiskAssessmentRow(FactRow):
    """One round of the assessment."""


@keeps("assets")
class AssetRow(FactRow):
    """Something the organisation needs, or whose misuse would do harm."""


@keeps("scenarios")
class OwnScenarioRow(FactRow):
    """A threat scenario of the organisation's own."""


@keeps("risks")
class RiskRow(FactRow):
    """A scenario at a place of an assessment."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "assessment"], name="risk_assessment")]


@keeps("common_causes")
class CommonCauseRow(FactRow):
    """What strikes several risks in one blow."""


@keeps("overrides")
class OverrideRow(FactRow):
    """A number of a risk set by hand."""


@keeps("incidents")
class IncidentRow(FactRow):
    """Something that happened."""


@keeps("watched")
class WatchedRow(FactRow):
    """Over a time all incidents are on record."""


@keeps("threat_levels")
class ThreatLevelRow(FactRow):
    """How grave a threat is in a country."""


@keeps("scale_bounds")
class OwnBoundsRow(FactRow):
    """The organisation's own bounds of a scale."""


@keeps("matrix_cells")
class OwnGridRow(FactRow):
    """The organisation's own cells of a matrix."""


@keeps("treatments")
class TreatmentRow(FactRow):
    """What is decided about a risk."""


@keeps("objectives")
class ObjectiveRow(FactRow):
    """A security objective with its targets."""
