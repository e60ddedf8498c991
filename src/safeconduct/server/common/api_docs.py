"""The API for people who write programs: one page made of its OpenAPI description, with nothing from outside.

`docs_page(api)` is the page; `urls.py` gives it its address, as only there the API is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from safeconduct.server.common.look.day import without_day
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Ident, Link, Number, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.common.look.values import Shown

type Plain = Mapping[str, Any]
type Describes = Callable[[], Plain]

_METHODS = ("get", "put", "post", "patch", "delete")
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no", "object": "fields"}


@dataclass(frozen=True, slots=True)
class Group:
    """The calls of one subject."""

    title: str
    anchor: str
    calls: Table


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of data: its name, what it is, its fields."""

    title: str
    anchor: str
    what: str
    fields: Table


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All that the page shows."""

    verdict: Verdict
    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]
    shapes: tuple[Shape, ...]


def docs_page(describe: Describes, schema_url: Callable[[], str]) -> Callable[..., HttpResponse]:
    """The page of an API; `describe` gives its OpenAPI description, `schema_url` where programs read it."""

    @cache
    def page() -> ApiPage:
        # It is the same for everybody and on every day as long as the process runs.
        return api_page(describe(), without_day(schema_url()))

    @require_safe
    def api_docs(request: HttpRequest) -> HttpResponse:
        """What the API can be asked."""
        return render(request, "api_docs.html", {"title": "API", "trail": (), "page": page()})

    return api_docs


def api_page(schema: Plain, schema_url: str) -> ApiPage:
    """The page made of an OpenAPI description."""
    calls = list(_calls(schema))
    tags = list(dict.fromkeys(_tag(operation) for _, _, operation in calls))
    groups = tuple(_group(tag, [one for one in calls if _tag(one[2]) == tag]) for tag in tags)
    shapes = tuple(_shape(name, shape) for name, shape in _shapes(schema).items())
    info = schema["info"]
    return ApiPage(
        verdict=Verdict(
            (f"{counted(len(calls), 'call', 'calls')} record and read the same facts.",),
            title=f"API of {info['title']} {info['version']}",
            lead="A token opens it, shown in the header Authorization after the word Bearer; an administrator issues "
            "one. Errors come as problem details, every problem of a request at once.",
        ),
        boxes=(
            Box("Description", Link("OpenAPI", schema_url), "for generators of clients"),
            Box("Calls", Number(len(calls), f"#{groups[0].anchor}" if groups else "")),
            Box("Forms of data", Number(len(shapes), "#forms")),
            Box("Token", Ident("Authorization: Bearer sct_…")),
        ),
        groups=groups,
        shapes=shapes,
    )


def _calls(schema: Plain) -> Iterator[tuple[str, str, Plain]]:
    """Each call: method, path, and what the description says of it."""
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield method.upper(), without_day(path), methods[method]


def _tag(operation: Plain) -> str:
    return str((operation.get("tags") or ["other"])[0])


def _group(tag: str, calls: list[tuple[str, str, Plain]]) -> Group:
    columns = (Column("Call"), Column("What it does"), Column("Asks"), Column("Sends"), Column("Answers"))
    return Group(tag.capitalize(), f"calls-{slugify(tag)}", Table(columns, [_call_row(*one) for one in calls]))


def _call_row(method: str, path: str, operation: Plain) -> Row:
    asks = [_parameter(one) for one in operation.get("parameters", ())]
    return Row(
        (
            Several((method, Ident(path)), " "),
            Link(str(operation.get("summary", "")).capitalize(), note=str(operation.get("description", ""))),
            Several(tuple(asks), "; ") if asks else Quiet("nothing"),
            _sent(operation),
            _answered(operation),
        )
    )


def _parameter(parameter: Plain) -> Shown:
    needed = "" if parameter.get("required") else ", optional"
    said = parameter.get("description") or ""
    return Several((Ident(parameter["name"]), f"{type_words(parameter['schema'])}{needed}", said), " ")


def _sent(operation: Plain) -> Shown:
    body = operation.get("requestBody")
    if body is None:
        return Quiet("nothing")
    return Several(tuple(_content(kind, one, operation) for kind, one in body["content"].items()))


def _answered(operation: Plain) -> Shown:
    found: dict[str, Shown] = {}
    for status, answer in operation.get("responses", {}).items():
        told = [_content(kind, one, operation) for kind, one in answer.get("content", {}).items()]
        found[str(status)] = Several((Ident(str(status)), *(told or [answer.get("description", "")])), " ")
    return Several(tuple(found.values()), "; ")


def _content(kind: str, content: Plain, operation: Plain) -> Shown:
    shape = content.get("schema", {})
    if (name := _named(shape)) or (name := _own_name(shape, operation)):
        return Link(name, f"#{_anchor(name)}")
    return type_words(shape) if kind == "application/json" else kind


def _named(shape: Plain) -> str:
    return str(shape.get("$ref", "")).rpartition("/")[2]


def _own_name(shape: Plain, operation: Plain) -> str:
    """The name of a form that only its calls describe: certificates from put_certificates, and the list of them."""
    if not shape.get("properties") or shape.get("title") == "FileParams":
        return ""
    deed, _, name = str(operation["operationId"]).partition("_")
    return f"list of {name}" if deed == "list" else name


def _shapes(schema: Plain) -> dict[str, Plain]:
    """Every form of data by its name: those of the description first, then those of the calls."""
    found: dict[str, Plain] = dict(schema.get("components", {}).get("schemas", {}))
    for _, _, operation in _calls(schema):
        body = operation.get("requestBody", {})
        answers = operation.get("responses", {}).values()
        for one in [body, *answers]:
            for content in one.get("content", {}).values():
                shape = content.get("schema", {})
                if name := _own_name(shape, operation):
                    found.setdefault(name, shape)
    return found


def _shape(name: str, shape: Plain) -> Shape:
    needed = set(shape.get("required", ()))
    columns = (Column("Field"), Column("Takes"), Column("Needed"), Column("What it is"))
    rows = [
        Row(
            (
                Ident(field),
                type_words(said),
                "yes" if field in needed else Quiet("no"),
                str(said.get("description", "")),
            )
        )
        for field, said in shape.get("properties", {}).items()
    ]
    return Shape(name, _anchor(name), str(shape.get("description", "")), Table(columns, rows))


def _anchor(name: str) -> str:
    return f"form-{slugify(name)}"


def type_words(shape: Plain) -> str:
    """What a form of data takes, in a few words.

    >>> type_words({"type": "array", "items": {"type": "string", "format": "date"}})
    'list of day'
    >>> type_words({"anyOf": [{"type": "integer"}, {"type": "null"}]})
    'whole number or nothing'
    """
    if name := _named(shape):
        return name
    if "enum" in shape:
        return " or ".join(dict.fromkeys(str(one).lower() for one in shape["enum"]))
    if any_of := shape.get("anyOf"):
        return " or ".join(dict.fromkeys(type_words(one) for one in any_of))
    kind = shape.get("type")
    if isinstance(kind, list):
        return " or ".join(_TYPES.get(str(one), "anything") for one in kind)
    if kind == "array":
        return f"list of {type_words(shape.get('items', {}))}"
    if kind == "null":
        return "nothing"
    given = {"date": "day", "date-time": "moment", "binary": "file"}.get(str(shape.get("format", "")))
    return given or _TYPES.get(str(kind), "anything")
