"""Erasing a name from facts and journal: the right of a person, without breaking the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.look.values import Verdict
from safeconduct.server.common.look.words import counted
from safeconduct.server.journal.erasure import erase_person
from safeconduct.server.organisation.people.forms import EraseForm
from safeconduct.server.organisation.people.shared import administrator_on, context, done

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def erase_name(request: HttpRequest) -> HttpResponse:
    """Erase a person, named as in the facts, from every fact and entry."""
    viewer = administrator_on(request, Right.ERASE)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: str = form.cleaned_data["person"]
        entries = done(form, lambda: erase_person(viewer, person))
        if entries is not None:
            told = counted(entries, "entry of the journal", "entries of the journal")
            messages.success(request, f"The name is erased from the facts and from {told}.")
            return redirect("accounts:people")
    verdict = Verdict(
        ("Whose name is to go?",),
        title="Erase a person's data",
        lead="The facts stay and the name in them goes. Entries of the journal that hold it lose their part about "
        "persons; the chain still verifies.",
    )
    page = context("Erase a name", verdict=verdict, form=form, deed="Erase the name")
    return render(request, "people/form.html", page, status=422 if form.errors else 200)
