"""Rows of enrolments and of decisions about requirements."""

from __future__ import annotations

from django.db import models

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("enrolments")
class EnrolmentRow(FactRow):
    """A legal entity works under an edition of a programme."""


class DecisionRow(FactRow):
    """A fact about one requirement at one unit."""

    class Meta(FactRow.Meta):
        abstract = True
        indexes = [models.Index(fields=["organisation", "requirement", "at"], name="%(class)s_row")]


@keeps("answers")
class AnswerRow(DecisionRow):
    """The organisation's own narrative to a requirement."""


@keeps("judgements")
class JudgementRow(DecisionRow):
    """A named judgement on an outcome criterion."""


@keeps("alternatives")
class AlternativeRow(DecisionRow):
    """Another way accepted in place of a requirement's need."""


@keeps("waivers")
class WaiverRow(DecisionRow):
    """An issuer's leave not to meet a requirement for a time."""


@keeps("not_applicable")
class NotApplicableRow(DecisionRow):
    """A decision that a requirement does not apply."""


@keeps("reasons")
class ReasonGivenRow(DecisionRow):
    """Why a requirement that only should be met is not followed."""


@keeps("row_confirmations")
class RowConfirmationRow(FactRow):
    """Somebody read the original of an unconfirmed row."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "requirement"], name="rowconfirmation_row")]
