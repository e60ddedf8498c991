"""Types of registration numbers: all of them, and one with its form and how far a number is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles
from safeconduct.core.records.identifiers import Bearer, Checked
from safeconduct.server.catalogue.pages.shared import Section, context, entry_asked, entry_page
from safeconduct.server.catalogue.words import source_facts
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Ident, Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.identifiers import IdentifierType
    from safeconduct.server.common.look.values import Shown

BEARERS = {Bearer.ENTITY: "firm", Bearer.SITE: "site", Bearer.GOODS: "goods and what they travel in"}
CHECKED = {
    Checked.CHECK_DIGIT: "form and check digit",
    Checked.FORM: "form only",
    Checked.NOTHING: "nothing: no form is published",
}


@require_safe
def identifiers(request: HttpRequest) -> HttpResponse:
    """Every type of identifier: issuer, bearer, and how far a number is checked."""
    entries = tuple(catalogue_in_use().identifiers.values())
    columns: list[ListColumn[IdentifierType]] = [
        ListColumn(
            "title",
            "Identifier",
            lambda one: Link(one.title, address("catalogue:identifier", one.key), note=one.issuer),
            lambda one: one.title,
            subject=True,
        ),
        ListColumn("key", "Key", lambda one: Ident(one.key), lambda one: one.key),
        ListColumn("of", "Carried by", _bearers, _bearers),
        ListColumn("checked", "What is checked", _checked, lambda one: list(Checked).index(one.checked)),
        ListColumn("sure", "How sure", lambda one: one.source.sure, lambda one: one.source.sure.value),
    ]
    found = listed(request, entries, columns, choices=_choices(), text=_text, sort="title")
    if wants_csv(request):
        return found.answer("identifiers")
    digits = sum(one.checked is Checked.CHECK_DIGIT for one in entries)
    verdict = Verdict(
        (
            f"{counted(len(entries), 'type', 'types')} of numbers are known.",
            f"{digits} carry a check digit that is checked when a number is recorded.",
        ),
        title="Identifiers",
        lead="A number that passes need not exist: only its issuer knows that.",
    )
    page = context("Identifiers", verdict=verdict, list=found, head="All types")
    return render(request, "catalogue/listing.html", page)


def _bearers(one: IdentifierType) -> str:
    return ", ".join(BEARERS[bearer] for bearer in one.of)


def _checked(one: IdentifierType) -> Shown:
    if one.checked is Checked.NOTHING:
        return Quiet(CHECKED[one.checked])
    return CHECKED[one.checked] if one.binds else Quiet(f"{CHECKED[one.checked]}, told and never refused")


def _text(one: IdentifierType) -> str:
    return f"{one.key} {one.title} {one.issuer} {one.form} {one.note}"


def _choices() -> list[Choice[IdentifierType]]:
    return [
        Choice("of", "Carried by", [(one.value, BEARERS[one]) for one in Bearer], lambda one, word: word in one.of),
        Choice(
            "checked",
            "What is checked",
            [(one.value, CHECKED[one]) for one in Checked],
            lambda one, word: one.checked == word,
        ),
    ]


@require_safe
def identifier(request: HttpRequest, key: str) -> HttpResponse:
    """One type of identifier."""
    one, titles = entry_asked("type of identifier", catalogue_in_use().identifiers, key), Titles(catalogue_in_use())
    declared = [row for row in catalogue_in_use().recognition if row.declare and key in row.declare.identifiers]
    facts: list[tuple[str, Shown]] = [
        ("Key in files", Ident(one.key)),
        ("Issuer", one.issuer),
        ("Carried by", _bearers(one)),
        ("Form", one.form),
        ("Checked", _checked(one)),
        ("Example", Ident(one.example) if one.example else Quiet("none")),
    ]
    if one.schemes:
        facts.append(("Numbers certificates of", ", ".join(titles.scheme(scheme) for scheme in one.schemes)))
    if declared:
        links = (
            Link(f"{titles.scheme(row.scheme)} by {titles.issuer(row.by)}", address("catalogue:arrangement", row.key))
            for row in declared
        )
        facts.append(("Goes on declarations", Several(tuple(links), ", ")))
    verdict = Verdict((f"{one.title}.",), title=f"Identifier {one.key}", lead=one.note)
    page = context(one.title, Link("Identifiers", address("catalogue:identifiers")))
    source = Section("Source", source_facts(one.source))
    return entry_page(request, page, verdict, Section("What it is", facts), source)
