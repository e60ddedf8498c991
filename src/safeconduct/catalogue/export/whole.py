"""The whole catalogue as one JSON file, and back: every word, control, programme, row and recognition.

The file says in `sha256` what its `catalogue` comes to, so that a file somebody changed by hand is told from ours: only
what `safeconduct catalogue check` found fine is ever written, and only that is read back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from safeconduct.catalogue.export.forms import Reading, form_of, members, schemas_of
from safeconduct.catalogue.marked import Refusing
from safeconduct.catalogue.need_schema import NEED_DEFS
from safeconduct.catalogue.need_words import Ask, words_of
from safeconduct.catalogue.schema_parts import Schema, record, ref
from safeconduct.core.errors import Place, Refusal, Refusals
from safeconduct.core.records.catalogue import Catalogue, Programme

FORMAT = "safeconduct-catalogue/1"
_PROGRAMMES, _ROWS = "programmes", "requirements"
_FIRST = ("terms", "controls")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def catalogue_json(catalogue: Catalogue) -> str:
    """The catalogue as a JSON text: equal catalogues give equal texts."""
    content = form_of(Catalogue).write(catalogue)
    whole = {"format": FORMAT, "sha256": _sum_of(content), "catalogue": content}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_catalogue_json(text: str, name: str = "") -> Catalogue:
    """The catalogue that was written. Refusal for anything `catalogue_json` did not write; `name` is the file's."""
    try:
        whole = json.loads(text)
        content = whole["catalogue"]
        is_ours = whole["format"] == FORMAT and whole["sha256"] == _sum_of(content)
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours = False
    if not is_ours:
        why = f"It is not JSON of the form {FORMAT}, or somebody changed it: its sum does not fit."
        raise Refusal("This is no catalogue that we wrote.", why=why, do=_AGAIN, place=Place(name))
    try:
        return _read(content, name)
    except (ValueError, TypeError, KeyError) as fault:
        why = f"Another version of Safeconduct wrote it ({fault})."
        raise Refusal("This catalogue cannot be read.", why=why, do=_AGAIN, place=Place(name)) from fault


_AGAIN = "Write it again with `safeconduct catalogue export --json FILE`."


def _sum_of(content: Any) -> str:
    """SHA-256 of the content as compact JSON in UTF-8."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _read(content: dict[str, Any], name: str) -> Catalogue:
    """First words, controls and the heads of programmes; then the rows and tables, whose needs name all these."""
    refusing = Refusing(name)
    forms = {one.written: one.form for one in members(Catalogue)}
    heads = {key: form_of(Programme).read({**one, _ROWS: []}, Reading()) for key, one in content[_PROGRAMMES].items()}
    known = {key: forms[key].read(content[key], Reading()) for key in _FIRST}
    catalogue = Catalogue(programmes=heads, **known)
    rows = next(one.form for one in members(Programme) if one.written == _ROWS)
    programmes = {}
    for key, head in heads.items():
        asking = Reading(Ask(words_of(catalogue, head), refusing))
        programmes[key] = replace(head, requirements=rows.read(content[_PROGRAMMES][key][_ROWS], asking))
    asking = Reading(Ask(words_of(catalogue), refusing))
    tables = {key: forms[key].read(one, asking) for key, one in content.items() if key not in (*_FIRST, _PROGRAMMES)}
    if refusing.problems:
        raise Refusals(refusing.problems)
    return replace(catalogue, programmes=programmes, **tables)


def export_schema() -> Schema:
    """The JSON Schema of the file."""
    fields = {"format": {"const": FORMAT}, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}
    whole = record((*fields, "catalogue"), {**fields, "catalogue": ref(Catalogue.__name__)})
    title = "The whole catalogue, as `safeconduct catalogue export --json` writes it"
    return {"$schema": _DIALECT, "title": title, **whole, "$defs": {**schemas_of(Catalogue), **NEED_DEFS}}
