"""Where a statement of the catalogue comes from and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sure(StrEnum):
    """How sure a row is.

    confirmed: the issuer's or legal text itself was read. secondary: a handbook, another authority's copy, a
    questionnaire, a consultancy. unconfirmed: general knowledge; waits for a person to confirm it.
    """

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Source:
    """The document behind a row: title, place in it, link, the day somebody checked, how sure."""

    document: str
    locator: str
    checked: date
    sure: Sure
    link: str = ""
