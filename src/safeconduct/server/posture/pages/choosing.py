"""Choosing programmes to put side by side: what the address asks for, and the strip above the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.catalogue.titles import plain
from safeconduct.core.criteria.choosing import at_kind_of_place, read_selection, read_selections, written
from safeconduct.core.errors import SafeconductError
from safeconduct.core.records.catalogue import Scope
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.look.lists import Choose, Tick
from safeconduct.server.posture.side_by_side import MUSTS, WITH_SHOULDS, comparable, followed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from safeconduct.core.criteria.asks import Selection
    from safeconduct.core.records.catalogue import Catalogue, Obligation
    from safeconduct.server.posture.overview import Overview

PROGRAMME, ROLE, LEVEL, KIND, OBLIGATION = "programme", "role", "level", "kind", "obligation"
_SHOULD = "should"
_LETTERS = 5


def selections_asked(request: HttpRequest, overview: Overview, name: str = PROGRAMME) -> list[Selection]:
    """The programmes the address names; those followed where it says nothing. What cannot be read asks nothing."""
    if name not in request.GET:
        return followed(overview)
    readable = [text for text in request.GET.getlist(name) if (selection_asked(overview, text) is not None)]
    return read_selections(overview.catalogue, readable, overview.day)


def selection_asked(overview: Overview, text: str) -> Selection | None:
    """A programme as written; None where nothing is, or what does not exist."""
    try:
        return read_selection(overview.catalogue, text, overview.day) if text.strip() else None
    except SafeconductError:
        return None


def narrowed_by(request: HttpRequest, catalogue: Catalogue, chosen: Iterable[Selection]) -> list[Selection]:
    """The selections in the role, at the level (where they have it) and at the kind of place of the address."""
    role, level, kind = (request.GET.get(name, "") for name in (ROLE, LEVEL, KIND))
    narrow = [replace(one, roles=(role,)) if role in one.programme.roles else one for one in chosen]
    narrow = [replace(one, variants=(level,)) if level in one.programme.variants else one for one in narrow]
    if kind not in dict(kind_options(catalogue)) or not kind:
        return narrow
    return [at_kind_of_place(catalogue, one, [kind]) for one in narrow]


def obligations_asked(request: HttpRequest) -> tuple[Obligation, ...]:
    """Musts, or with what is only recommended."""
    return WITH_SHOULDS if request.GET.get(OBLIGATION) == _SHOULD else MUSTS


def ticked(overview: Overview, chosen: Sequence[Selection], label: str, name: str = PROGRAMME) -> Tick:
    """The programmes followed and chosen, as boxes to tick."""
    offered = {one.programme.id: one for one in followed(overview)} | {one.programme.id: one for one in chosen}
    several = list(offered.values())
    options = tuple((written(one), name_of(one, several)) for one in several)
    return Tick(name, label, options, frozenset(written(one) for one in chosen))


def further(overview: Overview, chosen: Sequence[Selection], label: str, name: str = PROGRAMME) -> Choose:
    """The other programmes of the catalogue, to add one."""
    there = {one.programme.id for one in [*followed(overview), *chosen]}
    others = [one for one in comparable(overview.catalogue) if one.id not in there]
    return Choose(name, label, (("", "no other"), *((one.id, f"{one.title}, {one.edition}") for one in others)))


def role_choice(request: HttpRequest, overview: Overview, chosen: Sequence[Selection]) -> Choose:
    """One role for all programmes that have it."""
    titles = overview.catalogue.terms.roles
    roles = dict.fromkeys(role for one in chosen for role in one.programme.roles)
    options = [("", "as enrolled, else every"), *((role, titles.get(role, plain(role))) for role in roles)]
    return Choose(ROLE, "Role", options, request.GET.get(ROLE, ""))


def level_choice(request: HttpRequest, chosen: Sequence[Selection]) -> list[Choose]:
    """One level for all programmes that have it; no choice where none has levels."""
    levels = {level: title for one in chosen for level, title in _levels(one)}
    options = [("", "as enrolled, else every"), *levels.items()]
    return [Choose(LEVEL, "Level", options, request.GET.get(LEVEL, ""))] if levels else []


def _levels(selection: Selection) -> list[tuple[str, str]]:
    programme = selection.programme
    return [(level, programme.variant_titles.get(level, plain(level))) for level in programme.variants]


def kind_choice(request: HttpRequest, overview: Overview) -> Choose:
    """One kind of place."""
    return Choose(KIND, "Kind of place", kind_options(overview.catalogue), request.GET.get(KIND, ""))


def kind_options(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The traits a site may have, in words."""
    titles = catalogue.terms.titles
    of_sites = [trait for trait, of in catalogue.terms.traits.items() if of == Scope.SITE.value]
    return [("", "any"), *((trait, titles.get(trait, plain(trait))) for trait in of_sites)]


def obligation_choice(request: HttpRequest) -> Choose:
    """Musts alone, or shoulds as well."""
    options = (("", "musts"), (_SHOULD, "musts and shoulds"))
    return Choose(OBLIGATION, "Obligation", options, request.GET.get(OBLIGATION, ""))


def name_of(selection: Selection, among: Sequence[Selection] = ()) -> str:
    """A programme in few words, with its level where it is one and its role where it is one.

    Its edition is named where another edition of it is among the others.
    """
    words = [short_name_of(selection, among)]
    words += [_short_level(level) for level in selection.variants] if len(selection.variants) == 1 else []
    words += [plain(role) for role in selection.roles] if len(selection.roles) == 1 else []
    return " ".join(words)


def _short_level(level: str) -> str:
    """A level as people call it: AEOS, but port facility."""
    return level.upper() if len(level) <= _LETTERS else plain(level)


def short_name_of(selection: Selection, among: Sequence[Selection]) -> str:
    """A programme in fewest words."""
    programme = selection.programme
    editions = {one.programme.id for one in (*among, selection) if one.programme.key == programme.key}
    return f"{short_name(programme.key)} {programme.edition}" if len(editions) > 1 else short_name(programme.key)


def names_of(selections: Sequence[Selection]) -> list[str]:
    """Several programmes in few words."""
    return [name_of(one, selections) for one in selections]


def query_of(request: HttpRequest) -> str:
    """What the address asks, to be asked of another page."""
    return f"?{request.GET.urlencode()}" if request.GET else ""
