"""New units, and what changes at them."""

from __future__ import annotations

import pytest

from safeconduct.core.records.units import Profile, Unit, UnitKind
from safeconduct.server.journal.queries import head_of
from safeconduct.server.journal.reading import seen_one
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_site_is_recorded_with_its_profile_and_traits(cast: Cast) -> None:
    data = {
        "in": "nl",
        "title": "Breda yard",
        "country": "NL",
        "profile.no": ["parking", "docks"],
        "traits-stuffs-containers": "yes",
        "identifiers-lines": "1",
        "identifiers-0-key": "load-site",
        "identifiers-0-value": "NL1",
    }
    answer = cast.client("sven").post("/sites/new/", data)
    assert answer.status_code == 302
    assert seen_one(cast.viewer("sven"), "units", "breda-yard") == Unit(
        key="breda-yard",
        in_="nl",
        kind=UnitKind.SITE,
        title="Breda yard",
        country="NL",
        traits={"stuffs-containers": True},
        profile=Profile(no=("parking", "docks")),
        identifiers={"load-site": "NL1"},
    )


def test_a_legal_entity_stands_in_the_organisation(cast: Cast) -> None:
    data = {"kind": "site", "in": "nl", "title": "Norholt US", "country": "US", "financial_year_end": "06-30"}
    assert cast.client("sven").post("/sites/new/?kind=entity", data).status_code == 302
    unit = seen_one(cast.viewer("sven"), "units", "norholt-us")
    assert (unit.kind, unit.in_, unit.financial_year_end) == (UnitKind.ENTITY, "norholt", "06-30")


def test_a_wrong_country_is_refused_at_its_field(cast: Cast) -> None:
    answer = cast.client("sven").post("/sites/new/", {"in": "nl", "title": "Breda", "country": "Netherlands"})
    assert answer.status_code == 422
    assert "is no country code" in answer.content.decode()


def test_one_trait_is_recorded_and_the_rest_stays(cast: Cast) -> None:
    client = cast.client("sven")
    client.post("/sites/nl/change/?trait=producer", {"traits.producer": "yes"})
    client.post("/sites/rtm/change/?trait=stuffs-containers", {"traits.stuffs-containers": "no"})
    viewer = cast.viewer("sven")
    assert seen_one(viewer, "units", "nl").traits == {"producer": True}
    site = seen_one(viewer, "units", "rtm")
    assert (site.traits, site.title, site.country) == ({"stuffs-containers": False}, "Rotterdam", "NL")


def test_a_site_is_not_asked_what_only_legal_entities_have(cast: Cast) -> None:
    shown = cast.client("sven").get("/sites/rtm/change/").content.decode()
    assert "financial_year_end" not in shown
    assert "traits-producer" not in shown
    assert "traits-stuffs-containers" in shown


@pytest.mark.parametrize(("name", "status"), [("otto", 403), ("mara", 403), ("olga", 302)])
def test_only_who_may_records_a_unit(name: str, status: int, cast: Cast) -> None:
    head = head_of(cast.exporter_line)
    data = {"title": "Taken", "financial_year_end": "12-31"}
    assert cast.client(name).post("/sites/new/?kind=entity", data).status_code == status
    assert head_of(cast.exporter_line) == head


def test_what_one_may_not_see_is_not_found(cast: Cast) -> None:
    head = head_of(cast.exporter_line)
    assert cast.client("mara").get("/sites/ein/change/").status_code == 404
    assert cast.client("mara").post("/sites/ein/change/", {"title": "x"}).status_code == 404
    assert head_of(cast.exporter_line) == head
