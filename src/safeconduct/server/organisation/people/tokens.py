"""Tokens: what programs come in with. The text is shown once; only its digest is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.core.errors import UnknownKey
from safeconduct.server.accounts.queries import TokenShown, tokens_of
from safeconduct.server.accounts.rights import Role
from safeconduct.server.common.clock import today
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.values import Button, Due, Ident, Link, Quiet, Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.currency import snapshot_of
from safeconduct.server.organisation.actions import issue_token, revoke_token
from safeconduct.server.organisation.people.forms import TokenForm
from safeconduct.server.organisation.people.shared import administrator_on, context, done

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.common.look.values import Shown


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens there are, and a form for a new one."""
    viewer = administrator_on(request)
    form = TokenForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        text = done(
            form,
            lambda: issue_token(
                viewer,
                title=said["title"],
                role=form.chosen_role,
                expires=said["expires"],
                units=form.chosen_units,
            ),
        )
        if text is not None:
            return _shown_once(request, said["title"], text)
    return _list_page(request, viewer, form)


def _list_page(request: HttpRequest, viewer: Viewer, form: TokenForm) -> HttpResponse:
    known, day = tokens_of(viewer), today()
    found = listed(request, known, _columns(viewer, day), choices=[_working(day)], text=lambda one: one.title)
    if wants_csv(request):
        return found.answer("tokens")
    page = {"verdict": _verdict(known, day), "list": found if known else None, "form": form, "deed": "Issue the token"}
    return render(request, "people/tokens.html", context("Tokens", **page), status=422 if form.errors else 200)


def _works(token: TokenShown, day: date) -> bool:
    return not token.revoked and token.expires >= day


def _verdict(known: Sequence[TokenShown], day: date) -> Verdict:
    working = sum(_works(one, day) for one in known)
    many = counted(working, "token opens", "tokens open") if working else "No token opens"
    taken = ("Each can be taken back at once.",) if working else ()
    return Verdict(
        (f"{many} this organisation to programs.", *taken),
        title="Tokens for programs",
        lead="A token has a role like a person and a last day. Its text is shown once and not kept.",
        buttons=(Button("Read how the API is used", address("api-docs")),) if address("api-docs") else (),
    )


def _columns(viewer: Viewer, day: date) -> list[ListColumn[TokenShown]]:
    units = snapshot_of(viewer).units
    return [
        ListColumn("title", "What it is for", _named, lambda one: one.title, subject=True),
        ListColumn("role", "Role", lambda one: one.role.words, lambda one: one.role.value),
        ListColumn(
            "sites",
            "Sites",
            lambda one: (
                ", ".join(units[key].title or key if key in units else key for key in one.units) or Quiet("all")
            ),
        ),
        ListColumn("expires", "Works until", lambda one: _until(one, day), lambda one: one.expires),
    ]


def _named(token: TokenShown) -> Shown:
    url = "" if token.revoked else address("accounts:token", token.key)
    return Link(token.title, url, note=Ident(token.key))


def _until(token: TokenShown, day: date) -> Shown:
    if token.revoked:
        return Quiet("taken back")
    return Due(token.expires, day) if token.expires >= day else token.expires


def _working(day: date) -> Choice[TokenShown]:
    options = [("yes", "that open something"), ("no", "that open nothing")]
    return Choice("works", "Tokens", options, lambda one, word: _works(one, day) == (word == "yes"))


def _shown_once(request: HttpRequest, title: str, text: str) -> HttpResponse:
    verdict = Verdict(
        ("Copy this token now.", "It is not shown again."),
        title=title,
        lead="A program shows it in the header Authorization, after the word Bearer.",
        buttons=(Button("Back to the tokens", address("accounts:tokens")),),
    )
    trail = Link("Tokens", address("accounts:tokens"))
    return render(request, "people/once.html", context("New token", trail, verdict=verdict, label="Token", secret=text))


@require_http_methods(["GET", "HEAD"])
def token(request: HttpRequest, key: str) -> HttpResponse:
    """One token that is not taken back yet."""
    viewer = administrator_on(request)
    found = next((one for one in tokens_of(viewer) if one.key == key and not one.revoked), None)
    if found is None:
        raise UnknownKey("token", key, ())
    who = "a site manager" if found.role is Role.SITE_MANAGER else f"an {found.role.words.lower()}"
    who = "a security manager" if found.role is Role.SECURITY_MANAGER else who
    verdict = Verdict(
        (f"It opens what {who} may do.",),
        title=f"Token: {found.title}",
        lead="Taken back, it opens nothing any more, at once and for good.",
        buttons=(
            Button("Take the token back", address("accounts:revoke-token", key), post=True),
            Button("See what it did", address("journal:list", query={"actor": key})),
        ),
    )
    trail = Link("Tokens", address("accounts:tokens"))
    return render(request, "people/plain.html", context(found.title, trail, verdict=verdict))


@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take a token back."""
    viewer = administrator_on(request)
    revoke_token(viewer, key)
    messages.success(request, "The token is taken back. It opens nothing any more.")
    return redirect("accounts:tokens")
