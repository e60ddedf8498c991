"""What a check finds wrong with one fact, and what checks may look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from safeconduct.core.errors import Place, Refusal
from safeconduct.core.records.catalogue import Catalogue, Programme, Requirement
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.units import UnitKind
from safeconduct.core.snapshot import Snapshot
from safeconduct.facts.checks.concerned import concerned

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one record.

    `section` and `key` name the record, `path` the field inside it as files write it (list positions count from 1);
    `code` is for machines; `names` is the key that was not found, where that is what is wrong.
    """

    section: str
    key: str
    path: Path
    what: str
    why: str = ""
    do: str = ""
    code: str = "refused"
    names: str = ""

    @property
    def field(self) -> str:
        """The path inside the record as text, for example values.coverage.yes[2]."""
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return text.removeprefix(".")

    @property
    def place(self) -> str:
        """The record and the path inside it, for example in_place[c-fit-ein].values.class."""
        record = f"{self.section}[{self.key}]"
        return f"{record}.{self.field}" if self.path else record

    def refusal(self, file: str = "", line: int = 0) -> Refusal:
        """The problem as a refusal."""
        place = Place(file, line, self.place)
        return Refusal(self.what, why=self.why, do=self.do, place=place, code=self.code)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem before it is known which record has it: what a rule about one record yields."""

    path: Path
    what: str
    why: str = ""
    do: str = ""
    code: str = "refused"
    names: str = ""

    def of(self, section: str, key: str) -> Problem:
        """The problem of a record."""
        return Problem(section, key, self.path, self.what, self.why, self.do, self.code, self.names)


type Flaws = Iterator[Flaw]


@dataclass(frozen=True)
class Known:
    """The facts and the catalogue a record is checked against, with what can be looked up in them."""

    facts: Facts
    catalogue: Catalogue

    @cached_property
    def snapshot(self) -> Snapshot:
        """The facts with their indexes."""
        return Snapshot(self.facts)

    @property
    def organisation(self) -> str:
        """The organisation's key."""
        return self.facts.organisation.key

    @cached_property
    def _keys(self) -> dict[str, Collection[str]]:
        return {}

    def keys(self, section: str) -> Collection[str]:
        """The keys of the records of a section."""
        if section not in self._keys:
            self._keys[section] = {record.key for record in self.facts.section(section)}
        return self._keys[section]

    def units(self, kind: UnitKind) -> Collection[str]:
        """The keys of the legal entities, or of the sites."""
        if kind not in self._keys:
            self._keys[kind] = {unit.key for unit in self.facts.units if unit.kind is kind}
        return self._keys[kind]

    @cached_property
    def requirements(self) -> dict[str, tuple[Programme, Requirement]]:
        """The rows of the catalogue with their programme, from the newest edition that has them."""
        editions = sorted(self.catalogue.programmes.values(), key=lambda programme: programme.edition)
        return {row.key: (programme, row) for programme in editions for row in programme.requirements}

    @cached_property
    def concerned(self) -> Collection[str]:
        """Whom events, attestations and look-ups may be about."""
        return concerned(self.catalogue)
