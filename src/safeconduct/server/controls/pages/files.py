"""The files kept with evidence, to be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.controls.downloads import download

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest


@require_GET
def evidence_file(request: HttpRequest, digest: str) -> FileResponse:
    """The file of some evidence, to be saved."""
    return download(viewer_on(request), digest)
