"""Controls in place and what shows them: evidence, samples, occurrences, triggers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.quantities import RawValue
from safeconduct.core.records.fields import fact


class Shown(StrEnum):
    """What evidence shows: a text or drawing says so; it works here; it achieves its aim."""

    DESIGN = "design"
    OPERATION = "operation"
    EFFECT = "effect"


class By(StrEnum):
    """Who looked: the owner itself, or somebody other than its owner (then it is verified)."""

    SELF = "self"
    OTHER = "other"


class KeptBy(StrEnum):
    """Who keeps a control."""

    SELF = "self"
    CONTRACT = "contract"  # a contractor does it for the organisation
    PARTNER = "partner"  # a trading partner does it in its own right


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The organisation's own number for one parameter, with its reason."""

    is_: RawValue = fact("The own number or the elements asked.")
    why: str = fact("Why this number fits; refused when empty.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingPlan:
    """How a control that works event by event is checked."""

    every: str = fact("How often a sample is taken, for example 6 months.")
    at_least: int = fact("Smallest number of events checked.", default=1)
    tolerate: str = fact("Conforming share that is still good while every nonconformity is in action.", default="100 %")
    why: str = fact("Why this plan fits; refused when empty.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlInPlace:
    """The fact that a control stands (or, with `present: no`, does not) at a unit since a day, with its values."""

    key: str = fact("Permanent key of this record.")
    control: str = fact("The catalogue's control.", ref="control")
    at: str = fact("Unit where it stands: the organisation, a legal entity or a site.", ref="place")
    for_: str = fact("Element, for controls that are kept by the elements of a list.", default="")
    since: date = fact("The values hold from this day; new values make a new record.")
    until: date | None = fact("Last day it stood; empty while it goes on.", default=None)
    present: bool = fact("no records that it does not stand here; hides what would come down from above.", default=True)
    values: Mapping[str, RawValue] = field(
        default_factory=dict, metadata={"help": "Parameter values; sets as {yes: […], no: […]}.", "ref": "parameter"}
    )
    targets: Mapping[str, Target] = field(
        default_factory=dict, metadata={"help": "Own targets by parameter, each with its why.", "ref": "parameter"}
    )
    plan: SamplingPlan | None = fact("Sampling plan, for controls that work event by event.", default=None)
    kept_by: KeptBy = fact("Who keeps it: self, a contract, or a partner.", default=KeptBy.SELF)
    owner: str = fact("Person who answers for it.", default="", personal=True)
    note: str = fact("How it is done here.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept with evidence, named by its content."""

    name: str = fact("File name as uploaded.")
    sha256: str = fact("SHA-256 of the content, hexadecimal.")
    size: int = fact("Size in bytes.")
    media: str = fact("Media type, for example application/pdf.", default="application/octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file, record or observation with the period it covers, apart from the day it was recorded."""

    key: str = fact("Permanent key.")
    of: str = fact("The control in place it shows.", ref="in_place")
    shows: tuple[Shown, ...] = fact("design, operation, effect.")
    from_: date = fact("First day it covers.")
    to: date = fact("Last day it covers.")
    by: By = fact("self, or other: somebody other than the owner looked (verified).", default=By.SELF)
    title: str = fact("What it is.", default="")
    document: str = fact("Document, chapter and revision, or where the paper lies.", default="")
    recorded: date | None = fact("Day it was recorded.", default=None)
    file: Attachment | None = fact("The file itself.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Events of a period, how many were checked, how many conform to the record's values."""

    key: str = fact("Permanent key.")
    of: str = fact("The control in place it samples.", ref="in_place")
    from_: date = fact("First day of the period.")
    to: date = fact("Last day of the period.")
    population: int = fact("Number of events in the period; 0 records that none happened.")
    checked: int = fact("Number of events checked.")
    conforming: int = fact("Number of checked events that conform to the record's values.")
    by: By = fact("self, or other: somebody other than the owner looked.", default=By.SELF)
    note: str = fact("What was found.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A recurring control was done on a day."""

    key: str = fact("Permanent key.")
    of: str = fact("The control in place that was done.", ref="in_place")
    on: date = fact("Day it was finished.")
    by: By = fact("self, or other: somebody other than the owner did it.", default=By.SELF)
    note: str = fact("Result in a sentence.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something happened that asks for a recurring control to be done again."""

    key: str = fact("Permanent key.")
    redo: str = fact("The control to be done again.", ref="control")
    at: str = fact("Unit where it happened.", ref="place")
    on: date = fact("Day it happened.")
    kind: str = fact("What sort of change: risk-change, incident, new-site …", default="")
    note: str = fact("What happened.", default="", long=True)
