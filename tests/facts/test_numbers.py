"""Registration numbers on entry: who may carry which, and what is only told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from safeconduct.core.records.facts import Facts
from safeconduct.core.records.partners import Certificate, Partner
from safeconduct.core.records.units import Organisation, Unit, UnitKind
from safeconduct.facts.checks import check_record
from tests.facts.cast import CATALOGUE

NL = Unit(key="nl", in_="group", kind=UnitKind.ENTITY)
RTM = Unit(key="rtm", in_="nl", kind=UnitKind.SITE)
FACTS = Facts(organisation=Organisation(key="group"), units=(NL, RTM))


def refused(record: object) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in check_record(record, FACTS, CATALOGUE)]


@pytest.mark.parametrize(
    ("unit", "numbers", "expected"),
    [
        (NL, {"eori": "NL123456789"}, []),
        (NL, {"lei": "5493001KJTIIGC8Y1R12"}, []),
        (NL, {"lei": "5493001KJTIIGC8Y1R21"}, [("identifiers.lei", "bad-identifier")]),
        (RTM, {"load-site": "what the issuer says"}, []),
        (RTM, {"eori": "NL123456789"}, [("identifiers.eori", "identifier-of-another")]),
        (NL, {"load-site": "12"}, [("identifiers.load-site", "identifier-of-another")]),
        (NL, {"customs": "12"}, [("identifiers.customs", "unknown-key")]),
        (NL, {"tin": "no number of that form"}, []),
        (NL, {"tin": " "}, [("identifiers.tin", "bad-identifier")]),
    ],
)
def test_a_unit_carries_numbers_that_can_be_its_own(
    unit: Unit, numbers: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert refused(replace(unit, identifiers=numbers)) == expected


def test_a_partner_may_carry_those_of_a_firm_and_of_a_site() -> None:
    partner = Partner(key="p", of="nl", identifiers={"eori": "NL1", "load-site": "7"})
    assert refused(partner) == []
    assert refused(replace(partner, identifiers={"eori": "?"})) == [("identifiers.eori", "bad-identifier")]


def test_the_number_of_a_certificate_fits_its_scheme_where_that_is_known() -> None:
    held = Certificate(key="c", holder="nl", scheme="numbered", number="NLAEOS12", from_=date(2024, 1, 1))
    assert refused(held) == []
    assert refused(replace(held, number="12")) == [("number", "bad-identifier")]
    assert refused(replace(held, number="")) == []
    assert refused(replace(held, scheme="us-ctpat", number="12")) == []
