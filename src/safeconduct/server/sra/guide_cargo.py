"""What CTPAT's five steps look at besides: the map of cargo, threat at each origin, vulnerability of each partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, Kind, Standing, worst
from safeconduct.core.risk.rating import Numbers
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Due, Link, Mark, Quiet, Several
from safeconduct.server.posture.links import place_url, register_url, row_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.records.risk import Lane, ThreatLevel
    from safeconduct.core.risk.judge import RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.guide import Guided

_CTPAT = "us-ctpat"
_VULNERABLE = {MET: "low", PARTLY: "medium"}


def cargo_map(guided: Guided) -> Table | None:
    """The lanes in scope: where from and to, how, by whom, how often; None where there is none."""
    if not guided.lanes:
        return None
    columns = (
        Column("Lane", subject=True),
        Column("From and to"),
        Column("By"),
        Column("Partners"),
        Column("Trips a year", numeric=True),
        Column("Guarded by"),
    )
    return Table(columns, [Row(tuple(_lane(guided, one))) for one in guided.lanes])


def _lane(guided: Guided, lane: Lane) -> Iterator[Shown]:
    snapshot, names = guided.reader.overview.snapshot, guided.reader.names
    yield Link(lane.title, register_url("lanes", lane.key), note=lane.note)
    yield f"{lane.from_} to {lane.to}"
    yield ", ".join(lane.modes) or Quiet("not said")
    partners = tuple(Link(names.place(one), place_url(snapshot, one)) for one in lane.partners)
    yield Several(partners, "; ") if partners else Quiet("none named")
    yield lane.trips or Quiet("not said")
    yield Link(names.place(lane.unit), place_url(snapshot, lane.unit))


def threat_table(guided: Guided, one: RiskJudgement) -> Table | None:
    """How others rate the threat where the risk's place is, with source and day; None where nothing is on record."""
    found = [each for each in _levels(guided, one) if each.on <= guided.reading.judged.day]
    if not found:
        return None
    columns = (
        Column("Country", subject=True),
        Column("Level"),
        Column("Rated by"),
        Column("On"),
        Column("Relied upon until"),
    )
    day = guided.reading.judged.day
    rows = [
        Row(
            (
                Link(each.country, register_url("threat_levels", each.key)),
                each.level,
                each.source,
                each.on,
                Due(each.until, day) if each.until else Quiet("no end"),
            )
        )
        for each in found
    ]
    return Table(columns, rows)


def threat_and_vulnerability(guided: Guided, one: RiskJudgement) -> str:
    """The classes of threat and vulnerability that the matrix joins to a likelihood; nothing where it joins none."""
    judged = guided.reading.judged
    joining = (
        each
        for each in guided.reader.overview.catalogue.threats.matrices.values()
        if each.result in (judged.matrix.down, judged.matrix.across)
    )
    joined = next(joining, judged.matrix)
    if one.levels is None or joined is judged.matrix:
        return ""
    bare, left = one.levels.inherent.frequency, one.levels.current.left.middle
    numbers = Numbers(threat=bare.mean if bare else None, frequency=None, left=left, loss=None, grave={})
    scales = [judged.rating.scale(key) for key in (joined.down, joined.across)]
    told = [
        f"{scale.rates.value} {guided.reading.class_title(scale.key, judged.rating.class_on(scale.key, numbers))}"
        for scale in scales
    ]
    return ", ".join(told)


def _levels(guided: Guided, one: RiskJudgement) -> Iterator[ThreatLevel]:
    snapshot = guided.reader.overview.snapshot
    lane = snapshot.lanes.get(one.risk.at)
    unit = snapshot.units.get(one.risk.at)
    countries = {lane.from_, lane.to} if lane else {unit.country} if unit else set()
    for each in snapshot.facts.threat_levels:
        if each.country in countries and each.threat in ("", "all", one.scenario.key):
            yield each


def partner_table(guided: Guided, lane: Lane) -> Table | None:
    """Low, medium or high by partner of a lane and chapter of the programme, derived from how its rows stand.

    What is met is low, what is partly met medium, and what is not met or not known high. None where no row asks
    anything of these partners.
    """
    found = _by_chapter(guided, lane)
    if not found:
        return None
    names, snapshot = guided.reader.names, guided.reader.overview.snapshot
    rows = []
    for (partner, chapter), pairs in found.items():
        standing = worst([each for _, each in pairs])
        row = next(one for one, each in pairs if each is standing)
        rows.append(
            Row(
                (
                    Link(names.place(partner), place_url(snapshot, partner)),
                    chapter,
                    _VULNERABLE.get(standing, "high"),
                    Mark(standing, row_url(row)),
                )
            )
        )
    columns = (
        Column("Partner", subject=True),
        Column("Criterion"),
        Column("Vulnerability"),
        Column("Because it stands"),
    )
    return Table(columns, rows)


def _by_chapter(guided: Guided, lane: Lane) -> dict[tuple[str, str], list[tuple[RowJudgement, Standing]]]:
    """How the lane's partners stand in the programme's rows, by partner and chapter."""
    found: dict[tuple[str, str], list[tuple[RowJudgement, Standing]]] = {}
    catalogue = guided.reader.overview.catalogue
    for judged in guided.reader.overview.programmes:
        if judged.programme.key != _CTPAT:
            continue
        chapters = catalogue.programmes[judged.programme.id].chapters
        for row in judged.rows:
            chapter = chapters.get(row.requirement.chapter, row.requirement.chapter)
            for each in row.finding.walk():
                if each.kind is Kind.MEMBER and each.at in lane.partners and each.standing is not NOT_APPLICABLE:
                    found.setdefault((each.at, chapter), []).append((row, each.standing))
    return dict(sorted(found.items()))
