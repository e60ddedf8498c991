"""Somebody other than its owner looked: catalogue language, section 7.2 line 5."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.dates import FOREVER
from tests.core.cast import (
    DESIGN,
    OPERATION,
    OTHER,
    OWN_AT_MOST,
    SELF,
    ask,
    day,
    done,
    every,
    evidence,
    need,
    plan,
    record,
    result,
    sample,
)

NOT_VERIFIED, MET = ("PARTLY", "not-verified"), ("MET", "all-met")


@pytest.mark.parametrize(
    ("by", "assurance", "expected"),
    [
        (SELF, "verified", NOT_VERIFIED),
        (OTHER, "verified", MET),
        (SELF, "documented", MET),
        (SELF, "", MET),
    ],
)
def test_evidence_by_its_owner_only_is_not_verified(by: Any, assurance: str, expected: tuple[str, str]) -> None:
    shown = [evidence(OPERATION, by=by)]
    found = ask(need("fence", assurance=assurance), "2026-07-01", in_place=[record("fence")], evidence=shown)
    assert result(found) == expected


def test_each_kind_must_be_verified() -> None:
    shown = [evidence(DESIGN, by=OTHER), evidence(OPERATION, key="v2", by=SELF)]
    asked = need("rules", assurance="verified")
    assert result(ask(asked, "2026-07-01", in_place=[record("rules")], evidence=shown)) == NOT_VERIFIED


def test_a_look_that_lapsed_verifies_nothing_any_more() -> None:
    shown = [evidence(OPERATION, by=OTHER, to="2026-06-30"), evidence(OPERATION, key="v2", by=SELF)]
    sections: dict[str, Any] = {"in_place": [record("fence")], "evidence": shown}
    before = ask(need("fence", assurance="verified"), "2026-06-30", **sections)
    assert (result(before), before.good_until) == (MET, day("2026-06-30"))
    assert result(ask(need("fence", assurance="verified"), "2026-07-01", **sections)) == NOT_VERIFIED


def test_where_nothing_covers_the_day_the_missing_evidence_speaks() -> None:
    asked = need("fence", assurance="verified")
    assert result(ask(asked, "2026-07-01", in_place=[record("fence")])) == ("UNKNOWN", "claimed")


LIMIT = need("review", every("12 months"), assurance="verified")
OWN = need("review", ("interval", OWN_AT_MOST), assurance="verified")


@pytest.mark.parametrize(
    ("asked", "targets", "on", "expected"),
    [
        (LIMIT, {}, "2026-06-01", MET),
        (LIMIT, {}, "2026-06-02", NOT_VERIFIED),
        (OWN, {"interval": "18 months"}, "2026-12-01", MET),
        (OWN, {"interval": "18 months"}, "2026-12-02", NOT_VERIFIED),
        (need("review", assurance="verified"), {}, "2026-12-02", MET),
    ],
)
def test_somebody_elses_occurrence_verifies_for_one_interval(
    asked: Any, targets: Any, on: str, expected: tuple[str, str]
) -> None:
    times = [done("2025-06-01", by=OTHER), done("2026-05-01", by=SELF)]
    found = ask(asked, on, in_place=[record("review", targets=targets)], done=times)
    assert result(found) == expected


def test_an_own_occurrence_after_it_takes_nothing_away() -> None:
    times = [done("2026-04-01", by=OTHER)]
    alone = ask(LIMIT, "2026-07-01", in_place=[record("review")], done=times)
    more = ask(LIMIT, "2026-07-01", in_place=[record("review")], done=[*times, done("2026-05-01", by=SELF)])
    assert (result(alone), result(more)) == (MET, MET)


@pytest.mark.parametrize(("by", "expected"), [(OTHER, MET), (SELF, NOT_VERIFIED)])
def test_a_sample_by_somebody_else_verifies_operation(by: Any, expected: tuple[str, str]) -> None:
    asked = need("drill", assurance="verified")
    found = ask(asked, "2026-07-01", in_place=[record("drill", plan=plan())], samples=[sample(by=by)])
    assert result(found) == expected


def test_verified_for_good_holds_for_good() -> None:
    asked = need("review", assurance="verified")
    found = ask(asked, "2026-07-01", in_place=[record("review")], done=[done("2026-04-01", by=OTHER)])
    assert (result(found), found.good_until) == (MET, FOREVER)
