"""Needs in plain English: each form of the grammar, and every need the catalogue ships."""

from __future__ import annotations

from decimal import Decimal

import pytest

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.spoken import Line, bound_words, need_words
from safeconduct.catalogue.spoken_conditions import condition_words, measure_words
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.walking import controls_named, forms_in
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Money, ParameterKind, Percent
from safeconduct.core.records.catalogue import Parameter
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
    Number,
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

CATALOGUE = load()
CHINA = CATALOGUE.programmes["cn-aeo/2026"]
TITLES = Titles(CATALOGUE, CHINA)
YEAR, TWO_YEARS = Duration(1, DurationUnit.YEARS), Duration(2, DurationUnit.YEARS)
FENCE, SEAL = ControlNeed("area-barriers"), ControlNeed("seal-conformity-proof")
FENCE_WORDS = CATALOGUE.controls["area-barriers"].title
SEAL_WORDS = CATALOGUE.controls["seal-conformity-proof"].title
OWN, HALF_YEAR = Renewal(), Renewal(Duration(6, DurationUnit.MONTHS))
DEBT = MeasureNeed(
    let=(("d", FigureInput("liabilities")), ("a", FigureInput("assets"))),
    value=Operation("/", (Name("d"), Name("a"))),
    text="d / a",
    at_most=Decimal("0.85"),
)


def told(need: Need) -> list[str]:
    """The lines of a need, indented by two a level."""
    return ["  " * depth + text for depth, text in need_words(CATALOGUE, need, CHINA).lines()]


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (AllNeed((FENCE, SEAL)), ["All of these", f"  {FENCE_WORDS}", f"  {SEAL_WORDS}"]),
        (AnyNeed((FENCE, SEAL)), ["One of these", f"  {FENCE_WORDS}", f"  {SEAL_WORDS}"]),
        (
            SomeNeed(2, (FENCE, SEAL), partly=1),
            ["At least 2 of these (1 of them counts in part)", f"  {FENCE_WORDS}", f"  {SEAL_WORDS}"],
        ),
        (WhenNeed(TraitIs("producer"), FENCE), ["Where it produces goods", f"  {FENCE_WORDS}"]),
        (
            ChooseNeed(((TraitIs("producer"), FENCE), (Not(TraitIs("producer")), SEAL))),
            [
                "The first of these that applies",
                "  Where it produces goods",
                f"    {FENCE_WORDS}",
                "  Where that is not so",
                f"    {SEAL_WORDS}",
            ],
        ),
        (
            ChooseNeed(((VariantIs("ce"), FENCE),), otherwise=SEAL),
            [
                "The first of these that applies",
                "  Where Certified Enterprise (the lighter standard) is sought",
                f"    {FENCE_WORDS}",
                "  Otherwise",
                f"    {SEAL_WORDS}",
            ],
        ),
        (
            ControlNeed("unit-inspection", for_=("reefer", "trailer"), bounds=(("pests", Bound(Op.YES, True)),)),
            [
                "Units and vehicles are inspected before use: refrigerated container or trailer and trailer",
                "  visible pests too",
            ],
        ),
        (
            ControlNeed(
                "seal-fitting",
                shown=(Shown.DESIGN, Shown.OPERATION),
                assurance="verified",
                by=("self", "contract"),
                share=Bound(Op.AT_LEAST, Percent(Decimal(95))),
            ),
            [
                "A seal is fitted to a loaded unit",
                "  shown in design and operation",
                "  verified by somebody other than its owner",
                "  kept by the organisation itself or a firm under contract",
                "  share that conforms: at least 95 %",
            ],
        ),
        (ControlNeed("seal-fitting", assurance="documented"), ["A seal is fitted to a loaded unit", "  documented"]),
        (DEBT, ["Liabilities over assets: at most 0.85"]),
        (
            LookbackNeed(
                {"bribery": frozenset(), "criminal-offence": frozenset({"serious", "minor"})},
                TWO_YEARS,
                about=("entity",),
            ),
            [
                "None of these in the 2 years before the day asked about, by or about the legal entity itself",
                "  bribe given or offered to a customs officer",
                "  criminal offence linked to the business, minor or serious",
            ],
        ),
        (
            LookbackNeed(
                {"bribery": frozenset()},
                YEAR,
                about=("entity",),
                anchor=Anchor.APPLICATION,
                date=DateBasis.DECISION,
                shorter_if_young=True,
                renew=OWN,
            ),
            [
                (
                    "None of these in the year before the application (or since its founding, where that is shorter), "
                    "by or about the legal entity itself, counted from the final decision, attested anew at the "
                    "organisation's own interval"
                ),
                "  bribe given or offered to a customs officer",
            ],
        ),
        (
            CheckNeed(("sanctions",), ("entity", "person"), HALF_YEAR),
            [
                "Looked up every 6 months and on none of these lists: the legal entity itself or person",
                "  on a sanctions or denied-party list",
            ],
        ),
        (
            CertificateNeed(("eu-aeos",), or_recognised_by="eu-aeo"),
            [
                (
                    f"Holds: {CATALOGUE.terms.schemes['eu-aeos'].title}; or a status that "
                    f"{CATALOGUE.programmes['eu-aeo/2016'].owner} recognises"
                )
            ],
        ),
        (
            CertificateNeed(("iso-27001",), holder="self"),
            ["Holds (by the unit, its legal entity or the organisation): ISO/IEC 27001"],
        ),
        (ProofNeed("visit"), ["Visit on site"]),
        (ProofNeed("visit", HALF_YEAR), ["Visit on site, not older than 6 months"]),
        (ProofNeed("visit", OWN), ["Visit on site, not older than the organisation's own interval"]),
        (
            EveryNeed("partners", Who(outsourced=True, roles=("highway-carrier",)), FENCE, in_action_counts=True),
            [
                (
                    "Every partner acting as highway carrier that does part of the organisation's own chain "
                    "(one that a corrective action is running for counts in part)"
                ),
                f"  {FENCE_WORDS}",
            ],
        ),
        (
            EveryNeed("partners", Who(outsourced=False, domestic=False, country=("CN", "MX")), FENCE),
            [
                (
                    "Every partner outside the entity's own country in CN or MX that does not do part of the "
                    "organisation's own chain"
                ),
                f"  {FENCE_WORDS}",
            ],
        ),
        (
            MendedNeed("internal-audit", HALF_YEAR),
            [
                "What this finds is put right within 6 months: "
                + Titles(CATALOGUE).control("internal-audit")[:1].lower()
                + Titles(CATALOGUE).control("internal-audit")[1:]
            ],
        ),
        (OutcomeNeed(FENCE), ["A named person judges that the outcome is reached, resting on", f"  {FENCE_WORDS}"]),
        (AnswerNeed(), ["Answered in the organisation's own words"]),
        (
            AnswerNeed(("area-barriers",)),
            ["Answered in the organisation's own words, drawing on", f"  {FENCE_WORDS}"],
        ),
    ],
)
def test_each_form_of_a_need_is_told(need: Need, expected: list[str]) -> None:
    assert told(need) == expected


@pytest.mark.parametrize(
    ("control", "parameter", "bound", "expected"),
    [
        ("seal-fitting", "photo", Bound(Op.YES, True), "photo or video kept"),
        (
            "seal-fitting",
            "class",
            Bound(Op.AT_LEAST, "high-security"),
            "seal class: high-security seal (current ISO 17712)",
        ),
        ("seal-fitting", "class", Bound(Op.AT_LEAST, "security"), "seal class: at least security seal"),
        (
            "seal-fitting",
            "class",
            Bound(Op.AT_LEAST, "security", partly_at="indicative"),
            "seal class: at least security seal (partly at indicative seal)",
        ),
        ("seal-fitting", "class", Bound(Op.AT_LEAST, own=True), "seal class: the organisation's own choice"),
        (
            "seal-fitting",
            "affixer",
            Bound(Op.ONE_OF, frozenset({"driver", "responsible-party"})),
            "who fits it: responsible party or driver",
        ),
        (
            "seal-procedure",
            "topics",
            Bound(Op.INCLUDES, frozenset({"log", "access"})),
            "what it covers: access and log",
        ),
        ("seal-procedure", "topics", Bound(Op.INCLUDES, own=True), "what it covers: the organisation's own choice"),
        ("seal-stock-audit", "interval", Bound(Op.AT_MOST, YEAR), "at least every 1 year"),
        ("seal-stock-audit", "interval", Bound(Op.AT_MOST, own=True), "at least every: the organisation's own number"),
    ],
)
def test_each_kind_of_bound_is_told(control: str, parameter: str, bound: Bound, expected: str) -> None:
    assert bound_words(TITLES, CATALOGUE.controls[control].parameters[parameter], bound) == expected


def test_a_bound_of_a_plain_number_names_its_comparison() -> None:
    number = Parameter("lux", ParameterKind.NUMBER, better="more", title="brightness")
    assert bound_words(TITLES, number, Bound(Op.AT_LEAST, Decimal(20))) == "brightness: at least 20"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (RoleIs("highway-carrier"), "the role is highway carrier"),
        (PresentIs("area-barriers"), f"this stands: {FENCE_WORDS[0].lower()}{FENCE_WORDS[1:]}"),
        (FlowIs(("CN", "MX"), ("US",), ("sea",)), "goods move from CN or MX to US by sea"),
        (FlowIs(to=("US",)), "goods move to US"),
        (MeasureIs(DEBT), "liabilities over assets comes to at most 0.85"),
        (AllOf((TraitIs("producer"), TraitIs("keeps-seals"))), "it produces goods and seals are kept in stock here"),
        (
            AnyOf((TraitIs("producer"), VariantIs("ce"))),
            "it produces goods or Certified Enterprise (the lighter standard) is sought",
        ),
        (Not(AllOf((TraitIs("producer"),))), "it is not so that it produces goods"),
    ],
)
def test_each_form_of_a_condition_is_told(condition: Condition, expected: str) -> None:
    assert condition_words(TITLES, condition) == expected


def test_a_measure_tells_its_sums_and_where_its_numbers_come_from() -> None:
    measure = MeasureNeed(
        let=(
            ("f", EventsInput("customs-fine", YEAR, Take.SUM, above=Money(Decimal(500), "CNY"))),
            ("n", EventsInput("customs-fine", TWO_YEARS, Take.COUNT)),
            ("y", YearsSinceInput("established")),
        ),
        value=Operation(
            "*", (Operation("+", (Name("f"), Number(Decimal(1000)))), Operation("max", (Name("n"), Name("y"))))
        ),
        text="(f + 1000) * max(n, y)",
        at_least=Decimal(0),
        at_most=Decimal(5000),
    )
    assert measure_words(TITLES, measure) == (
        "(sum of “fine by customs” above 500 CNY in the last year plus 1,000) times the largest of number of "
        "“fine by customs” in the last 2 years and whole years since: day the entity was founded: "
        "at least 0 and at most 5,000"
    )


def test_what_has_no_title_is_read_out() -> None:
    titles = Titles(CATALOGUE)
    assert titles.variant("ace") == "ACE"
    assert need_words(CATALOGUE, ControlNeed("no-such-control")) == Line("no such control", control="no-such-control")


def needs_shipped() -> list[Need]:
    rows = [row for programme in CATALOGUE.programmes.values() for row in programme.requirements]
    asked = [row.needs for row in rows] + [part.needs for row in rows for part in row.parts]
    return [need for need in asked if need is not None]


def controls_of(line: Line) -> set[str]:
    return {line.control} | {key for below in line.below for key in controls_of(below)}


def test_every_need_of_the_catalogue_names_each_control_it_asks() -> None:
    for need in needs_shipped():
        asked = {key for form in forms_in(need) for key in controls_named(form) if not isinstance(form, PresentIs)}
        assert controls_of(need_words(CATALOGUE, need)) - {""} == asked


def test_no_need_of_the_catalogue_is_told_in_keys() -> None:
    """A hyphenated key has a title or is read out; what keeps its hyphen is an English word."""
    keys = {
        key
        for known in (CATALOGUE.controls, CATALOGUE.terms.traits, CATALOGUE.terms.events, CATALOGUE.terms.figures)
        for key in known
        if "-" in key
    }
    said = {text for need in needs_shipped() for _, text in need_words(CATALOGUE, need).lines()}
    assert len(said) > 500
    assert {key for key in keys for text in said if key in text.split()} == set()
    assert [text for text in said if not text or ("None" in text.split(" ") and not text.startswith("None of"))] == []
