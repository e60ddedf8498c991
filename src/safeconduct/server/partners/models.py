"""Rows of partners and of what assures them."""

from __future__ import annotations

from django.db import models

from safeconduct.server.journal.rows import FactRow, keeps


@keeps("partners")
class PartnerRow(FactRow):
    """A firm outside the legal entity that takes part in its chain."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "of"], name="partner_entity")]


@keeps("certificates")
class CertificateRow(FactRow):
    """A status of some scheme that a partner or a unit holds."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "holder"], name="certificate_holder")]


@keeps("proofs")
class ProofRow(FactRow):
    """A visit, questionnaire, contract clause or the like."""

    class Meta(FactRow.Meta):
        indexes = [models.Index(fields=["organisation", "partner"], name="proof_partner")]


@keeps("registers")
class RegisterRow(FactRow):
    """Somebody confirmed that a list and its files are complete."""
