"""Records partners and what assures them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.server.journal.actions import store
from safeconduct.server.journal.reading import seen_one

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.partners import Certificate, Partner, Proof, Register
    from safeconduct.server.accounts.viewer import Viewer


def record_partner(viewer: Viewer, partner: Partner) -> Partner:
    """Record a firm that takes part in the chain."""
    stored: Partner = store(viewer, partner, deed="record-partner")
    return stored


def record_certificate(viewer: Viewer, certificate: Certificate) -> Certificate:
    """Record a status that a partner or a unit holds."""
    stored: Certificate = store(viewer, certificate, deed="record-certificate")
    return stored


def check_certificate(viewer: Viewer, key: str, *, on: date) -> Certificate:
    """Record that somebody looked a certificate's status up at the issuer and found it as recorded."""
    certificate: Certificate = seen_one(viewer, "certificates", key)
    checked = tuple(sorted({*certificate.checked, on}))
    stored: Certificate = store(viewer, replace(certificate, checked=checked), deed="check-certificate")
    return stored


def record_proof(viewer: Viewer, proof: Proof) -> Proof:
    """Record a visit, questionnaire, contract clause or the like."""
    stored: Proof = store(viewer, proof, deed="record-proof")
    return stored


def confirm_register(viewer: Viewer, register: Register) -> Register:
    """Record that somebody confirmed a list and its files to be complete."""
    stored: Register = store(viewer, register, deed="confirm-register")
    return stored
