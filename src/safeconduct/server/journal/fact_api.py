"""The API of facts: for each section list, get, put and delete, all derived from FACT_KINDS and the codec."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from safeconduct.catalogue.marked import Refusing
from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import from_plain, shape_of, to_plain
from safeconduct.server.common.catalogue_in_use import need_reader_in_use
from safeconduct.server.journal.actions import LONGEST_WHY, withdraw
from safeconduct.server.journal.currency import current
from safeconduct.server.journal.reading import seen, seen_one
from safeconduct.server.journal.unchanged import state_of, unchanged

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer

PAGE, LARGEST_PAGE, LAST_PLACE = 100, 1000, 1_000_000_000
NOT_UNDERSTOOD = 400

_CONDITIONS = [
    {
        "in": "header",
        "name": "If-Match",
        "schema": {"type": "string"},
        "description": "The ETag it was read with: done only while it is still in that state.",
    },
    {
        "in": "header",
        "name": "If-None-Match",
        "schema": {"const": "*"},
        "description": "`*`: done only while nothing is recorded under the key.",
    },
]

Action = Callable[[Any, Any], Any]


class Page(Schema):
    """Which part of a list is asked for."""

    start: int = Field(0, ge=0, le=LAST_PLACE, description="Place of the first one, from 0.")
    size: int = Field(PAGE, ge=1, le=LARGEST_PAGE, description="How many at most.")


class Reason(Schema):
    """Why something is withdrawn."""

    why: str = Field(min_length=1, max_length=LONGEST_WHY, description="Why the fact goes; the journal keeps it.")


def fact_router(actions: Mapping[str, Action]) -> Router:
    """A router for the sections of one app, each with the action that records a fact of it."""
    router = Router(tags=["facts"])
    for section, action in actions.items():
        _add_reading(router, section)
        _add_changing(router, section, action)
    return router


def _add_reading(router: Router, section: str) -> None:
    kind = FACT_KINDS[section]
    schema = shape_of(kind.record).schema()

    def list_facts(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
        viewer = viewer_of_call(request)
        head, records = current(viewer).head, seen(viewer, section)
        facts = [to_plain(record) for record in records[page.start : page.start + page.size]]
        return {"journal": str(head), "count": len(records), "start": page.start, "facts": facts}

    def get_fact(request: HttpRequest, response: HttpResponse, key: str) -> dict[str, Any]:
        return _told(response, seen_one(viewer_of_call(request), section, key))

    router.add_api_operation(
        f"/facts/{section}",
        ["GET"],
        list_facts,
        operation_id=f"list_{section}",
        summary=f"List facts: {kind.title.lower()}",
        openapi_extra={"responses": {"200": _answer("The facts by key, a page of them.", _page_of(schema))}},
    )
    router.add_api_operation(
        f"/facts/{section}/{{key}}",
        ["GET"],
        get_fact,
        operation_id=f"get_{section}",
        summary=f"Get one fact: {kind.title.lower()}",
        openapi_extra={"responses": {"200": _answer("The fact.", schema), "404": {"description": "Not found."}}},
    )


def _add_changing(router: Router, section: str, action: Action) -> None:
    kind = FACT_KINDS[section]
    schema = shape_of(kind.record).schema()

    def put_fact(request: HttpRequest, response: HttpResponse, key: str) -> dict[str, Any]:
        viewer = viewer_of_call(request)
        record = read_fact(section, key, request.body)
        with _as_it_was_read(request, viewer, section, key):
            return _told(response, action(viewer, record))

    def delete_fact(request: HttpRequest, key: str, reason: Query[Reason]) -> Status[None]:
        viewer = viewer_of_call(request)
        with _as_it_was_read(request, viewer, section, key):
            withdraw(viewer, section, key, why=reason.why)
        return Status(204, None)

    refused = {
        "412": {"description": "Changed meanwhile: it is not what `If-Match` or `If-None-Match` says."},
        "422": {"description": "Refused: problem details list every problem; nothing was stored."},
    }
    router.add_api_operation(
        f"/facts/{section}/{{key}}",
        ["PUT"],
        put_fact,
        operation_id=f"put_{section}",
        summary=f"Record a fact: {kind.title.lower()}",
        description="Stores the fact in place of the one with its key, or as a new one.",
        openapi_extra={
            "parameters": _CONDITIONS,
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": {"200": _answer("The fact as recorded.", schema), **refused},
        },
    )
    router.add_api_operation(
        f"/facts/{section}/{{key}}",
        ["DELETE"],
        delete_fact,
        response={204: None},
        operation_id=f"delete_{section}",
        summary=f"Withdraw a fact: {kind.title.lower()}",
        description="For what should never have been recorded; what has ended gets a last day instead.",
        openapi_extra={"parameters": _CONDITIONS[:1], "responses": refused},
    )


def read_fact(section: str, key: str, body: bytes) -> Any:
    """The record in a request's body. Raises Refusals with every problem, HttpError for what is no JSON object."""
    try:
        plain = json.loads(body, object_pairs_hook=_each_once, parse_constant=_no_number, parse_float=_finite)
    except ValueError as error:
        raise HttpError(NOT_UNDERSTOOD, f"The body is no JSON: {error}.") from None
    except RecursionError:
        raise HttpError(NOT_UNDERSTOOD, "The body nests deeper than any fact.") from None
    if not isinstance(plain, dict):
        raise HttpError(NOT_UNDERSTOOD, "The body is not a JSON object with the fact's fields.")
    if plain.setdefault("key", key) != key:
        raise Refusal(
            f"The body names the key {plain['key']!r}, the address {key!r}.",
            do="Leave the key out of the body, or make both the same.",
            code="other-key",
        )
    refusing = Refusing("")
    record = from_plain(FACT_KINDS[section].record, plain, refusing, read_need=need_reader_in_use())
    if refusing.problems:
        raise Refusals(refusing.problems)
    return record


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The entries of a mapping; ValueError where one is given twice, as nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is given twice")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _finite(digits: str) -> float:
    """A number with a fraction or a power; ValueError where it is beyond any count."""
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:20]} is larger than any number")
    return number


@contextmanager
def _as_it_was_read(request: HttpRequest, viewer: Viewer, section: str, key: str) -> Iterator[None]:
    """Do what follows only while the fact is what the caller says it read; without a word of that, at once."""
    read, anew = request.headers.get("If-Match"), request.headers.get("If-None-Match") == "*"
    if read is None and not anew:
        yield
        return
    with unchanged(viewer, section, key, read="" if read is None else read.strip().strip('"')):
        yield


def _told(response: HttpResponse, record: Any) -> dict[str, Any]:
    """A fact's form; its state goes into the header ETag."""
    response["ETag"] = f'"{state_of(record)}"'
    return to_plain(record)


def viewer_of_call(request: HttpRequest) -> Viewer:
    """Whose token the call carries."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    return viewer


def _answer(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _page_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "journal": {"type": "string", "description": "Head of the journal these facts belong to, as seq:hash."},
            "count": {"type": "integer", "description": "How many there are in all."},
            "start": {"type": "integer", "description": "Place of the first one shown, from 0."},
            "facts": {"type": "array", "items": schema},
        },
        "required": ["journal", "count", "start", "facts"],
    }
