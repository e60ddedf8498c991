"""One partner, prepared as values of the look: where it is asked for, and what speaks for or against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from safeconduct.core.judgement import MET, NOT_APPLICABLE, Standing
from safeconduct.core.planning import missing
from safeconduct.core.sentences import sentence
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.citing import cited
from safeconduct.server.common.exports import plain
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Box, Button, Link, Mark, Shown, Stamp, Verdict
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.cells import cell
from safeconduct.server.journal.forms import FormGround, ground_of, label_of
from safeconduct.server.journal.recording import speaks_of_today
from safeconduct.server.partners.assurance import Asked, asked_of_partners, standing_in_all
from safeconduct.server.partners.register import name_of, partner_url

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.records.partners import Partner

SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "certificates": ("Certificates", ("scheme", "number", "from", "to", "state", "checked")),
    "proofs": ("Proofs", ("kind", "on", "to", "outcome", "by")),
    "checks": ("List look-ups", ("list", "on", "listed", "by")),
    "findings": ("Findings", ("text", "of", "on", "by")),
    "corrective_actions": ("Corrective actions", ("text", "opened", "due", "closed", "owner")),
}
"""What a partner's page shows of each kind of fact about it: the title and the fields."""


def partner_context(request: HttpRequest, partner: Partner) -> dict[str, Any]:
    """What the page of a partner prints."""
    viewer, day = viewer_on(request), day_of(request)
    ground = ground_of(viewer, "partners")
    asked = asked_of_partners(viewer, day).get(partner.key, ())
    name = name_of(partner)
    return {
        "title": name,
        "trail": (Link("Partners", address("partners:list")), Link(name)),
        "verdict": Verdict(
            sentences=_sentences(name, asked),
            title=f"Partner of {ground.unit_title(partner.of)}",
            lead=partner.note,
            stamps=_stamps(asked, name, day_text(day)),
            buttons=_buttons(request, partner),
        ),
        "boxes": _boxes(ground, partner),
        "asked": _asked_table(ground, asked),
        "sections": list(_sections(request, ground, partner)),
        "change": _change(request, partner),
    }


def _sentences(name: str, asked: tuple[Asked, ...]) -> tuple[str, ...]:
    standing = standing_in_all(asked)
    if standing is None or standing is NOT_APPLICABLE:
        return (f"No requirement asks for {name}.",)
    if standing is MET:
        return (f"{name} is assured.",)
    said = {
        Standing.UNMET: f"{name} is not assured.",
        Standing.UNKNOWN: f"Nobody has shown that {name} is assured.",
        Standing.PARTLY: f"{name} is assured in part.",
    }
    return (said[standing], *_why(asked[0]))


def _why(asked: Asked) -> tuple[str, ...]:
    pieces = list(missing(asked.finding))
    return (sentence(pieces[0]),) if pieces else ()


def _stamps(asked: tuple[Asked, ...], name: str, note: str) -> tuple[Stamp, ...]:
    standing = standing_in_all(asked)
    return (Stamp(standing, name, note, "#assured"),) if standing else ()


def _buttons(request: HttpRequest, partner: Partner) -> tuple[Button, ...]:
    if not speaks_of_today(request) or not viewer_on(request).may_record("proofs"):
        return ()
    back = {"back": partner_url(partner.key)}
    return (
        Button("Record a certificate", address("registers:new", "certificates", query={"holder": partner.key, **back})),
        Button("Record a proof", address("registers:new", "proofs", query={"partner": partner.key, **back})),
    )


def _change(request: HttpRequest, partner: Partner) -> tuple[Button, ...]:
    if not speaks_of_today(request) or not viewer_on(request).may_record("partners"):
        return ()
    url = address("registers:change", "partners", partner.key, query={"back": partner_url(partner.key)})
    return (Button("Change the partner", url),)


def _boxes(ground: FormGround, partner: Partner) -> list[Box]:
    names = ("of", "roles", "country", "outsourced", "since", "identifiers")
    boxes = [Box(label_of("partners", name), cell(ground, partner, name) or "not recorded") for name in names]
    if partner.until:
        boxes[4] = Box("Business", partner.since or "always", f"until {day_text(partner.until)}")
    return boxes


def _asked_table(ground: FormGround, asked: Sequence[Asked]) -> Table | None:
    if not asked:
        return None
    columns = (Column("Requirement", subject=True), Column("At"), Column("Stands"), Column("Why"))
    return Table(columns, [Row(_asked_row(ground, one)) for one in asked])


def _asked_row(ground: FormGround, one: Asked) -> tuple[Shown, ...]:
    row = one.row
    url = address("programmes:requirement", row.enrolment, row.requirement.key, row.unit)
    why = _why(one) or (sentence(one.finding),)
    name = Link(row.requirement.title, url, ident=cited(row.requirement))
    return name, ground.unit_title(row.unit), Mark(one.standing, url), why[0]


def _sections(
    request: HttpRequest, ground: FormGround, partner: Partner
) -> Iterator[tuple[str, Table | None, str, str]]:
    """Title, table, and the link that records one more, for each kind of fact about the partner."""
    records = _records_of(ground, partner)
    may = speaks_of_today(request)
    fields = {
        "certificates": {"holder": partner.key},
        "proofs": {"partner": partner.key},
        "checks": {"partner": partner.key, "unit": partner.of, "about": "partner"},
        "findings": {"about": partner.key, "at": partner.of},
        "corrective_actions": {"mends": partner.key},
    }
    for section, (title, columns) in SHOWN.items():
        table = _table(ground, section, columns, records[section]) if records[section] else None
        query = {**fields[section], "back": partner_url(partner.key)}
        new = address("registers:new", section, query=query) if may and ground.viewer.may_record(section) else ""
        if table is not None or new:
            yield title, table, new, "Record one" if new else ""


def _records_of(ground: FormGround, partner: Partner) -> dict[str, list[Any]]:
    facts, key = ground.snapshot.facts, partner.key
    findings = [one for one in facts.findings if one.about == key]
    mended = {key, *(one.key for one in findings)}
    return {
        "certificates": sorted(ground.snapshot.certificates.get(key, ()), key=lambda one: one.from_, reverse=True),
        "proofs": sorted((one for one in facts.proofs if one.partner == key), key=lambda one: one.on, reverse=True),
        "checks": sorted((one for one in facts.checks if one.partner == key), key=lambda one: one.on, reverse=True),
        "findings": sorted(findings, key=lambda one: one.on, reverse=True),
        "corrective_actions": sorted(
            (one for one in facts.corrective_actions if one.mends in mended), key=lambda one: one.due, reverse=True
        ),
    }


def _table(ground: FormGround, section: str, names: Sequence[str], records: Sequence[Any]) -> Table:
    columns = tuple(Column(label_of(section, name)) for name in names)
    return Table(columns, [Row(_cells(ground, section, names, record)) for record in records])


def _cells(ground: FormGround, section: str, names: Sequence[str], record: Any) -> tuple[Shown, ...]:
    values = [cell(ground, record, name) for name in names]
    return Link(plain(values[0]) or record.key, address("registers:change", section, record.key)), *values[1:]
