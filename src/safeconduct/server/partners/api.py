"""The API of partners and of what assures them."""

from __future__ import annotations

from safeconduct.server.journal.fact_api import fact_router
from safeconduct.server.partners import actions

router = fact_router(
    {
        "partners": actions.record_partner,
        "certificates": actions.record_certificate,
        "proofs": actions.record_proof,
        "registers": actions.confirm_register,
    }
)
