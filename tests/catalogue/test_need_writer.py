"""Any need the language can say, written and read again, is the same need."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.catalogue.conditions import MODES, read_condition
from safeconduct.catalogue.loading import load
from safeconduct.catalogue.marked import Refusing, read_marked
from safeconduct.catalogue.need_reader import ASSURANCES, KEEPERS, read_need
from safeconduct.catalogue.need_words import Ask, words_of
from safeconduct.catalogue.need_writer import write_condition, write_need
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Money, Percent
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import (
    AllNeed,
    AllOf,
    Anchor,
    AnswerNeed,
    AnyNeed,
    AnyOf,
    Bound,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    DateBasis,
    EventsInput,
    EveryNeed,
    FigureInput,
    FlowIs,
    LookbackNeed,
    MeasureIs,
    MeasureNeed,
    MendedNeed,
    Name,
    Need,
    Not,
    Op,
    Operation,
    OutcomeNeed,
    PresentIs,
    ProofNeed,
    Renewal,
    RoleIs,
    SomeNeed,
    Take,
    TraitIs,
    VariantIs,
    WhenNeed,
    Who,
    YearsSinceInput,
)

CATALOGUE = load(Path(__file__).parent / "fixtures" / "whole")
PROGRAMME = CATALOGUE.programmes["us-demo/2020"]
WORDS = words_of(CATALOGUE, PROGRAMME)


def some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), unique=True, min_size=1).map(tuple)


def perhaps_some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | some(*words)


durations = st.builds(Duration, st.integers(1, 99), st.sampled_from(DurationUnit))
moneys = st.builds(Money, st.decimals(0, 10**9, places=2), st.sampled_from(["EUR", "CNY"]))
percents = st.builds(Percent, st.decimals(0, 100, places=1))
numbers = st.decimals(0, 999, places=2)
renewals = st.builds(Renewal, st.none() | durations)


def at_least(values: st.SearchStrategy[object]) -> st.SearchStrategy[Bound]:
    return st.just(Bound(Op.AT_LEAST, own=True)) | st.builds(Bound, st.just(Op.AT_LEAST), values)


CCTV = {
    "coverage": st.just(Bound(Op.INCLUDES, own=True))
    | some("gates", "docks", "storage").map(lambda words: Bound(Op.INCLUDES, frozenset(words))),
    "cameras": at_least(numbers),
    "keep": at_least(durations),
    "cover-sum": at_least(moneys),
    "uptime": at_least(percents),
    "blind": st.builds(Bound, st.just(Op.AT_MOST), percents),
}
SEAL = {
    "class": st.sampled_from(
        [
            Bound(Op.AT_LEAST, "high-security"),
            Bound(Op.AT_LEAST, "high-security", partly_at="indicative"),
            Bound(Op.ONE_OF, frozenset({"indicative", "high-security"})),
        ]
    ),
    "affixer": some("responsible-party", "driver").map(lambda words: Bound(Op.ONE_OF, frozenset(words))),
    "photo": st.just(Bound(Op.YES, value=True)),
}


def bounds_of(parameters: dict[str, st.SearchStrategy[Bound]]) -> st.SearchStrategy[tuple[tuple[str, Bound], ...]]:
    return st.fixed_dictionaries({}, optional=parameters).map(lambda found: tuple(found.items()))


shown = st.none() | some("design", "operation", "effect").map(lambda words: tuple(Shown(word) for word in words))
leaves: st.SearchStrategy[Need] = (
    st.builds(ControlNeed, st.just("cctv"), bounds=bounds_of(CCTV), shown=shown)
    | st.builds(
        ControlNeed,
        st.just("seal-fitting"),
        bounds=bounds_of(SEAL),
        assurance=st.sampled_from(["", *ASSURANCES]),
        by=perhaps_some(*KEEPERS),
        share=st.none() | st.builds(Bound, st.just(Op.AT_LEAST), percents),
    )
    | st.builds(ControlNeed, st.just("vetting"), some("staff", "drivers", "visitors"))
)


@st.composite
def measures(draw: st.DrawFn) -> MeasureNeed:
    kind = draw(st.sampled_from(["ratio", "sum", "count", "years"]))
    within, above, limit = draw(durations), draw(st.none() | moneys), draw(numbers)
    if kind == "ratio":
        let = (("d", FigureInput("liabilities")), ("a", FigureInput("assets")))
        return MeasureNeed(let, Operation("/", (Name("d"), Name("a"))), "d / a", at_least=limit)
    if kind == "sum":
        source = EventsInput("fine", within, Take.SUM, above)
        return MeasureNeed((("m", source),), Name("m"), "m", at_most=draw(moneys))
    if kind == "count":
        counted = EventsInput("infringement", within, Take.COUNT)
        return MeasureNeed((("n", counted),), Name("n"), "n", at_least=Decimal(1), at_most=limit)
    return MeasureNeed((("y", YearsSinceInput("founded-on")),), Name("y"), "y", at_least=limit)


simple_conditions: st.SearchStrategy[Condition] = (
    st.sampled_from(["producer", "stuffs-containers"]).map(TraitIs)
    | st.sampled_from(["full", "light"]).map(VariantIs)
    | st.sampled_from(["importer", "carrier"]).map(RoleIs)
    | st.sampled_from(["cctv", "vetting"]).map(PresentIs)
    | st.builds(FlowIs, some("DE", "US"), perhaps_some("CN", "NO"), perhaps_some(*MODES))
    | measures().map(MeasureIs)
)


def joined_conditions(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return inner.map(Not) | several.map(AllOf) | several.map(AnyOf)


conditions: st.SearchStrategy[Condition] = st.recursive(simple_conditions, joined_conditions, max_leaves=4)
weights = st.just(frozenset[str]()) | some("minor", "serious").map(frozenset)
persons = some("entity", "customs-lead", "investors")
lookbacks = st.builds(
    LookbackNeed,
    none_of=st.fixed_dictionaries({"infringement": weights}, optional={"fine": st.just(frozenset[str]())}),
    window=durations,
    about=persons,
    anchor=st.sampled_from(Anchor),
    date=st.sampled_from(DateBasis),
    shorter_if_young=st.booleans(),
    renew=renewals,
)
who = st.builds(
    Who, st.none() | st.booleans(), perhaps_some("carrier", "warehouse"), st.none() | st.booleans(), perhaps_some("DE")
)
proofs = st.builds(ProofNeed, st.sampled_from(["visit", "contract-clause"]), st.none() | renewals)
members: st.SearchStrategy[Need] = proofs | st.builds(
    CertificateNeed, st.just(("us-demo",)), st.sampled_from(["", "us-demo"])
)
records: st.SearchStrategy[Need] = (
    measures()
    | lookbacks
    | st.builds(CheckNeed, st.just(("dishonest",)), some("entity", "partner"), renewals)
    | st.builds(CertificateNeed, some("iso-27001", "xx-aeo"), st.just(""), st.just("self"))
    | st.builds(MendedNeed, st.just("partner-screening"), renewals)
    | st.builds(AnswerNeed, perhaps_some("cctv", "vetting"))
    | st.builds(EveryNeed, st.just("partners"), who, members, st.booleans())
)


def joined_needs(inner: st.SearchStrategy[Need]) -> st.SearchStrategy[Need]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    branches = st.lists(st.tuples(conditions, inner), min_size=1, max_size=2).map(tuple)
    return (
        several.map(AllNeed)
        | several.map(AnyNeed)
        | st.tuples(inner, inner, inner).flatmap(
            lambda three: st.builds(SomeNeed, st.integers(2, 3), st.just(three), st.integers(0, 1))
        )
        | st.builds(WhenNeed, conditions, inner)
        | st.builds(ChooseNeed, branches, st.none() | inner)
        | inner.map(OutcomeNeed)
    )


needs: st.SearchStrategy[Need] = st.recursive(leaves | records, joined_needs, max_leaves=6)


def read_back(text: str) -> tuple[Need | None, list[str]]:
    refusing = Refusing("need.yml")
    need = read_need(read_marked(text, "need.yml"), "", Ask(WORDS, refusing))
    return need, [str(problem) for problem in refusing.problems]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(needs)
def test_a_written_need_reads_back_the_same(need: Need) -> None:
    plain = write_need(need)
    assert (need, []) == read_back(json.dumps(plain))
    assert plain == write_need(read_back(json.dumps(plain))[0] or need)


@settings(deadline=None)
@given(conditions)
def test_a_written_condition_reads_back_the_same(condition: Condition) -> None:
    refusing = Refusing("need.yml")
    text = json.dumps(write_condition(condition))
    assert condition == read_condition(read_marked(text, "need.yml"), "", Ask(WORDS, refusing))
    assert refusing.problems == []


def test_every_shipped_need_reads_back_the_same() -> None:
    catalogue = load()
    read = 0
    for programme in catalogue.programmes.values():
        words = words_of(catalogue, programme)
        for row in programme.requirements:
            for need in [need for need in [row.needs, *(part.needs for part in row.parts)] if need is not None]:
                refusing = Refusing(row.key)
                node = read_marked(json.dumps(write_need(need)), row.key)
                assert (need, []) == (read_need(node, "", Ask(words, refusing)), refusing.problems)
                read += 1
    assert read > 300
