"""The whole catalogue as a file to keep: JSON that reads back, a workbook, OSCAL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from safeconduct.catalogue.export.oscal import oscal_zip
from safeconduct.catalogue.export.whole import catalogue_json
from safeconduct.catalogue.export.xlsx import catalogue_xlsx
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link

if TYPE_CHECKING:
    from django.http import HttpRequest

_KEPT = 8
_made: dict[tuple[str, str], bytes] = {}
"""What was written for a form and a digest of the catalogue, the oldest first."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form to take the catalogue away in."""

    file: str
    title: str
    tells: str
    media: str
    write: Callable[[Catalogue], bytes]


FORMS = (
    Form(
        "catalogue.xlsx",
        "Workbook",
        "for people: every requirement in plain English, the crosswalk, the bounds side by side",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        catalogue_xlsx,
    ),
    Form(
        "catalogue.json",
        "JSON",
        "for programs: all of it, with a JSON Schema; reads back to the same catalogue",
        "application/json",
        lambda catalogue: catalogue_json(catalogue).encode(),
    ),
    Form(
        "catalogue-oscal.zip",
        "OSCAL 1.2",
        "for tools of compliance: a catalog for each edition, one of the neutral controls, and how they relate",
        "application/zip",
        oscal_zip,
    ),
)


@require_safe
def export(request: HttpRequest, file: str) -> HttpResponse:
    """The catalogue in use in one form, named for its digest, as a file to save."""
    form = next((one for one in FORMS if one.file == file), None)
    if form is None:
        raise Http404("The catalogue is not to be had in this form.")
    catalogue = catalogue_in_use()
    answer = HttpResponse(_written(form, catalogue), content_type=form.media)
    stem, _, suffix = form.file.rpartition(".")
    name = f"safeconduct-{stem}-{catalogue.digest[:12]}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _written(form: Form, catalogue: Catalogue) -> bytes:
    key = (form.file, catalogue.digest)
    if key not in _made:
        _made[key] = form.write(catalogue)
        for old in list(_made)[:-_KEPT]:
            _made.pop(old, None)
    return _made[key]


def exports_table() -> Table:
    """The forms with a link to each."""
    rows = [Row((Link(one.title, address("catalogue:export", one.file)), one.tells)) for one in FORMS]
    return Table((Column("Form"), Column("What it is for")), rows, "Equal catalogues give equal files.")
