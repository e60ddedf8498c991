"""The catalogue's entries as frozen records: terms, controls, programmes with their requirements, recognition.

Source: catalogue language, sections 1 to 5. The strict loader in `safeconduct.catalogue` builds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.errors import UnknownKey
from safeconduct.core.provenance import Source
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.about import About
from safeconduct.core.records.checklists import Checklist
from safeconduct.core.records.equivalence import Equivalence
from safeconduct.core.records.identifiers import IdentifierType
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import Condition, Need
from safeconduct.core.records.threats import Threats


@dataclass(frozen=True, slots=True)
class TermList:
    """An ordered list (weakest first) or a set of elements.

    `wider` maps an element to the next wider one: what holds for everyone holds for staff.
    """

    key: str
    elements: tuple[str, ...]
    ordered: bool = False
    profiled: bool = False
    wider: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def widening(self, element: str) -> tuple[str, ...]:
        """The element itself, then the ever wider ones that also speak for it."""
        chain = [element]
        while (wider := self.wider.get(chain[-1])) is not None:
            chain.append(wider)
        return tuple(chain)

    def title(self, element: str) -> str:
        """The element in words."""
        return self.titles.get(element, element.replace("-", " "))


@dataclass(frozen=True, slots=True)
class FigureTerm:
    """A figure of the accounts: its unit (money, number, percent, date) and whether it belongs to a financial year."""

    key: str
    unit: str
    basis: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class EventTerm:
    """A kind of event: the weights it may have, and whether it carries an amount."""

    key: str
    weights: tuple[str, ...] = ()
    amount: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProofTerm:
    """A kind of proof about a partner; `may_be_open` when it needs no end."""

    key: str
    may_be_open: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class SchemeTerm:
    """A status a partner or a unit can hold, and the programme that grants it (empty when not in the catalogue)."""

    key: str
    title: str
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """All words the catalogue's entries may use, by key."""

    lists: Mapping[str, TermList]
    traits: Mapping[str, str]  # trait -> entity or site
    figures: Mapping[str, FigureTerm]
    events: Mapping[str, EventTerm]
    checks: Mapping[str, tuple[str, ...]]  # list -> whom it can be about
    proofs: Mapping[str, ProofTerm]
    schemes: Mapping[str, SchemeTerm]
    roles: Mapping[str, str]  # role -> title
    own_targets: Mapping[str, str]  # need that asks an own interval -> control that holds it
    titles: Mapping[str, str] = field(default_factory=dict)  # traits and check lists in words


class Mode(StrEnum):
    """How a control works, which decides what its evidence must show."""

    STANDING = "standing"
    RECURRING = "recurring"
    PER_EVENT = "per-event"
    ON_TRIGGER = "on-trigger"


class Inherits(StrEnum):
    """What comes down from the legal entity and the organisation to a unit."""

    NEVER = "never"
    PROCEDURE = "procedure"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed property of a control. `terms` names the list of an order or set; `words` are a choice's."""

    key: str
    kind: ParameterKind
    terms: str = ""
    words: tuple[str, ...] = ()
    better: str = ""  # more or less, for numbers
    inherits: Inherits | None = None  # less than the control's own
    title: str = ""

    def words_for_people(self) -> str:
        """The parameter in words."""
        return self.title or self.key.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Control:
    """A neutral statement of something that can be done or stand."""

    key: str
    title: str
    family: str
    mode: Mode
    inherits: Inherits
    shown: tuple[Shown, ...]
    parameters: Mapping[str, Parameter]
    by: str = ""  # list whose elements it is kept by
    note: str = ""
    replaced_by: str = ""


class RequirementKind(StrEnum):
    """What sort of row it is; only condition, metric and bonus are judged, questions are answered."""

    CONDITION = "condition"
    QUESTION = "question"
    GUIDANCE = "guidance"
    EXAMPLE = "example"
    METRIC = "metric"
    BONUS = "bonus"


class Obligation(StrEnum):
    """How strongly a row binds on a day, strongest first."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    INFORMATIVE = "informative"


class Addressee(StrEnum):
    """Whose duty it is; only trader rows are judged."""

    TRADER = "trader"
    AUTHORITY = "authority"
    PARTNER = "partner"


class Scope(StrEnum):
    """The unit a row is judged at."""

    ENTITY = "entity"
    SITE = "site"


class Applies(StrEnum):
    """Whether a row is known to apply to a role."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


Timeline = tuple[tuple[date, Obligation], ...]
"""Obligation by the day it begins, oldest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion that mixes strengths or roles. Empty roles take the row's."""

    key: str
    obligation: Timeline
    needs: Need
    roles: Mapping[str, Applies | Timeline] = field(default_factory=dict)
    when: Condition | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One criterion of an edition, in our own words. It has needs or parts, never both; guidance may have neither."""

    key: str
    ref: str
    title: str
    asks: str
    kind: RequirementKind
    obligation: Timeline
    roles: Mapping[str, Applies | Timeline]
    scope: Scope
    source: Source
    addressee: Addressee = Addressee.TRADER
    about: str = ""
    safe: tuple[str, ...] = ()
    chapter: str = ""
    when: Condition | None = None
    needs: Need | None = None
    parts: tuple[Part, ...] = ()
    variants: tuple[str, ...] = ()
    decisive: bool = False
    illustrates: str = ""
    supersedes: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the issuer's criteria for one role is encoded. `of` None: the issuer's number is not known."""

    role: str
    rows: int
    of: int | None
    complete: bool
    gaps: tuple[str, ...] = ()


class Unitary(StrEnum):
    """What an authorisation is given to."""

    ENTITY = "entity"
    SITE = "site"
    MODULE = "module"


class Rule(StrEnum):
    """How rows become a programme's word."""

    PLAIN = "plain"
    DECISIVE_QUESTIONS = "decisive-questions"
    ITEM_RESULTS = "item-results-with-bonus"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """A document a programme's rows were read from."""

    document: str
    sure: str
    checked: date
    link: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """One dated edition of a scheme. `id` is programme/edition."""

    key: str
    edition: str
    title: str
    owner: str
    unit: Unitary
    roles: tuple[str, ...]
    rule: Rule
    requirements: tuple[Requirement, ...]
    coverage: Mapping[str, Coverage]
    sources: tuple[DocumentSource, ...]
    kind: str = "scheme"  # scheme or limit
    since: date | None = None
    until: date | None = None
    supersedes: str = ""
    transition_until: date | None = None
    variants: tuple[str, ...] = ()
    variant_titles: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, str] = field(default_factory=dict)  # variant (or "") -> scheme a holder has
    waivers: bool = False
    alternatives_by: tuple[str, ...] = ()
    not_applicable: bool = True
    chapters: Mapping[str, str] = field(default_factory=dict)
    pass_mark: str = ""
    note: str = ""
    about: About | None = None

    @property
    def id(self) -> str:
        """Programme and edition as enrolments name them, for example us-ctpat/2020."""
        return f"{self.key}/{self.edition}"

    def requirement(self, key: str) -> Requirement:
        """The row of that key in this edition; UnknownKey with the nearest spelling otherwise."""
        found = next((row for row in self.requirements if row.key == key), None)
        if found is None:
            raise UnknownKey(f"requirement of {self.id}", key, [row.key for row in self.requirements])
        return found


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a declaration must say so that a recognised status brings its benefits, with a source of its own."""

    identifiers: tuple[str, ...]  # types of identifiers
    how: str
    source: Source


@dataclass(frozen=True, slots=True)
class Recognition:
    """The issuer of one programme recognises a scheme since a day: directed, dated, sourced.

    `effect` is satisfies or informs; only satisfies makes a certificate count. `signed` is the day of the arrangement,
    which may be years before it works.
    """

    key: str
    by: str  # programme whose issuer recognises
    scheme: str  # scheme recognised
    since: date | None
    source: Source
    until: date | None = None
    effect: str = "satisfies"
    conditions: str = ""
    signed: date | None = None
    declare: Declaration | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything loaded: terms, controls, programmes by id, the tables beside them, and the digest of the files."""

    terms: Terms
    controls: Mapping[str, Control]
    programmes: Mapping[str, Programme]
    recognition: tuple[Recognition, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    identifiers: Mapping[str, IdentifierType] = field(default_factory=dict)
    threats: Threats = Threats()
    digest: str = ""

    def requirement(self, key: str) -> Requirement:
        """The row of that key in the newest edition that has it; UnknownKey with the nearest spelling otherwise."""
        return self.row(key)[1]

    def row(self, key: str) -> tuple[Programme, Requirement]:
        """The row of that key with the programme it stands in; UnknownKey with the nearest spelling otherwise."""
        prefix = key.split("/", 1)[0]
        editions = [programme for programme in self.programmes.values() if programme.key == prefix]
        for programme in sorted(editions, key=lambda one: one.edition, reverse=True):
            for requirement in programme.requirements:
                if requirement.key == key:
                    return programme, requirement
        known = [row.key for programme in self.programmes.values() for row in programme.requirements]
        raise UnknownKey("requirement", key, known)
