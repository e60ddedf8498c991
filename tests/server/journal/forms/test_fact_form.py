"""Forms of facts: derived from the records, read back to records, refusing at the field and keeping what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.partners import Certificate, Partner
from safeconduct.core.records.units import Enrolment, Stage, StageReached, TradeFlow, Unit, UnitKind
from safeconduct.server.controls.actions import record_control
from safeconduct.server.journal.actions import store
from safeconduct.server.journal.forms import FactForm, fact_form
from safeconduct.server.journal.reading import seen_one
from safeconduct.server.organisation.actions import record_unit
from safeconduct.server.partners.actions import record_certificate, record_partner
from safeconduct.server.programmes.actions import enrol
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


def sent(*pairs: tuple[str, str]) -> QueryDict:
    """What a browser sends."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def as_sent(form: FactForm) -> QueryDict:
    """What a browser sends when nothing on the form is touched."""
    data = QueryDict(mutable=True)
    for bound in form:
        context = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": "x"})["widget"]
        for name, value in _inputs(context):
            data.appendlist(name, value)
    return data


def _inputs(widget: dict[str, Any]) -> list[tuple[str, str]]:
    if "count" in widget:
        cells = [found for line in widget["lines"] for cell in line for found in _inputs(cell["widget"])]
        return [(f"{widget['name']}-lines", str(widget["count"])), *cells]
    if "lines" in widget:
        return [(one["name"], state) for one in widget["lines"] for state, _, chosen in one["states"] if chosen]
    if "optgroups" in widget:
        options = [option for _, group, _ in widget["optgroups"] for option in group]
        return [(widget["name"], str(option["value"])) for option in options if option["selected"]]
    return [(widget["name"], "" if widget["value"] is None else str(widget["value"]))]


def errors_of(form: FactForm) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_a_form_is_made_for_every_kind_of_fact(cast: Cast) -> None:
    forms = {section: fact_form(cast.viewer("sven"), section) for section in FACT_KINDS}
    assert all(form.fields for form in forms.values())
    assert {section for section, form in forms.items() if "key" in form.fields} == {"units", "partners", "enrolments"}


def test_a_certificate_is_stored_as_it_was_filled_in(cast: Cast) -> None:
    data = sent(
        ("holder", "h1"),
        ("scheme", "eu-aeos"),
        ("number", " NLAEOS7 "),
        ("from", "2024-01-01"),
        ("to", "2027-12-31"),
        ("state", "valid"),
        ("checked-lines", "2"),
        ("checked-0-value", "2026-01-05"),
        ("checked-1-value", ""),
    )
    form = fact_form(cast.viewer("sven"), "certificates", data)
    stored = form.stored(record_certificate)
    assert errors_of(form) == {}
    expected = Certificate(
        key=stored.key,
        holder="h1",
        scheme="eu-aeos",
        number="NLAEOS7",
        from_=date(2024, 1, 1),
        to=date(2027, 12, 31),
        checked=(date(2026, 1, 5),),
    )
    assert stored == expected
    assert seen_one(cast.viewer("sven"), "certificates", stored.key) == expected


def test_every_problem_stands_at_its_field_at_once_and_what_was_typed_stays(cast: Cast) -> None:
    data = sent(("holder", "nobody"), ("scheme", ""), ("from", "2026-13-01"), ("state", "valid"), ("number", "NL 7"))
    form = fact_form(cast.viewer("sven"), "certificates", data)
    assert form.stored(record_certificate) is None
    assert errors_of(form) == {
        "holder": ["“nobody” is not among the choices. Choose one that is offered."],
        "scheme": ["This is needed and empty. Fill it in."],
        "from": ["This is not a day. Choose one, or write it as year-month-day: 2026-08-31."],
    }
    assert (form["from"].value(), form["number"].value()) == ("2026-13-01", "NL 7")


def test_a_rule_for_facts_refuses_at_its_field_beside_the_others(cast: Cast) -> None:
    data = sent(("holder", ""), ("scheme", "eu-aeos"), ("from", "2026-02-01"), ("to", "2026-01-01"), ("state", "valid"))
    form = fact_form(cast.viewer("sven"), "certificates", data)
    assert form.stored(record_certificate) is None
    assert set(errors_of(form)) == {"holder", "to"}
    assert errors_of(form)["to"] == [
        "Last day on 1 Jan 2026 is before First day on 1 Feb 2026. Swap the days, or mend the wrong one."
    ]


def test_a_rule_that_only_the_action_finds_stands_at_its_field(cast: Cast) -> None:
    data = sent(
        ("holder", "h1"), ("scheme", "eu-aeos"), ("from", "2026-02-01"), ("to", "2026-01-01"), ("state", "valid")
    )
    form = fact_form(cast.viewer("sven"), "certificates", data)
    assert form.stored(record_certificate) is None
    assert set(errors_of(form)) == {"to"}


@pytest.mark.parametrize(
    "record",
    [
        Unit(
            key="rtm",
            in_="nl",
            kind=UnitKind.SITE,
            title="Rotterdam",
            country="NL",
            address="Dock 1\nRotterdam",
            traits={"stuffs-containers": True},
            identifiers={"load-site": "2"},
            since=date(2020, 1, 1),
        ),
        Partner(key="h1", of="nl", roles=("carrier",), outsourced=True, domestic=False, note="Old friends"),
        Enrolment(
            key="e1",
            entity="nl",
            edition="us-ctpat/2020",
            roles=("importer", "carrier"),
            sites=("rtm",),
            flows=(TradeFlow(from_=("NL", "DE"), to=("US",), mode=("sea",)), TradeFlow(mode=("air",))),
            since=date(2024, 1, 1),
            owner="A. Jansen",
            stages=(StageReached(stage=Stage.APPLIED, on=date(2024, 2, 1)),),
        ),
    ],
)
def test_a_form_sent_back_untouched_changes_nothing(cast: Cast, record: Any) -> None:
    viewer = cast.viewer("sven")
    section = next(name for name, kind in FACT_KINDS.items() if kind.record is type(record))
    store(viewer, record, deed="record")
    form = fact_form(viewer, section, as_sent(fact_form(viewer, section, record=record)), record=record)
    assert form.stored(lambda viewer, one: store(viewer, one, deed="record")) == record
    assert errors_of(form) == {}


def test_what_is_not_asked_stays_as_it_was_recorded(cast: Cast) -> None:
    viewer = cast.viewer("sven")
    before = seen_one(viewer, "in_place", "c-cctv-ein")
    data = sent(("at", "rtm"), ("since", "2025-02-01"), ("present", "yes"), ("kept_by", "self"))
    form = fact_form(viewer, "in_place", data, record=before, leave_out=("values", "targets", "owner", "control"))
    stored = form.stored(record_control)
    assert errors_of(form) == {}
    assert (stored.at, stored.owner, stored.control) == ("rtm", "J. Smit", "cctv")


def test_what_the_page_fixes_is_not_asked_and_cannot_be_sent(cast: Cast) -> None:
    viewer = cast.viewer("sven")
    data = sent(("of", "us"), ("title", "Carrier Two"), ("country", "NL"))
    form = fact_form(viewer, "partners", data, fixed={"of": "nl"})
    assert "of" not in form.fields
    stored = form.stored(record_partner)
    assert (stored.key, stored.of) == ("carrier-two", "nl")


def test_a_key_made_from_a_name_is_not_taken_twice(cast: Cast) -> None:
    viewer = cast.viewer("sven")
    data = sent(("in", "nl"), ("kind", "site"), ("title", "RTM"), ("financial_year_end", "12-31"))
    stored = fact_form(viewer, "units", data).stored(record_unit)
    assert stored.key == "rtm-2"


def test_a_request_may_fill_in_what_it_knows(cast: Cast) -> None:
    form = fact_form(cast.viewer("sven"), "attestations", said={"unit": "nl", "kinds": "customs-fine"})
    assert form["unit"].value() == "nl"
    assert form["kinds"].value() == ["customs-fine"]
    assert form["about"].value() == ["entity"]


def test_whoever_records_is_offered_as_the_one_who_looked_today(cast: Cast) -> None:
    form = fact_form(cast.viewer("sven"), "proofs")
    assert (form["by"].value(), form["on"].value()) == ("Sven", form.ground.day.isoformat())


def test_sites_and_roles_are_those_of_the_entity_and_the_edition(cast: Cast) -> None:
    form = fact_form(cast.viewer("sven"), "enrolments", said={"entity": "nl", "edition": "tapa-fsr/2023"})
    assert [key for key, _ in form.fields["roles"].choices] == ["importer"]  # type: ignore[attr-defined]
    assert [key for key, _ in form.fields["sites"].choices] == ["ein", "rtm"]  # type: ignore[attr-defined]
    assert [key for key, _ in form.fields["variant"].choices] == ["a", "b", "c"]  # type: ignore[attr-defined]


def test_more_lines_are_given_without_losing_what_was_typed(cast: Cast) -> None:
    data = sent(("stages-lines", "1"), ("stages-0-stage", "applied"), ("stages-0-on", "soon"), ("more_lines", "stages"))
    form = fact_form(cast.viewer("sven"), "enrolments", data)
    assert form.asks_more_lines
    widget = form.fields["stages"].widget.get_context("stages", form["stages"].value(), {"id": "x"})["widget"]
    assert widget["count"] == 6
    assert widget["lines"][0][1]["widget"]["value"] == "soon"


def test_a_wrong_cell_is_told_with_its_line(cast: Cast) -> None:
    data = sent(("stages-lines", "2"), ("stages-1-stage", "applied"), ("stages-1-on", ""))
    form = fact_form(cast.viewer("sven"), "enrolments", data)
    assert form.stored(enrol) is None
    assert errors_of(form)["stages"] == ["Line 1, Began on: This is needed and empty. Fill it in."]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    viewer = cast.viewer("sven")
    before = seen_one(viewer, "partners", "h1")
    data = as_sent(fact_form(viewer, "partners", record=before))
    store(viewer, Partner(key="h1", title="Haulier 1", of="nl", country="DE"), deed="record-partner")
    now = seen_one(viewer, "partners", "h1")
    form = fact_form(viewer, "partners", data, record=now)
    assert form.stored(record_partner) is None
    assert "Somebody changed this record" in errors_of(form)["__all__"][0]
    assert seen_one(viewer, "partners", "h1") == now
    again = fact_form(viewer, "partners", form.data, record=now)
    assert again.stored(record_partner).country == "NL"


def test_what_changed_between_reading_and_storing_is_not_overwritten(cast: Cast) -> None:
    """Two people send the form at once: both requests read the same record before either stores."""
    viewer = cast.viewer("sven")
    before = seen_one(viewer, "partners", "h1")
    forms = []
    for title in ("Haulier one", "Haulier 1 BV"):
        sent = as_sent(fact_form(viewer, "partners", record=before))
        sent["title"] = title
        forms.append(fact_form(viewer, "partners", sent, record=before))
    first, second = forms
    assert first.stored(record_partner).title == "Haulier one"
    assert second.stored(record_partner) is None
    assert "Somebody changed this record" in errors_of(second)["__all__"][0]
    now = seen_one(viewer, "partners", "h1")
    assert now.title == "Haulier one"
    assert fact_form(viewer, "partners", second.data, record=now).stored(record_partner).title == "Haulier 1 BV"
