"""The pages of the registers: all of them, one of them, one fact, and its withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.errors import Refusal
from safeconduct.facts.checks import section_of
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Button, Entry, Link, Verdict
from safeconduct.server.journal.actions import withdraw as withdraw_fact
from safeconduct.server.journal.addresses import journal_url
from safeconduct.server.journal.cells import said_by
from safeconduct.server.journal.forms import FactForm, fact_form, ground_of, kind_words, one_of
from safeconduct.server.journal.recording import Page, need_to_record_some, other_day, recorded, said_in
from safeconduct.server.journal.recording import shown as form_shown
from safeconduct.server.journal.returning import returned, rows_before
from safeconduct.server.registers.cells import record_link, record_url, title_of
from safeconduct.server.registers.forms import WithdrawForm
from safeconduct.server.registers.kinds import REGISTERS
from safeconduct.server.registers.lives import life_of
from safeconduct.server.registers.queries import fact_seen, history_of, register_seen, users_seen
from safeconduct.server.registers.shelf import may_change, overview, shelf_of, trail_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.journal.forms import FormGround
    from safeconduct.server.registers.kinds import RegisterKind

_REFUSED = 422
_READS_OR_SENDS = ["GET", "HEAD", "POST"]

NOT_ASKED_HERE = {"in_place": ("values", "targets"), "evidence": ("file",), "alternatives": ("needs",)}
"""Fields that have forms of their own elsewhere; a fact that is changed here keeps what it says in them."""


@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """Every register with how much it holds."""
    return render(request, "registers/list.html", overview(viewer_on(request)))


@require_GET
def section(request: HttpRequest, section: str) -> HttpResponse:
    """One register: its facts narrowed, sorted, in pages, and as CSV."""
    shelf = shelf_of(request, register_seen(viewer_on(request), section))
    if wants_csv(request):
        return shelf.listed.answer(section.replace("_", "-"))
    return render(request, "registers/section.html", shelf.context())


@require_http_methods(_READS_OR_SENDS)
def new(request: HttpRequest, section: str) -> HttpResponse:
    """Record a new fact; what the address says is filled in."""
    kind = register_seen(viewer_on(request), section)
    if kind.form and (own := address(kind.form)):
        query = request.GET.urlencode()
        return redirect(f"{own}?{query}" if query else own)
    form = _form(request, section, said=said_in(request))
    words = kind_words(section)
    page = Page(
        title=kind.title,
        sentences=(f"Record {one_of(section)}.",),
        lead=kind.why,
        deed=f"Record the {words}",
        said=f"The {words} is recorded.",
        trail=trail_of(kind, Link("New")),
    )
    return recorded(request, form, kind.action, page, _after)


@require_http_methods(_READS_OR_SENDS)
def change(request: HttpRequest, section: str, key: str) -> HttpResponse:
    """One fact: its form for who may change it today, else what it says; what names it, and its history."""
    viewer = viewer_on(request)
    kind = register_seen(viewer, section)
    record = fact_seen(viewer, section, key)
    ground = ground_of(viewer, section)
    page = _page_of(request, kind, record, ground)
    around = _around(ground, kind, record)
    if request.method != "POST" and not may_change(request, section):
        return render(request, "registers/fact.html", {**_read_only(ground, page, record), **around})
    form = _form(request, section, record=record, said=said_in(request))
    return recorded(request, form, kind.action, page, _after, template="registers/change.html", **around)


@require_http_methods(_READS_OR_SENDS)
def withdraw(request: HttpRequest, section: str, key: str) -> HttpResponse:
    """Take a fact away that should never have been recorded, with a reason."""
    if (elsewhere := other_day(request)) is not None:
        return elsewhere
    viewer = viewer_on(request)
    kind = register_seen(viewer, section)
    record = fact_seen(viewer, section, key)
    need_to_record_some(viewer, section)
    form = WithdrawForm(request.POST or None)
    before = rows_before(viewer)
    if form.is_valid() and _withdrawn(request, section, key, form):
        said = f"The {kind_words(section)} is withdrawn."
        return returned(request, said, otherwise=address("registers:section", section), before=before)
    ground = ground_of(viewer, section)
    page = _withdrawal(ground, kind, record)
    status = _REFUSED if form.is_bound else 200
    around = _around(ground, kind, record)
    return form_shown(request, form, page, status=status, template="registers/change.html", **around)


def _withdrawn(request: HttpRequest, section: str, key: str, form: WithdrawForm) -> bool:
    try:
        withdraw_fact(viewer_on(request), section, key, why=form.cleaned_data["why"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form(request: HttpRequest, section: str, **more: Any) -> FactForm:
    left_out = NOT_ASKED_HERE.get(section, ())
    return fact_form(viewer_on(request), section, request.POST or None, leave_out=left_out, **more)


def _after(stored: Any) -> str:
    section = section_of(stored)
    own = record_url(section, stored.key)
    return own if own != address("registers:change", section, stored.key) else address("registers:section", section)


def _page_of(request: HttpRequest, kind: RegisterKind, record: Any, ground: FormGround) -> Page:
    title, words = title_of(ground, record), kind_words(kind.section)
    life = life_of(record, day_of(request))
    away = address("registers:withdraw", kind.section, record.key)
    return Page(
        title=f"{kind.title} · {record.key}",
        sentences=(f"{title.rstrip('.')}.", *([life.sentence] if life else [])),
        deed=f"Change the {words}",
        said=f"The {words} is changed.",
        trail=trail_of(kind, Link(title)),
        aside=(Button(f"Withdraw the {words}", away),),
    )


def _read_only(ground: FormGround, page: Page, record: Any) -> dict[str, Any]:
    return {
        "title": " ".join(page.sentences),
        "trail": page.trail,
        "verdict": Verdict(page.sentences, page.title),
        "said": said_by(ground, record),
    }


def _around(ground: FormGround, kind: RegisterKind, record: Any) -> dict[str, Any]:
    """What stands below a fact: what names it, and what the journal says of it."""
    viewer = ground.viewer
    users = users_seen(viewer, kind.section, record.key)
    return {
        "users": [(REGISTERS[name].title, record_link(ground, name, key)) for name, key in users],
        "history": [
            Entry(line.at.date(), f"{line.deed.replace('-', ' ').capitalize()}, by {line.actor_name}")
            for line in history_of(viewer, kind.section, record.key)
        ],
        "journal_url": journal_url(viewer, section=kind.section, key=record.key),
    }


def _withdrawal(ground: FormGround, kind: RegisterKind, record: Any) -> Page:
    words, title = kind_words(kind.section), title_of(ground, record)
    return Page(
        title=f"{kind.title} · {record.key}",
        sentences=(f"Withdraw {title.rstrip('.')}.",),
        lead="It will be gone from every judgement; the journal keeps what it said.",
        deed=f"Withdraw the {words}",
        said="",
        trail=trail_of(kind, Link(title, record_url(kind.section, record.key)), Link("Withdraw")),
    )
