"""The grammar of needs: what a requirement asks of controls, records, partners and persons.

Source: catalogue language, section 5.1. Every class is one form of the grammar; values are already typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from safeconduct.core.dates import Duration
from safeconduct.core.quantities import Money, Percent, Value
from safeconduct.core.records.in_place import Shown


class Op(StrEnum):
    """How a bound compares."""

    YES = "yes"  # the flag is set
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"
    INCLUDES = "includes"


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on one parameter. `own` leaves the number to the organisation; then `value` is None.

    `value` is a frozenset of words for one_of and includes, True for yes, one value otherwise;
    `partly_at` is the issuer's own lower grade.
    """

    op: Op
    value: Value | frozenset[str] | None = None
    partly_at: Value | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class ControlNeed:
    """A leaf: a control stands, for each element of `for_`, within its bounds, shown in the kinds asked.

    `shown` None takes the control's own; `verified` asks evidence by somebody other than the owner;
    `by` tells who may keep it (self, contract, partner); `share` is the issuer's conforming share.
    """

    control: str
    for_: tuple[str, ...] = ()
    bounds: tuple[tuple[str, Bound], ...] = ()
    shown: tuple[Shown, ...] | None = None
    assurance: str = ""  # "", documented, verified
    by: tuple[str, ...] = ()
    share: Bound | None = None


@dataclass(frozen=True, slots=True)
class AllNeed:
    """Every member must stand."""

    members: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class AnyNeed:
    """One member is enough."""

    members: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class SomeNeed:
    """At least n members; with `partly` members the issuer grants PARTLY."""

    n: int
    members: tuple[Need, ...]
    partly: int = 0


@dataclass(frozen=True, slots=True)
class WhenNeed:
    """The need applies only under a condition."""

    when: Condition
    then: Need


@dataclass(frozen=True, slots=True)
class ChooseNeed:
    """The first branch whose condition is true; `otherwise` when none is."""

    branches: tuple[tuple[Condition, Need], ...]
    otherwise: Need | None = None


class Take(StrEnum):
    """What a measure takes from the events of a window."""

    MAX = "max"
    SUM = "sum"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class FigureInput:
    """The figure of the latest closed year."""

    figure: str


@dataclass(frozen=True, slots=True)
class EventsInput:
    """A number drawn from the events of a window that ends on the day; `above` leaves out smaller amounts."""

    kind: str
    within: Duration
    take: Take
    above: Money | None = None


@dataclass(frozen=True, slots=True)
class YearsSinceInput:
    """Whole years since the day a figure gives."""

    figure: str


MeasureInput = FigureInput | EventsInput | YearsSinceInput


@dataclass(frozen=True, slots=True)
class Name:
    """A name of `let` inside a measure's value."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number written inside a measure's value."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """`+ - * /` of two sides, or `max` / `min` of several."""

    op: str
    operands: tuple[Expression, ...]


Expression = Name | Number | Operation


@dataclass(frozen=True, slots=True)
class MeasureNeed:
    """A number computed from figures and events keeps within limits."""

    let: tuple[tuple[str, MeasureInput], ...]
    value: Expression
    text: str  # the value as written
    at_least: Decimal | Money | Percent | None = None
    at_most: Decimal | Money | Percent | None = None


class Anchor(StrEnum):
    """Where a look-back window ends: on the day asked about, or on the day of application."""

    ROLLING = "rolling"
    APPLICATION = "application"


class DateBasis(StrEnum):
    """Which day of an event counts."""

    ACT = "act"
    FINDING = "finding"
    DECISION = "final decision"


@dataclass(frozen=True, slots=True)
class Renewal:
    """How old a look-up, visit or attestation may be: the issuer's number, or the organisation's own (None)."""

    at_most: Duration | None = None


@dataclass(frozen=True, slots=True)
class LookbackNeed:
    """No event of some kinds and weights about some persons in a window.

    `none_of` maps a kind of event to the weights that count; an empty set means any weight.
    """

    none_of: Mapping[str, frozenset[str]]
    window: Duration
    about: tuple[str, ...]
    anchor: Anchor = Anchor.ROLLING
    date: DateBasis = DateBasis.ACT
    shorter_if_young: bool = False
    renew: Renewal | None = None


@dataclass(frozen=True, slots=True)
class CheckNeed:
    """Nobody asked about stands on any of the lists today."""

    lists: tuple[str, ...]
    about: tuple[str, ...]
    renew: Renewal


@dataclass(frozen=True, slots=True)
class CertificateNeed:
    """The subject (a member, or `self`: the unit, its entity or the organisation) holds one of the schemes.

    `or_recognised_by` also accepts what the named programme's issuer recognises on the day.
    """

    schemes: tuple[str, ...]
    or_recognised_by: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class ProofNeed:
    """A proof of a kind about the member, not older than `within`."""

    kind: str
    within: Renewal | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Which members of a population are meant; an empty field asks nothing."""

    outsourced: bool | None = None
    roles: tuple[str, ...] = ()
    domestic: bool | None = None
    country: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EveryNeed:
    """Each member of a population stands by `each`."""

    of: str
    who: Who
    each: Need
    in_action_counts: bool = False


@dataclass(frozen=True, slots=True)
class MendedNeed:
    """Weaknesses found by a control are put right in time."""

    findings_of: str
    within: Renewal


@dataclass(frozen=True, slots=True)
class OutcomeNeed:
    """An outcome nobody can compute: a named person judges it on named controls."""

    supported_by: Need


@dataclass(frozen=True, slots=True)
class AnswerNeed:
    """The organisation has answered in its own words; `draws_on` names controls that help to write it."""

    draws_on: tuple[str, ...] = ()


Need = (
    ControlNeed
    | AllNeed
    | AnyNeed
    | SomeNeed
    | WhenNeed
    | ChooseNeed
    | MeasureNeed
    | LookbackNeed
    | CheckNeed
    | CertificateNeed
    | ProofNeed
    | EveryNeed
    | MendedNeed
    | OutcomeNeed
    | AnswerNeed
)


@dataclass(frozen=True, slots=True)
class TraitIs:
    """The unit (or its nearest parent that says) has the trait."""

    trait: str


@dataclass(frozen=True, slots=True)
class VariantIs:
    """The enrolment seeks the variant."""

    variant: str


@dataclass(frozen=True, slots=True)
class RoleIs:
    """The enrolment takes the role."""

    role: str


@dataclass(frozen=True, slots=True)
class PresentIs:
    """The control is recorded as standing at the unit."""

    control: str


@dataclass(frozen=True, slots=True)
class FlowIs:
    """One of the enrolment's flows touches these countries and modes; an empty side asks nothing."""

    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureIs:
    """A measure keeps within its limits."""

    measure: MeasureNeed


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    of: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """All conditions hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One condition holds."""

    of: tuple[Condition, ...]


Condition = TraitIs | VariantIs | RoleIs | PresentIs | FlowIs | MeasureIs | Not | AllOf | AnyOf
