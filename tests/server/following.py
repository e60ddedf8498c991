"""A newer edition of the staged CTPAT, and an organisation that answered and decided under the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from safeconduct.core.records.catalogue import Programme
from safeconduct.core.records.decisions import Answer, NotApplicable, ReasonGiven, RowConfirmation
from safeconduct.core.records.needs import AllNeed, ControlNeed
from safeconduct.server.accounts.viewer import Viewer
from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from tests.server.posture.stage import CTPAT_ROWS, STAGE, STAGED_CTPAT

PARTNERS, CAMERAS, GUARDS, UNREAD = CTPAT_ROWS
NEW_ROWS = (
    PARTNERS,
    replace(CAMERAS, needs=AllNeed((ControlNeed("cctv"), ControlNeed("record-keeping")))),
    replace(GUARDS, key="us-ctpat/9.10", ref="9.10", title="Guards on site", supersedes="us-ctpat/9.9"),
    replace(CAMERAS, key="us-ctpat/9.20", ref="9.20", title="A guard at the gate", needs=ControlNeed("guarding")),
)
NEWER: Programme = replace(
    STAGED_CTPAT, edition="2026", requirements=NEW_ROWS, supersedes="2020", since=date(2026, 7, 1)
)
FOLLOWING = replace(STAGE, programmes={**STAGE.programmes, NEWER.id: NEWER})
BEGUN = date(2025, 1, 1)


def decided() -> list[Any]:
    """What persons said of rows that are kept, changed, continued and dropped."""
    return [
        Answer(key="an-kept", requirement="us-ctpat/3.4", at="nl", text="Yes", confirmed_on=BEGUN, confirmed_by="Sven"),
        Answer(
            key="an-on",
            requirement="us-ctpat/9.9",
            at="ein",
            text="Two guards at night",
            chapter="4",
            confirmed_on=BEGUN,
            confirmed_by="Sven",
        ),
        NotApplicable(key="na-changed", requirement="us-ctpat/9.2", at="rtm", by="Sven", on=BEGUN, why="No yard"),
        ReasonGiven(key="re-on", requirement="us-ctpat/9.9", at="rtm", by="Sven", on=BEGUN, why="Nobody there"),
        RowConfirmation(key="rc-gone", requirement="us-ctpat/9.8", by="Sven", on=BEGUN, document="The booklet"),
    ]


def set_following(viewer: Viewer) -> None:
    """Both editions in the catalogue, and the decisions recorded. The stage must be set."""
    use(FOLLOWING)
    store_all(viewer, decided(), deed="record")
