"""The quality of the catalogue as numbers, and the whole catalogue as a file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.test import Client

from safeconduct.catalogue.export.whole import read_catalogue_json
from safeconduct.catalogue.loading import load
from safeconduct.catalogue.quality import qualities, quality_form
from safeconduct.core.provenance import Sure
from safeconduct.server.accounts.rights import Role
from safeconduct.server.catalogue.pages.exports import FORMS, Form
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.queries import head_of
from safeconduct.server.organisation.actions import issue_token
from tests.server.cast import TODAY, Cast

QUALITY = "/catalogue/quality/"


@pytest.fixture
def shipped(cast: Cast) -> Cast:
    """The cast, with the catalogue that is shipped."""
    use(None)
    return cast


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of a list as CSV, by their headings."""
    content = client.get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


@pytest.mark.parametrize("path", [QUALITY, *(f"/catalogue/export/{form.file}" for form in FORMS)])
def test_nobody_takes_it_without_signing_in_and_nothing_is_changed(shipped: Cast, path: str) -> None:
    assert Client().get(path).status_code == 302
    sven = shipped.viewer("sven")
    before = head_of(sven)
    for name in ("anna", "sven", "mara", "otto", "olga"):
        assert shipped.client(name).get(path).status_code == 200
    assert shipped.client("sven").post(path).status_code == 405
    assert head_of(sven) == before


def test_the_numbers_are_those_of_the_catalogue(shipped: Cast) -> None:
    rows = rows_of(shipped.client("otto"), f"{QUALITY}?as=csv")
    counted = {one.programme: one for one in qualities(load(), TODAY)}
    assert len(rows) == len(counted)
    found = next(row for row in rows if row["Edition"].startswith(load().programmes["us-ctpat/2020"].title))
    one = counted["us-ctpat/2020"]
    names = ("Rows", "For the trader", "Mapped", "Judged", "From facts alone", "By a person")
    numbers = (one.rows, one.trader, one.mapped, one.judged, one.computable, one.by_person)
    assert [found[name] for name in names] == [str(number) for number in numbers]
    assert [found[word.value.capitalize()] for word in Sure] == [str(one.sure.get(word, 0)) for word in Sure]
    assert found["Oldest check"] == str(one.oldest)


def test_editions_are_narrowed_by_how_good_they_are(shipped: Cast) -> None:
    client = shipped.client("otto")
    for one in rows_of(client, f"{QUALITY}?mapped=none&as=csv"):
        assert one["Mapped"] == "0"
    for one in rows_of(client, f"{QUALITY}?sure=all&as=csv"):
        assert one["Confirmed"] == one["Rows"]
    total = rows_of(client, f"{QUALITY}?as=csv")
    parts = [rows_of(client, f"{QUALITY}?sure={word}&as=csv") for word in ("all", "some", "none")]
    assert sum(map(len, parts)) == len(total)


def test_the_page_tells_the_coverage_of_every_role_and_puts_those_alike_together(shipped: Cast) -> None:
    html = shipped.client("otto").get(QUALITY).content.decode()
    table = html.partition('id="roles"')[2]
    programmes = load().programmes.values()
    kinds = {
        (programme.id, cover.rows, cover.of, cover.complete, cover.gaps)
        for programme in programmes
        for cover in programme.coverage.values()
    }
    assert table.count("<tr") == len(kinds) + 1
    for role in load().programmes["us-ctpat/2020"].roles:
        assert load().terms.roles[role] in table
    assert "rest on the issuer&#x27;s own text" in html


def test_a_number_leads_to_the_rows_it_counts(shipped: Cast) -> None:
    client = shipped.client("otto")
    one = next(one for one in qualities(load(), TODAY) if one.programme == "eu-aeo/2016")
    url = "/catalogue/eu-aeo/2016/?sure=confirmed"
    assert f'href="{url}#requirements"' in client.get(QUALITY).content.decode()
    assert len(rows_of(client, f"{url}&as=csv")) == one.sure[Sure.CONFIRMED]


def test_the_first_page_leads_to_numbers_and_files(shipped: Cast) -> None:
    html = shipped.client("otto").get("/catalogue/").content.decode()
    assert f'href="{QUALITY}"' in html
    assert all(f'href="/catalogue/export/{form.file}"' in html for form in FORMS)


@pytest.mark.parametrize("form", FORMS, ids=[form.file for form in FORMS])
def test_a_file_is_saved_under_the_digest_it_holds(shipped: Cast, form: Form) -> None:
    answer = shipped.client("mara").get(f"/catalogue/export/{form.file}")
    stem, _, suffix = form.file.rpartition(".")
    name = f"safeconduct-{stem}-{load().digest[:12]}.{suffix}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == form.media
    assert answer.content == form.write(load())


def test_the_files_hold_the_catalogue(shipped: Cast) -> None:
    client = shipped.client("otto")
    text = client.get("/catalogue/export/catalogue.json").content.decode()
    assert read_catalogue_json(text) == load()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/catalogue/export/catalogue.xlsx").content), read_only=True)
    assert "Requirements" in book.sheetnames
    with zipfile.ZipFile(io.BytesIO(client.get("/catalogue/export/catalogue-oscal.zip").content)) as packed:
        assert {"controls.json", "mapping.json", "catalogs/us-ctpat_2020.json"} <= set(packed.namelist())


@pytest.mark.parametrize("file", ["catalogue.csv", "catalogue", "..", "catalogue.xlsx.exe"])
def test_another_form_is_not_found(shipped: Cast, file: str) -> None:
    assert shipped.client("otto").get(f"/catalogue/export/{file}").status_code == 404


def test_the_api_tells_the_same_numbers(shipped: Cast) -> None:
    token = issue_token(shipped.viewer("anna"), title="Reader", role=Role.AUDITOR, expires=date(2027, 1, 1))
    answer = Client().get("/api/v1/catalogue/quality", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.json() == {
        "catalogue": load().digest,
        "programmes": {one.programme: quality_form(one) for one in qualities(load(), TODAY)},
    }
    assert Client().get("/api/v1/catalogue/quality").status_code == 401
