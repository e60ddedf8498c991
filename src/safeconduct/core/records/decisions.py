"""What persons decided about requirements: answers, judgements, alternatives, waivers, exceptions, confirmations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.records.fields import fact
from safeconduct.core.records.needs import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The organisation's own narrative to a requirement for a unit, confirmed by a person."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement answered.", ref="requirement")
    at: str = fact("Unit it is answered for.", ref="place")
    text: str = fact("How the organisation meets it, in its own words.", default="", long=True)
    document: str = fact("Document it stands in.", default="")
    chapter: str = fact("Chapter or page.", default="")
    revision: str = fact("Revision of the document.", default="")
    owner: str = fact("Person who answers for it.", default="", personal=True)
    confirmed_by: str = fact("Who confirmed it last.", default="", personal=True)
    confirmed_on: date | None = fact("Day it was confirmed last.", default=None)
    due: date | None = fact("Day of the next confirmation.", default=None)


class Verdict(StrEnum):
    """What a named person judged."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A named, dated judgement on an outcome criterion, resting on named controls."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement judged.", ref="requirement")
    at: str = fact("Unit judged.", ref="place")
    on: date = fact("Day of the judgement.")
    until: date = fact("Last day it holds.")
    by: str = fact("Who judged.", personal=True)
    verdict: Verdict = fact("yes or no.")
    rests_on: tuple[str, ...] = fact("Controls it rests on; refused when empty.", ref="control")
    risk_assessment: str = fact("The risk assessment on record it is linked to.", default="", ref="in_place?")
    why: str = fact("Reasons.", default="", long=True)


class AcceptedBy(StrEnum):
    """Who accepted an alternative measure."""

    SELF = "self"
    AUDITOR = "auditor"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another way accepted in place of a requirement's need."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement it stands in for.", ref="requirement")
    at: str = fact("Unit it holds at.", ref="place")
    needs: Need = fact("What it needs instead, in the catalogue's language.")
    accepted_by: AcceptedBy = fact("self, auditor or authority.")
    from_: date = fact("First day.")
    until: date = fact("Last day.")
    why: str = fact("The risk basis; refused when empty.", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An issuer's leave not to meet a requirement for a time; shown, never a pass."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement waived.", ref="requirement")
    at: str = fact("Unit it holds at.", ref="place")
    endorsed_by: str = fact("Who gave it.")
    mitigation: str = fact("What is done meanwhile.", default="", long=True)
    from_: date | None = fact("First day; empty means always.", default=None)
    until: date = fact("Last day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """A recorded decision that a requirement does not apply to a unit."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement.", ref="requirement")
    at: str = fact("Unit it does not apply to.", ref="place")
    by: str = fact("Who decided.", personal=True)
    on: date = fact("Day of the decision.")
    until: date | None = fact("Last day it holds; empty while it goes on.", default=None)
    why: str = fact("Reason; refused when empty.", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonGiven:
    """Why a requirement that only *should* be met is not followed at a unit."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement.", ref="requirement")
    at: str = fact("Unit.", ref="place")
    by: str = fact("Who decided.", personal=True)
    on: date = fact("Day of the decision.")
    until: date | None = fact("Last day it holds; empty while it goes on.", default=None)
    why: str = fact("Reason; refused when empty.", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowConfirmation:
    """Somebody read the original and confirms an unconfirmed row for this organisation."""

    key: str = fact("Permanent key.")
    requirement: str = fact("The requirement confirmed.", ref="requirement")
    by: str = fact("Who read it.", personal=True)
    on: date = fact("Day it was read.")
    document: str = fact("Title, edition and place of the text that was read.")
