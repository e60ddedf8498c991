"""Stories: facts, a day and what must come out, in files a security person can read and write.

A story file holds `facts` (a facts file without its head) and `cases`. A case names a day and either a `need` in the
catalogue's language with the unit it is asked `at`, or a `requirement`; it may `add` facts to those of the file (or
`change` whole records by key), and says the `standing` and the `because` code that must occur in the tree.
`beside` are the codes of what is told beside a row without changing it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeconduct.catalogue.loading import load
from safeconduct.catalogue.marked import Refusing, read_marked
from safeconduct.core.judgement import Finding
from safeconduct.core.posture import Question, RowJudgement, judge_row
from safeconduct.core.posture.needs import judge_need
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.needs import Need
from safeconduct.core.records.units import Enrolment
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.facts.reading import need_reader, read

STORIES = Path(__file__).parent / "stories"
HEAD = {"safeconduct": "1", "organisation": {"key": "group", "title": "A group"}}
ANYBODY = Enrolment(key="any", entity="nl", edition="us-ctpat/2020", roles=("importer",), since=date(2000, 1, 1))

Story = dict[str, Any]


def stories() -> Iterator[Any]:
    for path in sorted(STORIES.rglob("*.yml")):
        story = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (text only)
        for case in story["cases"]:
            yield pytest.param(story, case, id=f"{path.stem}-{case['case']}")


@cache
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize(("story", "case"), list(stories()))
def test_story(story: Story, case: Story) -> None:
    row = judged(story, case)
    finding = row.finding if isinstance(row, RowJudgement) else row
    codes = {node.code for node in finding.walk()}

    assert case["standing"] == finding.standing.value, outline(finding)
    assert set(case.get("because", [])) <= codes | {finding.code}, outline(finding)
    if "at_best" in case:
        assert case["at_best"] == finding.at_best.value, outline(finding)
    if "good_until" in case:
        assert case["good_until"] == finding.good_until.isoformat(), outline(finding)
    if isinstance(row, RowJudgement) and "obligation" in case:
        assert (case["obligation"], case.get("left_out", "")) == (row.obligation, row.left_out)
    if isinstance(row, RowJudgement) and "beside" in case:
        assert case["beside"] == [one.code for one in row.informed_by]


def judged(story: Story, case: Story) -> Finding | RowJudgement:
    facts = read(yaml.safe_dump(HEAD | merged(story["facts"], case), sort_keys=False), catalogue())
    ground = Ground(Snapshot(facts), catalogue(), date.fromisoformat(case["day"]))
    enrolment = facts.enrolments[0] if facts.enrolments else replace(ANYBODY, entity=facts.units[0].key)
    programme = catalogue().programmes[enrolment.edition]
    if "requirement" in case:
        programme, requirement = catalogue().row(case["requirement"])
        return judge_row(Question(ground, case.get("at") or story["at"], programme, enrolment), requirement)
    need = parsed(case.get("need") or story["need"])
    requirement_key = story.get("stands_for", "")
    return judge_need(Question(ground, case.get("at") or story["at"], programme, enrolment, requirement_key), need)


def merged(facts: Story, case: Story) -> Story:
    whole = copy.deepcopy(facts)
    for section, records in case.get("change", {}).items():
        for key, fields in records.items():
            target = whole[section][key] if isinstance(whole[section], dict) else _record(whole[section], key)
            target.update(fields)
    for section, records in case.get("add", {}).items():
        if isinstance(records, dict):
            whole.setdefault(section, {}).update(records)
        else:
            whole.setdefault(section, []).extend(records)
    for section, keys in case.get("without", {}).items():
        whole[section] = [record for record in whole[section] if record.get("key") not in keys]
    return whole


def _record(records: list[Story], key: str) -> Story:
    return next(record for record in records if record.get("key") == key)


def parsed(need: Story) -> Need:
    refusing = Refusing("need")
    found = need_reader(catalogue())(read_marked(yaml.safe_dump(need, sort_keys=False), "need"), "need", refusing)
    assert not refusing.problems, [str(problem) for problem in refusing.problems]
    assert found is not None
    return found


def outline(finding: Finding, depth: int = 0) -> str:
    line = (
        f"{'  ' * depth}{finding.kind.value} {finding.subject} at {finding.at}: {finding.standing.value} {finding.code}"
    )
    return "\n".join([line, *(outline(member, depth + 1) for member in finding.because)])


def test_there_are_stories() -> None:
    assert len(list(stories())) > 60
