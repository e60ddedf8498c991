"""How the page of a record reads its tree, and the button that mends its deciding leaf."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.core.judgement import Finding, Kind, Mend, deciding_path
from safeconduct.core.sentences import deed
from safeconduct.server.common.links import address
from safeconduct.server.common.look.because import MendBox, Reading, mend_box
from safeconduct.server.common.look.values import Asking, Button
from safeconduct.server.common.look.words import deed_words
from safeconduct.server.journal.asking import ask_button, asked_seen, asking

if TYPE_CHECKING:
    from safeconduct.core.records.in_place import ControlInPlace
    from safeconduct.server.controls.pages.reader import Reader

_SECTIONS = {
    "record-control": "in_place",
    "record-value": "in_place",
    "set-target": "in_place",
    "attach-evidence": "evidence",
    "record-occurrence": "done",
    "record-sample": "samples",
    "open-action": "corrective_actions",
}
_SHOWN = {"design": "Design shown", "operation": "Operation shown", "effect": "Effect shown"}


def reading(reader: Reader, record: ControlInPlace) -> Reading:
    """Names and mending of the tree of a control in place, seen by itself."""

    def title(finding: Finding) -> str:
        match finding.kind:
            case Kind.CONTROL:
                return reader.name(record)
            case Kind.EVIDENCE:
                kind = finding.subject.rpartition("/")[2]
                return finding.param("title") or _SHOWN.get(kind, kind)
            case Kind.OCCURRENCE:
                return "Done in time"
            case Kind.SAMPLE:
                return "Sample"
            case _:
                return finding.subject

    def box(finding: Finding) -> MendBox | None:
        url = mend_url(reader, record, finding.mend) if finding.mend else ""
        found = mend_box(finding, url) if url else None
        if found is None or finding.mend is None:
            return found
        back = address("controls:in-place", record.key)
        ask = ask_button(reader.viewer, finding.mend, f"{reader.name(record)}. {deed(finding)}", back=back)
        return replace(found, buttons=(*found.buttons, *([ask] if ask else [])))

    return Reading(title=title, mend=box)


def asked_about(reader: Reader, record: ControlInPlace) -> tuple[Asking, ...]:
    """What somebody was asked to do about the control where it is recorded, and that still runs."""
    back = address("controls:in-place", record.key) if reader.today else ""
    found = asked_seen(reader.viewer, reader.snapshot, record.control, {record.at}, reader.day, element=record.for_)
    return tuple(asking(reader.viewer, one, reader.day, back=back) for one in found)


def mend_button(reader: Reader, record: ControlInPlace, finding: Finding) -> Button | None:
    """The button of the deepest finding that a record would mend; None where nothing is to be mended, or not by you."""
    for one in reversed(list(deciding_path(finding))):
        if one.mend is not None:
            url = mend_url(reader, record, one.mend)
            return Button(deed_words(one.mend.deed), url) if url else None
    return None


def mend_url(reader: Reader, record: ControlInPlace, mend: Mend) -> str:
    """The form that mends; empty where the viewer may not record it, or nothing there can be recorded."""
    section = _SECTIONS.get(mend.deed)
    if section is None or not reader.today or not reader.viewer.may_record_at(section, record.at):
        return ""
    key = mend.record or record.key
    match mend.deed:
        case "attach-evidence":
            return address("controls:attach", key, query={"shows": mend.detail})
        case "record-occurrence":
            return address("controls:occurrence", key)
        case "record-sample":
            return address("controls:sample", key)
        case "set-target" if mend.detail == "plan":
            return address("controls:plan", key)
        case "set-target":
            return address("controls:target", key, query={"parameter": mend.detail})
        case "open-action":
            return address("registers:new", "corrective_actions", query={"mends": mend.detail})
        case "record-value":
            return address("controls:change", key, query={"field": mend.detail})
        case _:
            query = {"control": record.control, "element": mend.element, "at": mend.at}
            return address("controls:record", query=query)
