"""The organisation, its legal entities and sites, and what they are enrolled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.records.fields import fact


class UnitKind(StrEnum):
    """A unit of the organisation."""

    ENTITY = "entity"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The tenant: a group of legal entities. No authorisation ever belongs to it."""

    key: str = fact("Permanent short key, for example norholt.")
    title: str = fact("Name of the group or firm.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What does not exist at a unit, so that it drops out of every bound there."""

    no: tuple[str, ...] = fact(
        "Elements of profiled lists that do not exist here, for example parking, reefer.", default=()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A legal entity or one of its sites."""

    key: str = fact("Permanent short key, unique in the organisation.")
    in_: str = fact(
        "What it belongs to: a site to its legal entity, a legal entity to the organisation.", ref="container"
    )
    kind: UnitKind = fact("entity or site.")
    title: str = fact("Name as people use it.", default="")
    country: str = fact("Country, two letters (ISO 3166-1).", default="")
    address: str = fact("Street and town.", default="", long=True)
    founded: date | None = fact("Day the legal entity was founded; shortens look-backs of young firms.", default=None)
    financial_year_end: str = fact("Last day of the financial year as MM-DD.", default="12-31")
    traits: Mapping[str, bool] = field(
        default_factory=dict, metadata={"help": "Yes/no facts that decide which requirements apply.", "ref": "trait"}
    )
    profile: Profile = field(default_factory=Profile, metadata={"help": "What does not exist here."})
    identifiers: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": "Registration numbers by type: eori, uscc, mid, duns, lei …", "ref": "identifier"},
    )
    since: date | None = fact("First day it belonged to the organisation; empty means always.", default=None)
    until: date | None = fact("Last day; empty while it goes on.", default=None)


class Stage(StrEnum):
    """A step in the life of an enrolment, in the usual order."""

    PREPARING = "preparing"  # working towards an application
    APPLIED = "applied"
    CERTIFIED = "certified"  # accepted on paper, where the programme has that step
    VALIDATED = "validated"  # examined on site, where the programme has that step
    AUTHORISED = "authorised"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"  # by the holder
    REVOKED = "revoked"  # by the issuer
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    """A stage and the day it began."""

    stage: Stage = fact("The stage reached.")
    on: date = fact("Day it began.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFlow:
    """Goods move from some countries to others by some modes; an empty side means any."""

    from_: tuple[str, ...] = fact("Countries of departure, two letters each.", default=())
    to: tuple[str, ...] = fact("Countries of destination, two letters each.", default=())
    mode: tuple[str, ...] = fact("Modes: sea, air, road, rail, post.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A legal entity works under one edition of a programme, in some roles, with some of its own sites."""

    key: str = fact("Permanent short key.")
    entity: str = fact("The legal entity that holds or seeks the authorisation.", ref="entity")
    edition: str = fact("Programme and edition, for example us-ctpat/2020.", ref="edition")
    roles: tuple[str, ...] = fact("Operator roles it takes in the programme.", ref="role")
    variant: tuple[str, ...] = fact("Level or kind of status sought, where the programme has them.", default=())
    sites: tuple[str, ...] = fact("Sites in scope; all must belong to the entity.", default=(), ref="site")
    flows: tuple[TradeFlow, ...] = fact("Trade flows it covers: from, to, mode.", default=())
    since: date = fact("First day its criteria are followed.")
    until: date | None = fact("Last day; empty while it goes on.", default=None)
    applied: date | None = fact("Day of application: the anchor of look-backs that count from it.", default=None)
    number: str = fact("Number of the authorisation.", default="")
    owner: str = fact(
        "Person who answers for it; owns each requirement until another owner is named.", default="", personal=True
    )
    confirm_by: date | None = fact("Day by which each requirement's answer is to be confirmed first.", default=None)
    stages: tuple[StageReached, ...] = fact("Stages reached, each with its day.", default=())
