"""Tables on the page of one control in place: its values, what rests on it, other times, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import NOT_APPLICABLE
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import Parameter
from safeconduct.facts.checks.in_place import OWN_TIMES
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Entry, Link, Quiet, Several
from safeconduct.server.common.look.words import counted, deed_words
from safeconduct.server.controls.forms.asked import asked_words, asks_of
from safeconduct.server.journal.addresses import entry_url
from safeconduct.server.journal.queries import JournalLine, Sought, journal_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.controls.pages.reader import Reader

_MOST_ROWS = 60
_MOST_ENTRIES = 12
_MOVED_WITHOUT_WORDS = {
    "record-control": "Recorded",
    "end-control": "Ended",
    "set-target": "Own number set",
    "import": "Brought in",
}


def values(reader: Reader, record: ControlInPlace) -> Table | None:
    """Each parameter of the control: what is recorded here, the own number, what is asked. None without parameters."""
    control = reader.control(record)
    asks = asks_of(reader.snapshot, reader.catalogue, control, record.for_)
    parameters = {**control.parameters, **_further_targets(record, control.parameters)}
    if not parameters:
        return None
    rows = [
        Row(
            (
                _capital(parameter.words_for_people()),
                _recorded(reader, record, parameter, declared=key in control.parameters),
                _target(reader, record, parameter, asked=any(ask.bound.own for ask in asks.get(key, ()))),
                asked_words(reader.catalogue, parameter.terms, asks.get(key, ())) or Quiet("nobody asks it"),
            )
        )
        for key, parameter in sorted(parameters.items(), key=lambda pair: pair[0] not in asks)
    ]
    return Table(
        (
            Column("What"),
            Column("Here"),
            Column("Our own number", short="Own number"),
            Column("Asked by your programmes", short="Asked by"),
        ),
        rows,
    )


def _further_targets(record: ControlInPlace, declared: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Own times that are no parameter of the control."""
    return {
        name: Parameter(name, ParameterKind.DURATION, title=name.replace("-", " "))
        for name in record.targets
        if name not in declared
    }


def _recorded(reader: Reader, record: ControlInPlace, parameter: Parameter, *, declared: bool) -> Shown:
    raw = record.values.get(parameter.key)
    if raw is not None:
        return reader.value(parameter, raw)
    if declared and reader.may("in_place", record):
        return Link("not recorded", address("controls:change", record.key, query={"field": parameter.key}))
    return Quiet("not recorded") if declared else None


def _target(reader: Reader, record: ControlInPlace, parameter: Parameter, *, asked: bool) -> Shown:
    target = record.targets.get(parameter.key)
    url = address("controls:target", record.key, query={"parameter": parameter.key})
    may = reader.may("in_place", record)
    if target is None:
        wanted = asked or parameter.key in OWN_TIMES
        return Link("set one", url) if may and wanted else (Quiet("not set") if asked else None)
    return Link(reader.value(parameter, target.is_), url if may else "", note=target.why)


def resting(reader: Reader, record: ControlInPlace) -> Table | None:
    """The requirements that rest on the record, worst first; None where none does."""
    rows = sorted(reader.resting.on_record(record.key), key=_worst_first)
    if not rows:
        return None
    columns = (Column("Requirement"), Column("Where"), Column("Binds"), Column("Standing"))
    more = len(rows) - _MOST_ROWS
    caption = f"{counted(len(rows), 'requirement at a unit rests', 'requirements at units rest')} on it, worst first."
    if more > 0:
        caption += f" The first {_MOST_ROWS} are shown; the control's page shows all."
    return Table(
        columns,
        [
            Row((reader.row(row), reader.place(row.unit), row.obligation or Quiet("answered"), reader.mark(row)))
            for row in rows[:_MOST_ROWS]
        ],
        caption,
    )


def _worst_first(row: RowJudgement) -> tuple[int, str, str]:
    rank = 9 if row.standing is NOT_APPLICABLE else row.standing.rank
    return rank, row.requirement.key, row.unit


def others(reader: Reader, record: ControlInPlace) -> Table | None:
    """The records of the same control and unit for other times, the newest first; None where there are none."""
    same = [one for one in reader.snapshot.placed(record.control, record.for_, record.at) if one.key != record.key]
    if not same:
        return None
    rows = [
        Row(
            (
                Link(one.since.isoformat(), address("controls:in-place", one.key)),
                one.until,
                "stands" if one.present else "does not stand",
            )
        )
        for one in reversed(same)
    ]
    return Table(
        (Column("Since"), Column("Until"), Column("What it says")), rows, "The same control here at other times."
    )


def history(reader: Reader, record: ControlInPlace) -> list[Entry]:
    """What the journal says of the record, the latest first."""
    lines = journal_lines(reader.viewer, Sought(section="in_place", key=record.key), size=_MOST_ENTRIES)
    return [Entry(line.at.date(), Several((_done(reader, line), line.actor_name), " by ")) for line in lines]


def _done(reader: Reader, line: JournalLine) -> Shown:
    words = _MOVED_WITHOUT_WORDS.get(line.deed) or deed_words(line.deed)
    return Link(words, entry_url(reader.viewer, line.seq))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
