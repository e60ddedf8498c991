"""Errors of the API in problem-details form (RFC 9457), every problem of a request at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from safeconduct.core.errors import Refusal, SafeconductError
from safeconduct.server.common.refusals import refusals_in, status_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from ninja import NinjaAPI

API = "/api/v1/"
"""Where the API's addresses begin."""
MEDIA_TYPE = "application/problem+json"
REFUSED = "Refused"


def problem(status: int, detail: str, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """One answer in problem-details form; `errors` lists each refusal."""
    title = REFUSED if status == HTTPStatus.UNPROCESSABLE_ENTITY else HTTPStatus(status).phrase
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


_DETAILS = {
    400: "The request is not understood.",
    404: "There is nothing here that you may see.",
    405: "This address does not know this method; the header Allow names those it knows.",
    413: "The request is larger than a fact or an upload may be.",
    500: "A fault of the server, which was logged. Nothing was stored.",
}


class ProblemMiddleware:
    """Below the API's address every answer that is no success is in this form, whoever gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        told = answer.get("Content-Type", "").startswith(("application/json", MEDIA_TYPE))
        if answer.status_code < HTTPStatus.BAD_REQUEST or told or not request.path_info.startswith(API):
            return answer
        found = problem(answer.status_code, _DETAILS.get(answer.status_code, answer.reason_phrase))
        if "Allow" in answer:
            found["Allow"] = answer["Allow"]
        return found


def as_error(refusal: Refusal) -> dict[str, str]:
    """One refusal: where in which text, which field, what, why, what to do."""
    parts = {
        "code": refusal.code,
        "where": f"{refusal.place.file}:{refusal.place.line}" if refusal.place.line else "",
        "field": refusal.place.field,
        "what": refusal.what,
        "why": refusal.why,
        "do": refusal.do,
    }
    return {name: text for name, text in parts.items() if text}


def answer_problems(api: NinjaAPI) -> None:
    """Have the API answer every expected error in this form."""
    api.add_exception_handler(SafeconductError, _refused)
    api.add_exception_handler(Http404, lambda _request, _error: problem(404, _DETAILS[404]))
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: problem(413, _DETAILS[413]))
    api.add_exception_handler(HttpError, _http_error)


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    status = status_of(error)
    errors = [as_error(refusal) for refusal in refusals_in(error)]
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return problem(status, str(error))
    count = len(errors)
    detail = str(error) if count == 1 else f"{count} things are refused; nothing was stored."
    return problem(status, detail, errors=errors)


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _not_signed_in(_request: HttpRequest, _error: Any) -> HttpResponse:
    answer = problem(401, "The request carries no token that opens anything: none, a wrong, an ended or a revoked one.")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"code": "invalid", "field": ".".join(str(step) for step in one["loc"][1:]), "what": f"{one['msg']}."}
        for one in error.errors
    ]
    return problem(422, "The request is not understood; nothing was stored.", errors=errors)
