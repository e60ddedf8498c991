"""What the forms of controls store, refuse and keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safeconduct.core.quantities import SetValue
from safeconduct.core.records.in_place import By, ControlInPlace, KeptBy, Shown, Target
from safeconduct.core.records.units import Profile
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.journal.actions import store_all
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.journal.queries import head_of
from tests.server.cast import TODAY, Cast
from tests.server.controls.reading import filled, words_of

RECORD = "/controls/record/?control=guarding&at=rtm"
ONE = "/controls/in-place/c-seal/"


def send(cast: Cast, path: str, *, name: str = "sven", **typed: Any) -> Any:
    client = cast.client(name)
    return client.post(path, filled(client, path, **typed))


def placed(viewer: Viewer, control: str, at: str = "rtm", element: str = "") -> tuple[ControlInPlace, ...]:
    return snapshot_of(viewer).placed(control, element, at)


def told(answer: Any) -> str:
    content: str = answer.content.decode()
    return words_of(content)


def pdf(name: str = "patrol.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 patrol", content_type="application/pdf")


def test_the_first_step_asks_control_and_place_and_leads_to_the_second(staged: Cast) -> None:
    client = staged.client("sven")
    first = client.get("/controls/record/?at=rtm&back=/controls/")
    assert "What stands, and where?" in told(first)
    assert first.context["form"]["at"].value() == "rtm"
    assert "Asked by your programmes, not recorded yet" in first.content.decode()
    assert "Does it stand here?" in told(client.get(RECORD))


def test_a_place_that_is_none_is_refused_at_its_field(staged: Cast) -> None:
    answer = staged.client("sven").get("/controls/record/?control=guarding&at=nowhere")
    assert answer.status_code == 422
    assert "“nowhere” is not among the choices." in told(answer)


def test_a_control_is_recorded_with_its_values(staged: Cast) -> None:
    answer = send(staged, RECORD, values__guards="4", owner="R. Delgado", note="Two a shift.", kept_by="contract")
    (record,) = placed(staged.exporter_line, "guarding")
    assert answer["Location"] == f"/controls/in-place/{record.key}/"
    assert (record.values, record.owner, record.note) == ({"guards": "4"}, "R. Delgado", "Two a shift.")
    assert (record.since, record.kept_by, record.present) == (TODAY, KeptBy.CONTRACT, True)
    assert record.key not in snapshot_of(staged.exporter_line).evidence


def test_its_evidence_comes_with_it_or_neither(staged: Cast) -> None:
    before = head_of(staged.exporter_line)
    answer = send(staged, RECORD, values__guards="many", evidence__title="Book", upload=pdf())
    text = told(answer)
    assert answer.status_code == 422
    assert "'many' is not a number" in text
    assert "The field 'from' is missing." in text
    assert "patrol.pdf is kept." in text
    assert head_of(staged.exporter_line) == before
    kept = answer.context["form"]["kept_file"].value()
    again = {"values__guards": "4", "evidence__from": "2026-01-01", "evidence__to": "2026-12-31", "kept_file": kept}
    assert send(staged, RECORD, evidence__title="Book", **again).status_code == 302
    (record,) = placed(staged.exporter_line, "guarding")
    (evidence,) = snapshot_of(staged.exporter_line).evidence[record.key]
    assert (evidence.title, evidence.shows, evidence.by) == ("Book", (Shown.DESIGN,), By.SELF)
    assert evidence.file is not None
    assert (evidence.file.name, evidence.file.media) == ("patrol.pdf", "application/pdf")
    assert evidence.recorded == TODAY


def test_a_kept_file_of_somebody_else_is_not_taken(staged: Cast) -> None:
    path = "/controls/in-place/c-cctv-rtm/evidence/"
    theirs = send(staged, path, name="olga", to="2026-01-01", upload=pdf()).context["form"]["kept_file"].value()
    send(staged, f"{ONE}evidence/", title="Not mine", to="2027-01-01", kept_file=theirs)
    found = {one.title: one.file for one in snapshot_of(staged.exporter_line).evidence["c-seal"]}
    assert found["Not mine"] is None


def test_a_file_of_a_kind_that_is_not_taken_is_refused_at_its_field(staged: Cast) -> None:
    page = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", content_type="text/html")
    answer = send(staged, f"{ONE}evidence/", to="2027-01-01", photo=page)
    assert answer.status_code == 422
    assert "is of a kind that is not taken" in answer.context["form"].errors["photo"][0]


def test_one_evidence_takes_one_file(staged: Cast) -> None:
    answer = send(staged, f"{ONE}evidence/", to="2027-01-01", photo=pdf("a.pdf"), upload=pdf("b.pdf"))
    assert "attach the other one next" in told(answer)


def test_recorded_as_absent(staged: Cast) -> None:
    send(staged, RECORD, present="no")
    (record,) = placed(staged.exporter_line, "guarding")
    assert record.present is False


def test_an_element_is_asked_where_the_control_is_kept_by_a_list(staged: Cast) -> None:
    path = "/controls/record/?control=training&at=rtm"
    assert "Choose" not in send(staged, path, **{"for": "drivers", "values.pests": "yes", "values.interval": "12"})
    (record,) = placed(staged.exporter_line, "training", element="drivers")
    assert record.values == {"pests": "yes", "interval": "12 months"}
    assert send(staged, path).status_code == 422


def test_an_element_in_the_address_is_not_asked_again(staged: Cast) -> None:
    path = "/controls/record/?control=training&at=rtm&element=staff"
    assert "for" not in staged.client("sven").get(path).context["form"].fields
    send(staged, path)
    assert len(placed(staged.exporter_line, "training", element="staff")) == 1


def test_an_own_number_may_be_recorded_at_once(staged: Cast) -> None:
    path = "/controls/record/?control=training&at=rtm&element=staff&target=interval"
    typed = {"targets.interval.is": "6", "targets.interval.why": "Staff changes twice a year."}
    client = staged.client("sven")
    client.post(path, filled(client, path) | typed)
    (record,) = placed(staged.exporter_line, "training", element="staff")
    assert record.targets == {"interval": Target(is_="6 months", why="Staff changes twice a year.")}


def test_new_values_begin_a_record_and_leave_the_old_one(staged: Cast) -> None:
    send(staged, f"{ONE}change/", since="2026-11-01", values__class="high-security", values__photo="yes")
    old, new = placed(staged.exporter_line, "seal-fitting")
    assert (old.values, old.until) == ({"class": "security"}, None)
    assert (new.since, new.values, new.owner) == (
        date(2026, 11, 1),
        {"class": "high-security", "photo": "yes"},
        "J. Smit",
    )


def test_new_values_keep_the_own_numbers_and_the_plan(staged: Cast) -> None:
    typed = {"targets.plan.every": "6", "targets.plan.at_least": "25", "targets.plan.why": "Enough."}
    client = staged.client("sven")
    client.post(f"{ONE}plan/", filled(client, f"{ONE}plan/") | typed)
    send(staged, f"{ONE}change/", values__class="high-security")
    _, new = placed(staged.exporter_line, "seal-fitting")
    assert new.plan is not None
    assert (new.plan.every, new.plan.at_least, new.plan.tolerate) == ("6 months", 25, "100 %")


def test_new_values_from_the_same_day_are_refused_at_the_day(staged: Cast) -> None:
    answer = send(staged, f"{ONE}change/", since="2025-01-01", values__class="high-security")
    assert answer.status_code == 422
    assert "since" in answer.context["form"].errors


def test_a_mistake_is_put_right_in_the_same_record(staged: Cast) -> None:
    send(staged, f"{ONE}change/?how=correct", values__class="high-security", since="2025-02-01")
    (record,) = placed(staged.exporter_line, "seal-fitting")
    assert (record.key, record.since, record.values) == ("c-seal", date(2025, 2, 1), {"class": "high-security"})


@pytest.mark.parametrize(
    ("query", "deed"),
    [
        ("", "Record the new values"),
        ("?field=class", "Record the new values"),
        ("?field=photo", "Put the record right"),
        ("?field=photo&how=new", "Record the new values"),
        ("?field=class&how=correct", "Put the record right"),
    ],
)
def test_the_page_says_which_of_both_it_does(staged: Cast, query: str, deed: str) -> None:
    answer = staged.client("sven").get(f"{ONE}change/{query}")
    assert f'<button type="submit" class="btn">{deed}</button>' in answer.content.decode()


def test_the_field_asked_for_comes_first_and_says_who_asks(staged: Cast) -> None:
    form = staged.client("sven").get(f"{ONE}change/?field=affixer").context["form"]
    values = [name for name in form.fields if name.startswith("values.")]
    assert values == ["values.affixer", "values.class", "values.photo"]
    assert form.fields["values.class"].help_text == "Asked by US CTPAT 1.7: at least high security."


def test_elements_that_do_not_exist_at_the_unit_are_not_asked(staged: Cast) -> None:
    def asked() -> list[str]:
        form = staged.client("sven").get("/controls/in-place/c-cctv-rtm/change/").context["form"]
        return [element for element, _ in form.fields["values.coverage"].widget.elements]

    assert asked() == ["gates", "docks", "yard", "parking"]
    unit = replace(snapshot_of(staged.exporter_line).units["rtm"], profile=Profile(no=("yard",)))
    store_all(staged.exporter_line, [unit], deed="change-unit")
    assert asked() == ["gates", "docks", "parking"]


def test_a_set_keeps_what_is_there_missing_and_not_recorded_apart(staged: Cast) -> None:
    path = "/controls/in-place/c-cctv-rtm/change/?field=coverage"
    typed = {"values.coverage-gates": "yes", "values.coverage-docks": "no", "values.coverage-yard": ""}
    client = staged.client("sven")
    client.post(path, filled(client, path) | typed)
    (record,) = placed(staged.exporter_line, "cctv")
    assert record.values["coverage"] == SetValue(yes=frozenset({"gates"}), no=frozenset({"docks"}))


def test_a_control_ends(staged: Cast) -> None:
    send(staged, f"{ONE}end/", until="2026-11-30")
    (record,) = placed(staged.exporter_line, "seal-fitting")
    assert record.until == date(2026, 11, 30)
    assert record.values == {"class": "security"}


def test_a_sample_begins_where_the_last_one_ended(staged: Cast) -> None:
    assert staged.client("sven").get(f"{ONE}sample/").context["form"]["from"].value() == "2025-01-01"
    typed = {"from": "2026-09-01", "to": "2026-09-30", "population": "40", "checked": "8", "conforming": "7"}
    client = staged.client("sven")
    client.post(f"{ONE}sample/", filled(client, f"{ONE}sample/") | typed)
    assert client.get(f"{ONE}sample/").context["form"]["from"].value() == "2026-10-01"
    assert "Open a corrective action" in told(client.get(ONE))


def test_an_own_number_without_a_reason_is_refused(staged: Cast) -> None:
    path = "/controls/in-place/c-risk/target/?parameter=interval"
    client = staged.client("sven")
    answer = client.post(path, filled(client, path) | {"targets.interval.is": "6", "targets.interval.why": ""})
    assert answer.status_code == 422
    assert "targets.interval.why" in answer.context["form"].errors


def test_an_own_number_of_nothing_is_not_found_and_without_a_name_one_is_chosen(staged: Cast) -> None:
    client = staged.client("sven")
    assert client.get("/controls/in-place/c-risk/target/?parameter=height").status_code == 404
    assert "parameter=interval" in client.get("/controls/in-place/c-risk/target/").content.decode()


def test_something_asks_for_it_again(staged: Cast) -> None:
    path = "/controls/again/?control=risk-assessment&at=rtm"
    answer = send(staged, path, note="A break-in next door.")
    assert answer["Location"] == "/controls/in-place/c-risk/"
    (trigger,) = snapshot_of(staged.exporter_line).triggers["risk-assessment", "rtm"]
    assert (trigger.on, trigger.note) == (TODAY, "A break-in next door.")


def test_what_another_one_changed_meanwhile_is_not_overwritten(staged: Cast) -> None:
    path = f"{ONE}change/?how=correct"
    client = staged.client("sven")
    opened = filled(client, path, note="Mine.")
    send(staged, path, name="anna", note="Hers.")
    assert client.post(path, opened).status_code == 422
    (record,) = placed(staged.exporter_line, "seal-fitting")
    assert record.note == "Hers."


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "x"])
def test_a_form_leads_back_into_this_server_only(staged: Cast, back: str) -> None:
    answer = send(staged, f"{ONE}end/", until="2026-11-30", back=back)
    assert answer["Location"] == "/controls/in-place/c-seal/"


def test_a_form_leads_back_to_where_it_was_opened(staged: Cast) -> None:
    answer = send(staged, f"{ONE}end/?back=/on/2026-08-31/evidence/", until="2026-11-30", back="/evidence/")
    assert answer["Location"] == "/evidence/"


def test_evidence_is_offered_for_what_nothing_shows_yet(staged: Cast) -> None:
    client = staged.client("sven")
    assert client.get("/controls/in-place/c-building/evidence/").context["form"]["shows"].value() == ["design"]
    asked = client.get("/controls/in-place/c-building/evidence/?shows=operation&shows=nonsense").context["form"]
    assert asked["shows"].value() == ["operation"]
    assert asked["from"].value() == TODAY.isoformat()


def test_evidence_from_tomorrow_counts_from_tomorrow(staged: Cast) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    answer = send(staged, f"{ONE}evidence/", **{"from": tomorrow, "to": tomorrow, "title": "Coming"})
    assert answer.status_code == 302
    assert "begins later" in told(staged.client("sven").get("/evidence/?state=coming"))
