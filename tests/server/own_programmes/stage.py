"""A programme of the exporter's own, as the tests of this folder publish it."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.records.units import Enrolment
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.own_programmes import actions
from safeconduct.server.own_programmes.queries import DraftSeen, draft_of
from safeconduct.server.own_programmes.texts import Texts

KEY = "own-norholt-hauliers"
EDITION = f"{KEY}/2026"
DAY = date(2026, 11, 24)
HEAD: dict[str, Any] = {
    "title": "Norholt standard for hauliers",
    "owner": "Norholt",
    "since": "2026-01-01",
    "unit": "entity",
    "roles": ["importer", "carrier"],
    "rule": "plain",
    "coverage": {role: {"rows": "auto", "of": "unknown", "complete": "yes"} for role in ("importer", "carrier")},
    "sources": [{"document": "The standard", "sure": "confirmed", "checked": "2026-11-24"}],
}
ROWS = """\
- key: own-norholt-hauliers/1
  ref: "1"
  title: Cameras
  asks: Cameras see the gates, or the AEO status proves it.
  kind: condition
  obligation: {2026-01-01: must}
  roles: {importer: yes, carrier: yes}
  scope: entity
  needs: {any: [cctv: {coverage: {includes: [gates]}}, certificate: {schemes: [eu-aeos], holder: self}]}
  source: {document: The standard, locator: "1", checked: 2026-11-24, sure: confirmed}
"""


def begun(viewer: Viewer) -> DraftSeen:
    """A draft without rows."""
    return actions.begin_programme(viewer, "hauliers", "2026", HEAD)


def written(viewer: Viewer, rows: str = ROWS) -> DraftSeen:
    """A draft with its row."""
    draft = begun(viewer)
    return actions.change_draft(viewer, KEY, Texts(draft.texts.head, rows), read=draft.state)


def published(viewer: Viewer, *, shared: bool = True) -> str:
    """The edition, published; its digest."""
    written(viewer)
    return actions.publish_edition(viewer, KEY, shared=shared, read=draft_of(viewer, KEY).state)


def enrolment(edition: str = EDITION) -> Enrolment:
    """The legal entity takes part in it as a carrier."""
    return Enrolment(key="e-own", entity="nl", edition=edition, roles=("carrier",), since=date(2026, 2, 1))
