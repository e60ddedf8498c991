"""Reads requirements.yml: the rows of an edition, in our own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from safeconduct.catalogue.conditions import read_condition
from safeconduct.catalogue.fields import Fields, day, items, one_of
from safeconduct.catalogue.marked import MapNode, Node, Refusing, ScalarNode
from safeconduct.catalogue.need_reader import read_need
from safeconduct.catalogue.need_words import Ask
from safeconduct.catalogue.sources import read_source
from safeconduct.catalogue.terms import good_key
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Obligation,
    Part,
    Programme,
    Requirement,
    RequirementKind,
    Scope,
    Timeline,
)
from safeconduct.core.records.needs import AnswerNeed, Condition, Need

REQUIRED = ("key", "ref", "title", "asks", "kind", "source")
OPTIONAL = (
    *("obligation", "roles", "addressee", "scope", "about", "safe", "chapter", "when", "needs", "parts", "variants"),
    *("decisive", "illustrates", "supersedes", "note"),
)
PART_REQUIRED = ("part", "obligation", "needs")
PART_OPTIONAL = ("roles", "when", "title")
ABOUT = ("conveyance", "consignment", "partner", "person")
SAFE = tuple("ABCDEFGHIJKLM")
JUDGED = (RequirementKind.CONDITION, RequirementKind.METRIC)
"""Kinds that bind and are judged; bonus rows are judged too, but never bind."""

_KEY = re.compile(r"^[a-z0-9-]+/[a-z0-9]+([.-][a-z0-9]+)*(@[a-z0-9]+([.-][a-z0-9]+)*)?$")
_NO_SOURCE = Source("", "", date.min, Sure.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row with the fields it was read from, for checks that need all rows."""

    requirement: Requirement
    fields: Fields


def read_requirements(node: Node, programme: Programme, ask: Ask) -> tuple[WrittenRow, ...]:
    """The rows of one file. What is refused in a row is left out of it, so that reading can go on."""
    rows = items(node, "", ask.refusing)
    return tuple(_read_row(item, _name(item, path), programme, ask) for path, item in rows)


def _name(node: Node, path: str) -> str:
    """How refusals call a row: by its key where it has one."""
    key = node.get("key") if isinstance(node, MapNode) else None
    return key.text if isinstance(key, ScalarNode) and key.text else path


def _read_row(node: Node, name: str, programme: Programme, ask: Ask) -> WrittenRow:
    fields = Fields(node, name, ask.refusing, required=REQUIRED, optional=OPTIONAL)
    kind = fields.choice("kind", RequirementKind, RequirementKind.CONDITION)
    source = read_source(fields.at("source"), fields.path("source"), ask.refusing) if "source" in fields else None
    requirement = Requirement(
        key=_read_key(fields, programme),
        ref=fields.text("ref"),
        title=fields.text("title"),
        asks=fields.text("asks"),
        kind=kind,
        obligation=_read_timeline(fields, "obligation", programme),
        roles=_read_roles(fields, programme),
        scope=fields.choice("scope", Scope, Scope.ENTITY),
        source=source or _NO_SOURCE,
        addressee=fields.choice("addressee", Addressee, Addressee.TRADER),
        about=fields.word("about", ABOUT, "subject"),
        safe=fields.known_words("safe", SAFE, "SAFE element"),
        chapter=fields.word("chapter", programme.chapters, "chapter"),
        when=_read_when(fields, ask),
        needs=_read_needs(fields, ask),
        parts=_read_parts(fields, programme, ask),
        variants=fields.known_words("variants", programme.variants, "variant of this programme"),
        decisive=fields.flag("decisive"),
        illustrates=fields.text("illustrates"),
        supersedes=fields.text("supersedes"),
        note=fields.text("note"),
    )
    return WrittenRow(requirement, fields)


def _read_key(fields: Fields, programme: Programme) -> str:
    key = fields.text("key")
    if not key:
        return ""
    if not _KEY.match(key):
        why = "A row's key is its programme, a slash and the issuer's ref in lower case."
        fields.refuse("key", f"{key!r} is no key of a row.", why=why, do=f"Write {programme.key}/<ref>.")
    elif key.split("/", 1)[0] != programme.key:
        why = f"The row stands in {programme.key}."
        fields.refuse("key", f"{key!r} is a key of another programme.", why=why, do=f"Begin it with {programme.key}/.")
    return key


def _read_when(fields: Fields, ask: Ask) -> Condition | None:
    return read_condition(fields.at("when"), fields.path("when"), ask) if "when" in fields else None


def _read_needs(fields: Fields, ask: Ask) -> Need | None:
    return read_need(fields.at("needs"), fields.path("needs"), ask) if "needs" in fields else None


def _read_timeline(fields: Fields, name: str, programme: Programme) -> Timeline:
    node = fields.node_of(name)
    return () if node is None else read_timeline(node, fields.path(name), fields.refusing, programme)


def read_timeline(node: Node, field: str, refusing: Refusing, programme: Programme) -> Timeline:
    """Obligations by their first day, oldest first, all inside the edition."""
    if not isinstance(node, MapNode) or not node.entries:
        what = "An obligation says from which day it holds."
        refusing.refuse(node, field, what, do="Write {2020-03-01: must}.")
        return ()
    found: list[tuple[date, Obligation]] = []
    for key, value in node:
        path = f"{field}.{key.text}"
        first = day(key, path, refusing)
        word = one_of(value, path, refusing, [obligation.value for obligation in Obligation], "obligation")
        if first is None or word is None:
            continue
        if found and first <= found[-1][0]:
            what = f"{first} stands after {found[-1][0]}."
            refusing.refuse(key, path, what, why="Days run from the oldest to the newest.", do="Sort them.")
        _check_inside(key, path, refusing, first, programme)
        found.append((first, Obligation(word)))
    return tuple(found)


def _check_inside(node: Node, field: str, refusing: Refusing, first: date, programme: Programme) -> None:
    if programme.since and first < programme.since:
        what = f"{first} lies before the edition, which starts {programme.since}."
        refusing.refuse(node, field, what, do="Use the edition's first day, or move the row to the edition before.")
    if programme.until and first > programme.until:
        what = f"{first} lies after the edition, which ends {programme.until}."
        refusing.refuse(node, field, what, do="Move the change to the next edition.")


def _read_roles(fields: Fields, programme: Programme) -> dict[str, Applies | Timeline]:
    found: dict[str, Applies | Timeline] = {}
    allowed = [applies.value for applies in Applies]
    for key, value, path in fields.known_entries("roles", programme.roles, "role of this programme"):
        if isinstance(value, MapNode):
            found[key.text] = read_timeline(value, path, fields.refusing, programme)
        elif (word := one_of(value, path, fields.refusing, allowed, "answer")) is not None:
            found[key.text] = Applies(word)
    return found


def _read_parts(fields: Fields, programme: Programme, ask: Ask) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for path, item in fields.items("parts"):
        inner = Fields(item, path, fields.refusing, required=PART_REQUIRED, optional=PART_OPTIONAL)
        part = _read_part(inner, programme, ask)
        if part is None:
            continue
        if part.key in found:
            inner.refuse("part", f"Two parts are called {part.key!r}.", do="Give each its own word.")
        found[part.key] = part
    if fields.is_empty_list("parts"):
        fields.refuse("parts", "The list of parts is empty.", do="Write two parts or more, or use `needs`.")
    return tuple(found.values())


def _read_part(fields: Fields, programme: Programme, ask: Ask) -> Part | None:
    key = fields.text("part")
    if key:
        good_key(fields.at("part"), key, fields.path("part"), fields.refusing)
    obligation = _read_timeline(fields, "obligation", programme)
    roles = _read_roles(fields, programme)
    when, needs = _read_when(fields, ask), _read_needs(fields, ask)
    if not key or needs is None:
        return None
    return Part(key, obligation, needs, roles, when, fields.text("title"))


def check_row(row: WrittenRow, programme: Programme) -> None:
    """Refuse what one row alone shows to be wrong: fields that do not fit its kind, its programme, each other."""
    requirement, fields = row.requirement, row.fields
    _check_contents(requirement, fields)
    _check_kind(requirement, fields)
    _check_obligation(requirement, fields)
    if requirement.decisive and programme.rule.value != "decisive-questions":
        why = f"The rule of this programme is {programme.rule.value}."
        fields.refuse("decisive", "No row is decisive here.", why=why, do="Remove `decisive`, or change the rule.")
    if "scope" not in fields and requirement.kind not in (RequirementKind.GUIDANCE, RequirementKind.EXAMPLE):
        fields.refuse("", "The field 'scope' is missing.", do="Add `scope: entity` or `scope: site`.")
    if programme.unit.value == "site" and "scope" in fields and requirement.scope is Scope.ENTITY:
        why = "What is authorised is the site; a row judged at its legal entity says nothing about it."
        fields.refuse("scope", "The row is judged at the entity in a programme of sites.", why=why, do="Write site.")


def _check_contents(requirement: Requirement, fields: Fields) -> None:
    if "needs" in fields and "parts" in fields:
        fields.refuse("parts", "The row has both `needs` and `parts`.", do="Move the needs into a part.")
    free = requirement.kind is RequirementKind.GUIDANCE or requirement.addressee is Addressee.AUTHORITY
    if "needs" not in fields and "parts" not in fields and not free:
        why = "Without them nothing could be judged."
        fields.refuse("", "The row has neither `needs` nor `parts`.", why=why, do="Add one of them.")


def _check_kind(requirement: Requirement, fields: Fields) -> None:
    if requirement.kind is RequirementKind.EXAMPLE and not requirement.illustrates:
        fields.refuse("", "An example does not say what it illustrates.", do="Add `illustrates: <key of a row>`.")
    if requirement.kind is not RequirementKind.QUESTION:
        return
    if "parts" in fields or (requirement.needs is not None and not isinstance(requirement.needs, AnswerNeed)):
        why = "A question is answered or not, and never scored."
        fields.refuse("needs", "A question asks something else than an answer.", why=why, do="Write {answer: {…}}.")
    if "obligation" in fields:
        why = "A question is answered or not, and never scored."
        fields.refuse("obligation", "A question carries no obligation.", why=why, do="Remove it.")


def _check_obligation(requirement: Requirement, fields: Fields) -> None:
    if "parts" in fields and "obligation" in fields:
        why = "Each part has its own."
        fields.refuse("obligation", "A row with parts has no obligation.", why=why, do="Move it into the parts.")
    binding = requirement.kind in JUDGED and requirement.addressee is not Addressee.AUTHORITY
    if binding and "parts" not in fields and "obligation" not in fields:
        fields.refuse("", "The field 'obligation' is missing.", do="Add `obligation: {2020-03-01: must}`.")
