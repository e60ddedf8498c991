"""The API told to those who write programs, made of its own description."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from safeconduct.server.common.api_docs import api_page, type_words
from safeconduct.server.common.exports import plain
from tests.server.cast import Cast

SEAL = {"$ref": "#/components/schemas/Seal"}
SCHEMA: dict[str, Any] = {
    "info": {"title": "Demo", "version": "1"},
    "paths": {
        "/seals": {
            "get": {
                "operationId": "list_seals",
                "summary": "List seals",
                "tags": ["facts"],
                "parameters": [
                    {"in": "query", "name": "size", "schema": {"type": "integer"}, "description": "How many."},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "properties": {
                                        "seals": {"type": "array", "items": {"$ref": "#/components/schemas/Seal"}}
                                    }
                                }
                            }
                        }
                    }
                },
            },
            "put": {
                "operationId": "put_seals",
                "summary": "Record a seal",
                "description": "In place of another.",
                "tags": ["facts"],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "properties": {
                                    "number": {"type": "string", "description": "As it is stamped."},
                                    "fitted": {"type": "string", "format": "date"},
                                },
                                "required": ["number"],
                            }
                        }
                    }
                },
                "responses": {
                    "200": {"content": {"application/json": {"schema": SEAL}}},
                    "422": {"description": "Refused."},
                },
            },
        },
        "/files": {"post": {"operationId": "post_file", "summary": "Keep a file", "responses": {}}},
    },
    "components": {"schemas": {"Seal": {"description": "A seal.", "properties": {"number": {"type": "string"}}}}},
}


def test_each_call_tells_what_it_asks_sends_and_answers() -> None:
    page = api_page(SCHEMA, "/openapi.json")
    assert [(group.title, len(group.calls.rows)) for group in page.groups] == [("Facts", 2), ("Other", 1)]
    cells = [[plain(cell) for cell in row.cells] for group in page.groups for row in group.calls.rows]
    assert cells == [
        ["GET /seals", "List seals", "size whole number, optional How many.", "nothing", "200 list of seals"],
        [
            "PUT /seals",
            "Record a seal (In place of another.)",
            "nothing",
            "seals",
            "200 Seal; 422 Refused.",
        ],
        ["POST /files", "Keep a file", "nothing", "nothing", ""],
    ]


def test_each_form_of_data_tells_its_fields_once() -> None:
    shapes = {shape.title: shape for shape in api_page(SCHEMA, "/openapi.json").shapes}
    assert list(shapes) == ["Seal", "list of seals", "seals"]
    assert [[plain(cell) for cell in row.cells] for row in shapes["seals"].fields.rows] == [
        ["number", "text", "yes", "As it is stamped."],
        ["fitted", "day", "no", ""],
    ]


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date-time"}, "moment"),
        ({"type": "array", "items": {"$ref": "#/x/Line"}}, "list of Line"),
        ({"enum": ["yes", "no", True, False]}, "yes or no or true or false"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "whole number or nothing"),
        ({"type": ["string", "number"]}, "text or number"),
        ({}, "anything"),
    ],
)
def test_a_type_is_told_in_words(shape: dict[str, Any], words: str) -> None:
    assert type_words(shape) == words


def test_everybody_signed_in_reads_it_and_nobody_changes_it(cast: Cast) -> None:
    for name in ("anna", "mara", "otto", "olga"):
        client = cast.client(name)
        html = client.get("/api/").content.decode()
        assert "/api/v1/facts/certificates/{key}" in html
        assert 'href="/api/v1/openapi.json"' in html
        assert client.post("/api/").status_code == 405
    assert Client().get("/api/")["Location"].startswith("/sign-in/")


def test_every_link_of_it_leads_somewhere_on_it(cast: Cast) -> None:
    html = cast.client("otto").get("/api/").content.decode()
    anchors = set(re.findall(r'id="([^"]+)"', html))
    asked = set(re.findall(r'href="#([^"]+)"', html))
    assert "form-certificates" in asked
    assert asked - anchors <= {"main"}


def test_its_addresses_are_the_same_on_every_day(cast: Cast) -> None:
    client = cast.client("otto")
    for path in ("/on/2020-01-01/api/", "/api/"):
        html = client.get(path).content.decode()
        assert ">/api/v1/facts/certificates/{key}<" in html
        assert 'href="/api/v1/openapi.json"' in html
