"""If you hold A, B costs you these things."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.compare import Cover, Piece, compare
from safeconduct.core.quantities import Percent
from safeconduct.core.records.catalogue import Applies, Obligation, Part, Scope
from safeconduct.core.records.needs import (
    AllNeed,
    Anchor,
    AnyNeed,
    Bound,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    EveryNeed,
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Need,
    Not,
    OutcomeNeed,
    PresentIs,
    ProofNeed,
    Renewal,
    SomeNeed,
    TraitIs,
    VariantIs,
    WhenNeed,
    Who,
)
from tests.core.cast import (
    AT_LEAST,
    DESIGN,
    EFFECT,
    INCLUDES,
    ONE_OF,
    OPERATION,
    OWN_AT_MOST,
    YES,
    covers_areas,
    day,
    every,
    months,
    need,
)
from tests.core.criteria.asking import TODAY, compared, cover, entries, row, scheme, taken
from tests.core.made_needs import OTHER_NEEDS

NEW, PARTLY, COVERED = Cover
FENCE, ALARM, POLICY, RULES = need("fence"), need("alarm"), need("policy"), need("rules")
GATES, DOCKS = covers_areas("gates"), covers_areas("docks")
PRODUCER, STUFFS = TraitIs("producer"), TraitIs("stuffs")
CHOICE = ChooseNeed(((PRODUCER, FENCE), (STUFFS, ALARM)), POLICY)
YEARLY, OWN = Renewal(months(12)), Renewal()
VISIT, CLAUSE = ProofNeed("visit", YEARLY), ProofNeed("clause")
AEOS, CTPAT, EITHER = CertificateNeed(("aeos",)), CertificateNeed(("ctpat",)), CertificateNeed(("aeos", "ctpat"))
CLEAN = LookbackNeed({"infringement": frozenset(["serious"])}, months(36), ("entity",), renew=YEARLY)
CHECK = CheckNeed(("dishonest",), ("entity",), YEARLY)
RATIO = OTHER_NEEDS[0]
assert isinstance(RATIO, MeasureNeed)


def each(need_: Need, **who: Any) -> EveryNeed:
    return EveryNeed("partners", Who(**who), need_)


def share(count: int) -> Bound:
    return Bound(AT_LEAST, Percent(Decimal(count)))


# ---- leaves


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (FENCE, FENCE, (COVERED, [])),
        (ALARM, FENCE, (NEW, [Piece("fence")])),
        (need("fence", covers_areas("gates", "docks")), need("fence", GATES), (COVERED, [])),
        (FENCE, need("fence", GATES), (PARTLY, [Piece("fence", "", "coverage", GATES[1])])),
        ([need("fence", GATES), need("fence", DOCKS)], need("fence", covers_areas("gates", "docks")), (COVERED, [])),
        (need("audit", every("6 months")), need("audit", every("12 months")), (COVERED, [])),
        (need("audit", every("12 months")), need("audit", every("6 months")),
         (PARTLY, [Piece("audit", "", "interval", every("6 months")[1])])),
        (need("audit", every("12 months")), need("audit", ("interval", OWN_AT_MOST)), (COVERED, [])),
        (need("audit", ("interval", OWN_AT_MOST)), need("audit", ("interval", OWN_AT_MOST)), (COVERED, [])),
        (need("audit", ("interval", OWN_AT_MOST)), need("audit", every("12 months")),
         (PARTLY, [Piece("audit", "", "interval", every("12 months")[1])])),
        (need("audit", every("30 days")), need("audit", every("1 month")),
         (PARTLY, [Piece("audit", "", "interval", every("1 month")[1])])),
        (need("audit", every("365 days")), need("audit", every("1 year")), (COVERED, [])),
        (need("policy", shown=(DESIGN,)), POLICY,
         (PARTLY, [Piece("policy", "", "shown", Bound(INCLUDES, frozenset(["operation"])))])),
        ([need("policy", shown=(DESIGN,)), need("policy", shown=(OPERATION,))], POLICY, (COVERED, [])),
        (need("alarm", shown=(EFFECT,)), need("alarm", shown=(EFFECT,), assurance="verified"),
         (PARTLY, [Piece("alarm", "", "assurance")])),
        (need("drill", share=share(100)), need("drill", share=share(80)), (COVERED, [])),
        (need("drill", share=share(80)), need("drill", share=share(100)),
         (PARTLY, [Piece("drill", "", "share", share(100))])),
        (need("drill", by=("self",)), need("drill", by=("self", "contract")), (COVERED, [])),
        (need("drill"), need("drill", by=("self",)),
         (PARTLY, [Piece("drill", "", "by", Bound(ONE_OF, frozenset(["self"])))])),
        (need("fence", GATES), need("fence", ("coverage", Bound(ONE_OF, frozenset(["gates", "docks"])))),
         (COVERED, [])),
    ],
)  # fmt: skip
def test_a_leaf_is_covered_by_bounds_as_strict(held: Any, wanted: Need, expected: Any) -> None:
    assert cover(held, wanted) == expected


def test_what_is_held_for_a_wider_element_covers_the_narrower_one() -> None:
    staff = need("training", every("12 months"), for_=("staff",))
    assert cover(staff, need("training", every("12 months"), for_=("drivers",))) == (COVERED, [])
    assert cover(staff, need("training", for_=("drivers", "visitors"))) == (PARTLY, [Piece("training", "visitors")])
    assert cover(staff, need("training", for_=("everyone",))) == (PARTLY, [Piece("training", "everyone")])
    assert cover(need("training", for_=("drivers",)), need("training", for_=("visitors",)))[0] is NEW


def test_a_stricter_ask_for_a_narrower_element_hides_nothing_of_the_wider_one() -> None:
    pests = ("pests", Bound(YES, True))
    held = [need("training", pests, for_=("staff",)), need("training", every("6 months"), for_=("drivers",))]
    assert cover(held, need("training", every("6 months"), pests, for_=("drivers",))) == (COVERED, [])


# ---- all, any, some


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (AllNeed((FENCE, ALARM)), ALARM, (COVERED, [])),
        (FENCE, AllNeed((FENCE, ALARM)), (PARTLY, [Piece("alarm")])),
        (POLICY, AllNeed((FENCE, ALARM)), (NEW, [Piece("fence"), Piece("alarm")])),
        (FENCE, AnyNeed((FENCE, ALARM)), (COVERED, [])),
        (AnyNeed((FENCE, ALARM)), AnyNeed((ALARM, FENCE, POLICY)), (COVERED, [])),
        (AnyNeed((FENCE, ALARM)), FENCE, (NEW, [Piece("fence")])),
        (AnyNeed((need("fence", GATES), need("fence", covers_areas("gates", "docks")))), need("fence", GATES),
         (COVERED, [])),
        (FENCE, AnyNeed((AllNeed((ALARM, POLICY)), need("fence", GATES))),
         (PARTLY, [Piece("fence", "", "coverage", GATES[1])])),
        (POLICY, AnyNeed((AllNeed((FENCE, ALARM)), RULES)), (NEW, [Piece("rules")])),
        (FENCE, SomeNeed(2, (FENCE, ALARM, POLICY)), (PARTLY, [Piece("alarm")])),
        (AllNeed((FENCE, POLICY)), SomeNeed(2, (FENCE, ALARM, POLICY)), (COVERED, [])),
        (SomeNeed(2, (FENCE, ALARM, POLICY)), SomeNeed(1, (FENCE, ALARM, POLICY)), (COVERED, [])),
        (SomeNeed(2, (FENCE, ALARM, POLICY)), AnyNeed((FENCE, ALARM)), (COVERED, [])),
    ],
)  # fmt: skip
def test_any_takes_the_nearest_and_some_the_nearest_few(held: Need, wanted: Need, expected: Any) -> None:
    assert cover(held, wanted) == expected


# ---- conditions


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (WhenNeed(PRODUCER, FENCE), WhenNeed(PRODUCER, FENCE), (COVERED, [])),
        (FENCE, WhenNeed(PRODUCER, FENCE), (COVERED, [])),
        (WhenNeed(PRODUCER, FENCE), FENCE, (NEW, [Piece("fence")])),
        (WhenNeed(PRODUCER, FENCE), WhenNeed(STUFFS, FENCE), (NEW, [Piece("fence", when=(STUFFS,))])),
        ([WhenNeed(PRODUCER, FENCE), WhenNeed(Not(PRODUCER), FENCE)], FENCE, (COVERED, [])),
        (ChooseNeed(((PRODUCER, need("fence", GATES)),), need("fence", covers_areas("gates", "docks"))),
         need("fence", GATES), (COVERED, [])),
        (CHOICE, CHOICE, (COVERED, [])),
        (FENCE, ChooseNeed(((PRODUCER, FENCE),), ALARM), (NEW, [Piece("alarm", when=(Not(PRODUCER),))])),
        (AllNeed((FENCE, WhenNeed(PresentIs("fence"), ALARM))), ALARM, (COVERED, [])),
        (FENCE, WhenNeed(Not(PresentIs("fence")), ALARM), (COVERED, [])),
        (FENCE, AnyNeed((WhenNeed(PRODUCER, FENCE), ALARM)), (PARTLY, [Piece("", need=WhenNeed(PRODUCER, FENCE))])),
    ],
)  # fmt: skip
def test_conditions_are_the_same_on_both_sides(held: Any, wanted: Need, expected: Any) -> None:
    assert cover(held, wanted) == expected


def test_variants_of_two_programmes_that_are_called_alike_are_not_one_condition() -> None:
    held = scheme("a", WhenNeed(VariantIs("full"), FENCE), variants=("full", "light"))
    wanted = scheme("b", WhenNeed(VariantIs("full"), FENCE), variants=("full", "light"))
    assert [one.cover for one in compared(held, wanted).rows] == [NEW]
    assert [one.cover for one in compared(held, held).rows] == [COVERED]
    assert compared(held, wanted, "light").rows == ()


# ---- rows


def test_only_musts_are_held_and_only_what_binds_is_wanted() -> None:
    should = ((day("2020-01-01"), Obligation.SHOULD),)
    held = scheme("a", row(FENCE, obligation=should), row(ALARM, "2", roles={"importer": Applies.UNKNOWN}))
    wanted = scheme("b", FENCE, ALARM, row(POLICY, "3", of="b", roles={"importer": Applies.NO}))
    assert [one.cover for one in compared(held, wanted).rows] == [NEW, NEW]


def test_parts_of_a_row_are_one_comparison() -> None:
    must, should = ((day("2020-01-01"), Obligation.MUST),), ((day("2020-01-01"), Obligation.SHOULD),)
    parts = (Part("b/1#x", must, FENCE), Part("b/1#y", must, ALARM), Part("b/1#z", should, POLICY))
    (found,) = compared(scheme("a", FENCE), scheme("b", row(None, of="b", parts=parts))).rows
    assert (found.cover, list(found.pieces), found.obligation) == (PARTLY, [Piece("alarm")], Obligation.MUST)


def test_obligations_can_be_chosen() -> None:
    should = ((day("2020-01-01"), Obligation.SHOULD),)
    wanted = scheme("b", FENCE, row(ALARM, "2", of="b", obligation=should))
    found = compare(entries(wanted), [], taken(wanted), TODAY, obligations=(Obligation.SHOULD,))
    assert [(one.requirement.key, one.cover) for one in found.rows] == [("b/2", NEW)]


def test_pieces_are_told_once_in_the_order_of_the_rows() -> None:
    found = compared(scheme("a"), scheme("b", FENCE, AllNeed((ALARM, FENCE)), CLEAN, CLEAN))
    assert list(found.pieces) == [Piece("fence"), Piece("alarm"), Piece("", need=CLEAN)]
    assert len(found.of(NEW)) == 4


def test_a_piece_asked_anyway_is_not_told_again_under_a_condition() -> None:
    for order in ((ALARM, WhenNeed(PRODUCER, ALARM)), (WhenNeed(PRODUCER, ALARM), ALARM)):
        assert list(compared(scheme("a"), scheme("b", *order)).pieces) == [Piece("alarm")]


@pytest.mark.parametrize(
    ("control", "held", "wanted", "expected"),
    [
        ("audit", Scope.ENTITY, Scope.SITE, []),  # inherited in full
        ("fence", Scope.ENTITY, Scope.SITE, ["place"]),  # never inherited
        ("rules", Scope.ENTITY, Scope.SITE, ["place"]),  # text comes down, that it works does not
        ("audit", Scope.SITE, Scope.ENTITY, ["place"]),  # nothing goes up
        ("fence", Scope.SITE, Scope.SITE, []),
    ],
)
def test_what_stands_elsewhere_is_to_be_shown_here_too(
    control: str, held: Scope, wanted: Scope, expected: list[str]
) -> None:
    of_a, of_b = row(need(control), scope=held), row(need(control), of="b", scope=wanted)
    (found,) = compared(scheme("a", of_a), scheme("b", of_b)).rows
    assert [piece.parameter for piece in found.pieces] == expected


def test_a_text_that_comes_down_is_enough_where_a_text_is_asked() -> None:
    of_a = row(RULES, scope=Scope.ENTITY)
    design = need("rules", shown=(DESIGN,))
    at_site = need("rules", ("at-site", Bound(YES, True)), shown=(DESIGN,))
    assert compared(scheme("a", of_a), scheme("b", design)).rows[0].cover is COVERED
    held = scheme("a", row(at_site, scope=Scope.ENTITY))
    assert [piece.parameter for piece in compared(held, scheme("b", at_site)).rows[0].pieces] == ["place"]


# ---- records


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, COVERED),
        ({"window": months(60)}, COVERED),
        ({"window": months(12)}, PARTLY),
        ({"none_of": {"infringement": frozenset()}}, COVERED),
        ({"none_of": {"infringement": frozenset(["serious", "minor"])}}, COVERED),
        ({"none_of": {"infringement": frozenset(["minor"])}}, PARTLY),
        ({"none_of": {"fine": frozenset()}}, NEW),
        ({"about": ("entity", "lead")}, COVERED),
        ({"about": ("lead",)}, PARTLY),
        ({"anchor": Anchor.APPLICATION}, PARTLY),
        ({"shorter_if_young": True}, PARTLY),
        ({"renew": Renewal(months(6))}, COVERED),
        ({"renew": OWN}, PARTLY),
    ],
)
def test_a_look_back_is_covered_by_one_as_long_and_wide(change: dict[str, Any], expected: Cover) -> None:
    assert cover(replace(CLEAN, **change), CLEAN)[0] is expected


def test_look_backs_cover_kind_by_kind_and_person_by_person() -> None:
    both = replace(CLEAN, none_of={**CLEAN.none_of, "fine": frozenset()}, about=("entity", "lead"))
    of_fines = replace(both, none_of={"fine": frozenset()})
    assert cover([replace(CLEAN, about=("entity", "lead")), of_fines], both) == (COVERED, [])
    lacking = replace(both, none_of={"fine": frozenset()})
    assert cover(replace(CLEAN, about=("entity", "lead")), both) == (PARTLY, [Piece("", need=lacking)])


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (CHECK, CHECK, COVERED),
        (replace(CHECK, renew=OWN), CHECK, PARTLY),
        (CHECK, replace(CHECK, renew=OWN), COVERED),
        (CHECK, replace(CHECK, about=("entity", "partner")), PARTLY),
        (FENCE, CHECK, NEW),
        (replace(RATIO, at_most=Decimal("0.8")), RATIO, COVERED),
        (replace(RATIO, at_most=Decimal("0.9")), RATIO, PARTLY),
        (FENCE, RATIO, NEW),
        (MendedNeed("audit", Renewal(months(3))), MendedNeed("audit", Renewal(months(6))), COVERED),
        (MendedNeed("audit", OWN), MendedNeed("audit", Renewal(months(6))), PARTLY),
        (MendedNeed("audit", OWN), MendedNeed("training", OWN), NEW),
        (OutcomeNeed(FENCE), OutcomeNeed(FENCE), COVERED),
        (OutcomeNeed(FENCE), FENCE, COVERED),
        (FENCE, OutcomeNeed(FENCE), PARTLY),
        (ALARM, OutcomeNeed(FENCE), NEW),
    ],
)
def test_other_records_are_covered_by_the_same_as_strict(held: Need, wanted: Need, expected: Cover) -> None:
    assert cover(held, wanted)[0] is expected


# ---- populations and certificates


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        (each(VISIT), each(VISIT, outsourced=True), COVERED),
        (each(VISIT, outsourced=True), each(VISIT), PARTLY),
        (each(VISIT, roles=("carrier", "broker")), each(VISIT, roles=("carrier",)), COVERED),
        (each(VISIT, domestic=True), each(VISIT, domestic=False), NEW),
        (each(AnyNeed((AEOS, VISIT))), each(AnyNeed((VISIT, AEOS, CLAUSE))), COVERED),
        (each(AnyNeed((AEOS, VISIT))), each(VISIT), PARTLY),
        ([each(AnyNeed((AEOS, VISIT))), each(CLAUSE)], each(AllNeed((CLAUSE, AnyNeed((VISIT, AEOS))))), COVERED),
        (each(AEOS), each(EITHER), COVERED),
        (each(EITHER), each(AEOS), PARTLY),
        (each(AEOS), each(replace(CTPAT, or_recognised_by="us")), COVERED),
        (each(CTPAT), each(replace(AEOS, or_recognised_by="us")), PARTLY),
        (FENCE, each(VISIT), NEW),
    ],
)
def test_a_population_is_covered_by_one_as_wide_with_proofs_as_good(held: Any, wanted: Need, expected: Cover) -> None:
    assert cover(held, wanted)[0] is expected


def test_recognition_is_that_of_the_day() -> None:
    held, wanted = scheme("a", each(AEOS)), scheme("b", each(replace(CTPAT, or_recognised_by="us")))
    days = [day("2012-06-30"), day("2012-07-01"), day("2027-06-30"), day("2027-07-01")]
    longer = scheme("a", row(each(AEOS), obligation=((day("2000-01-01"), Obligation.MUST),)))
    wanted = scheme("b", replace(wanted.requirements[0], obligation=((day("2000-01-01"), Obligation.MUST),)))
    assert held.requirements[0].needs == longer.requirements[0].needs
    found = [compared(longer, wanted, on=on).rows[0].cover for on in days]
    assert found == [PARTLY, COVERED, COVERED, PARTLY]


def test_a_programme_held_is_a_certificate_held() -> None:
    wanted = scheme("b", AnyNeed((FENCE, CertificateNeed(("aeos",), holder="self"))))
    assert [one.cover for one in compared(scheme("a", ALARM, schemes={"": "aeos"}), wanted).rows] == [COVERED]
    assert [one.cover for one in compared(scheme("a", ALARM), wanted).rows] == [NEW]


def test_only_the_certificates_of_the_variants_held_count() -> None:
    held = scheme("a", schemes={"full": "aeos", "light": "aeoc"}, variants=("full", "light"))
    wanted = scheme("b", CertificateNeed(("aeos",), holder="self"))

    def found(*variants: str) -> Cover:
        selection = Selection(held, ("importer",), variants)
        return compare(entries(held, wanted), [selection], taken(wanted), TODAY).rows[0].cover

    assert [found("full"), found("light"), found()] == [COVERED, NEW, COVERED]


def test_a_certificate_of_ones_own_is_not_that_of_a_partner() -> None:
    held = scheme("a", schemes={"": "aeos"})
    assert [one.cover for one in compared(held, scheme("b", each(AEOS))).rows] == [NEW]
