"""Where judgements, controls, places and records are shown; empty where the product has no such page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.links import address

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.core.snapshot import Snapshot


def programme_url(enrolment: str, *, anchor: str = "", **filters: str) -> str:
    """The page of an enrolment, its list narrowed by filters."""
    return address("programmes:programme", enrolment, query=filters, anchor=anchor)


def row_url(row: RowJudgement) -> str:
    """The page of one requirement at one unit."""
    return requirement_url(row.enrolment, row.requirement.key, row.unit)


def requirement_url(enrolment: str, requirement: str, unit: str) -> str:
    """The page of one requirement at one unit."""
    return address("programmes:requirement", enrolment, requirement, unit)


def control_url(control: str) -> str:
    """What a control proves."""
    return address("controls:control", control)


def record_url(record: str) -> str:
    """One control in place."""
    return address("controls:in-place", record)


def place_url(snapshot: Snapshot, key: str) -> str:
    """The page of a unit or a partner; empty for the organisation."""
    if key in snapshot.units:
        return address("organisation:site", key)
    return address("partners:partner", key) if key in snapshot.partners else ""


def risk_url(key: str) -> str:
    """The page of one risk."""
    return address("risk:risk", key)


def register_url(section: str, key: str) -> str:
    """One fact in its register."""
    return address("registers:change", section, key)
