"""What stands beside the chapters of a programme: the way back, how sure the rows are, item results, known gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import Standing
from safeconduct.core.planning import next_actions, switched_from
from safeconduct.core.provenance import Sure
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import (
    Entry,
    Link,
    Number,
    Posture,
    Several,
    Shown,
)
from safeconduct.server.common.look.words import day_text
from safeconduct.server.posture.editions import newer_edition
from safeconduct.server.posture.links import place_url, programme_url, row_url
from safeconduct.server.posture.names import words
from safeconduct.server.posture.pages.reader import Reader, besides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safeconduct.core.planning import Action
    from safeconduct.core.posture import ProgrammeJudgement, Result

_STEPS = 5


def steps_of(reader: Reader, judged: ProgrammeJudgement) -> list[Entry]:
    """The cheapest way back: the actions that close most rows of this programme."""
    actions = next_actions([judged])
    return [_step(reader, number, action) for number, action in enumerate(actions[:_STEPS], start=1)]


def _step(reader: Reader, number: int, action: Action) -> Entry:
    finding = action.finding
    row = action.rows[0]
    button = reader.button(action)
    what = Link(reader.names.whereabouts(finding, action.mend.at), button.url if button else row_url(row))
    everywhere = reader.overview.action(action.mend.key)
    elsewhere = len(everywhere.closes) - len(action.closes) if everywhere else 0
    moved: list[Shown] = [button.text if button else "", reader.stopped(action)]
    if elsewhere:
        moved.append(f"and {elsewhere} in other programmes")
    if action.besides:
        moved.append(besides(action))
    return Entry(str(number), what, Several(tuple(moved)))


def sure_of(reader: Reader, judged: ProgrammeJudgement) -> list[tuple[Shown, Shown, Shown]]:
    """How many of the applicable rows are how sure, and what that means."""
    said = {
        Sure.CONFIRMED: "read in the original",
        Sure.SECONDARY: "from a copy or a guide; counted",
        Sure.UNCONFIRMED: "wait for somebody to read the original",
    }
    applicable = [one for one in judged.main.criteria if one.standing is not Standing.NOT_APPLICABLE]
    return [
        (
            sure,
            Number(
                sum(one.requirement.source.sure is sure for one in applicable),
                programme_url(judged.enrolment.key, anchor="requirements", sure=sure.value),
            ),
            _confirm_link(reader, judged, text) if sure is Sure.UNCONFIRMED else text,
        )
        for sure, text in said.items()
    ]


def _confirm_link(reader: Reader, judged: ProgrammeJudgement, text: str) -> Shown:
    waiting = next((one for one in judged.main.criteria if one.left_out == "row-unconfirmed"), None)
    if waiting is None or not reader.today or not reader.viewer.may_record("row_confirmations"):
        return text
    return Link(text, address("programmes:confirm-rows", judged.enrolment.key, query={"back": reader.back}))


def edition_lines(reader: Reader, judged: ProgrammeJudgement) -> Iterable[Shown]:
    """Quiet lines about editions: which newer one there is, and which one this took the place of."""
    enrolment, programme, facts = judged.enrolment, judged.programme, reader.overview.snapshot.facts
    newer = newer_edition(reader.overview.catalogue, programme, reader.day)
    if newer is not None:
        since = f"applies from {day_text(newer.since)}" if newer.since else "has taken its place"
        url = address("programmes:edition", enrolment.key)
        yield Several((f"Edition {newer.edition} {since};", Link("see what changes", url)), " ")
    before = switched_from(facts, enrolment)
    if before is not None:
        told = f"Followed since {day_text(enrolment.since)} in place of edition {before.edition.partition('/')[2]}"
        may = reader.today and reader.viewer.may_record("enrolments")
        url = address("programmes:undo-switch", enrolment.key) if may else ""
        yield Several((f"{told};", Link("take the switch back", url)), " ") if url else f"{told}."


def items_of(judged: ProgrammeJudgement) -> Table | None:
    """China's item results: counts, no verdict."""
    items = judged.main.items
    if items is None:
        return None
    key = judged.enrolment.key

    def url(standing: Standing) -> str:
        return programme_url(key, anchor="requirements", standing=standing.value)

    rows = [
        Row(("Meets", Number(items.meets, url(Standing.MET)))),
        Row(("Basically meets", Number(items.basically, url(Standing.PARTLY)))),
        Row(("Does not meet", Number(items.fails, url(Standing.UNMET)))),
        Row(("Not shown", Number(items.not_shown, url(Standing.UNKNOWN)))),
        Row((Link("Bonus", note="at most two count"), Number(items.bonus, programme_url(key, kind="bonus")))),
    ]
    return Table((Column("Item result"), Column("Items", numeric=True)), rows, judged.programme.pass_mark)


def sites_of(reader: Reader, judged: ProgrammeJudgement) -> Table:
    """Where sites are authorised: each with its own result."""
    columns = (Column("Site"), Column("Standing"), Column("Musts"), Column("Met", numeric=True))
    return Table(columns, [_site(reader, judged, result) for result in judged.results])


def _site(reader: Reader, judged: ProgrammeJudgement, result: Result) -> Row:
    name = reader.names.place(result.unit)
    url = programme_url(judged.enrolment.key, anchor="requirements", site=result.unit)
    return Row(
        (
            Link(name, place_url(reader.overview.snapshot, result.unit)),
            reader.mark(result, url),
            Posture(name, result.standing_counts()),
            Number(result.met, url, len(result.musts)),
        )
    )


def gaps_of(reader: Reader, judged: ProgrammeJudgement) -> Iterable[tuple[str, str]]:
    """What the catalogue does not hold, role by role."""
    roles = reader.overview.catalogue.terms.roles
    for role in judged.enrolment.roles:
        coverage = judged.programme.coverage.get(role)
        name = roles.get(role, words(role))
        if coverage is None:
            yield name, "No row of this role is encoded yet."
            continue
        of = f"of {coverage.of}" if coverage.of else "of an unknown number"
        missing = f"; missing: {', '.join(coverage.gaps)}" if coverage.gaps else ""
        complete = "complete" if coverage.complete else "not complete"
        yield name, f"{coverage.rows} rows {of}, {complete}{missing}."
