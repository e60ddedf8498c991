"""A fact's fields as a list or a page shows them: keys as titles that lead somewhere, days, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.history import CorrectiveAction
from safeconduct.facts.checks import section_of
from safeconduct.facts.codec import FieldShape, shape_of
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.citing import cited
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Due, Ident, Link, Several, Shown
from safeconduct.server.common.look.words import day_text, shortened
from safeconduct.server.journal.forms import FormGround, in_words, label_of
from safeconduct.server.journal.sections import find

_ROOM = 140
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)+")
"""A word of the catalogue, which people read without its dashes."""

type Naming = Callable[[FormGround, str], Link]


def declared(section: str, written: str) -> FieldShape:
    """A declared field by its name in files."""
    return next(one for one in shape_of(FACT_KINDS[section].record).members if one.written == written)


def cell(ground: FormGround, record: Any, written: str) -> Shown:
    """One field of a fact as a list shows it."""
    section = section_of(record)
    member = declared(section, written)
    value = getattr(record, member.name)
    if isinstance(record, CorrectiveAction) and written == "due" and record.closed is None:
        return Due(record.due, ground.day)
    if (section, written) == ("findings", "about") and value:
        return _about(ground, value)
    return shown(ground, member, value)


def said_by(ground: FormGround, record: Any) -> list[tuple[str, Shown]]:
    """All that a fact says, label by label; fields that say nothing are left out."""
    section = section_of(record)
    members = shape_of(type(record)).members
    found = [(label_of(section, one.written), shown(ground, one, getattr(record, one.name))) for one in members]
    return [(label, value) for label, value in found if value is not None]


def shown(ground: FormGround, member: FieldShape, value: Any) -> Shown:
    """A value of a field: what is empty shows nothing."""
    if member.written == "number" and value:
        return Ident(value)
    naming = _NAMING.get(str(member.field.metadata.get("ref", "")).rstrip("?"))
    if isinstance(value, tuple | list):
        return Several(tuple(_one(ground, naming, one) for one in value), ", ") if value else None
    if isinstance(value, Mapping):
        called = _KEYS.get(str(member.field.metadata.get("ref", "")), _words)
        return Several(tuple(f"{called(ground, name)}: {_said(one)}" for name, one in value.items())) if value else None
    return _one(ground, naming, value)


def _one(ground: FormGround, naming: Naming | None, value: Any) -> Shown:
    if value is None or value == "":
        return None
    if naming is not None and isinstance(value, str):
        return naming(ground, value)
    if isinstance(value, date):
        return value
    return _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return in_words(value.value)
    text = str(value)
    return in_words(text) if _WORD.fullmatch(text) else shortened(text, _ROOM)


def _unit(ground: FormGround, key: str) -> Link:
    return Link(ground.unit_title(key), address("organisation:site", key) if ground.shows(key) else "")


def _partner(ground: FormGround, key: str) -> Link:
    url = address("partners:partner", key) if ground.viewer.may(Right.READ_ALL) else ""
    return Link(ground.unit_title(key), url)


def _holder(ground: FormGround, key: str) -> Link:
    return _partner(ground, key) if key in ground.snapshot.partners else _unit(ground, key)


def _control(ground: FormGround, key: str) -> Link:
    return Link(ground.control_title(key), address("controls:control", key))


def _record(ground: FormGround, key: str) -> Link:
    record = ground.snapshot.records.get(key)
    return Link(ground.record_title(record) if record else key, address("controls:in-place", key))


def _requirement(ground: FormGround, key: str) -> Link:
    """A row as it is cited, with its title; from the newest edition that has it."""
    prefix = key.partition("/")[0]
    editions = [one for one in ground.catalogue.programmes.values() if one.key == prefix]
    editions.sort(key=lambda one: one.edition, reverse=True)
    found = next((row for one in editions for row in one.requirements if row.key == key), None)
    url = address("catalogue:requirement", key)
    return Link(cited(found), url, note=found.title) if found else Link(key, url)


def _edition(ground: FormGround, key: str) -> Link:
    found = ground.catalogue.programmes.get(key)
    programme, _, edition = key.partition("/")
    title = f"{found.title}, {edition}" if found else key
    return Link(title, address("catalogue:programme", programme, edition))


def _mendable(ground: FormGround, key: str) -> Link:
    facts, known = ground.snapshot.facts, ground.snapshot.records
    if key in ground.snapshot.partners:
        return _partner(ground, key)
    if (finding := find(facts, "findings", key)) is not None:
        said = finding.text or ground.control_title(finding.of)
        return Link(shortened(said, _ROOM), address("registers:change", "findings", key))
    if (sample := find(facts, "samples", key)) is not None:
        of = ground.record_title(known[sample.of]) if sample.of in known else sample.of
        title = f"{of}, {day_text(sample.from_)} to {day_text(sample.to)}"
        return Link(title, address("registers:change", "samples", key))
    return Link(key)


def _about(ground: FormGround, key: str) -> Link:
    """What a finding concerns: a control in place, or what could be mended by itself."""
    return _record(ground, key) if key in ground.snapshot.records else _mendable(ground, key)


def _term(words: Callable[[FormGround, str], str]) -> Naming:
    return lambda ground, key: Link(words(ground, key) or in_words(key))


def _title(terms: str) -> Callable[[FormGround, str], str]:
    def words(ground: FormGround, key: str) -> str:
        found = getattr(ground.catalogue.terms, terms).get(key)
        return found.title if found else ""

    return words


def _words(_: FormGround, key: str) -> str:
    return in_words(key)


def _identifier(ground: FormGround, key: str) -> str:
    found = ground.catalogue.identifiers.get(key)
    return found.title if found else in_words(key)


_KEYS: Mapping[str, Callable[[FormGround, str], str]] = {"identifier": _identifier}
"""How the keys of a mapping are called, by its `ref`; others are read out."""

_NAMING: Mapping[str, Naming] = {
    "check-list": _term(lambda ground, key: ground.catalogue.terms.titles.get(key, "")),
    "container": _unit,
    "control": _control,
    "edition": _edition,
    "entity": _unit,
    "event-kind": _term(_title("events")),
    "figure": _term(_title("figures")),
    "holder": _holder,
    "in_place": _record,
    "mendable": _mendable,
    "partner": _partner,
    "place": _unit,
    "proof-kind": _term(_title("proofs")),
    "requirement": _requirement,
    "role": _term(lambda ground, key: ground.catalogue.terms.roles.get(key, "")),
    "scheme": _term(_title("schemes")),
    "site": _unit,
}
"""How a field that names something is shown, by its `ref`."""
