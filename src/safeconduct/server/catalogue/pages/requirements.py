"""All requirements of all programmes, narrowed and sorted; also as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.titles import FAMILY_TITLES
from safeconduct.server.catalogue.pages.shared import (
    context,
    day_of,
    file_columns,
    row_choices,
    row_columns,
    words_of,
)
from safeconduct.server.catalogue.queries import CatalogueRow, all_rows
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.listing import Choice, listed
from safeconduct.server.common.look.values import Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse


@require_safe
def requirements(request: HttpRequest) -> HttpResponse:
    """Everything that is asked, by whatever programme."""
    day, rows = day_of(request), all_rows()
    columns = file_columns(day) if wants_csv(request) else row_columns(day, with_programme=True)
    found = listed(request, rows, columns, choices=_choices(day, rows), text=words_of)
    if wants_csv(request):
        return found.answer("requirements")
    musts = sum(one.obligation(day) == "must" for one in rows)
    verdict = Verdict(
        (
            f"{counted(len(rows), 'thing is', 'things are')} asked.",
            f"{counted(musts, 'of them binds', 'of them bind')}.",
        ),
        title="Requirements",
        lead="Texts are ours, the reference and the place in the source are the issuer's.",
    )
    return render(
        request, "catalogue/listing.html", context("Requirements", verdict=verdict, list=found, head="All requirements")
    )


def _choices(day: date, rows: tuple[CatalogueRow, ...]) -> list[Choice[CatalogueRow]]:
    programmes = {one.programme.id: one.programme for one in rows}
    elements = sorted({letter for one in rows for letter in one.row.safe})
    return [
        Choice(
            "programme",
            "Programme",
            [(key, f"{programme.title}, {programme.edition}") for key, programme in programmes.items()],
            lambda one, key: one.programme.id == key,
        ),
        *row_choices(day, rows),
        Choice(
            "safe",
            "SAFE element",
            [(letter, f"{letter} {FAMILY_TITLES.get(letter, '')}") for letter in elements],
            lambda one, letter: letter in one.row.safe,
        ),
    ]
