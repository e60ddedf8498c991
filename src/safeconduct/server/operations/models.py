"""Rows of what happened and of what was looked up."""

from __future__ import annotations

from django.db import models

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("events")
class EventRow(FactRow):
    """Something that counts in a look-back or a measure."""


@keeps("attestations")
class AttestationRow(FactRow):
    """Somebody attests that all events of some kinds are on record."""


@keeps("figures")
class FigureRow(FactRow):
    """A number of the accounts for a closed year."""


@keeps("checks")
class ListCheckRow(FactRow):
    """Somebody looked whether a name stands on a list."""


@keeps("findings")
class RaisedFindingRow(FactRow):
    """A weakness somebody found."""


@keeps("corrective_actions")
class CorrectiveActionRow(FactRow):
    """What is done about a finding, a partner or a sample, by when."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "mends"], name="action_mends")]
