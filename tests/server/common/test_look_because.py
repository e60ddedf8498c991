from datetime import date

import pytest

from safeconduct.core.judgement import (
    MET,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    Standing,
    all_of,
    any_of,
    deciding_path,
    leaf,
)
from safeconduct.server.common.look.because import Fold, Node, Reading, mend_box, tree
from tests.server.common.rendering import order, text_of, told

DAY = date(2026, 11, 24)
READING = Reading(title=lambda one: one.subject.title(), mend=lambda one: mend_box(one, f"/mend/{one.subject}/"))


def one(subject: str, standing: Standing, *, code: str = "never-recorded", due: str = "") -> Finding:
    mend = Mend(f"{subject}@site", "record-control", "site")
    return leaf(Kind.CONTROL, subject, "site", standing, code, DAY, mend=mend, due=due)


def every(*members: Finding, subject: str = "row") -> Finding:
    return all_of(members, kind=Kind.REQUIREMENT, subject=subject, at="site", day=DAY)


def nodes(finding: Finding) -> list[Node]:
    """Every printed node below a finding, folds left out."""
    found, open_nodes = [], [tree(finding, READING)]
    while open_nodes:
        node = open_nodes.pop(0)
        found.append(node)
        open_nodes = [below for below in node.below if isinstance(below, Node)] + open_nodes
    return found


def test_the_member_that_decides_comes_first_and_alone_is_thick() -> None:
    finding = every(one("fence", MET), one("gate", UNKNOWN), one("camera", UNMET), one("guard", UNMET))
    assert [(node.title, node.decides) for node in nodes(finding)] == [
        ("Row", True),
        ("Camera", True),
        ("Guard", False),
        ("Gate", False),
        ("Fence", False),
    ]


def test_nothing_is_thick_where_all_is_met() -> None:
    finding = every(one("fence", MET), one("gate", MET))
    assert [node.decides for node in nodes(finding)] == [True, False, False]
    assert [node.mend for node in nodes(finding)] == [None, None, None]


def test_what_decides_beside_the_path_is_not_thick() -> None:
    inside = every(one("lamp", UNKNOWN), subject="yard")
    finding = every(one("camera", UNMET), inside)
    assert [(node.title, node.decides) for node in nodes(finding)][-2:] == [("Yard", False), ("Lamp", False)]


def test_one_box_mends_the_deciding_leaf_and_others_have_a_quiet_link() -> None:
    finding = every(one("camera", UNMET), one("gate", UNKNOWN))
    camera, gate = nodes(finding)[1:]
    assert camera.mend is not None
    assert gate.mend is None
    assert gate.also is not None
    assert [camera.mend.buttons[0].url, gate.also.url] == ["/mend/camera/", "/mend/gate/"]


def test_another_day_than_today_has_no_button() -> None:
    finding = every(one("camera", UNMET), one("gate", UNKNOWN))
    root = tree(finding, READING, mending=False)
    assert [(node.mend, node.also) for node in root.below if isinstance(node, Node)] == [(None, None), (None, None)]


def test_the_deciding_path_ends_where_all_is_well() -> None:
    assert [step.subject for step in deciding_path(every(one("fence", MET)))] == ["row"]


@pytest.mark.parametrize(("well", "shown", "folded"), [(5, 5, 0), (6, 3, 3), (200, 3, 197)])
def test_long_runs_fold_after_the_first_few(well: int, shown: int, folded: int) -> None:
    root = tree(every(*[one(f"site {number}", MET) for number in range(well)]), READING)
    folds = [below for below in root.below if isinstance(below, Fold)]
    assert len(root.below) - len(folds) == shown
    assert [fold.summary for fold in folds] == ([f"{folded} more, all MET"] if folded else [])


def test_a_fold_prints_so_many_and_says_how_many_it_leaves_out() -> None:
    fold = tree(every(*[one(f"site {number}", MET) for number in range(200)]), READING).below[-1]
    assert isinstance(fold, Fold)
    assert (len(fold.nodes), fold.left_out) == (60, "137 more like these are not printed here.")


def test_members_say_why_themselves_and_the_whole_says_how_they_join() -> None:
    fence, gate = one("fence", MET), one("gate", UNKNOWN)
    one_enough = any_of([fence, gate], kind=Kind.NEED, subject="either", at="site", day=DAY)
    assert tree(every(fence, gate), READING).why == "All of 2 must stand; 1 do."
    assert tree(every(fence, fence), READING).why == "All of 2 must stand; all do."
    assert tree(one_enough, READING).why == "One of 2 is enough; 1 stand."
    assert tree(gate, READING).why == "Nobody has recorded whether this stands here."


def test_what_is_late_unknown_or_ends_is_said_beside_the_mark() -> None:
    late = one("sample", PARTLY, code="own-target-overdue", due="2026-10-31")
    ends = leaf(Kind.EVIDENCE, "proof", "site", MET, "shown", DAY, good_until=date(2027, 3, 31))
    assert tree(late, READING).late == "24 days late"
    assert tree(one("gate", UNKNOWN), READING).asides == ("at best MET",)
    assert tree(ends, READING).asides == ("until 31 Mar 2027",)
    assert tree(one("done", MET, code="done-in-time", due="2026-10-31"), READING).late == ""


def test_the_printed_tree_is_a_list_with_the_box_under_the_leaf() -> None:
    html = told("{% because finding reading %}", finding=every(one("camera", UNMET), one("gate", MET)), reading=READING)
    assert order(html, '<ol class="because">', 'class="decides" data-s="unmet"', "Camera", 'class="mend"', "Gate")
    assert 'class="rests" data-s="met"' in html
    assert '<a class="btn" href="/mend/camera/">Record the control</a>' in html
    assert html.count("<ol") == html.count("</ol>") == 2


def test_without_a_reading_the_keys_are_shown() -> None:
    html = told("{% because finding %}", finding=every(one("seal-fitting", UNKNOWN)))
    assert "seal-fitting" in text_of(html)
    assert 'class="mend"' not in html


def test_titles_are_escaped() -> None:
    html = told("{% because finding %}", finding=one("<b>fence</b>", UNKNOWN))
    assert "&lt;b&gt;fence&lt;/b&gt;" in html


def test_the_box_says_the_deed_and_what_else_it_moves() -> None:
    box = mend_box(one("camera", UNMET), "/mend/", what="Cameras", closes=2)
    assert box is not None
    assert box.title == "Record the control: Cameras"
    assert box.detail == "Record the control. It also moves 2 other rows."
    assert mend_box(one("camera", MET), "/mend/") is None
