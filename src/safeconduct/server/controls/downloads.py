"""How a kept file is handed out: as a file to save, never as a page to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404

from safeconduct.server.controls.files import media_of, path_of, safe_name
from safeconduct.server.controls.queries import file_seen

if TYPE_CHECKING:
    from safeconduct.server.accounts.viewer import Viewer


def download(viewer: Viewer, digest: str) -> FileResponse:
    """The file of some evidence that the viewer sees; anything else is not found."""
    file = file_seen(viewer, digest)
    try:
        content = path_of(viewer.organisation_key, file.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is missing from the data folder.") from error
    media = media_of(file.name, content)
    content.seek(0)
    answer = FileResponse(content, as_attachment=True, filename=safe_name(file.name, media), content_type=media)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
