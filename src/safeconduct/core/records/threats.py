"""Threat scenarios, the published figures behind them, taxonomies of others, scales and matrices that rate risk.

Source: design, section 6. The strict readers in `safeconduct.catalogue` build them. Nothing here is a judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.needs import ControlNeed, Expression

DAYS_OF_A_YEAR = Decimal("365.25")


class Way(StrEnum):
    """How a control answers a scenario: before it, while it happens, or after."""

    PREVENT = "prevent"
    DETECT = "detect"
    DELAY = "delay"
    MITIGATE = "mitigate"


@dataclass(frozen=True, slots=True)
class Lowering:
    """The share, from 0 to 1, by which something falls when a control stands: between a lowest and a highest."""

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Countermeasure:
    """A control that answers a scenario, and by how much it lowers likelihood or consequence when it stands.

    `basis` names the figures the shares come from; an empty one is a judgement of ours. Shares of several
    countermeasures multiply what is left; they never add.
    """

    way: Way
    need: ControlNeed
    likelihood: Lowering | None
    consequence: Lowering | None
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way a supply chain is harmed: who, where, what is hit, which weakness, what follows, what answers it.

    `consequences` tells what follows by dimension; a dimension not named is not expected to be touched. `likelihood`
    and `severity` name the figures that speak of how often and how much; an empty one is left to judgement. `leads_to`
    names the scenarios it makes possible. `threats` are words of the list of that name that programmes ask about.
    """

    key: str
    number: str
    title: str
    tells: str
    actors: tuple[str, ...]
    modes: tuple[str, ...]
    places: tuple[str, ...]
    assets: tuple[str, ...]
    vulnerability: str
    consequences: Mapping[str, str]
    countermeasures: tuple[Countermeasure, ...]
    likelihood: tuple[str, ...]
    severity: tuple[str, ...]
    source: Source
    threats: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    note: str = ""

    @property
    def controls(self) -> tuple[str, ...]:
        """The controls that answer it, each once, in the order of the file."""
        return tuple(dict.fromkeys(one.need.control for one in self.countermeasures))

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures it rests on, each once."""
        basis = (key for one in self.countermeasures for key in one.basis)
        return tuple(dict.fromkeys((*self.likelihood, *self.severity, *basis)))


class Measured(StrEnum):
    """What kind of number a figure is. Total, average and valued count of one population never mix."""

    COUNT = "count"
    VALUED_COUNT = "valued-count"
    TOTAL = "total"
    MEAN = "mean"
    MEDIAN = "median"
    LARGEST = "largest"
    SHARE = "share"
    CHANGE = "change"
    RATE = "rate"
    ESTIMATE = "estimate"


class Precision(StrEnum):
    """How the source says the number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many of what could have been hit: without it no number of incidents becomes a probability."""

    count: Decimal
    of: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number about threats, in its unit. A share is in percent of what `counts` names.

    `number` and `group` are the number and the title of the publication's figures it belongs to.

    `since` and `until` are the first and last day of its period, both None where the source names none. `exposure` is
    None where nobody published it: then the figure tells of a world, and never of the chance at one site.
    """

    key: str
    number: str
    group: str
    title: str
    value: Decimal
    unit: str
    measured: Measured
    region: str
    population: str
    counts: str
    source: Source
    since: date | None = None
    until: date | None = None
    precision: Precision = Precision.EXACT
    exposure: Exposure | None = None
    note: str = ""

    def yearly_rate(self) -> Decimal:
        """How often a year it happens to one of those exposed, for a count over whole days.

        Refusal where the figure is no count, names no period, or nobody published its exposure: a number of reported
        incidents alone says nothing of the chance at one site.
        """
        if self.measured is not Measured.COUNT or self.since is None or self.until is None:
            raise Refusal(f"{self.key} counts nothing in a period.", do="Take a figure that counts incidents.")
        if self.exposure is None:
            why = "Nobody published how many could have been hit."
            raise Refusal(f"{self.key} is no frequency.", why=why, do="State the exposure, or judge the likelihood.")
        years = Decimal((self.until - self.since).days + 1) / DAYS_OF_A_YEAR
        return self.value / self.exposure.count / years


@dataclass(frozen=True, slots=True)
class Identity:
    """Arithmetic that published figures must keep: the expression over them equals a number, within a tolerance."""

    key: str
    says: str
    figures: Mapping[str, str]  # name in the expression -> figure
    value: Expression
    equals: Decimal
    within: Decimal


@dataclass(frozen=True, slots=True)
class TaxonomyTerm:
    """One code of a list, and the entries of ours it corresponds to (none where nothing fits)."""

    key: str
    title: str
    ours: tuple[str, ...] = ()
    sure: Sure = Sure.CONFIRMED


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A list of codes for threats, by its issuer. `maps_to` is `scenarios` or one of our own lists, or nothing."""

    key: str
    title: str
    owner: str
    terms: tuple[TaxonomyTerm, ...]
    source: Source
    maps_to: str = ""
    note: str = ""

    def has(self, key: str) -> bool:
        """Whether it has that code."""
        return any(term.key == key for term in self.terms)

    def title_of(self, key: str) -> str:
        """A code in words; a code it does not have is read out."""
        return next((term.title for term in self.terms if term.key == key), key.replace("-", " "))


class Rates(StrEnum):
    """What a scale classes."""

    LIKELIHOOD = "likelihood"
    CONSEQUENCE = "consequence"
    THREAT = "threat"
    VULNERABILITY = "vulnerability"
    PRIORITY = "priority"


class Origin(StrEnum):
    """Who set a bound or a grid: the issuer, or Safeconduct as a default that an organisation changes."""

    ISSUER = "issuer"
    OWN = "own"


Level = Decimal | str
"""A number in the unit of its measure, or a word of its ladder."""


@dataclass(frozen=True, slots=True)
class ScaleMeasure:
    """Something a scale reads: a number in a unit, or a ladder of words, mildest first."""

    key: str
    title: str
    unit: str = ""
    ladder: tuple[str, ...] = ()

    def place(self, level: Level) -> Decimal:
        """Where a level stands: the number itself, or the place of the word. UnknownKey for a word off the ladder."""
        if isinstance(level, Decimal):
            return level
        if level not in self.ladder:
            raise UnknownKey(f"step of {self.key}", level, self.ladder)
        return Decimal(self.ladder.index(level))


@dataclass(frozen=True, slots=True)
class ScaleClass:
    """One class of a scale. `starts` is, by measure, the lowest level that belongs to it."""

    key: str
    title: str
    says: str
    starts: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes from the mildest to the gravest, with the rule that turns a number or a word into a class.

    `bounds` says whose numbers they are; a scale without measures is rated by a person alone.
    """

    key: str
    title: str
    rates: Rates
    classes: tuple[ScaleClass, ...]
    bounds: Origin
    source: Source
    measures: Mapping[str, ScaleMeasure] = field(default_factory=dict)
    note: str = ""

    def place(self, key: str) -> int:
        """The place of a class, from 0; UnknownKey with the nearest spelling otherwise."""
        keys = [one.key for one in self.classes]
        if key not in keys:
            raise UnknownKey(f"class of {self.key}", key, keys)
        return keys.index(key)

    def class_of(self, measure: str, level: Level) -> ScaleClass:
        """The gravest class whose start the level reaches; a bound belongs to the class it opens.

        UnknownKey for a measure the scale does not read, or a word off its ladder. A number below the first class's
        start counts as the first class.
        """
        if measure not in self.measures:
            raise UnknownKey(f"measure of {self.key}", measure, tuple(self.measures))
        read = self.measures[measure]
        reached = [one for one in self.classes if read.place(one.starts[measure]) <= read.place(level)]
        return reached[-1] if reached else self.classes[0]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid: the class of one scale down, of another across, and in each cell a class of the scale of results."""

    key: str
    title: str
    down: str
    across: str
    result: str
    cells: Mapping[tuple[str, str], str]
    grid: Origin
    source: Source
    note: str = ""

    def at(self, down: str, across: str) -> str:
        """The class in a cell; UnknownKey where there is no such cell."""
        found = self.cells.get((down, across))
        if found is None:
            raise UnknownKey(f"cell of {self.key}", f"{down} × {across}", [f"{one} × {two}" for one, two in self.cells])
        return found


Entry = Scenario | Figure | Identity | Taxonomy | Scale | Matrix


@dataclass(frozen=True, slots=True)
class Threats:
    """Everything the catalogue holds about threats, by key, in the order of the files."""

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    taxonomies: Mapping[str, Taxonomy] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    matrices: Mapping[str, Matrix] = field(default_factory=dict)

    def entries(self) -> dict[str, tuple[str, Entry]]:
        """Every entry with what it is called; no key names two."""
        kinds: list[tuple[str, Mapping[str, Entry]]] = [
            ("threat scenario", self.scenarios),
            ("figure", self.figures),
            ("identity", self.identities),
            ("taxonomy", self.taxonomies),
            ("scale", self.scales),
            ("matrix", self.matrices),
        ]
        return {key: (what, entry) for what, found in kinds for key, entry in found.items()}

    def naming(self, figure: str) -> tuple[Scenario, ...]:
        """The scenarios that rest on a figure."""
        return tuple(one for one in self.scenarios.values() if figure in one.figures)

    def answered_by(self, control: str) -> tuple[Scenario, ...]:
        """The scenarios that a control answers."""
        return tuple(one for one in self.scenarios.values() if control in one.controls)
