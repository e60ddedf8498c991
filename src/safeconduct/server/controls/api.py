"""The API of controls in place, of what shows them, and of the files kept with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import File, UploadedFile

from safeconduct.facts.codec import to_plain
from safeconduct.server.controls import actions
from safeconduct.server.controls.downloads import download
from safeconduct.server.journal.fact_api import fact_router, viewer_of_call

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest

router = fact_router(
    {
        "in_place": actions.record_control,
        "evidence": actions.attach_evidence,
        "samples": actions.record_sample,
        "done": actions.record_occurrence,
        "triggers": actions.record_trigger,
    }
)


@router.post("/files", operation_id="post_file", tags=["files"])
def post_file(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Keep a file. The answer is what evidence names it by, in its field `file`."""
    return to_plain(actions.upload_file(viewer_of_call(request), file))


@router.get("/files/{sha256}", operation_id="get_file", tags=["files"])
def get_file(request: HttpRequest, sha256: str) -> FileResponse:
    """The content of a file that some evidence keeps."""
    return download(viewer_of_call(request), sha256)
