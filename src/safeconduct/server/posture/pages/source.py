"""What the source of a requirement asks, and what the organisation answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.catalogue.titles import FAMILY_TITLES, lower_first
from safeconduct.core.records.catalogue import Applies
from safeconduct.server.catalogue.words import lines_of
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Button, Link, Quiet, Several, Shown
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.links import row_url
from safeconduct.server.posture.names import words

if TYPE_CHECKING:
    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.core.records.decisions import Answer
    from safeconduct.server.catalogue.lines import SpokenLine
    from safeconduct.server.posture.pages.reader import Reader


@dataclass(frozen=True)
class Answered:
    """The organisation's answer to a requirement for a unit; `text` is empty where nobody answered."""

    text: str
    facts: tuple[tuple[str, Shown], ...]
    buttons: tuple[Button, ...]


def answered(reader: Reader, row: RowJudgement) -> Answered:
    """The answer at the unit, or at the nearest unit it belongs to."""
    snapshot = reader.overview.snapshot
    found = [
        one for place in snapshot.layers(row.unit) for one in snapshot.answers.get((row.requirement.key, place), ())
    ]
    answer = found[0] if found else None
    judged = reader.overview.assessment.programme(row.enrolment)
    facts = list(_answer_facts(reader, answer)) if answer else list(_first_owner(judged))
    return Answered(answer.text if answer else "", tuple(facts), _buttons(reader, row, answer))


def _answer_facts(reader: Reader, answer: Answer) -> Iterator[tuple[str, Shown]]:
    document = ", ".join(
        part
        for part in (
            answer.document,
            f"chapter {answer.chapter}" if answer.chapter else "",
            f"rev {answer.revision}" if answer.revision else "",
        )
        if part
    )
    if document:
        yield "Document", document
    yield "Given for", reader.names.place(answer.at)
    yield "Owner", answer.owner or Quiet("nobody named")
    if answer.confirmed_on:
        by = f"by {answer.confirmed_by}" if answer.confirmed_by else ""
        yield "Confirmed", Several((answer.confirmed_on, by), " ")
    else:
        yield "Confirmed", Quiet("not yet")
    if answer.due:
        yield "Next due", answer.due


def _first_owner(judged: ProgrammeJudgement) -> Iterator[tuple[str, Shown]]:
    """Until somebody answers, the enrolment says who owns the row and when it is to be confirmed first."""
    yield "Owner", judged.enrolment.owner or Quiet("nobody named")
    if judged.enrolment.confirm_by:
        yield "To be confirmed by", judged.enrolment.confirm_by


def _buttons(reader: Reader, row: RowJudgement, answer: Answer | None) -> tuple[Button, ...]:
    if not reader.today or not reader.viewer.may_record_at("answers", row.unit):
        return ()
    url = address("programmes:answer", row.enrolment, row.requirement.key, row.unit, query={"back": row_url(row)})
    return (Button("Edit or confirm the answer" if answer else "Answer it", url),) if url else ()


def source_facts(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> Iterator[tuple[str, Shown]]:
    """Label and value of all that the row's source says."""
    requirement, source = row.requirement, row.requirement.source
    yield "Asks", Several((requirement.asks, Quiet("(our words)")), " ")
    yield from _obligations(row)
    yield "Asked of", Several(tuple(_roles(reader, judged, row)), ", ")
    document = ", ".join(part for part in (source.document, source.locator) if part)
    yield "Document", Link(document, source.link) if source.link else document
    yield "How sure", Several((source.sure, "checked", source.checked), " ")
    if requirement.safe:
        named = "; ".join(f"{key}, {lower_first(FAMILY_TITLES.get(key, key))}" for key in requirement.safe)
        yield ("SAFE element" if len(requirement.safe) == 1 else "SAFE elements"), named
    if requirement.note:
        yield "Note", requirement.note
    if url := address("catalogue:requirement", requirement.key):
        yield "In the catalogue", Link("", url, requirement.key)


def _obligations(row: RowJudgement) -> Iterator[tuple[str, Shown]]:
    requirement = row.requirement
    timelines = [requirement.obligation] if requirement.obligation else [part.obligation for part in requirement.parts]
    told = {(begins, obligation) for timeline in timelines for begins, obligation in timeline}
    steps = tuple(Several((obligation, "since", begins), " ") for begins, obligation in sorted(told))
    if steps:
        yield "Obligation", Several(steps, ", ")
    if requirement.parts:
        yield "Parts", counted(len(requirement.parts), "part", "parts")


def _roles(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> Iterator[Shown]:
    """For each role of the enrolment whether the row is known to be asked of it."""
    titles = reader.overview.catalogue.terms.roles
    for role in judged.enrolment.roles:
        said = row.requirement.roles.get(role, Applies.UNKNOWN)
        applies = said.value if isinstance(said, Applies) else "yes, dated apart"
        yield f"{titles.get(role, words(role)).lower()}: {applies}"


@dataclass(frozen=True)
class AskedPart:
    """What a requirement, or one part of it, needs in plain English."""

    title: str
    line: SpokenLine


def asked_parts(reader: Reader, judged: ProgrammeJudgement, row: RowJudgement) -> Iterator[AskedPart]:
    """The need of the row, or of each of its parts."""
    catalogue, requirement = reader.overview.catalogue, row.requirement
    if requirement.needs is not None:
        yield AskedPart("", lines_of(catalogue, requirement.needs, judged.programme))
    for part in requirement.parts:
        yield AskedPart(part.title or part.key, lines_of(catalogue, part.needs, judged.programme))
