"""Records controls in place and what shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.core.errors import NotAllowed, Refusal
from safeconduct.server.controls.files import Uploaded, clean_name, keep_file, media_of, path_of
from safeconduct.server.journal.actions import store, store_all
from safeconduct.server.journal.reading import seen_one

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.records.in_place import (
        Attachment,
        ControlInPlace,
        Evidence,
        Occurrence,
        Sample,
        SamplingPlan,
        Target,
        Trigger,
    )
    from safeconduct.server.accounts.viewer import Viewer


def record_control(viewer: Viewer, record: ControlInPlace) -> ControlInPlace:
    """Record that a control stands, or does not, at a unit since a day."""
    stored: ControlInPlace = store(viewer, record, deed="record-control")
    return stored


def record_control_shown(
    viewer: Viewer, record: ControlInPlace, evidence: Evidence, *, upload: Uploaded | None = None
) -> ControlInPlace:
    """Record a control together with the evidence that shows it; both or neither."""
    evidence = _with_upload(viewer, evidence, upload)
    stored: ControlInPlace = store_all(viewer, [record, evidence], deed="record-control")[0]
    return stored


def end_control(viewer: Viewer, key: str, *, until: date) -> ControlInPlace:
    """Give a control in place its last day."""
    record: ControlInPlace = seen_one(viewer, "in_place", key)
    stored: ControlInPlace = store(viewer, replace(record, until=until), deed="end-control")
    return stored


def set_target(viewer: Viewer, key: str, parameter: str, target: Target) -> ControlInPlace:
    """Set the organisation's own number for one parameter of a control in place, with its reason."""
    record: ControlInPlace = seen_one(viewer, "in_place", key)
    targets = {**record.targets, parameter: target}
    stored: ControlInPlace = store(viewer, replace(record, targets=targets), deed="set-target")
    return stored


def set_plan(viewer: Viewer, key: str, plan: SamplingPlan) -> ControlInPlace:
    """Set how a control that works event by event is sampled, with its reason."""
    record: ControlInPlace = seen_one(viewer, "in_place", key)
    stored: ControlInPlace = store(viewer, replace(record, plan=plan), deed="set-plan")
    return stored


def attach_evidence(viewer: Viewer, evidence: Evidence, *, upload: Uploaded | None = None) -> Evidence:
    """Record evidence for a control in place, with a file where one is uploaded."""
    evidence = _with_upload(viewer, evidence, upload)
    stored: Evidence = store(viewer, evidence, deed="attach-evidence")
    return stored


def upload_file(viewer: Viewer, upload: Uploaded) -> Attachment:
    """Keep a file, to be named by evidence that is recorded next."""
    _need_to_attach(viewer)
    return keep_file(viewer, upload)


def _need_to_attach(viewer: Viewer) -> None:
    if not viewer.may_record("evidence"):
        raise NotAllowed(f"As {viewer.role.words.lower()} you may not attach evidence. Ask a security manager.")


def _with_upload(viewer: Viewer, evidence: Evidence, upload: Uploaded | None) -> Evidence:
    """The evidence with its file. A file it names already must have been uploaded here, and be what it says."""
    _need_to_attach(viewer)  # first: whoever may not attach is not told which files are here
    if upload is not None:
        return replace(evidence, file=upload_file(viewer, upload))
    file = evidence.file
    if file is None:
        return evidence
    kept = path_of(viewer.organisation_key, file.sha256) if _is_digest(file.sha256) else None
    if kept is None or not kept.is_file() or kept.stat().st_size != file.size:
        raise Refusal(
            f"The file {file.name!r} was not uploaded here.",
            why="Evidence names a file by the SHA-256 and size of its content.",
            do="Upload the file first, then name it as the answer tells.",
            code="file-not-uploaded",
        )
    with kept.open("rb") as content:
        return replace(evidence, file=replace(file, name=clean_name(file.name), media=media_of(file.name, content)))


def _is_digest(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")


def record_sample(viewer: Viewer, sample: Sample) -> Sample:
    """Record how many events of a period were checked and how many conform."""
    stored: Sample = store(viewer, sample, deed="record-sample")
    return stored


def record_occurrence(viewer: Viewer, occurrence: Occurrence) -> Occurrence:
    """Record that a recurring control was done on a day."""
    stored: Occurrence = store(viewer, occurrence, deed="record-occurrence")
    return stored


def record_trigger(viewer: Viewer, trigger: Trigger) -> Trigger:
    """Record that something asks for a recurring control to be done again."""
    stored: Trigger = store(viewer, trigger, deed="record-trigger")
    return stored
