from __future__ import annotations

from datetime import date

import pytest

from safeconduct.catalogue.marked import read_marked
from safeconduct.catalogue.own import examine_files
from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    Bound,
    CertificateNeed,
    ControlNeed,
    MendedNeed,
    Need,
    Op,
    OutcomeNeed,
    Renewal,
)
from safeconduct.server.own_programmes.rows import row_plain, rows_in, simple_need, simple_row, with_row, without_row
from safeconduct.server.own_programmes.texts import Texts, head_text, plain_of, yaml_of
from tests.facts.cast import CATALOGUE
from tests.server.own_programmes.stage import EDITION, HEAD, KEY, ROWS

DAY = date(2026, 11, 24)
SEAL = ControlNeed("seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, "high-security")),))
CAMERAS = ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset({"gates"}))),))
YEARLY = ControlNeed("training", ("staff",), (("interval", Bound(Op.AT_MOST, Duration(12, DurationUnit.MONTHS))),))
HELD = CertificateNeed(("eu-aeos",), holder="self")


@pytest.mark.parametrize(
    "need",
    [
        SEAL,
        HELD,
        AllNeed((SEAL, CAMERAS)),
        AnyNeed((SEAL, CAMERAS, YEARLY)),
        AnyNeed((SEAL, HELD)),
        AnyNeed((AnyNeed((SEAL, CAMERAS)), HELD)),
        OutcomeNeed(AllNeed((SEAL, CAMERAS))),
        AnyNeed((OutcomeNeed(SEAL), HELD)),
    ],
)
def test_what_the_form_says_is_the_need_itself(need: Need) -> None:
    found = simple_need(need)
    assert found is not None
    assert found.need() == need


@pytest.mark.parametrize(
    "need",
    [
        ControlNeed("cctv", shown=(Shown.EFFECT,)),
        ControlNeed("cctv", assurance="verified"),
        ControlNeed("seal-fitting", bounds=(("class", Bound(Op.AT_LEAST, "high-security", partly_at="security")),)),
        AllNeed((SEAL, SEAL)),
        AllNeed((SEAL, AnyNeed((CAMERAS, YEARLY)))),
        AnyNeed((SEAL, CAMERAS, HELD)),
        CertificateNeed(("eu-aeos",), or_recognised_by="us-ctpat", holder="self"),
        MendedNeed("cctv", Renewal()),
    ],
)
def test_what_the_form_cannot_say_is_left_to_the_text(need: Need) -> None:
    assert simple_need(need) is None


def test_a_row_written_anew_reads_back_to_the_same() -> None:
    files = Texts(head_text({"programme": KEY, "edition": "2026", **HEAD}), ROWS).files(KEY, "2026")
    programme = examine_files(files, CATALOGUE, name="own").catalogue.programmes[EDITION]
    (before,) = programme.requirements
    simple = simple_row(before, programme)
    assert simple is not None
    (row,) = rows_in(ROWS)
    text = with_row(ROWS, row.key, row_plain(simple, row.plain, programme, DAY))
    files = Texts(head_text({"programme": KEY, "edition": "2026", **HEAD}), text).files(KEY, "2026")
    assert examine_files(files, CATALOGUE, name="own").catalogue.programmes[EDITION].requirements == (before,)


THREE = "# Ours.\n- key: a/1\n  title: One  # the first\n\n# About two.\n- key: a/2\n  title: Two\n- key: a/3\n"


def test_a_row_takes_the_place_of_the_one_of_its_key_and_no_other() -> None:
    assert [(row.key, row.first, row.after) for row in rows_in(THREE)] == [("a/1", 1, 5), ("a/2", 5, 7), ("a/3", 7, 8)]
    changed = with_row(THREE, "a/2", {"key": "a/2", "title": "Other"})
    assert changed == THREE.replace("title: Two\n", "title: Other\n\n")
    assert with_row(THREE, "a/4", {"key": "a/4"}) == f"{THREE}\n- key: a/4\n"
    assert without_row(THREE, "a/2") == THREE.replace("- key: a/2\n  title: Two\n", "")
    assert without_row(THREE, "a/9") == THREE
    assert with_row("", "a/1", {"key": "a/1"}) == "- key: a/1\n"


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "a: b",
        "- x",
        "yes",
        "12",
        "# no remark",
        "'quoted'",
        '"',
        "two\nlines",
        "{brace",
        "ends with:",
        "",
        "&a",
        "%",
    ],
)
def test_whatever_somebody_types_is_written_so_that_it_reads_back(text: str) -> None:
    plain = {"title": text, "list": [text, "b"], "inner": {"one": text}, "several": [{"what": text}, {"what": "x"}]}
    assert plain_of(read_marked(yaml_of(plain), "x")) == plain
    assert plain_of(read_marked(yaml_of([plain, plain]), "x")) == [plain, plain]


def test_a_tab_is_written_so_that_the_loader_takes_it() -> None:
    assert plain_of(read_marked(yaml_of({"title": "a\tb"}), "x")) == {"title": "a\tb"}
