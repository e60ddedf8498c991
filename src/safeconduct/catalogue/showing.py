"""What `catalogue show` tells about one key, as plain data: the same for people and for programs."""

from __future__ import annotations

from datetime import date

from safeconduct.catalogue.need_writer import Plain, filled, write_condition, write_need
from safeconduct.catalogue.quality import quality
from safeconduct.catalogue.showing_tables import table_entries, told_entry, told_source
from safeconduct.catalogue.threat_showing import told_threat
from safeconduct.catalogue.usage import Use, controls_with_list, uses_of_control
from safeconduct.catalogue.wording import leaf_in_words, parameter_in_words
from safeconduct.core.errors import UnknownKey
from safeconduct.core.records.about import About, Statement
from safeconduct.core.records.catalogue import (
    Applies,
    Catalogue,
    Control,
    Part,
    Programme,
    Requirement,
    TermList,
    Timeline,
)


def told(catalogue: Catalogue, key: str, day: date) -> dict[str, Plain]:
    """Everything about one entry of whatever kind; UnknownKey with the nearest spelling otherwise."""
    if key in catalogue.controls:
        return _control(catalogue, catalogue.controls[key])
    if key in catalogue.programmes:
        return _programme(catalogue.programmes[key], day)
    editions = sorted(name for name, programme in catalogue.programmes.items() if programme.key == key)
    if editions:
        return _programme(catalogue.programmes[editions[-1]], day)
    if key in catalogue.terms.lists:
        return _list(catalogue, catalogue.terms.lists[key])
    rows = {row.key for programme in catalogue.programmes.values() for row in programme.requirements}
    if key in rows:
        return _row(*catalogue.row(key))
    tables = table_entries(catalogue)
    if key in tables:
        return told_entry(tables[key])
    threats = catalogue.threats.entries()
    if key in threats:
        return told_threat(catalogue, *threats[key])
    known = [*catalogue.controls, *catalogue.programmes, *catalogue.terms.lists, *rows, *tables, *threats]
    raise UnknownKey("entry of the catalogue", key, known)


def _control(catalogue: Catalogue, control: Control) -> dict[str, Plain]:
    parameters: dict[str, Plain] = {key: parameter_in_words(parameter) for key, parameter in control.parameters.items()}
    return filled(
        {
            "what": "control",
            "key": control.key,
            "title": control.title,
            "family": control.family,
            "mode": control.mode.value,
            "inherits": control.inherits.value,
            "shown": [kind.value for kind in control.shown],
            "kept by": control.by,
            "note": control.note,
            "replaced by": control.replaced_by,
            "parameters": parameters,
            "asked by": [_use(use) for use in uses_of_control(catalogue, control.key)],
        }
    )


def _use(use: Use) -> Plain:
    row = use.requirement
    told_of_leaf = leaf_in_words(use.need) if use.need else "drawn on"
    return {"row": row.key, "edition": use.programme.id, "title": row.title, "asks": told_of_leaf or "that it stands"}


def _list(catalogue: Catalogue, terms: TermList) -> dict[str, Plain]:
    elements: dict[str, Plain] = {element: terms.title(element) for element in terms.elements}
    return filled(
        {
            "what": "order, weakest first" if terms.ordered else "set",
            "key": terms.key,
            "elements": elements,
            "wider": dict(terms.wider),
            "a profile may leave elements out": "yes" if terms.profiled else "no",
            "used by": [control.key for control in controls_with_list(catalogue, terms.key)],
        }
    )


def _row(programme: Programme, row: Requirement) -> dict[str, Plain]:
    return filled(
        {
            "what": row.kind.value,
            "key": row.key,
            "edition": programme.id,
            "ref": row.ref,
            "title": row.title,
            "asks": row.asks,
            "chapter": programme.chapters.get(row.chapter, row.chapter),
            "obligation": _timeline(row.obligation),
            "roles": _roles(row),
            "addressee": row.addressee.value,
            "judged at": row.scope.value,
            "about": row.about,
            "SAFE elements": [*row.safe],
            "variants": [*row.variants],
            "decisive": "yes" if row.decisive else "",
            "when": write_condition(row.when) if row.when else "",
            "needs": write_need(row.needs) if row.needs else "",
            "parts": [_part(part) for part in row.parts],
            "illustrates": row.illustrates,
            "supersedes": row.supersedes,
            "note": row.note,
            "source": told_source(row.source),
        }
    )


def _part(part: Part) -> Plain:
    return filled(
        {
            "part": part.key,
            "title": part.title,
            "obligation": _timeline(part.obligation),
            "roles": _roles(part),
            "when": write_condition(part.when) if part.when else "",
            "needs": write_need(part.needs),
        }
    )


def _roles(row: Requirement | Part) -> dict[str, Plain]:
    return {
        role: applies.value if isinstance(applies, Applies) else _timeline(applies)
        for role, applies in row.roles.items()
    }


def _timeline(timeline: Timeline) -> dict[str, Plain]:
    return {first.isoformat(): word.value for first, word in timeline}


def _programme(programme: Programme, day: date) -> dict[str, Plain]:
    counts = quality(programme, day)
    return filled(
        {
            "what": "limit" if programme.kind == "limit" else "programme",
            "key": programme.id,
            "title": programme.title,
            "owner": programme.owner,
            "authorises": programme.unit.value,
            "since": programme.since.isoformat() if programme.since else "",
            "until": programme.until.isoformat() if programme.until else "",
            "supersedes": programme.supersedes,
            "roles": [*programme.roles],
            "variants": [*programme.variants],
            "rule": programme.rule.value,
            "pass mark": programme.pass_mark,
            "rows": str(counts.rows),
            "rows by kind": {kind.value: str(count) for kind, count in counts.kinds.items()},
            "rows by obligation": {word.value: str(count) for word, count in counts.obligations.items()},
            "rows by certainty": {sure.value: str(count) for sure, count in counts.sure.items()},
            "judged rows": f"{counts.judged}, of which {counts.computable} follow from recorded facts alone",
            "coverage": _coverage(programme),
            "note": programme.note,
            **(_about(programme.about) if programme.about else {}),
            "sources": [one.document + f" ({one.sure}, checked {one.checked})" for one in programme.sources],
        }
    )


def _about(about: About) -> dict[str, Plain]:
    sections = {
        "legal basis": about.legal_basis,
        "life cycle": about.life_cycle,
        "benefits": about.benefits,
        "changes to notify": about.notifiable,
        "duties of the holder": about.duties,
    }
    told: dict[str, Plain] = {name: [_statement(one) for one in found] for name, found in sections.items()}
    return {**told, "links": {one.title: one.url for one in about.links}, "licence": about.licence}


def _statement(statement: Statement) -> Plain:
    clock = "time not known" if statement.open else str(statement.clock or "")
    return filled(
        {
            "what": statement.what,
            "by": statement.by,
            "time": clock,
            "note": statement.note,
            "source": f"{statement.source.document}, {statement.source.locator} ({statement.source.sure.value})",
        }
    )


def _coverage(programme: Programme) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for role, one in programme.coverage.items():
        gaps = f"; gaps: {', '.join(one.gaps)}" if one.gaps else ""
        complete = "complete" if one.complete else "not complete"
        found[role] = f"{one.rows} of {one.of if one.of is not None else 'unknown'} binding rows, {complete}{gaps}"
    return found
