"""New legal entities and sites, and what changes at them: profile, traits, last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_http_methods

from safeconduct.core.records.units import Unit, UnitKind
from safeconduct.facts.codec import shape_of
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link
from safeconduct.server.journal.forms import FlagField, fact_form, ground_of
from safeconduct.server.journal.forms.choices import trait_choices
from safeconduct.server.journal.recording import Page, recorded, said_in
from safeconduct.server.organisation.actions import record_unit
from safeconduct.server.organisation.queries import entities_seen, unit_seen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.journal.forms import FormGround

_WORDS = {UnitKind.ENTITY: "legal entity", UnitKind.SITE: "site"}
_ONLY_OF_ENTITIES = ("founded", "financial_year_end")


@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Record a site, or with `kind=entity` (and while there is none) a legal entity."""
    viewer = viewer_on(request)
    asked = request.GET.get("kind", "")
    kind = UnitKind.ENTITY if asked == UnitKind.ENTITY.value or not entities_seen(viewer) else UnitKind.SITE
    fixed = {"kind": kind.value}
    if kind is UnitKind.ENTITY:
        fixed["in"] = viewer.organisation_key
    said = {name: value for name, value in said_in(request).items() if name != "kind"}
    left_out = _left_out(kind)
    form = fact_form(viewer, "units", request.POST or None, said=said, fixed=fixed, leave_out=left_out)
    other = UnitKind.ENTITY if kind is UnitKind.SITE else UnitKind.SITE
    page = Page(
        title="Legal entities and sites",
        sentences=(f"A new {_WORDS[kind]}.",),
        lead="What is said of it decides which requirements apply there; what does not exist drops out of every bound.",
        deed=f"Record the {_WORDS[kind]}",
        said=f"The {_WORDS[kind]} is recorded.",
        trail=_trail(Link("New")),
        aside=(Button(f"Record a {_WORDS[other]} instead", f"{request.path}?kind={other.value}"),),
    )
    return recorded(request, form, record_unit, page, lambda unit: _place_url(unit.key))


@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a legal entity or a site; with `trait` only the one question is asked that decides what applies."""
    viewer = viewer_on(request)
    unit = unit_seen(viewer, key)
    ground = ground_of(viewer, "units", {"kind": unit.kind.value}.get)
    trait = request.GET.get("trait", "")
    asked: dict[str, Any] = {"leave_out": ("kind", *_left_out(unit.kind))}
    if trait in dict(trait_choices(ground)):
        asked = _one_trait(trait, ground)
    form = fact_form(viewer, "units", request.POST or None, record=unit, **asked)
    title = unit.title or unit.key
    page = Page(
        title=f"{_WORDS[unit.kind].capitalize()} · {unit.key}",
        sentences=(f"Is this so at {title}?",) if "more" in asked else (f"Change {title}.",),
        lead="The answer decides which requirements apply." if "more" in asked else "",
        deed="Record the answer" if "more" in asked else f"Change the {_WORDS[unit.kind]}",
        said=f"{title} is changed.",
        trail=_trail(Link(title, _place_url(key)), Link("Change")),
    )
    return recorded(request, form, record_unit, page, lambda stored: _place_url(stored.key))


def _left_out(kind: UnitKind) -> tuple[str, ...]:
    return ("in",) if kind is UnitKind.ENTITY else _ONLY_OF_ENTITIES


def _one_trait(trait: str, ground: FormGround) -> dict[str, Any]:
    """The form that asks only whether a unit has one trait; everything else stays as it is."""
    words = dict(trait_choices(ground))[trait]
    field = FlagField(label=words, help_text="Until somebody says so, it is not known whether some rows apply.")
    left_out = [member.written for member in shape_of(Unit).members]
    return {"leave_out": left_out, "more": {f"traits.{trait}": field}}


def _trail(*more: Link) -> tuple[Link, ...]:
    return (Link("Sites", address("organisation:sites")), *more)


def _place_url(key: str) -> str:
    return address("organisation:site", key) or address("registers:section", "units") or "/"
