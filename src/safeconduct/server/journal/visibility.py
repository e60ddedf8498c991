"""Which facts a viewer sees and may record: where a fact stands, and whether that is one of the viewer's sites."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from safeconduct.core.errors import NotAllowed
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.server.accounts.rights import SITE_SECTIONS
from safeconduct.server.journal.sections import find

if TYPE_CHECKING:
    from safeconduct.core.snapshot import Snapshot
    from safeconduct.server.accounts.viewer import Viewer

_SHOWING = frozenset({"evidence", "samples", "done"})
_OWN_SITES_ONLY = frozenset({"findings", "corrective_actions"})
"""Weaknesses and their cure: those of the legal entity above are not for the managers of its sites."""


def place_of(section: str, record: Any, facts: Facts) -> str:
    """The unit a fact stands at; empty for facts of the whole organisation or of a partner."""
    if section in _SHOWING:
        shown = find(facts, "in_place", record.of)
        return shown.at if shown else ""
    if section == "corrective_actions":
        return _place_of_mended(record.mends, facts)
    if section == "findings" and find(facts, "partners", record.about) is not None:
        return ""
    if section == "units":
        unit: str = record.key
        return unit
    for name in ("at", "entity", "unit"):
        place: str = getattr(record, name, "")
        if place:
            return place
    return ""


def _place_of_mended(key: str, facts: Facts) -> str:
    """Where a finding or a sample stands that a corrective action puts right; empty for partners."""
    for section in ("findings", "samples"):
        if (mended := find(facts, section, key)) is not None:
            return place_of(section, mended, facts)
    return ""


def need_to_record(viewer: Viewer, section: str, records: Iterable[Any], facts: Facts) -> None:
    """Raise NotAllowed unless the viewer may record these facts where they stand."""
    kind = FACT_KINDS[section].title.lower()
    if not viewer.may_record(section):
        raise NotAllowed(f"As {viewer.role.words.lower()} you may not record this ({kind}). Ask a security manager.")
    for record in records:
        if not viewer.may_record_at(section, place_of(section, record, facts)):
            said = getattr(record, "at", "")  # where what it names stands is not told to who may not see it
            where = f"at {said!r}" if said else "here"
            raise NotAllowed(f"You may record this ({kind}) at your own sites only, not {where}.")


def bearing_on(viewer: Viewer, snapshot: Snapshot) -> frozenset[str]:
    """The units whose facts bear on the viewer's sites: these, and what they belong to."""
    return frozenset(unit for site in viewer.units for unit in snapshot.layers(site))


def sees(viewer: Viewer, section: str, record: Any, snapshot: Snapshot) -> bool:
    """Whether a fact is shown to the viewer; what is not shown is not found."""
    return bool(visible(viewer, section, (record,), snapshot))


def visible(viewer: Viewer, section: str, records: Iterable[Any], snapshot: Snapshot) -> tuple[Any, ...]:
    """Those of a section's facts that are shown to the viewer, in their order."""
    if not viewer.limited:
        return tuple(records)
    if section not in SITE_SECTIONS:
        return ()
    units = viewer.units if section in _OWN_SITES_ONLY else bearing_on(viewer, snapshot)
    facts = snapshot.facts
    if section == "enrolments":
        return tuple(record for record in records if record.entity in units)
    if section == "row_confirmations":
        return tuple(records)
    return tuple(record for record in records if place_of(section, record, facts) in units)
