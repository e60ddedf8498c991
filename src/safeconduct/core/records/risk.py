"""The security risk assessment as it is recorded: scope, assets, risks, what happened, what is decided and aimed at.

Nothing computed is here: vulnerability, levels, priorities and progress follow from these records and the controls in
place. Source: design, section 6; ISO 28001, ISO 31000 and the five steps of CTPAT for the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.records.fields import fact
from safeconduct.core.records.needs import Need


class Method(StrEnum):
    """By which template an assessment is made."""

    ISO_28001 = "iso-28001"
    CTPAT_FIVE_STEPS = "ctpat-five-steps"
    ISO_31000 = "iso-31000"


class AssetKind(StrEnum):
    """What a critical asset is."""

    PEOPLE = "people"
    GOODS = "goods"
    PREMISES = "premises"
    CONVEYANCES = "conveyances"
    UNITS = "units"
    INFORMATION = "information"
    SYSTEMS = "systems"
    FLOW = "flow"
    BRAND = "brand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Between what a number lies in nine cases of ten."""

    low: str = fact("At least, for example 0.02.")
    high: str = fact("At most, for example 0.5.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Somebody who took part, and what qualifies the person."""

    name: str = fact("Name.")
    qualified_by: str = fact("Qualification: role, training or experience.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """One round of the security risk assessment: its scope, its method, who made it, what is bearable."""

    key: str = fact("Permanent key, for example sra-2026.")
    title: str = fact("What it is called.", default="")
    method: Method = fact("Template: iso-28001, ctpat-five-steps or iso-31000.")
    matrix: str = fact("The matrix that rates its risks, for example five-by-five.", ref="matrix")
    entity: str = fact("The legal entity or organisation it is made for.", ref="place")
    places: tuple[str, ...] = fact("Sites and lanes in scope.", ref="risk-place")
    scope: str = fact("Statement of application: the part of the chain it covers.", default="", long=True)
    context: str = fact(
        "What outside and inside bears on it: laws, expectations, neighbourhood.", default="", long=True
    )
    on: date = fact("Day it describes.")
    assessors: tuple[Assessor, ...] = fact(
        "Who made it, each with what qualifies the person.", default=(), personal=True
    )
    approved_by: str = fact("Who approved it.", default="", personal=True)
    approved_on: date | None = fact("Day it was approved.", default=None)
    due: date | None = fact("Day the next one is due.", default=None)
    follows: str = fact("The assessment it takes the place of.", default="", ref="risk-assessment?")
    currency: str = fact("Currency of its losses, three letters.", default="EUR")
    bearable: str = fact("The gravest class that needs no treatment, in the words of its matrix.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """Something the organisation needs to function, or whose misuse would do harm."""

    key: str = fact("Permanent key.")
    title: str = fact("What it is.")
    kind: AssetKind = fact("people, goods, premises, conveyances, units, information, systems, flow or brand.")
    at: str = fact("Site or lane where it is.", ref="risk-place")
    why: str = fact("Why it is critical: what stops, or what it could be misused for.", default="", long=True)
    worth: str = fact("Worth, as an amount with currency; empty for what has no price.", default="")
    since: date | None = fact("First day; empty means always.", default=None)
    until: date | None = fact("Last day; empty while it goes on.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Goods move from one place to another under the care of a unit: a place of risk between sites."""

    key: str = fact("Permanent key.")
    title: str = fact("What it is called, for example Ningbo to Savannah by sea.")
    unit: str = fact("The unit whose controls guard it.", ref="place")
    from_: str = fact("Country of departure, two letters.")
    to: str = fact("Country of arrival, two letters.")
    modes: tuple[str, ...] = fact("Modes in order: road, rail, sea, air, inland-waterway.", default=())
    partners: tuple[str, ...] = fact("Partners who carry or handle on it.", default=(), ref="partner")
    trips: str = fact("Trips or consignments a year.", default="")
    note: str = fact("Stops, rests, changes of mode.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """A control that answers a scenario of one's own, and by how much it lowers it when it stands."""

    needs: Need = fact("The control, with bounds where they matter, in the catalogue's language.")
    way: str = fact("prevent, detect, delay or mitigate.", words=("prevent", "detect", "delay", "mitigate"))
    likelihood: Range | None = fact("Share by which it lowers the likelihood: 0 to 1.", default=None)
    consequence: Range | None = fact("Share by which it lowers the consequence: 0 to 1.", default=None)
    basis: str = fact("What the shares rest on.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScenario:
    """A threat scenario of the organisation's own, beside those of the catalogue."""

    key: str = fact("Permanent key, other than those of the catalogue.")
    title: str = fact("What may happen, in a few words.")
    tells: str = fact("Who does what, where and how.", default="", long=True)
    vulnerability: str = fact("The weakness it uses.", default="")
    assets: tuple[str, ...] = fact("Kinds of asset it hits.", default=())
    modes: tuple[str, ...] = fact("Modes it concerns.", default=())
    answers: tuple[Answering, ...] = fact("The controls that answer it.", default=())


class Basis(StrEnum):
    """What a likelihood rests on."""

    FIGURE = "figure"
    HISTORY = "history"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A scenario at a place of an assessment, as if no control stood: how often, how much, and on what basis.

    What controls take from it is computed. A scenario left out has `excluded` with its reason and no numbers.
    """

    key: str = fact("Permanent key.")
    assessment: str = fact("The assessment it belongs to.", ref="risk-assessment")
    scenario: str = fact("The scenario: of the catalogue, or one's own.", ref="scenario")
    at: str = fact("Site or lane.", ref="risk-place")
    assets: tuple[str, ...] = fact("Critical assets it hits.", default=(), ref="asset")
    likelihood: Range | None = fact("Times a year it would happen here if no control stood.", default=None)
    basis: Basis = fact("What that rests on: figure, history or judgement.", default=Basis.JUDGEMENT)
    figures: tuple[str, ...] = fact(
        "Figures of the catalogue it was weighed against.", default=(), ref="figure-of-threats"
    )
    exposure: str = fact("To what the figures were scaled: how many vehicles, parcels, site-years here.", default="")
    loss: Range | None = fact(
        "What one event would cost, in the assessment's currency, if no control stood.", default=None
    )
    harm: Range | None = fact("Persons killed or badly hurt by one event; never turned into money.", default=None)
    grave: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": "How grave one event would be by measure, in the steps of the scale: people, flow, legal …"},
    )
    excluded: str = fact("Why it is not plausible here; then no numbers are needed.", default="", long=True)
    owner: str = fact("Person who answers for the risk.", default="", personal=True)
    note: str = fact("How the numbers were weighed.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A risk that a common cause may strike."""

    risk: str = fact("The risk.", ref="risk")
    chance: str = fact("Chance that it is struck when the cause happens and no control stood: 0 to 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCause:
    """Something that strikes several risks in one blow: a port that closes, a supplier's systems that stand still.

    What a risk's own likelihood tells is then what comes without it.
    """

    key: str = fact("Permanent key.")
    title: str = fact("What happens.")
    assessment: str = fact("The assessment it belongs to.", ref="risk-assessment")
    likelihood: Range = fact("Times a year it happens.")
    hits: tuple[Hit, ...] = fact("The risks it strikes together, each with its chance.")
    why: str = fact("What the numbers rest on.", default="", long=True)


class Overridden(StrEnum):
    """What a person may set by hand."""

    LIKELIHOOD = "likelihood"  # times a year, with the controls of today
    LOSS = "loss"  # expected loss of one event, with the controls of today
    VULNERABILITY = "vulnerability"  # share of the likelihood that the controls leave, 0 to 1
    PRIORITY = "priority"  # class of the matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A person sets a number of a risk by hand, with a reason, for a time."""

    key: str = fact("Permanent key.")
    risk: str = fact("The risk.", ref="risk")
    what: Overridden = fact("likelihood, loss, vulnerability or priority.")
    value: str = fact("The number, or the class.")
    why: str = fact("Reason; refused when empty.", long=True)
    by: str = fact("Who set it.", personal=True)
    since: date = fact("First day it holds.")
    until: date = fact("Last day it holds; an override without an end is refused.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened: a theft, a breach, a find. Counts towards the likelihood of its scenario."""

    key: str = fact("Permanent key.")
    scenario: str = fact("The scenario it was.", ref="scenario")
    at: str = fact("Site or lane.", ref="risk-place")
    on: date = fact("Day it happened.")
    found: date | None = fact("Day it was found.", default=None)
    loss: str = fact("What it cost, as an amount with currency.", default="")
    harmed: int = fact("Persons killed or badly hurt.", default=0)
    attempted: bool = fact("yes where the controls held: it was tried, and failed.", default=False)
    reported_to: tuple[str, ...] = fact("To whom it was reported.", default=())
    text: str = fact("What happened.", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Over a time all incidents of some scenarios at some places are on record: silence then counts too."""

    key: str = fact("Permanent key.")
    scenarios: tuple[str, ...] = fact("Scenarios watched; empty means all.", default=(), ref="scenario")
    places: tuple[str, ...] = fact("Sites and lanes watched.", ref="risk-place")
    from_: date = fact("First day.")
    to: date = fact("Last day.")
    by: str = fact("Who says so.", default="", personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatLevel:
    """How grave a threat is in a country, as somebody outside rates it. Nothing of the kind is shipped."""

    key: str = fact("Permanent key.")
    country: str = fact("Country, two letters.")
    threat: str = fact("Scenario, or all.", default="")
    level: str = fact("The level in the source's words, or low, medium, high.")
    source: str = fact("Who rates it so.")
    on: date = fact("Day of the rating.")
    until: date | None = fact("Last day it is relied upon.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBounds:
    """The organisation's own bounds of a scale, for one of its measures, in place of the ones shipped."""

    key: str = fact("Permanent key.")
    scale: str = fact("The scale, for example likelihood-five.", ref="scale")
    measure: str = fact("The measure, for example money.")
    starts: Mapping[str, str] = field(
        default_factory=dict, metadata={"help": "By class, the lowest level that belongs to it."}
    )
    why: str = fact("Why these bounds fit; refused when empty.", long=True)
    since: date = fact("First day they hold.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGrid:
    """The organisation's own cells of a matrix whose grid is no issuer's, in place of the ones shipped."""

    key: str = fact("Permanent key.")
    matrix: str = fact("The matrix, for example plain-five-by-five.", ref="matrix")
    cells: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": "By cell, row and column with a dash between (likely-major), the class it gives."},
    )
    why: str = fact("Why these cells fit; refused when empty.", long=True)
    since: date = fact("First day they hold.")


class Way(StrEnum):
    """How a risk is treated."""

    AVOID = "avoid"
    REDUCE = "reduce"
    SHARE = "share"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A control that is to stand."""

    needs: Need = fact("The control, with bounds where they matter, in the catalogue's language.")
    at: str = fact("Unit where it is to stand.", ref="place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What is decided about a risk: avoid, reduce, share or accept it; by whom, and until when."""

    key: str = fact("Permanent key.")
    risk: str = fact("The risk.", ref="risk")
    way: Way = fact("avoid, reduce, share or accept.")
    controls: tuple[Planned, ...] = fact("Controls that are to stand, for reduce.", default=())
    share: str = fact("Share of the loss that others bear, for share: 0 to 1.", default="")
    cost: str = fact("What it costs a year, as an amount with currency.", default="")
    owner: str = fact("Person who answers for it.", default="", personal=True)
    decided: date = fact("Day it was decided.")
    due: date | None = fact("Day by which it is to stand.", default=None)
    done: date | None = fact(
        "Day it stood: what is avoided or shared counts from then. What is reduced counts by its controls.",
        default=None,
    )
    until: date | None = fact("Last day it holds; required where a risk is accepted.", default=None)
    why: str = fact("Reason.", default="", long=True)


class Measured(StrEnum):
    """By what a target is measured."""

    CONTROL = "control"  # a control stands at units
    PROGRAMME = "programme"  # the musts of an enrolment are met
    RISK = "risk"  # a risk's class is no graver than
    READING = "reading"  # numbers somebody read


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A number read on a day."""

    on: date = fact("Day.")
    value: str = fact("Number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveTarget:
    """Something measurable to reach."""

    measure: Measured = fact("control, programme, risk or reading.")
    needs: Need | None = fact("The control, for control.", default=None)
    of: tuple[str, ...] = fact("Units, an enrolment or a risk it is measured at.", default=())
    says: str = fact("What is read, for reading.", default="")
    start: str = fact("Where it began.", default="")
    aim: str = fact("What is to be reached: a share in percent, a class, or a number.")
    readings: tuple[Read, ...] = fact("Numbers read.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A security objective: what is to be reached by a day, by whom, against which risks, and how it is measured."""

    key: str = fact("Permanent key.")
    title: str = fact("What is to be reached.")
    risks: tuple[str, ...] = fact("Risks it answers.", default=(), ref="risk")
    targets: tuple[ObjectiveTarget, ...] = fact("Measurable targets.")
    owner: str = fact("Person responsible.", default="", personal=True)
    since: date = fact("Day it was set.")
    due: date = fact("Day by which it is to be reached.")
    closed: date | None = fact("Day it was given up or closed.", default=None)
    why: str = fact("Why it matters.", default="", long=True)
