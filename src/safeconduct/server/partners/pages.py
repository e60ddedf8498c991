"""Partners: all of them with how they stand, and one with everything that speaks for or against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.partners.one import partner_context
from safeconduct.server.partners.queries import partner_seen
from safeconduct.server.partners.register import list_context, partners_listed, partners_on

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """All partners, those that are not assured first."""
    _refuse_limited(request)
    found = partners_on(request)
    listed = partners_listed(request, found)
    if wants_csv(request):
        return listed.answer("partners")
    return render(request, "partners/list.html", list_context(request, found, listed))


@require_GET
def partner(request: HttpRequest, key: str) -> HttpResponse:
    """One partner: how it stands where it is asked for, its certificates, proofs, look-ups, findings and actions."""
    _refuse_limited(request)
    record = partner_seen(viewer_on(request), key)
    return render(request, "partners/partner.html", partner_context(request, record))


def _refuse_limited(request: HttpRequest) -> None:
    """Partners belong to legal entities; somebody limited to sites does not see them."""
    if viewer_on(request).limited:
        raise Http404
