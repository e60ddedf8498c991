"""JSON Schemas of the catalogue's files, for editors: they offer fields and words while somebody writes.

The schemas know the form; whether a named control, term or row exists only `safeconduct catalogue check` knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from safeconduct.catalogue import (
    about,
    checklists,
    controls,
    equivalences,
    expectations,
    identifiers,
    programmes,
    recognition,
    requirements,
    retired,
    sources,
    terms,
)
from safeconduct.catalogue.export.whole import export_schema
from safeconduct.catalogue.need_schema import NEED_DEFS
from safeconduct.catalogue.schema_parts import (
    DAY,
    FLAG,
    TEXT,
    Schema,
    listed,
    mapping,
    plain,
    record,
    ref,
    source,
    word,
    words,
)
from safeconduct.catalogue.threat_schema import THREAT_DEFS, threat_schemas
from safeconduct.core.identifiers import RULES
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Inherits,
    Mode,
    Obligation,
    RequirementKind,
    Rule,
    Scope,
    Unitary,
)
from safeconduct.core.records.equivalence import Effect, HeldBy
from safeconduct.core.records.identifiers import Bearer
from safeconduct.core.records.in_place import Shown

FOLDER = Path(__file__).parent / "schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_COUNT: Schema = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]}


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    return {
        "terms.schema.json": _file("terms.yml", _terms()),
        "controls.schema.json": _file("A family's controls", _controls()),
        "programme.schema.json": _file("programme.yml", _programme()),
        "about.schema.json": _file("about.yml", _about()),
        "expectations.schema.json": _file("expectations.yml", _expectations()),
        "requirements.schema.json": _file("Requirements", _requirements(), NEED_DEFS),
        "recognition.schema.json": _file("Recognition", _recognition()),
        "equivalences.schema.json": _file("Equivalences", _equivalences()),
        "checklists.schema.json": _file("Checklists", _checklists()),
        "identifiers.schema.json": _file("Types of identifiers", _identifiers()),
        "retired.schema.json": _file("retired.yml", mapping(plain(retired.REQUIRED, retired.OPTIONAL, on=DAY))),
        **{name: _file(title, schema, THREAT_DEFS.get(name)) for name, (title, schema) in threat_schemas().items()},
        "catalogue-export.schema.json": export_schema(),
    }


def schema_text(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write every schema into a folder; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(schema_text(schema), "utf-8")
        written.append(path)
    return tuple(written)


def _file(title: str, schema: Schema, defs: Mapping[str, Schema] | None = None) -> Schema:
    return {"$schema": _DIALECT, "title": title, **schema, **({"$defs": dict(defs)} if defs else {})}


def _of(section: str, **known: Schema) -> Schema:
    """A section of terms.yml."""
    required, optional = terms.fields_of(section)
    return mapping(plain(required, optional, **known))


def _terms() -> Schema:
    elements = words()
    return record(
        ("lists",),
        {
            "lists": _of(
                "lists", order=elements, set=elements, profiled=FLAG, within=mapping(TEXT), titles=mapping(TEXT)
            ),
            "traits": _of("traits", of=word(Scope)),
            "figures": _of("figures", unit=word(terms.FIGURE_UNITS), basis=word(terms.FIGURE_BASES)),
            "events": _of("events", weights=elements, amount=word(["money"])),
            "checks": _of("checks", about=elements),
            "proofs": _of("proofs", ends=word(["may-be-open"])),
            "schemes": _of("schemes"),
            "roles": _of("roles"),
            "own_targets": record((), dict.fromkeys(terms.OWN_TARGET_NEEDS, TEXT)),
        },
    )


def _controls() -> Schema:
    kinds = {kind.value: word(["yes"]) for kind in ParameterKind}
    kinds |= {"order": TEXT, "set": TEXT, "choice": words()}
    parameter = record((), {**kinds, "better": word(controls.DIRECTIONS), "inherits": word(Inherits), "title": TEXT})
    return mapping(
        plain(
            controls.REQUIRED,
            controls.OPTIONAL,
            family=word(controls.FAMILIES),
            mode=word(Mode),
            inherits=word(Inherits),
            shown=words(Shown),
            parameters=mapping(parameter),
        )
    )


def _programme() -> Schema:
    rows = {"anyOf": [_COUNT, word(["auto"])]}
    of = {"anyOf": [_COUNT, word(["unknown"])]}
    coverage = plain(programmes.COVERAGE_FIELDS, ("gaps",), rows=rows, of=of, complete=FLAG, gaps=words())
    document = plain(sources.DOCUMENT_REQUIRED, ("link", "key"), checked=DAY, sure=word(sources.SURE))
    return plain(
        programmes.REQUIRED,
        programmes.OPTIONAL,
        unit=word(Unitary),
        roles=words(),
        rule=word(Rule),
        coverage=mapping(coverage),
        sources=listed(document),
        kind=word(programmes.KINDS),
        since=DAY,
        until=DAY,
        transition=record(("until",), {"until": DAY}),
        variants=words(),
        variant_titles=mapping(TEXT),
        schemes={"anyOf": [TEXT, mapping(TEXT)]},
        waivers=FLAG,
        alternatives=record(("accepted_by",), {"accepted_by": words(programmes.ACCEPTERS)}),
        not_applicable=word(["allowed", "never"]),
        chapters=mapping(TEXT),
    )


def _about() -> Schema:
    sections: dict[str, Schema] = {name: listed(_statement("what", ())) for name in about.UNTIMED}
    sections |= {name: listed(_statement(field, about.TIMES)) for name, field in about.TIMED.items()}
    link = plain(about.LINK_FIELDS, (), url={"type": "string", "pattern": "^https://"})
    return plain(about.REQUIRED, about.OPTIONAL, **sections, links=listed(link))


def _statement(field: str, times: Iterable[str]) -> Schema:
    return plain((field, "source"), ("note", *times), by=word(Addressee), source=source())


def _expectations() -> Schema:
    share: Schema = {"type": "string", "pattern": r"^\d+(\.\d+)? ?%$"}
    shares = {name: record((), dict.fromkeys(expectations.LIMITS, share)) for name in expectations.SHARES}
    rows = record((), dict.fromkeys(expectations.LIMITS, _COUNT))
    return record((), {expectations.ROWS: rows, **shares, expectations.CHECKED: record((), {"since": DAY})})


def _requirements() -> Schema:
    timeline: Schema = mapping(word(Obligation), keys=DAY)
    roles: Schema = mapping({"anyOf": [word(Applies), timeline]})
    shared: dict[str, Schema] = {"obligation": timeline, "roles": roles, "when": ref("condition"), "needs": ref("need")}
    part = plain(requirements.PART_REQUIRED, requirements.PART_OPTIONAL, **shared)
    row = plain(
        requirements.REQUIRED,
        requirements.OPTIONAL,
        **shared,
        kind=word(RequirementKind),
        addressee=word(Addressee),
        scope=word(Scope),
        about=word(requirements.ABOUT),
        safe=words(requirements.SAFE),
        parts=listed(part),
        variants=words(),
        decisive=FLAG,
        source=source(),
    )
    return listed(row)


def _recognition() -> Schema:
    declare = plain(recognition.DECLARE_REQUIRED, recognition.DECLARE_OPTIONAL, identifiers=words(), source=source())
    known: dict[str, Any] = {"effect": word(recognition.EFFECTS), "declare": declare, "source": source()}
    return listed(plain(recognition.REQUIRED, recognition.OPTIONAL, signed=DAY, since=DAY, until=DAY, **known))


def _equivalences() -> Schema:
    scope = plain((), equivalences.SCOPE_FIELDS, held_by=word(HeldBy), roles=words(), variants=words())
    known: dict[str, Any] = {"effect": word(Effect), "scope": scope, "source": source()}
    return listed(plain(equivalences.REQUIRED, equivalences.OPTIONAL, to=words(), since=DAY, until=DAY, **known))


def _checklists() -> Schema:
    item = plain(checklists.ITEM_REQUIRED, checklists.ITEM_OPTIONAL, source=source())
    known: dict[str, Any] = {"units": words(), "items": listed(item), "asked_by": words(), "source": source()}
    return listed(plain(checklists.REQUIRED, checklists.OPTIONAL, **known))


def _identifiers() -> Schema:
    known: dict[str, Any] = {"of": words(Bearer), "check": word(RULES), "schemes": words()}
    known |= {"ignores": words(identifiers.MARKS)}
    return listed(plain(identifiers.REQUIRED, identifiers.OPTIONAL, source=source(), **known))
