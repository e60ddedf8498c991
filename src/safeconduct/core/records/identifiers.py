"""Types of identifiers that firms, sites, certificates and goods carry: who issues them and what can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.provenance import Source, Sure


class Bearer(StrEnum):
    """What carries an identifier: a firm, a place, or goods and what they travel in."""

    ENTITY = "entity"
    SITE = "site"
    GOODS = "goods"


class Checked(StrEnum):
    """How far a number can be checked without asking its issuer."""

    CHECK_DIGIT = "check-digit"
    FORM = "form"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class IdentifierType:
    """One kind of registration number.

    `pattern` is a regular expression the whole number fits once the characters of `ignores` are taken out; empty
    where no form is published. `rule` names the check digit (`core/identifiers.py: RULES`). `schemes` are those whose
    certificates are numbered so.
    """

    key: str
    title: str
    issuer: str
    of: tuple[Bearer, ...]
    form: str
    source: Source
    pattern: str = ""
    rule: str = ""
    ignores: str = ""
    example: str = ""
    schemes: tuple[str, ...] = ()
    note: str = ""

    @property
    def checked(self) -> Checked:
        """How far its numbers are checked."""
        if self.rule:
            return Checked.CHECK_DIGIT
        return Checked.FORM if self.pattern else Checked.NOTHING

    @property
    def binds(self) -> bool:
        """Whether a number that does not fit is refused: only where the form is more than general knowledge."""
        return self.checked is not Checked.NOTHING and self.source.sure is not Sure.UNCONFIRMED
