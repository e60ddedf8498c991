"""Where joined statements stand at the units that are asked them, and what a further programme would cost."""

from __future__ import annotations

from typing import Any

from safeconduct.core.criteria.statements import criteria
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET
from safeconduct.core.planning import (
    StatementHere,
    cost_for,
    judged_for,
    likely_entity,
    selection_of,
    selections_of,
    statements_here,
    supposed_enrolment,
)
from safeconduct.core.posture import ProgrammeJudgement, judge_programme
from safeconduct.core.quantities import read_duration
from safeconduct.core.records.catalogue import Applies, Programme, Scope
from safeconduct.core.records.decisions import NotApplicable
from safeconduct.core.records.needs import AnyNeed, Bound, TraitIs, WhenNeed
from safeconduct.core.records.units import Enrolment, UnitKind
from safeconduct.core.standing import Ground
from tests.core.cast import (
    AT_LEAST,
    AT_MOST,
    DESIGN,
    OPERATION,
    UNITS,
    covers_areas,
    day,
    every,
    evidence,
    facts,
    ground,
    has,
    need,
    record,
    unit,
)
from tests.core.criteria.asking import entries, row, scheme

ON = day("2026-07-01")
GATES, DOCKS = covers_areas("gates"), covers_areas("docks")


def enrolled(edition: str, entity: str = "nl", *sites: str, key: str = "", **more: Any) -> Enrolment:
    """An enrolment of an importer."""
    fields: dict[str, Any] = {"roles": ("importer",), "since": day("2020-01-01")}
    return Enrolment(key=key or f"{edition}-{entity}", entity=entity, edition=edition, sites=sites, **(fields | more))


def stage(*made: Programme, **sections: Any) -> tuple[Ground, list[ProgrammeJudgement]]:
    """The group's facts and the judgements of its enrolments in some programmes."""
    sections = {"enrolments": tuple(enrolled(one.id, "nl", "rtm", "ein") for one in made)} | sections
    said = ground(ON, said=facts(**sections), entries=entries(*made))
    judged = [
        judge_programme(said, said.catalogue.programmes[one.edition], one) for one in said.snapshot.facts.enrolments
    ]
    return said, judged


def here(*made: Programme, **sections: Any) -> list[StatementHere]:
    said, judged = stage(*made, **sections)
    return statements_here(said, judged, criteria(said.catalogue, selections_of(judged), ON))


def places(found: StatementHere) -> dict[str, Any]:
    return {place.unit: place.standing for place in found.places}


def test_a_statement_is_judged_by_its_joined_bounds_at_every_site() -> None:
    (found,) = here(
        scheme("a", need("fence", GATES)),
        scheme("b", need("fence", DOCKS)),
        in_place=[
            record("fence", "rtm", key="r", values={"coverage": has("gates", "docks")}),
            record("fence", "ein", key="e", values={"coverage": has("gates", no=("docks",))}),
        ],
        evidence=[evidence(OPERATION, of="r", key="v"), evidence(OPERATION, of="e", key="w")],
    )
    assert places(found) == {"rtm": MET, "ein": UNMET}
    assert found.standing is UNMET
    assert [place.unit for place in found.short] == ["ein"]


def test_a_row_of_the_legal_entity_is_judged_there_with_its_own_bounds_only() -> None:
    audit = row(need("audit", every("12 months")), scope=Scope.ENTITY)
    (found,) = here(scheme("a", audit), scheme("b", need("audit", every("6 months"))))
    assert places(found) == {"nl": UNKNOWN, "rtm": UNKNOWN, "ein": UNKNOWN}
    asked = {place.unit: place.statement.bounds[0].bounds[0].value for place in found.places}
    assert asked == {name: read_duration(f"{6 if name != 'nl' else 12} months") for name in ("nl", "rtm", "ein")}


def test_what_a_condition_rules_out_is_not_asked_there() -> None:
    units = (*UNITS[:2], unit("rtm", "nl", traits={"stuffs": False}), unit("ein", "nl"))
    (found,) = here(scheme("a", WhenNeed(TraitIs("stuffs"), need("fence"))), units=units)
    assert places(found) == {"ein": UNKNOWN}


def test_what_is_decided_not_to_apply_is_not_asked_there() -> None:
    aside = NotApplicable(key="n", requirement="a/1", at="rtm", by="K", on=day("2026-01-01"), why="A reason.")
    (found,) = here(scheme("a", need("fence")), not_applicable=[aside])
    assert places(found) == {"ein": UNKNOWN}


def test_one_of_several_ways_is_asked_nowhere() -> None:
    found = here(scheme("a", AnyNeed((need("fence"), need("alarm")))))
    assert [one.places for one in found] == [(), ()]


def test_two_lengths_that_do_not_compare_are_both_judged() -> None:
    (found,) = here(
        scheme("a", need("panel", ("notice", Bound(AT_MOST, read_duration("30 days"))))),
        scheme("b", need("panel", ("notice", Bound(AT_MOST, read_duration("1 month"))))),
        in_place=[record("panel", at, key=at, values={"notice": days}) for at, days in
                  [("rtm", "30 days"), ("ein", "28 days")]],
        evidence=[evidence(DESIGN, of=at, key=f"v-{at}") for at in ("rtm", "ein")],
    )  # fmt: skip
    assert places(found) == {"rtm": UNKNOWN, "ein": MET}  # 30 days may be longer than a month


def test_a_limit_is_no_duty_but_crossing_it_is_told() -> None:
    limit = scheme("privacy", need("panel", ("keep", Bound(AT_MOST, read_duration("10 days")))), kind="limit")
    asked = scheme("a", need("panel", ("keep", Bound(AT_LEAST, read_duration("5 days")))))
    said, judged = stage(
        asked,
        limit,
        enrolments=(enrolled("a/1", "nl", "rtm", "ein"),),
        in_place=[record("panel", at, key=at, values={"keep": f"{days} days"}) for at, days in
                  [("rtm", 10), ("ein", 11)]],
        evidence=[evidence(DESIGN, of=at, key=f"v-{at}") for at in ("rtm", "ein")],
    )  # fmt: skip
    chosen = [*selections_of(judged), selection_of(limit, enrolled("privacy/1"))]
    (found,) = statements_here(said, judged, criteria(said.catalogue, chosen, ON))
    assert places(found) == {"rtm": MET, "ein": MET}
    assert [place.crossed is not None for place in found.places] == [False, True]


def test_two_legal_entities_are_each_asked_by_their_own_enrolment() -> None:
    made = scheme("a", row(need("fence")), row(need("alarm"), "2", roles={"carrier": Applies.YES}))
    units = (*UNITS, unit("lax", "us"))
    both = (enrolled("a/1", "nl", "rtm"), enrolled("a/1", "us", "lax", roles=("carrier",)))
    found = {one.statement.control.key: places(one) for one in here(made, units=units, enrolments=both)}
    assert found["fence"].keys() == {"rtm", "lax"}


# ---- what a programme would cost


def test_a_programme_is_judged_as_if_enrolled_with_the_entitys_own_sites_of_the_day() -> None:
    units = (*UNITS, unit("old", "nl", until=day("2026-06-30")), unit("lax", "us"))
    said, _ = stage(scheme("a", need("fence")), enrolments=(), units=units)
    supposed = supposed_enrolment(said, said.catalogue.programmes["a/1"], "nl")
    assert (supposed.sites, supposed.roles) == (("rtm", "ein"), ("importer", "carrier"))
    assert {one.key for one in said.snapshot.facts.units if one.kind is UnitKind.SITE} > set(supposed.sites)


def test_the_cost_is_what_the_facts_do_not_prove_yet() -> None:
    wanted = scheme("b", need("fence", GATES), need("alarm", shown=(DESIGN,)))
    said, _ = stage(
        wanted,
        enrolments=(),
        in_place=[record("fence", at, key=at, values={"coverage": has("gates")}) for at in ("rtm", "ein")],
        evidence=[
            evidence(OPERATION, of="rtm", key="v"),
            evidence(OPERATION, of="ein", key="w", to="2026-06-30"),
        ],
    )
    found = cost_for(said, selection_of(wanted, enrolled("b/1")), "nl")
    assert (found.met, len(found.musts)) == (0, 2)
    assert [(gap.row.requirement.key, gap.row.unit, gap.finding.standing) for gap in found.gaps] == [
        ("b/2", "rtm", UNKNOWN),
        ("b/2", "ein", UNKNOWN),
        ("b/1", "ein", PARTLY),
    ]
    assert {action.mend.key for action in found.actions} >= {"alarm@rtm", "alarm@ein"}


def test_a_recorded_enrolment_is_preferred_to_a_supposed_one() -> None:
    wanted = scheme("b", need("fence"))
    said, _ = stage(wanted, enrolments=(enrolled("b/1", "nl", "ein", key="real"),))
    selection = selection_of(wanted, enrolled("b/1"))
    assert cost_for(said, selection, "nl").judged.enrolment.key == "real"
    assert cost_for(said, selection, "us").judged.enrolment.entity == "us"
    assert [one.enrolment.key for one in judged_for(said, [selection])] == ["real"]
    assert [one.enrolment.entity for one in judged_for(said, [selection], entities=["us"])] == ["us"]
    assert likely_entity(said, [selection]) == "nl"


def test_nobody_enrolled_is_judged_for_each_legal_entity() -> None:
    wanted = scheme("b", need("fence"))
    said, _ = stage(wanted, enrolments=())
    selection = selection_of(wanted, enrolled("b/1"))
    assert [one.enrolment.entity for one in judged_for(said, [selection])] == ["nl", "us"]
    assert likely_entity(said, [selection]) == ""


def test_an_enrolment_that_has_ended_is_none() -> None:
    wanted = scheme("b", need("fence"))
    said, _ = stage(wanted, enrolments=(enrolled("b/1", "nl", "ein", until=day("2026-06-30")),))
    assert likely_entity(said, [selection_of(wanted, enrolled("b/1"))]) == ""
