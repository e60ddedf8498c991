"""Reads partners and what assures them as the viewer sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.journal.reading import seen, seen_one

if TYPE_CHECKING:
    from safeconduct.core.records.partners import Certificate, Partner, Proof, Register
    from safeconduct.server.accounts.viewer import Viewer


def partners_seen(viewer: Viewer) -> tuple[Partner, ...]:
    """Partners by key."""
    return seen(viewer, "partners")


def partner_seen(viewer: Viewer, key: str) -> Partner:
    """One partner. Raises UnknownKey for what the viewer does not see."""
    partner: Partner = seen_one(viewer, "partners", key)
    return partner


def certificates_seen(viewer: Viewer) -> tuple[Certificate, ...]:
    """Certificates by key."""
    return seen(viewer, "certificates")


def proofs_seen(viewer: Viewer) -> tuple[Proof, ...]:
    """Proofs by key."""
    return seen(viewer, "proofs")


def registers_seen(viewer: Viewer) -> tuple[Register, ...]:
    """Register confirmations by key."""
    return seen(viewer, "registers")
