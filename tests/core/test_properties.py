"""What must hold of every judgement, whatever is asked and whatever is recorded (design, section 5)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings

from safeconduct.core.assess import assess
from safeconduct.core.codes import CODES
from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import NOT_APPLICABLE, Finding, Standing
from safeconduct.core.planning import if_mended
from safeconduct.core.posture import Question, judge_row
from safeconduct.core.posture.needs import judge_need
from safeconduct.core.quantities import ParameterKind, SetValue
from safeconduct.core.records.catalogue import Obligation, Part
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import By, ControlInPlace
from safeconduct.core.records.needs import AllNeed, AnyNeed, ChooseNeed, Need, SomeNeed, WhenNeed
from safeconduct.core.sentences import deed, sentence
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from tests.core.cast import CATALOGUE, CONTROLS, ENROLMENT, TERMS, catalogue, facts, programme, requirement
from tests.core.made import ROW, World, make_world, worlds
from tests.core.made_needs import CONDITIONS, LEAVES, a_need, any_need

APPLIED = replace(ENROLMENT, applied=date(2026, 3, 31))
PROGRAMME = programme(alternatives_by=("auditor",))


MUST = ((date(2020, 1, 1), Obligation.MUST),)


def question(said: Facts, on: date) -> Question:
    return Question(Ground(Snapshot(said), CATALOGUE, on), "rtm", PROGRAMME, APPLIED, ROW)


def judged(asked: Need, said: Facts, on: date) -> Finding:
    return judge_need(question(said, on), asked)


def rank(standing: Standing) -> int:
    return 4 if standing is NOT_APPLICABLE else standing.rank


# ---- every finding


@given(worlds())
@settings(max_examples=150)
def test_at_best_is_never_below_the_standing_and_every_code_is_told(world: World) -> None:
    for node in judged(world.asked, world.said, world.on).walk():
        assert rank(node.at_best) >= rank(node.standing), node
        assert node.code in CODES
        assert "–" not in sentence(node) + deed(node), node
        assert node.good_until >= world.on


@given(worlds())
@settings(max_examples=50)
def test_judging_twice_gives_the_same_tree(world: World) -> None:
    assert judged(world.asked, world.said, world.on) == judged(world.asked, world.said, world.on)


@given(worlds())
@settings(max_examples=150)
def test_mending_never_makes_anything_worse(world: World) -> None:
    found = judged(world.asked, world.said, world.on)
    for key in {node.mend.key for node in found.walk() if node.mend}:
        assert rank(if_mended(found, key)) >= rank(found.standing)


@given(worlds())
@settings(max_examples=200)
def test_who_says_nothing_meets_nothing(world: World) -> None:
    assert judged(world.asked, facts(), world.on).standing in (Standing.UNKNOWN, NOT_APPLICABLE)


# ---- days


def days_of(said: Facts) -> Iterator[date]:
    """Every day the facts name."""
    for section in fields(said):
        records = getattr(said, section.name)
        for one in records if isinstance(records, tuple) else ():
            for field in fields(one):
                value = getattr(one, field.name)
                yield from (day for day in (value if isinstance(value, tuple) else (value,)) if type(day) is date)


HORIZON = timedelta(days=2200)


@given(worlds())
@settings(max_examples=300)
def test_good_until_is_honest(world: World) -> None:
    chance = world.chance
    found = judged(world.asked, world.said, world.on)
    last = min(found.good_until, world.on + HORIZON)
    near = {day + timedelta(days=off) for day in days_of(world.said) for off in (-1, 0, 1)}
    near |= {world.on + timedelta(days=chance.randrange(1, HORIZON.days)) for _ in range(12)} | {last}
    for day in sorted(day for day in near if world.on < day <= last):
        later = judged(world.asked, world.said, day)
        assert (later.standing, later.at_best) == (found.standing, found.at_best), (day, found.good_until)


@given(worlds(lambda chance: chance.choice(LEAVES)))
@settings(max_examples=150)
def test_good_until_is_honest_day_by_day(world: World) -> None:
    found = judged(world.asked, world.said, world.on)
    last = min(found.good_until, world.on + timedelta(days=120))
    for ahead in range(1, (last - world.on).days + 1):
        assert judged(world.asked, world.said, world.on + timedelta(days=ahead)).standing is found.standing
    if found.good_until != FOREVER:
        assert judged(world.asked, world.said, found.good_until).standing is found.standing


STEPS = ((date(2025, 1, 1), Obligation.SHOULD), (date(2026, 9, 1), Obligation.MUST))


@given(worlds())
@settings(max_examples=150)
def test_a_row_is_good_until_the_day_it_says(world: World) -> None:
    maker = world.maker
    said = replace(world.said, **maker.decisions(any_need(maker.chance)))
    parts = (Part(f"{ROW}#a", STEPS, world.asked), Part(f"{ROW}#b", MUST, any_need(maker.chance)))
    whole: dict[str, Any] = {"needs": world.asked, "obligation": STEPS}
    split: dict[str, Any] = {"needs": None, "parts": parts}
    for needs in (whole, split):
        row = requirement(ROW, **needs, when=maker.chance.choice([None, *CONDITIONS]))
        found = judge_row(question(said, world.on), row)
        assert rank(found.finding.at_best) >= rank(found.standing)
        last = min(found.finding.good_until, world.on + HORIZON)
        near = {day + timedelta(days=off) for day in days_of(said) for off in (-1, 0, 1)} | {last, date(2026, 9, 1)}
        for day in sorted(day for day in near if world.on < day <= last):
            later = judge_row(question(said, day), row)
            assert (later.standing, later.obligation) == (found.standing, found.obligation), (day, found.finding.code)


# ---- splitting and order


def row_of(world: World, **more: Any) -> Any:
    return judge_row(question(world.said, world.on), requirement(ROW, **more))


def several(chance: random.Random) -> Need:
    return AllNeed(tuple(any_need(chance) for _ in range(chance.randint(2, 3))))


@given(worlds(several))
@settings(max_examples=150)
def test_splitting_a_criterion_changes_nothing(world: World) -> None:
    assert isinstance(world.asked, AllNeed)
    first, *others = world.asked.members
    whole = row_of(world, needs=world.asked).finding
    nested = row_of(world, needs=AllNeed((first, AllNeed(tuple(others))))).finding
    parts = tuple(Part(f"{ROW}#p{place}", MUST, member) for place, member in enumerate(world.asked.members))
    split = row_of(world, needs=None, parts=parts).finding
    for other in (nested, split):
        assert (other.standing, other.at_best) == (whole.standing, whole.at_best)


def turned(asked: Need, chance: random.Random) -> Need:
    """The same need with the members of all, any and some in another order."""
    match asked:
        case AllNeed(members) | AnyNeed(members):
            return type(asked)(tuple(turned(one, chance) for one in chance.sample(members, len(members))))
        case SomeNeed(n, members, partly):
            return SomeNeed(n, tuple(turned(one, chance) for one in chance.sample(members, len(members))), partly)
        case WhenNeed(condition, then):
            return WhenNeed(condition, turned(then, chance))
        case ChooseNeed(branches, otherwise):
            turned_branches = tuple((condition, turned(then, chance)) for condition, then in branches)
            return ChooseNeed(turned_branches, None if otherwise is None else turned(otherwise, chance))
        case _:
            return asked


def shuffled(said: Facts, chance: random.Random) -> Facts:
    sections = {one.name: getattr(said, one.name) for one in fields(said)}
    turned_round: dict[str, Any] = {
        name: tuple(chance.sample(records, len(records))) if isinstance(records, tuple) else records
        for name, records in sections.items()
    }
    return Facts(**turned_round)


@given(worlds())
@settings(max_examples=400)
def test_order_never_matters(world: World) -> None:
    chance = world.chance
    found = judged(world.asked, world.said, world.on)
    other = judged(turned(world.asked, chance), shuffled(world.said, chance), world.on)
    told = (found.standing, found.at_best, found.good_until)
    assert (other.standing, other.at_best, other.good_until) == told


@given(worlds(several))
@settings(max_examples=60)
def test_the_order_of_programmes_and_enrolments_never_matters(world: World) -> None:
    chance, asked = world.chance, world.asked
    assert isinstance(asked, AllNeed)
    first = programme(*(requirement(f"us/{place}", one) for place, one in enumerate(asked.members, 1)))
    second = replace(programme(requirement("eu/1", asked)), key="eu")
    enrolments = (ENROLMENT, replace(ENROLMENT, key="o", edition="eu/1", sites=("ein", "rtm")))
    said = replace(world.said, enrolments=enrolments)
    whole = assess(Snapshot(said), catalogue(first, second), world.on)
    turned_round = replace(first, requirements=first.requirements[::-1])
    other = assess(Snapshot(shuffled(said, chance)), catalogue(second, turned_round), world.on)
    for enrolment in enrolments:
        before, after = whole.programme(enrolment.key), other.programme(enrolment.key)
        assert (before.main.word, before.main.met) == (after.main.word, after.main.met)
        standings = {(row.requirement.key, row.unit): row.standing for row in before.rows}
        assert standings == {(row.requirement.key, row.unit): row.standing for row in after.rows}


# ---- monotone


CHANGES = ("evidence", "occurrence", "attestation", "verification", "better value")


def more_said(world: World) -> Facts:
    """The same facts with evidence, an occurrence, an attestation, a verification or a better value on record."""
    said, maker = world.said, world.maker
    change = maker.chance.choice(CHANGES)
    if change == "attestation" or not said.in_place:
        return replace(said, attestations=(*said.attestations, maker.attestation(99)))
    kept = maker.chance.choice(said.in_place)
    shown, times, _ = maker.shows(kept, "more")
    match change:
        case "evidence":
            return replace(said, evidence=(*said.evidence, *shown))
        case "occurrence":
            return replace(said, done=(*said.done, *times))
        case "verification":
            return verified(said, kept.key)
        case _:
            return replace(said, in_place=tuple(better(one) if one is kept else one for one in said.in_place))


def verified(said: Facts, record: str) -> Facts:
    """Somebody else looked at whatever shows a record."""
    by_others: dict[str, Any] = {
        name: tuple(replace(one, by=By.OTHER) if one.of == record else one for one in getattr(said, name))
        for name in ("evidence", "done", "samples")
    }
    return replace(said, **by_others)


def better(kept: ControlInPlace) -> ControlInPlace:
    """The same record with the best value in place of every one it has but its interval, which is a promise."""
    values = {name: best_of(kept.control, name, value) for name, value in kept.values.items()}
    return replace(kept, values=values)


def best_of(control: str, name: str, value: Any) -> Any:
    parameter = CONTROLS[control].parameters[name]
    match parameter.kind:
        case ParameterKind.SET:
            return SetValue(value.yes | value.no, frozenset())
        case ParameterKind.ORDER:
            return TERMS.lists[parameter.terms].elements[-1]
        case ParameterKind.FLAG:
            return "yes"
        case ParameterKind.NUMBER:
            return "9"
        case _:
            return value


def plainly(chance: random.Random) -> Need:
    """Any need whose conditions do not depend on what is recorded of a control."""
    return a_need(chance, LEAVES, CONDITIONS)


@given(worlds(plainly))
@settings(max_examples=800)
def test_saying_more_good_of_the_same_record_never_worsens_anything(world: World) -> None:
    before, after = judged(world.asked, world.said, world.on), judged(world.asked, more_said(world), world.on)
    assert rank(after.standing) >= rank(before.standing), (before.code, after.code)


# ---- the made-up worlds themselves


def test_the_worlds_are_rich_enough_to_mean_something() -> None:
    made = [make_world(seed, any_need) for seed in range(600)]
    found = [judged(world.asked, world.said, world.on) for world in made]
    standings = Counter(one.standing for one in found)
    codes = {node.code for one in found for node in one.walk()}
    assert min(standings[one] for one in Standing) > 20
    assert len(codes) > 70
