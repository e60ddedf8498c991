"""Rows as the simple editor knows them, and how they stand in the text: the rest of the text stays as it is.

The simple editor knows controls with plain bounds, all of them or one of them; a certificate that proves the row as
well; and a named person's judgement on controls. Whatever else the language says is written in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from safeconduct.catalogue.loading import ROWS
from safeconduct.catalogue.marked import ListNode, MapNode, read_marked
from safeconduct.catalogue.need_writer import write_need
from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Obligation,
    Parameter,
    Programme,
    Requirement,
    RequirementKind,
)
from safeconduct.core.records.needs import AllNeed, AnyNeed, CertificateNeed, ControlNeed, Need, Op, OutcomeNeed
from safeconduct.server.own_programmes.texts import plain_of, yaml_of

SELF = "self"
_NO_SLUG = re.compile(r"[^a-z0-9.]+")
_ENDS = re.compile(r"^[.-]+|[.-]+$")


@dataclass(frozen=True, slots=True)
class SimpleNeed:
    """What a row asks, as the simple editor says it.

    `together` is all or any of the controls; a certificate of one of `schemes` is enough besides; where a person
    judges, the controls are what the judgement rests on.
    """

    controls: tuple[ControlNeed, ...] = ()
    together: str = "all"
    schemes: tuple[str, ...] = ()
    judged: bool = False

    def need(self) -> Need | None:
        """The need; None where neither a control nor a certificate is named."""
        core: Need | None = self.controls[0] if self.controls else None
        if len(self.controls) > 1:
            core = AllNeed(self.controls) if self.together == "all" else AnyNeed(self.controls)
        if core is not None and self.judged:
            core = OutcomeNeed(core)
        if not self.schemes:
            return core
        certificate = CertificateNeed(self.schemes, holder=SELF)
        return certificate if core is None else AnyNeed((core, certificate))


def simple_need(need: Need) -> SimpleNeed | None:
    """The need as the simple editor says it; None where it says more than that."""
    found, rest = SimpleNeed(), need
    match rest:
        case CertificateNeed(schemes):
            return _if_whole(SimpleNeed(schemes=schemes), need)
        case AnyNeed((core, CertificateNeed(schemes))):
            found, rest = replace(found, schemes=schemes), core
    if isinstance(rest, OutcomeNeed):
        found, rest = replace(found, judged=True), rest.supported_by
    together = "any" if isinstance(rest, AnyNeed) else "all"
    members = rest.members if isinstance(rest, AllNeed | AnyNeed) else (rest,)
    controls = tuple(member for member in members if isinstance(member, ControlNeed) and _is_plain(member))
    return _if_whole(replace(found, controls=controls, together=together), need)


def _if_whole(found: SimpleNeed, need: Need) -> SimpleNeed | None:
    twice = len({one.control for one in found.controls}) < len(found.controls)
    return found if found.need() == need and not twice else None


def _is_plain(need: ControlNeed) -> bool:
    plain = need.shown is None and not need.assurance and not need.by and need.share is None
    return plain and all(bound.partly_at is None for _, bound in need.bounds)


def usual_op(parameter: Parameter) -> Op:
    """How a parameter is bounded in the simple editor: from its strict side."""
    match parameter.kind:
        case ParameterKind.FLAG:
            return Op.YES
        case ParameterKind.CHOICE:
            return Op.ONE_OF
        case ParameterKind.SET:
            return Op.INCLUDES
        case ParameterKind.ORDER:
            return Op.AT_LEAST
        case _:
            return Op.AT_MOST if parameter.better == "less" else Op.AT_LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleRow:
    """A row as the simple editor knows it."""

    ref: str
    title: str
    asks: str
    obligation: str
    since: date
    roles: tuple[str, ...]
    scope: str
    chapter: str = ""
    needs: SimpleNeed


def simple_row(row: Requirement, programme: Programme) -> SimpleRow | None:
    """A row as the simple editor knows it; None where it says what only the text can say."""
    needs = simple_need(row.needs) if row.needs is not None else None
    plain = row.kind is RequirementKind.CONDITION and row.addressee is Addressee.TRADER and len(row.obligation) == 1
    told = all(row.roles.get(role) in (Applies.YES, Applies.NO) for role in programme.roles)
    if needs is None or not plain or not told:
        return None
    ((since, obligation),) = row.obligation
    return SimpleRow(
        ref=row.ref,
        title=row.title,
        asks=row.asks,
        obligation=obligation.value,
        since=since,
        roles=tuple(role for role in programme.roles if row.roles[role] is Applies.YES),
        scope=row.scope.value,
        chapter=row.chapter,
        needs=needs,
    )


def key_of(programme: str, ref: str) -> str:
    """The key of a row, from the issuer's reference.

    >>> key_of("own-x-y", "3.1 (a)")
    'own-x-y/3.1-a'
    """
    return f"{programme}/{_ENDS.sub('', _NO_SLUG.sub('-', ref.lower()))}"


def row_plain(row: SimpleRow, before: Mapping[str, Any], programme: Programme, day: date) -> dict[str, Any]:
    """What the text says of a row: the fields of the editor, and every other field as it was before."""
    need = row.needs.need()
    fields: dict[str, Any] = {
        "key": before.get("key") or key_of(programme.key, row.ref),
        "ref": row.ref,
        "title": row.title,
        "asks": row.asks,
        "kind": RequirementKind.CONDITION.value,
        "chapter": row.chapter,
        "obligation": {row.since.isoformat(): Obligation(row.obligation).value},
        "roles": {role: "yes" if role in row.roles else "no" for role in programme.roles},
        "scope": row.scope,
        "needs": write_need(need) if need is not None else {},
    }
    own_text = f"{programme.title}, edition {programme.edition}"
    source = {"document": own_text, "locator": row.ref, "checked": day.isoformat(), "sure": "confirmed"}
    found = {name: value for name, value in fields.items() if value} | {"source": before.get("source", source)}
    return found | {name: value for name, value in before.items() if name not in (*fields, "source")}


@dataclass(frozen=True, slots=True)
class RowText:
    """One row in the text: its key, its fields, its first line and the line after its last (from 0)."""

    key: str
    plain: dict[str, Any]
    first: int
    after: int


def rows_in(text: str) -> tuple[RowText, ...]:
    """The rows of a text, in their order; none where it is empty. Raises Refusals where it is no list of rows."""
    if not text.strip():
        return ()
    node = read_marked(text, ROWS)
    if not isinstance(node, ListNode) or not all(isinstance(one, MapNode) for one in node.items):
        do = "Mend the text: every row begins with a dash."
        raise Refusals([Refusal(f"{ROWS} is no list of rows.", do=do)])
    starts = [one.line - 1 for one in node.items]
    ends = [*starts[1:], len(text.splitlines())]
    plain = [plain_of(one) for one in node.items]
    return tuple(
        RowText(str(fields.get("key", "")), fields, first, after)
        for fields, first, after in zip(plain, starts, ends, strict=True)
    )


def with_row(text: str, key: str, plain: Mapping[str, Any]) -> str:
    """The text with a row in place of the one of this key, or at its end."""
    lines = text.splitlines()
    written = yaml_of([dict(plain)]).splitlines()
    found = next((row for row in rows_in(text) if row.key == key), None)
    if found is None:
        return _joined([*lines, *([""] if lines and lines[-1] else []), *written])
    blank = [""] if found.after < len(lines) else []
    return _joined([*lines[: found.first], *written, *blank, *lines[found.after :]])


def without_row(text: str, key: str) -> str:
    """The text without the row of this key."""
    lines = text.splitlines()
    for row in rows_in(text):
        if row.key == key:
            return _joined([*lines[: row.first], *lines[row.after :]])
    return text


def _joined(lines: Iterable[str]) -> str:
    joined = "\n".join(lines).strip("\n")
    return f"{joined}\n" if joined else ""
