"""How requirements and programmes are cited in a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Requirement


def short_name(key: str) -> str:
    """A programme in few letters.

    >>> short_name("us-ctpat"), short_name("eu-aeo/2016")
    ('US CTPAT', 'EU AEO')
    """
    return key.partition("/")[0].replace("-", " ").upper()


def cited(requirement: Requirement) -> str:
    """A requirement as people cite it: its programme and the issuer's reference."""
    return f"{short_name(requirement.key)} {requirement.ref}"
