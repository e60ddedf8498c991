"""The words of the catalogue: every list, and one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import Titles, plain
from safeconduct.catalogue.usage import controls_with_list
from safeconduct.server.catalogue.pages.shared import context
from safeconduct.server.catalogue.queries import list_asked
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Ident, Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import TermList


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of words, with the controls that use it."""
    catalogue = catalogue_in_use()
    entries = tuple(catalogue.terms.lists.values())
    used = {one.key: controls_with_list(catalogue, one.key) for one in entries}
    columns: list[ListColumn[TermList]] = [
        ListColumn(
            "key",
            "List",
            lambda one: Link(plain(one.key).capitalize(), address("catalogue:list-of-words", one.key)),
            lambda one: one.key,
            subject=True,
        ),
        ListColumn("kind", "Kind", _kind, _kind),
        ListColumn("words", "Words", lambda one: len(one.elements), lambda one: len(one.elements), numeric=True),
        ListColumn(
            "controls",
            "Controls",
            lambda one: Several(tuple(_control(key.key) for key in used[one.key]), ", "),
            lambda one: len(used[one.key]),
        ),
    ]
    found = listed(request, entries, columns, choices=_kinds(), text=_text, sort="key")
    if wants_csv(request):
        return found.answer("lists-of-words")
    verdict = Verdict(
        (
            f"{counted(len(entries), 'list', 'lists')} of words are shared by all.",
            "An element means one thing everywhere.",
        ),
        title="Lists of words",
    )
    return render(request, "catalogue/listing.html", context("Lists", verdict=verdict, list=found, head="All lists"))


def _kind(terms: TermList) -> str:
    return "order, weakest first" if terms.ordered else "set"


def _kinds() -> list[Choice[TermList]]:
    return [
        Choice(
            "kind",
            "Kind",
            [("order", "orders, weakest first"), ("set", "sets")],
            lambda one, word: one.ordered == (word == "order"),
        )
    ]


def _text(terms: TermList) -> str:
    return f"{terms.key} {' '.join(terms.title(one) for one in terms.elements)}"


def _control(key: str) -> Link:
    return Link(Titles(catalogue_in_use()).control(key), address("catalogue:control", key))


@require_safe
def list_of_words(request: HttpRequest, key: str) -> HttpResponse:
    """One list: its words in their order, what they widen to, the controls that use it."""
    terms = list_asked(key)
    columns: list[ListColumn[str]] = [
        ListColumn("word", "Word", lambda one: Link(terms.title(one), note=Ident(one)), subject=True),
        ListColumn("place", "Place", lambda one: terms.elements.index(one) + 1, terms.elements.index, numeric=True),
        ListColumn(
            "wider", "Also spoken for by", lambda one: ", ".join(terms.title(w) for w in terms.widening(one)[1:])
        ),
    ]
    found = listed(request, terms.elements, columns, text=lambda one: f"{one} {terms.title(one)}")
    if wants_csv(request):
        return found.answer(f"list-{key}")
    used = controls_with_list(catalogue_in_use(), key)
    verdict = Verdict(
        (
            f"{counted(len(terms.elements), 'word', 'words')}, {_kind(terms)}.",
            f"{counted(len(used), 'control uses', 'controls use')} it.",
        ),
        title=f"List of words: {plain(key)}",
        lead="A site's profile may say that an element does not exist there." if terms.profiled else "",
    )
    facts = (("Used by", Several(tuple(_control(one.key) for one in used), ", ") if used else Quiet("nobody")),)
    trail = Link("Lists", address("catalogue:lists"))
    page = context(plain(key).capitalize(), trail, verdict=verdict, list=found, head="Words", facts=facts)
    return render(request, "catalogue/listing.html", page)
