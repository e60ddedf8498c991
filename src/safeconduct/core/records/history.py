"""What happened and what was looked up: events, attestations, figures, list checks, findings and their actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.records.fields import fact


class WeighedBy(StrEnum):
    """Who decided how much an event weighs."""

    SELF = "self"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that counts in a look-back or a measure: an infringement, a fine, a penalty."""

    key: str = fact("Permanent key.")
    kind: str = fact("Kind of event, for example customs-infringement.", ref="event-kind")
    unit: str = fact("Legal entity it concerns.", ref="entity")
    about: str = fact("Whom it concerns: entity, or a group of persons such as customs-lead.", default="entity")
    on: date = fact("Day of the act.")
    found: date | None = fact("Day it was found.", default=None)
    decided: date | None = fact("Day of the final decision.", default=None)
    weight: str = fact("How much it weighs, in the words of its kind; empty when nobody weighed it yet.", default="")
    weighed_by: WeighedBy | None = fact("self or authority.", default=None)
    amount: str = fact("Amount with currency, for events that have one, for example 60000 CNY.", default="")
    authority: str = fact("Authority concerned.", default="")
    note: str = fact("What happened.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """Somebody attests that all events of some kinds about some persons in a period are on record."""

    key: str = fact("Permanent key.")
    unit: str = fact("Legal entity it is given for.", ref="entity")
    kinds: tuple[str, ...] = fact("Kinds of event covered.", ref="event-kind")
    about: tuple[str, ...] = fact("Whom it covers: entity, customs-lead, controlling-person …", default=("entity",))
    from_: date = fact("First day covered.")
    to: date = fact("Last day covered.")
    given: date = fact("Day it was given.")
    by: str = fact("Who gave it.", default="", personal=True)
    document: str = fact("Extract, letter or statement it rests on.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the accounts for a closed year."""

    key: str = fact("Permanent key.")
    unit: str = fact("Legal entity.", ref="entity")
    figure: str = fact("Which figure, for example liabilities.", ref="figure")
    value: str = fact("Value with its unit, for example 1200000 EUR; a day for figures that are days.")
    year_end: date = fact("Last day of the year it belongs to.")
    given: date | None = fact("Day it became known.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCheck:
    """Somebody looked whether a name stands on a list."""

    key: str = fact("Permanent key.")
    list: str = fact("The list looked at, for example cn-dishonest.", ref="check-list")
    unit: str = fact("Legal entity on whose behalf.", ref="entity")
    about: str = fact("Whom the look-up concerned: entity, partner, investors …", default="entity")
    partner: str = fact("The partner, when it concerned one.", default="", ref="partner?")
    on: date = fact("Day of the look-up.")
    listed: bool = fact("Whether the name stands there.")
    by: str = fact("Who looked.", default="", personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedFinding:
    """A weakness somebody found, at one's own place or at a partner. Its cure is a corrective action."""

    key: str = fact("Permanent key.")
    of: str = fact("The control in whose running it was found, for example partner-screening.", ref="control")
    at: str = fact("Unit it belongs to.", ref="place")
    about: str = fact("Partner, sample or record it concerns.", default="")
    on: date = fact("Day it was found.")
    text: str = fact("What was found.", default="", long=True)
    by: str = fact("Who found it.", default="", personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveAction:
    """What is done about a finding, a partner or a sample, by when."""

    key: str = fact("Permanent key.")
    mends: str = fact("The finding, partner or sample it puts right.", ref="mendable")
    opened: date = fact("Day it was opened.")
    due: date = fact("Last day it may take.")
    closed: date | None = fact("Day it was done; empty while it runs.", default=None)
    text: str = fact("What is to be done.", default="", long=True)
    owner: str = fact("Person who does it.", default="", personal=True)
