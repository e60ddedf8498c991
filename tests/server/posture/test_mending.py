"""From each deed that mends a finding to the form that does it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import safeconduct.core
from safeconduct.core.judgement import Mend
from safeconduct.server.journal.actions import store
from safeconduct.server.posture.mending import DEEDS, button_for
from safeconduct.server.posture.queries import overview_of, row_seen
from tests.server.cast import TODAY, Cast
from tests.server.posture.stage import action

if TYPE_CHECKING:
    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.common.look.values import Button

ROW = ("ctpat", "us-ctpat/9.2", "ein")
BACK = "/programmes/ctpat/us-ctpat/9.2/at/ein/"


def button(cast: Cast, mend: Mend, name: str = "sven", row: tuple[str, str, str] | None = ROW) -> Button | None:
    overview = overview_of(cast.viewer(name), TODAY)
    meant: RowJudgement | None = row_seen(overview, *row) if row else None
    return button_for(mend, meant, cast.viewer(name), overview.snapshot)


FORMS: list[tuple[Mend, str, dict[str, str]]] = [
    (Mend("k", "record-control", "ein", "cctv", "x"), "/controls/record/", {"control": "cctv", "at": "ein"}),
    (Mend("k", "record-value", "ein", "cctv", record="c-1", detail="coverage"), "c-1", {"field": "coverage"}),
    (Mend("k", "attach-evidence", "ein", "cctv", record="c-1", detail="design"), "c-1", {"shows": "design"}),
    (Mend("k", "set-target", "ein", "bond", record="c-1", detail="sum"), "c-1", {"parameter": "sum"}),
    (Mend("k", "set-target", "ein", "bond", detail="sum"), "/controls/record/", {"target": "sum"}),
    (Mend("k", "set-target", "ein", "seal-fitting", record="c-1", detail="plan"), "c-1", {}),
    (Mend("k", "record-occurrence", "ein", "training", record="c-1"), "c-1", {}),
    (Mend("k", "record-sample", "ein", "seal-fitting", record="c-1"), "c-1", {}),
    (Mend("k", "open-action", "ein", "seal-fitting", record="c-1", detail="s-1"), "actions", {"mends": "s-1"}),
    (Mend("k", "open-action", "h1", record="h1"), "actions", {"mends": "h1"}),
    (Mend("k", "record-certificate", "h1", detail="eu-aeos"), "cert", {"holder": "h1", "scheme": "eu-aeos"}),
    (Mend("k", "record-proof", "h1", detail="visit"), "proofs", {"partner": "h1", "kind": "visit"}),
    (Mend("k", "confirm-register", "nl", detail="partners"), "registers", {"of": "partners", "unit": "nl"}),
    (Mend("k", "attest", "nl", detail="customs-fine/entity"), "att", {"kinds": "customs-fine", "about": "entity"}),
    (Mend("k", "weigh-event", "nl", record="ev-1"), "/registers/events/ev-1/", {}),
    (Mend("k", "record-event", "nl", detail="customs-fine"), "events/new/", {"kind": "customs-fine", "unit": "nl"}),
    (Mend("k", "record-figure", "nl", detail="liabilities"), "figures", {"unit": "nl", "figure": "liabilities"}),
    (Mend("k", "record-check", "h1", detail="sanctions/partner"), "checks", {"unit": "nl", "partner": "h1"}),
    (Mend("k", "record-judgement", "ein"), f"{BACK}judge/", {}),
    (Mend("k", "confirm-answer", "ein"), f"{BACK}answer/", {}),
    (Mend("k", "accept-alternative", "ein", record="al"), "/registers/alternatives/al/", {}),
    (Mend("k", "complete-partner", "h1", record="h1"), "/registers/partners/h1/", {}),
    (Mend("k", "record-trait", "ein", detail="producer"), "/sites/ein/", {"trait": "producer"}),
    (Mend("k", "record-flows", "nl", record="ctpat"), "/registers/enrolments/ctpat/", {}),
]


def test_each_deed_opens_its_form_filled_in(staged: Cast) -> None:
    for mend, path, asked in FORMS:
        found = button(staged, mend)
        assert found is not None
        split = urlsplit(found.url)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        assert path in split.path
        assert asked.items() <= query.items()
        assert query["back"] == BACK


def test_every_deed_the_core_names_is_in_the_table() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in Path(safeconduct.core.__path__[0]).rglob("*.py"))
    named = set(
        re.findall(r'"((?:record|set|attach|open|close|confirm|weigh|complete|accept)-[a-z]+|attest)"', sources)
    )
    assert "record-sample" in named
    assert named - set(DEEDS) == set()


def test_a_running_action_is_changed_and_none_is_opened_twice(staged: Cast) -> None:
    store(staged.exporter_line, action(), deed="open-action")
    found = button(staged, Mend("k", "close-action", "nl", record="h1"))
    assert found is not None
    assert urlsplit(found.url).path == "/registers/corrective_actions/a1/"


def test_who_may_not_record_has_no_button(staged: Cast) -> None:
    attach = Mend("k", "attach-evidence", "ein", "cctv", record="c-cctv-ein", detail="design")
    assert button(staged, attach, "otto") is None
    assert button(staged, attach, "mara", None) is None
    own = Mend("k", "attach-evidence", "rtm", "cctv", record="c-cctv-rtm", detail="design")
    assert button(staged, own, "mara", None) is not None
    assert button(staged, Mend("k", "record-certificate", "h1"), "mara", None) is None


def test_what_only_time_mends_has_no_button(staged: Cast) -> None:
    assert button(staged, Mend("k", "wait", "nl")) is None


def test_a_deed_of_the_row_needs_the_row(staged: Cast) -> None:
    assert button(staged, Mend("k", "record-judgement", "ein"), row=None) is None
