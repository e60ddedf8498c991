"""How strongly a row binds: catalogue language, sections 5 (roles, obligation) and 8 steps 1 to 3."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.core.criteria.obligations import binding
from safeconduct.core.dates import FOREVER
from safeconduct.core.records.catalogue import Applies, Obligation, Timeline
from tests.core.cast import day

MUST, SHOULD, MAY = Obligation.MUST, Obligation.SHOULD, Obligation.MAY
DATED = ((day("2020-03-01"), SHOULD), (day("2023-01-01"), MUST))
YES, NO = Applies.YES, Applies.NO


def bound(roles: dict[str, Any], taken: tuple[str, ...], on: str) -> tuple[Any, str, bool]:
    told = binding(DATED, roles, taken, day(on))
    return told.obligation, told.code, told.role_known


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2020-02-29", (None, "not-yet-in-force", True)),
        ("2020-03-01", (SHOULD, "", True)),
        ("2022-12-31", (SHOULD, "", True)),
        ("2023-01-01", (MUST, "", True)),
    ],
)
def test_obligation_is_that_of_the_day(on: str, expected: Any) -> None:
    assert bound({"importer": YES}, ("importer",), on) == expected


ROLES: dict[str, Applies | Timeline] = {
    "importer": YES,
    "carrier": NO,
    "broker": ((day("2020-03-01"), MAY), (day("2022-01-01"), MUST)),
}


@pytest.mark.parametrize(
    ("taken", "on", "expected"),
    [
        (("importer",), "2022-06-01", (SHOULD, "", True)),
        (("carrier",), "2022-06-01", (None, "other-role", True)),
        (("consolidator",), "2022-06-01", (SHOULD, "", False)),
        ((), "2022-06-01", (SHOULD, "", False)),
        (("carrier", "consolidator"), "2022-06-01", (SHOULD, "", False)),
        (("carrier", "importer"), "2022-06-01", (SHOULD, "", True)),
        (("broker",), "2021-06-01", (MAY, "", True)),
        (("broker", "importer"), "2021-06-01", (SHOULD, "", True)),
        (("broker", "importer"), "2022-06-01", (MUST, "", True)),
        (("broker",), "2020-02-01", (None, "not-yet-in-force", True)),
    ],
)
def test_the_strongest_obligation_among_the_roles_meant(taken: tuple[str, ...], on: str, expected: Any) -> None:
    assert bound(ROLES, taken, on) == expected


@pytest.mark.parametrize(
    ("on", "taken", "until"),
    [
        ("2020-02-01", ("importer",), day("2020-02-29")),
        ("2022-06-01", ("importer",), day("2022-12-31")),
        ("2023-06-01", ("importer",), FOREVER),
        ("2021-06-01", ("broker",), day("2021-12-31")),
        ("2021-06-01", ("carrier",), FOREVER),
    ],
)
def test_the_day_an_obligation_turns_is_foreseen(on: str, taken: tuple[str, ...], until: Any) -> None:
    assert binding(DATED, ROLES, taken, day(on)).good_until == until
