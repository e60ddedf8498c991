"""Every refused fact: one tiny broken file each in `refused/`, with the lines and the words of its refusal.

A file holds what is put below the cast's head. The lines that must be refused end in `#!`, no other line may be;
`# says:` names words the refusal must contain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.core.errors import Refusals
from safeconduct.facts.reading import read
from tests.facts.cast import CATALOGUE, HEAD

FOLDER = Path(__file__).parent / "refused"
SAYS = "# says: "


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yml")))
def test_each_mistake_is_refused_at_its_line_in_words(name: str) -> None:
    lines = (FOLDER / f"{name}.yml").read_text("utf-8").splitlines()
    words = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    body = HEAD.splitlines() + [line for line in lines if not line.startswith(SAYS)]
    with pytest.raises(Refusals) as refused:
        read("\n".join(body), CATALOGUE, name="broken.yml")
    problems = refused.value.refusals
    marked = {number for number, line in enumerate(body, start=1) if line.endswith("#!")}
    assert {problem.place.line for problem in problems} == marked, str(refused.value)
    assert {problem.place.file for problem in problems} == {"broken.yml"}
    assert all(problem.place.field and problem.do for problem in problems), str(refused.value)
    assert words
    assert [word for word in words if word not in str(refused.value)] == [], str(refused.value)


HEADS = {
    "no-head": ("units: {}\n", "which form of facts", "whose facts"),
    "later-form": ("safeconduct: 2\norganisation: {key: a}\n", "a form this Safeconduct does not read"),
    "a-list": ("- a\n", "a mapping of sections"),
    "no-yaml": ("safeconduct: [1\n", "not YAML"),
    "nothing": ("", "holds nothing"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_without_a_good_head_is_refused(name: str) -> None:
    text, *words = HEADS[name]
    with pytest.raises(Refusals) as refused:
        read(text, CATALOGUE)
    assert [word for word in words if word not in str(refused.value)] == [], str(refused.value)


def test_all_problems_are_told_at_once_in_the_order_of_the_lines() -> None:
    body = """\
in_place:
  - key: c1
    control: seal-fitting
    at: rtmm
    since: soon
    values: {photo: maybe}
  - key: c2
    control: seal-fitting
    at: rtm
    since: 2026-01-01
    present: perhaps
    values: {photo: maybe}
    evidence: [{of: c1, shows: [design], from: 2026-02-01, to: 2026-01-01}]
corrective_actions:
  - {key: a1, mends: c1-sample, opened: 2026-02-01, due: 2026-01-01}
"""
    with pytest.raises(Refusals) as refused:
        read(HEAD + body, CATALOGUE)
    lines = [problem.place.line for problem in refused.value.refusals]
    assert lines == [11, 12, 13, 18, 19, 20, 22, 22], str(refused.value)


def test_what_only_follows_from_an_unreadable_record_is_not_told() -> None:
    body = """\
partners:
  - {key: h1, of: nl, outsourced: sometimes}
  - {key: h2, title: No entity}
proofs:
  - {key: p1, partner: h2, kind: visit, on: 2026-01-01}
in_place:
  - {key: c1, control: training, at: rtm, done: [{on: 2026-01-01}]}
"""
    with pytest.raises(Refusals) as refused:
        read(HEAD + body, CATALOGUE)
    assert [problem.place.line for problem in refused.value.refusals] == [9, 10, 14], str(refused.value)
