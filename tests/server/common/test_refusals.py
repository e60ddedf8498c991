"""Expected errors become pages once: what may be mended is told, what one may not see is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from safeconduct.core.errors import NotAllowed, Place, Refusal, Refusals, SafeconductError, UnknownKey
from safeconduct.server.common.refusals import RefusalMiddleware, refusals_in, status_of

if TYPE_CHECKING:
    from tests.server.cast import Cast

ONE = Refusal("Ends before it starts.", do="Swap the days.", place=Place(field="to"))


def page_of(error: Exception) -> HttpResponse | None:
    def never(_request: HttpRequest) -> HttpResponse:
        raise AssertionError("the error is handed in directly")

    return RefusalMiddleware(never).process_exception(RequestFactory().get("/"), error)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (ONE, 422, "Swap the days."),
        (Refusals([ONE, Refusal("Another.")]), 422, "Another."),
        (NotAllowed("As auditor you may not."), 403, "As auditor you may not."),
    ],
)
def test_each_expected_error_has_its_page(error: SafeconductError, status: int, says: str) -> None:
    page = page_of(error)
    assert page is not None
    assert (page.status_code, status_of(error)) == (status, status)
    assert says in page.content.decode()


def test_an_unknown_key_is_not_found() -> None:
    with pytest.raises(Http404):
        page_of(UnknownKey("unit", "rtm", ["rot"]))


def test_a_fault_of_the_program_goes_on_to_be_logged() -> None:
    assert page_of(ValueError("a fault")) is None


def test_every_problem_is_told_in_order() -> None:
    assert [one.what for one in refusals_in(Refusals([ONE, Refusal("B")]))] == ["Ends before it starts.", "B"]


@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/files"])
def test_a_request_larger_than_any_upload_is_refused_before_it_is_read(path: str, cast: Cast, settings: Any) -> None:
    settings.UPLOAD_BYTES = 1024
    answer = Client().post(path, {"file": SimpleUploadedFile("big.pdf", b"%PDF-" + b"x" * 2_200_000)})
    assert answer.status_code == 413
    assert "The request is " in answer.content.decode()
