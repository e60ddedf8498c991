"""The report's last chapters: what changed since the last assessment, who signs, and which sources are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.server.common.look.values import Link, Quiet
from safeconduct.server.common.look.words import day_text
from safeconduct.server.sra.guide_rounds import against
from safeconduct.server.sra.pages.report.method import approved, matrices_of, scales_of
from safeconduct.server.sra.pages.report.parts import Chapter, Part, Told, tabled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from safeconduct.core.provenance import Source, Sure
    from safeconduct.core.records.risk import Risk
    from safeconduct.core.risk.judge import AssessedRisks, RiskJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.sra.shown import RiskReader

_CHANGES = ("Scenario and place", "Change", "Then", "Now")
_SIGNED = ("Name", "Qualified by", "Day", "Signature")
_APPROVED = ("Name", "As", "Day", "Signature")
_SOURCES = ("Document", "Place in it", "Used for", "Checked", "How sure")


def changes(reading: RiskReader) -> Chapter:
    """The risks that are new, have other numbers or are gone against the assessment it takes the place of."""
    follows = reading.judged.assessment.follows
    before = reading.reader.overview.risks(follows) if follows else None
    if before is None:
        return Chapter("changes", (Part(said=Quiet("It follows no earlier assessment.")),))
    said = (
        f"Against {before.assessment.title or before.assessment.key} of {day_text(before.assessment.on)}. "
        "Both are judged with the controls of the day, so what differs here was recorded otherwise."
    )
    rows = _changes(reading, before)
    return Chapter("changes", (tabled(_CHANGES, rows, none="The same risks with the same numbers.", said=said),))


def _changes(reading: RiskReader, before: AssessedRisks) -> Iterator[tuple[Shown, ...]]:
    found = against(before, reading.judged)
    for one in found.new:
        yield reading.link(one), "new", None, _class(reading, one)
    for was, one in found.changed:
        yield (
            reading.link(one),
            f"other numbers: {_differing(was.risk, one.risk)}",
            _class(reading, was),
            _class(reading, one),
        )
    for one in found.gone:
        yield reading.link(one), "gone", _class(reading, one), None


def _differing(was: Risk, now: Risk) -> str:
    """The numbers in which two records of a risk differ, in words."""
    return ", ".join(words for name, words in _SAID.items() if getattr(was, name) != getattr(now, name))


_SAID = {
    "likelihood": "likelihood",
    "loss": "loss",
    "harm": "harm to people",
    "grave": "graver measures",
}
"""The numbers of a risk, and what a reader calls them."""


def _class(reading: RiskReader, one: RiskJudgement) -> Shown:
    return reading.priority(one.priority) or Quiet("not rated")


def signatures(reading: RiskReader) -> Chapter:
    """A line for everybody who made or approved it, and when the next one is due."""
    one = reading.judged.assessment
    made = [(each.name or "Name erased", each.qualified_by or Quiet("not said"), None, None) for each in one.assessors]
    approving = [(one.approved_by or Quiet("nobody named"), "approves the assessment", one.approved_on, None)]
    facts: tuple[Told, ...] = (
        ("Approved", approved(reading)),
        ("Next assessment", one.due or Quiet("none planned")),
        ("Earlier, if", "the chain, its places or the threats change, or an incident shows that it was wrong"),
    )
    return Chapter(
        "signatures",
        (
            tabled(_SIGNED, made, none="Nobody is on record as having made it.", heading="Made by"),
            tabled(_APPROVED, approving, none="", heading="Approved by"),
            Part("Next assessment", facts=facts),
        ),
    )


def sources(reading: RiskReader) -> Chapter:
    """Every document that a scenario, a scale, a matrix or a weighed figure comes from, each once, with its places."""
    cited: dict[tuple[str, Sure, date], list[tuple[Source, str]]] = {}
    for source, what in _cited(reading):
        cited.setdefault((source.document, source.sure, source.checked), []).append((source, what))
    rows = ((*_source(found), checked, sure) for (_document, sure, checked), found in cited.items())
    return Chapter("sources", (tabled(_SOURCES, rows, none="No source is cited."),))


def _source(found: list[tuple[Source, str]]) -> tuple[Shown, ...]:
    """One document, the places in it, and what it is used for."""
    link = next((one.link for one, _what in found if one.link), "")
    places = dict.fromkeys(one.locator for one, _what in found)
    return Link(found[0][0].document, link), "; ".join(places), "; ".join(dict.fromkeys(what for _one, what in found))


def _cited(reading: RiskReader) -> Iterator[tuple[Source, str]]:
    threats = reading.judged.rating.threats
    for matrix in matrices_of(reading):
        yield matrix.source, matrix.title
    for scale in scales_of(reading):
        yield scale.source, scale.title
    for judged in reading.judged.risks:
        if judged.scenario.number != "own":
            yield judged.scenario.source, judged.scenario.title
    for judged in reading.rated:
        basis = [key for each in judged.measures for key in each.measure.basis]
        for key in (*judged.risk.figures, *basis):
            if key in threats.figures:
                yield threats.figures[key].source, threats.figures[key].title
