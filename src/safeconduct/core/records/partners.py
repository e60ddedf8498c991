"""Trading partners and what assures them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.records.fields import fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A firm outside the legal entity that takes part in its chain; a sister company is one too."""

    key: str = fact("Permanent short key.")
    title: str = fact("Name of the firm.", default="")
    of: str = fact("The legal entity whose partner it is.", ref="entity")
    roles: tuple[str, ...] = fact("What it does in the chain: supplier, customer, carrier, broker …", default=())
    country: str = fact("Country, two letters.", default="")
    outsourced: bool | None = fact(
        "Whether part of the entity's own chain is given to it; empty is not known.", default=None
    )
    domestic: bool | None = fact(
        "Whether it is established in the entity's country; empty is taken from the country.", default=None
    )
    since: date | None = fact("First day of business; empty means always.", default=None)
    until: date | None = fact("Last day of business; empty while it goes on.", default=None)
    identifiers: Mapping[str, str] = field(
        default_factory=dict, metadata={"help": "Registration numbers by type of identifier.", "ref": "identifier"}
    )
    note: str = fact("Anything worth knowing.", default="", long=True)


class CertificateState(StrEnum):
    """What the issuer says of a certificate."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A partner, the organisation or one of its units holds a status of some scheme."""

    key: str = fact("Permanent key.")
    holder: str = fact("Partner, legal entity or site that holds it.", ref="holder")
    scheme: str = fact("Scheme, for example eu-aeos.", ref="scheme")
    number: str = fact("Number of the certificate.", default="")
    from_: date = fact("First day it is valid.")
    to: date | None = fact("Last day it is valid; empty for statuses without an end.", default=None)
    state: CertificateState = fact("valid, suspended or withdrawn.", default=CertificateState.VALID)
    state_since: date | None = fact(
        "Day the suspension or withdrawal began; empty means from the first day.", default=None
    )
    checked: tuple[date, ...] = fact("Days somebody looked its status up at the issuer.", default=())


class Outcome(StrEnum):
    """Whether a proof speaks for the partner."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A visit, questionnaire, contract clause or the like that speaks for or against a partner."""

    key: str = fact("Permanent key.")
    partner: str = fact("The partner it speaks of.", ref="partner")
    kind: str = fact("Kind of proof, for example visit.", ref="proof-kind")
    on: date = fact("Day it was done or signed.")
    to: date | None = fact("Last day it holds by its own words; empty where only its age counts.", default=None)
    outcome: Outcome = fact("positive or negative.", default=Outcome.POSITIVE)
    by: str = fact("Who did it.", default="", personal=True)
    note: str = fact("Result in a sentence.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Somebody confirmed that a list and its files are complete."""

    key: str = fact("Permanent key.")
    of: str = fact("Which list: partners.", words=("partners",))
    unit: str = fact("Legal entity whose list it is.", ref="entity")
    confirmed: date = fact("Day it was confirmed complete.")
    until: date = fact("Last day the confirmation holds.")
    by: str = fact("Who confirmed it.", default="", personal=True)
