"""Checks that need more than one entry: doubles, retired keys, rows pointing at rows, coverage, disuse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from safeconduct.catalogue.controls import Written
from safeconduct.catalogue.fields import refuse_word
from safeconduct.catalogue.programmes import AUTO, WrittenProgramme
from safeconduct.catalogue.requirements import JUDGED, WrittenRow, check_row
from safeconduct.catalogue.retired import RetiredKey, refuse_retired
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Control,
    Coverage,
    Obligation,
    Programme,
    Requirement,
    Timeline,
)

Retired = Mapping[str, RetiredKey]
_FEW = 5


def gather_controls(written: Iterable[Written], retired: Retired) -> dict[str, Control]:
    """The controls by key; doubles and retired keys are refused."""
    found: dict[str, Written] = {}
    for entry in written:
        key = entry.control.key
        refuse_retired(entry.node, key, entry.refusing, key, retired)
        if (first := found.get(key)) is not None:
            what = f"The control {key!r} is written twice, first at {first.refusing.file}:{first.node.line}."
            entry.refusing.refuse(entry.node, key, what, why="Only one of them could count.", do="Keep one.")
            continue
        found[key] = entry
    for key, entry in found.items():
        after = entry.control.replaced_by
        if after and (after not in found or after == key):
            others = [other for other in found if other != key]
            refuse_word(entry.node, f"{key}.replaced_by", entry.refusing, after, others, "control")
    return {key: entry.control for key, entry in found.items()}


def finish_programme(head: WrittenProgramme, rows: Sequence[WrittenRow], retired: Retired) -> Programme:
    """The programme with its rows, after the checks of each row and of the rows together."""
    programme = head.programme
    first: dict[str, WrittenRow] = {}
    for row in rows:
        key = row.requirement.key
        check_row(row, programme)
        refuse_retired(row.fields.at("key"), row.fields.path("key"), row.fields.refusing, key, retired)
        if key and key in first:
            other = first[key].fields
            what = f"The row {key!r} is written twice, first at {other.refusing.file}:{other.node.line}."
            row.fields.refuse("key", what, why="A key names one row of an edition.", do="Keep one.")
        first.setdefault(key, row)
    requirements = tuple(row.requirement for row in rows)
    coverage = {role: _counted(one, role, requirements) for role, one in programme.coverage.items()}
    for role, one in coverage.items():
        _check_coverage(head, role, one, requirements)
    return replace(programme, requirements=requirements, coverage=coverage)


def check_pointers(rows: Sequence[WrittenRow], retired: Retired, known: Collection[str] = ()) -> None:
    """Refuse rows that illustrate or supersede what does not exist.

    `rows` are those of all editions that are read; `known` are the keys of rows that were read before.
    """
    keys = {row.requirement.key for row in rows} | set(known)
    for row in rows:
        requirement, fields = row.requirement, row.fields
        for name, key in (("illustrates", requirement.illustrates), ("supersedes", requirement.supersedes)):
            if not key:
                continue
            if key == requirement.key:
                fields.refuse(name, f"The row {name} itself.", do="Name another row.")
            elif key not in keys and not (name == "supersedes" and key in retired):
                near = [other for other in keys if other.split("/", 1)[0] == key.split("/", 1)[0]]
                refuse_word(fields.at(name), fields.path(name), fields.refusing, key, near, "row")


def binding_rows(requirements: Iterable[Requirement], role: str) -> tuple[Requirement, ...]:
    """The rows that are, at some day and for certain, a must of a role: what an issuer's number of rows counts."""
    return tuple(row for row in requirements if binds_by_kind(row) and _binds(row, role))


def binds_by_kind(row: Requirement) -> bool:
    """Whether a row is of a kind that binds: a condition or metric addressed to the trader."""
    return row.kind in JUDGED and row.addressee is Addressee.TRADER


def _binds(row: Requirement, role: str) -> bool:
    if not row.parts:
        return _is_must(row.roles.get(role, Applies.UNKNOWN), row.obligation)
    return any(_is_must((part.roles or row.roles).get(role, Applies.UNKNOWN), part.obligation) for part in row.parts)


def _is_must(applies: Applies | Timeline, obligation: Timeline) -> bool:
    if isinstance(applies, Applies):
        return applies is Applies.YES and any(word is Obligation.MUST for _, word in obligation)
    return any(word is Obligation.MUST for _, word in applies)


def _is_unknown(row: Requirement, role: str) -> bool:
    mappings = [part.roles or row.roles for part in row.parts] or [row.roles]
    return any(roles.get(role, Applies.UNKNOWN) is Applies.UNKNOWN for roles in mappings)


def _counted(coverage: Coverage, role: str, requirements: Sequence[Requirement]) -> Coverage:
    return replace(coverage, rows=len(binding_rows(requirements, role))) if coverage.rows == AUTO else coverage


def _check_coverage(head: WrittenProgramme, role: str, coverage: Coverage, requirements: Sequence[Requirement]) -> None:
    name = "coverage"
    field, at = f"{name}.{role}", head.fields.at(name)
    entry = next((value for key, value, _ in head.fields.entries(name) if key.text == role), at)
    refuse = head.fields.refusing.refuse
    if coverage.of is not None and coverage.of < coverage.rows:
        what = f"{coverage.rows} rows are encoded, and the issuer is said to have {coverage.of}."
        refuse(entry, f"{field}.of", what, do="Correct the issuer's number, or write unknown.")
    if not coverage.complete:
        return
    if coverage.gaps:
        what = f"The coverage is called complete, and {len(coverage.gaps)} gaps are listed."
        refuse(entry, f"{field}.complete", what, do="Write `complete: no`.")
    unknown = [row.key for row in requirements if binds_by_kind(row) and _is_unknown(row, role)]
    if unknown:
        shown = ", ".join(unknown[:_FEW]) + (" …" if len(unknown) > _FEW else "")
        what = (
            f"The coverage of {role} is called complete, and {len(unknown)} rows do not say whether they apply to it."
        )
        refuse(entry, f"{field}.complete", what, why=f"They are {shown}.", do="Say yes or no there, or `complete: no`.")
