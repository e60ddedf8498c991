"""Refused facts about what persons decided."""

from __future__ import annotations

from safeconduct.core.records.decisions import Answer, NotApplicable, Waiver
from safeconduct.facts.checks.problem import Flaw, Flaws, Known


def check_not_applicable(decision: NotApplicable, known: Known) -> Flaws:
    """The programme lets its rows be set aside."""
    found = known.requirements.get(decision.requirement)
    if found is not None and not found[0].not_applicable:
        what = f"No row of {found[0].title} may be declared not applicable."
        do = "Remove the decision and record what is in place, or an alternative."
        yield Flaw(("requirement",), what, why="The programme's own rules say so.", do=do, code="never-not-applicable")


def check_waiver(waiver: Waiver, known: Known) -> Flaws:
    """The issuer grants waivers at all."""
    found = known.requirements.get(waiver.requirement)
    if found is not None and not found[0].waivers:
        what = f"The issuer of {found[0].title} grants no waivers."
        yield Flaw(("requirement",), what, do="Record an alternative measure instead.", code="no-waivers")


def check_answer(answer: Answer, known: Known) -> Flaws:
    """A confirmed answer says something, and a requirement is answered once at a unit."""
    if answer.confirmed_on is not None and not (answer.text.strip() or answer.document.strip()):
        what = "The answer is confirmed but says nothing."
        yield Flaw(("confirmed_on",), what, do="Write `text`, or name the `document`.", code="empty")
    for other in known.snapshot.answers.get((answer.requirement, answer.at), ()):
        if other.key == answer.key:
            continue
        what = f"{answer.requirement!r} is also answered at {answer.at!r} by {other.key!r}."
        yield Flaw(("requirement",), what, do="Keep one; a new confirmation renews it.", code="recorded-twice")
