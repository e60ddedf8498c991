"""Needs of every form over the tiny catalogue, for properties that must hold of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from random import Random

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.quantities import Percent, read_money
from safeconduct.core.records.needs import (
    AllNeed,
    Anchor,
    AnswerNeed,
    AnyNeed,
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
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Name,
    Need,
    Operation,
    OutcomeNeed,
    PresentIs,
    ProofNeed,
    Renewal,
    RoleIs,
    SomeNeed,
    Take,
    TraitIs,
    WhenNeed,
    Who,
    YearsSinceInput,
)
from tests.core.cast import (
    AT_LEAST,
    INCLUDES,
    OWN_AT_MOST,
    YES,
    covers_areas,
    every,
    months,
    need,
)

_RATIO = MeasureNeed(
    (("d", FigureInput("debt")), ("a", FigureInput("assets"))),
    Operation("/", (Name("d"), Name("a"))),
    "debt / assets",
    at_most=Decimal("0.85"),
)
_FINES = MeasureNeed(
    (("m", EventsInput("fine", Duration(1, DurationUnit.YEARS), Take.SUM)),),
    Name("m"),
    "fines",
    at_most=read_money("50000 EUR"),
)
_AGE = MeasureNeed((("y", YearsSinceInput("founded")),), Name("y"), "years", at_least=Decimal(2))
_CLEAN = LookbackNeed({"infringement": frozenset(["serious"])}, months(36), ("entity",), renew=Renewal(months(12)))
_CLEAN_BY_FINDING = LookbackNeed(
    {"infringement": frozenset()}, months(1), ("entity",), Anchor.APPLICATION, DateBasis.FINDING, renew=Renewal()
)
_VISIT, _QUESTIONNAIRE, _CLAUSE = (
    ProofNeed("visit", Renewal(months(12))),
    ProofNeed("questionnaire", Renewal()),
    ProofNeed("clause"),
)
_AEOS, _CTPAT = CertificateNeed(("aeos",)), CertificateNeed(("ctpat",), or_recognised_by="us")
_CHECK = CheckNeed(("dishonest",), ("partner",), Renewal(months(12)))

CONTROL_NEEDS: list[Need] = [
    need("fence", covers_areas("gates", "docks")),
    need("fence", assurance="verified"),
    need("panel", ("class", Bound(AT_LEAST, "high-security", "security")), ("photo", Bound(YES, True))),
    need("panel", ("guards", Bound(AT_LEAST, Decimal(2))), ("audience", Bound(INCLUDES, frozenset(["drivers"])))),
    need("policy", covers_areas("gates"), assurance="verified"),
    need("rules", ("class", Bound(AT_LEAST, "security")), ("at-site", Bound(YES, True))),
    need("rules", ("coverage", Bound(INCLUDES, own=True))),
    need("alarm"),
    need("review", every("12 months"), covers_areas("gates")),
    need("review", ("interval", OWN_AT_MOST), assurance="verified"),
    need("audit", every("6 months")),
    need("audit"),
    need("training", every("12 months"), ("pests", Bound(YES, True)), for_=("drivers", "staff")),
    need("inspection", for_=("container", "reefer")),
    need("sealing", ("class", Bound(AT_LEAST, "high-security"))),
    need("drill", share=Bound(AT_LEAST, Percent(Decimal(100)))),
    need("drill", assurance="verified"),
]
OTHER_NEEDS: list[Need] = [
    _RATIO,
    _FINES,
    _AGE,
    _CLEAN,
    _CLEAN_BY_FINDING,
    CheckNeed(("dishonest",), ("entity",), Renewal()),
    CertificateNeed(("aeos",), holder="self"),
    EveryNeed("partners", Who(outsourced=True), AnyNeed((_AEOS, _VISIT))),
    EveryNeed("partners", Who(domestic=True), AnyNeed((_CTPAT, AllNeed((_QUESTIONNAIRE, _CHECK))))),
    EveryNeed("partners", Who(roles=("carrier",)), SomeNeed(2, (_AEOS, _CLAUSE, _VISIT)), in_action_counts=True),
    MendedNeed("audit", Renewal(months(3))),
    MendedNeed("training", Renewal()),
    OutcomeNeed(need("fence")),
    AnswerNeed(),
]
CONDITIONS: list[Condition] = [TraitIs("producer"), RoleIs("importer"), RoleIs("carrier"), TraitIs("stuffs")]


def a_need(chance: Random, leaves: list[Need], conditions: list[Condition], depth: int = 2) -> Need:
    """A need of any form over some leaves."""
    if depth == 0 or chance.random() < 0.4:
        return chance.choice(leaves)

    def inner() -> Need:
        return a_need(chance, leaves, conditions, depth - 1)

    members = tuple(inner() for _ in range(chance.randint(1, 3)))
    n = chance.randint(1, len(members))
    branches = tuple((chance.choice(conditions), inner()) for _ in range(chance.randint(1, 2)))
    forms: list[Need] = [
        AllNeed(members),
        AnyNeed(members),
        SomeNeed(n, members, chance.randrange(n)),
        WhenNeed(chance.choice(conditions), inner()),
        ChooseNeed(branches, chance.choice([None, inner()])),
    ]
    return chance.choice(forms)


def controls_of(asked: object) -> Iterator[str]:
    """The controls a need names, anywhere."""
    if isinstance(asked, ControlNeed | PresentIs):
        yield asked.control
    if isinstance(asked, MendedNeed):
        yield asked.findings_of
    if isinstance(asked, tuple):
        for one in asked:
            yield from controls_of(one)
    elif is_dataclass(asked) and not isinstance(asked, type):
        for field in fields(asked):
            yield from controls_of(getattr(asked, field.name))


LEAVES = [*CONTROL_NEEDS, *OTHER_NEEDS]
ANY_CONDITION: list[Condition] = [*CONDITIONS, PresentIs("fence")]


def any_need(chance: Random) -> Need:
    """A need of any form over any leaf and condition."""
    return a_need(chance, LEAVES, ANY_CONDITION)
