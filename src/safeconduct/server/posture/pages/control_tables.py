"""The two tables of a control's page: what is asked of it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.html import format_html

from safeconduct.catalogue.spoken import asked_words, bound_words
from safeconduct.catalogue.titles import Titles
from safeconduct.core.criteria.joins import strictest
from safeconduct.core.judgement import NOT_APPLICABLE, Standing, worst
from safeconduct.core.quantities import RawValue, SetValue
from safeconduct.core.records.in_place import By
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Mark, Quiet, Shown
from safeconduct.server.posture.links import place_url, record_url, row_url

if TYPE_CHECKING:
    from safeconduct.catalogue.usage import Use
    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.core.records.catalogue import Control
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.core.records.needs import Bound
    from safeconduct.server.posture.overview import Resting
    from safeconduct.server.posture.pages.reader import Reader

_PLACES = 100
_PARAMETERS = 4  # with more bound parameters than these they stand in one column


@dataclass(frozen=True)
class Proved:
    """A requirement that the control helps to prove under one enrolment: its rows and what it asks."""

    judged: ProgrammeJudgement
    ask: Use
    rows: tuple[RowJudgement, ...]

    @property
    def deciding(self) -> RowJudgement:
        """Its weakest row."""
        return min(self.rows, key=lambda row: 9 if row.standing is NOT_APPLICABLE else row.standing.rank)


def asks_table(reader: Reader, entry: Control, proved: Sequence[Proved]) -> Table:
    """Each requirement with the bounds it sets, parameter by parameter, and how it stands."""
    return _Asks(reader, entry, proved).table()


@dataclass(frozen=True)
class _Asks:
    reader: Reader
    entry: Control
    proved: Sequence[Proved]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The parameters that some requirement bounds."""
        needs = [one.ask.need for one in self.proved if one.ask.need]
        return tuple(dict.fromkeys(name for need in needs for name, _ in need.bounds))

    @property
    def apart(self) -> bool:
        """Whether each parameter has a column."""
        return 0 < len(self.named) <= _PARAMETERS

    @cached_property
    def by_element(self) -> bool:
        """Whether some requirement asks it for some elements only."""
        return any(one.ask.need and one.ask.need.for_ for one in self.proved)

    @cached_property
    def binding(self) -> Mapping[str, tuple[Bound, ...]]:
        """For each parameter the bounds that are enough for all of its bounds; its own choice binds nobody."""
        lists = self.reader.overview.catalogue.terms.lists
        pairs = [pair for one in self.proved if one.ask.need for pair in one.ask.need.bounds]
        found = {}
        for name in self.named:
            parameter = self.entry.parameters[name]
            bounds = [bound for key, bound in pairs if key == name]
            found[name] = strictest(bounds, parameter, lists.get(parameter.terms))
        return found

    def table(self) -> Table:
        """The table itself."""
        words = [self.entry.parameters[name].words_for_people() for name in self.named] if self.apart else ["Asks"]
        columns = (
            Column("Requirement"),
            *((Column("For"),) if self.by_element else ()),
            *(Column(word[:1].upper() + word[1:]) for word in words),
            Column("Standing"),
        )
        caption = "Each row: what the programme asks of this control. Bold: the strictest, which binds."
        return Table(columns, [self._row(one) for one in self.proved], caption)

    def _row(self, one: Proved) -> Row:
        requirement, deciding = one.ask.requirement, one.deciding
        name = self.reader.names.programme(one.judged.programme, one.judged.enrolment)
        obligation = f", {deciding.obligation.value}" if deciding.obligation else ""
        return Row(
            (
                Link(requirement.title, row_url(deciding), requirement.ref, f"{name}{obligation}"),
                *((self._elements(one.ask),) if self.by_element else ()),
                *(self._bounds(one.ask) if self.apart else (self._asked(one.ask),)),
                Mark(deciding.standing, row_url(deciding)),
            )
        )

    def _elements(self, ask: Use) -> Shown:
        elements = ask.need.for_ if ask.need else ()
        return ", ".join(self.reader.names.element(self.entry.by, one) for one in elements) or Quiet("any")

    def _asked(self, ask: Use) -> Shown:
        if ask.need is None:
            return Quiet("draws on it")
        titles = Titles(self.reader.overview.catalogue)
        told = [bound_words(titles, self.entry.parameters[name], bound) for name, bound in ask.need.bounds]
        return "; ".join(told) or "that it stands"

    def _bounds(self, ask: Use) -> Iterator[Shown]:
        if ask.need is None:
            yield from [Quiet("draws on it"), *([Quiet("silent")] * (len(self.named) - 1))]
            return
        bounds = dict(ask.need.bounds)
        for name in self.named:
            bound = bounds.get(name)
            if bound is None:
                yield Quiet("silent")
                continue
            words = asked_words(Titles(self.reader.overview.catalogue), self.entry.parameters[name], bound)
            yield format_html("<b>{}</b>", words) if bound in self.binding[name] else words


def places_table(reader: Reader, entry: Control, records: Sequence[ControlInPlace]) -> Table | None:
    """Where the control is recorded or asked for: values, how it is shown, and its weakest standing there."""
    asked: dict[tuple[str, str], list[Resting]] = {}
    for resting in reader.overview.control_asked(entry.key):
        element = resting.finding.subject.partition("[")[2].removesuffix("]")
        asked.setdefault((resting.finding.at, element), []).append(resting)
    spots = list(dict.fromkeys([*((record.at, record.for_) for record in records), *asked]))
    if not spots:
        return None
    by_spot = {(record.at, record.for_): record for record in records}
    spots.sort(key=lambda spot: (min((_rank(one.finding.standing) for one in asked.get(spot, ())), default=9), spot))
    columns = (Column("Place"), Column("Values"), Column("Assurance"), Column("Standing"))
    rows = [_place(reader, entry, spot, by_spot.get(spot), asked.get(spot, ())) for spot in spots[:_PLACES]]
    cut = f" The first {_PLACES} of {len(spots)}, worst first." if len(spots) > _PLACES else ""
    return Table(columns, rows, f"The weakest of all that is asked of it at each place.{cut}")


def _place(
    reader: Reader,
    entry: Control,
    spot: tuple[str, str],
    record: ControlInPlace | None,
    asked: Sequence[Resting],
) -> Row:
    at, element = spot
    standing = worst(one.finding.standing for one in asked)
    first = min(asked, key=lambda one: _rank(one.finding.standing), default=None)
    return Row(
        (
            Link(
                reader.names.place(at),
                place_url(reader.overview.snapshot, at),
                note=reader.names.element(entry.by, element).capitalize() if element else "",
            ),
            _values(reader, entry, record),
            _assurance(reader, record),
            Mark(standing, row_url(first.row)) if first else Quiet("not asked here itself"),
        ),
        anchor="" if record is None else f"in-{record.key}",
    )


def _rank(standing: Standing) -> int:
    return 9 if standing is NOT_APPLICABLE else standing.rank


def _values(reader: Reader, entry: Control, record: ControlInPlace | None) -> Shown:
    if record is None:
        return Quiet("nothing recorded here itself")
    url = record_url(record.key)
    if not record.present:
        return Link("recorded as not in place", url)
    told = [
        f"{entry.parameters[name].words_for_people()}: {_written(reader, entry, name, value)}"
        for name, value in record.values.items()
        if name in entry.parameters
    ]
    return Link("; ".join(told) or "in place", url)


def _written(reader: Reader, entry: Control, name: str, value: RawValue) -> str:
    terms = entry.parameters[name].terms
    if isinstance(value, SetValue):
        there = ", ".join(reader.names.element(terms, one) for one in sorted(value.yes)) or "none"
        absent = ", ".join(reader.names.element(terms, one) for one in sorted(value.no))
        return there + (f", not {absent}" if absent else "")
    return reader.names.element(terms, value) if terms else value.replace("-", " ")


def _assurance(reader: Reader, record: ControlInPlace | None) -> Shown:
    """Claimed, documented, or verified by somebody other than its owner, by what covers the day."""
    if record is None:
        return Quiet("none")
    snapshot, day = reader.overview.snapshot, reader.day
    current = [one for one in snapshot.evidence.get(record.key, ()) if one.from_ <= day <= one.to]
    done = [one for one in snapshot.done.get(record.key, ()) if one.on <= day]
    samples = [one for one in snapshot.samples.get(record.key, ()) if one.to <= day]
    lookers = [one.by for one in current] + [one.by for one in done] + [one.by for one in samples]
    if not lookers:
        return "claimed"
    return "verified" if By.OTHER in lookers else "documented"
