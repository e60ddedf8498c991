"""Refused facts about what happened and what was looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from safeconduct.core.quantities import read_money, read_number, read_percent
from safeconduct.core.records.history import Attestation, Event, Figure, ListCheck, RaisedFinding
from safeconduct.core.records.units import UnitKind
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Path
from safeconduct.facts.checks.units import known_word


def _read_day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day such as 2026-07-01") from None


_READERS: dict[str, Callable[[str], object]] = {
    "money": read_money,
    "number": read_number,
    "percent": read_percent,
    "day": _read_day,
    "date": _read_day,
}


def _measured(text: str, unit: str, path: Path) -> Flaws:
    reader = _READERS.get(unit)
    if reader is None:
        return
    try:
        reader(text)
    except ValueError as error:
        yield Flaw(path, f"{error}.", do=f"Write a {unit} in that form.", code="wrong-kind")


def check_event(event: Event, known: Known) -> Flaws:
    """An event is weighed in the words of its kind, by somebody, and has an amount only where its kind has one."""
    yield from known_word(event.about, known.concerned, ("about",), "group of persons")
    if bool(event.weight) != (event.weighed_by is not None):
        missing, there = ("weighed_by", "weight") if event.weight else ("weight", "weighed_by")
        what = f"The event has `{there}` but no `{missing}`."
        why = "What an event weighs counts only with who weighed it; an event nobody weighed has neither."
        yield Flaw((there,), what, why=why, do=f"Add `{missing}`, or remove `{there}`.", code="half-weighed")
    term = known.catalogue.terms.events.get(event.kind)
    if term is None:
        return
    if event.weight:
        yield from known_word(event.weight, term.weights, ("weight",), f"weight of {event.kind}")
    if event.amount and not term.amount:
        what = f"A {event.kind!r} has no amount."
        yield Flaw(("amount",), what, do="Remove `amount`, or name the right kind of event.", code="amount-not-asked")
    elif event.amount:
        yield from _measured(event.amount, term.amount, ("amount",))


def check_attestation(attestation: Attestation, known: Known) -> Flaws:
    """An attestation is about persons that look-backs ask for."""
    words = known.concerned
    for at, person in enumerate(attestation.about, start=1):
        yield from known_word(person, words, ("about", at), "group of persons")
    if not attestation.about:
        yield Flaw(("about",), "The attestation is about nobody.", do="Write `about: [entity]`.", code="empty")


def check_figure(figure: Figure, known: Known) -> Flaws:
    """A figure has its unit, and is recorded once for a year."""
    term = known.catalogue.terms.figures.get(figure.figure)
    if term is not None:
        yield from _measured(figure.value, term.unit, ("value",))
    for other in known.snapshot.figures.get((figure.figure, figure.unit), ()):
        if other.key != figure.key and other.year_end == figure.year_end:
            what = f"{figure.figure!r} of {figure.unit!r} for the year to {figure.year_end} is also {other.key!r}."
            yield Flaw(("year_end",), what, why="Only one can count.", do="Keep one.", code="recorded-twice")


def check_list_check(check: ListCheck, known: Known) -> Flaws:
    """A look-up is about somebody the list can be asked about; one about a partner names it, and it is the entity's."""
    about = known.catalogue.terms.checks.get(check.list)
    if about is not None:
        yield from known_word(check.about, about, ("about",), f"group that {check.list} can be asked about")
    if (check.about == "partner") != bool(check.partner):
        what = "The look-up is about a partner but names none." if not check.partner else "The look-up names a partner."
        do = "Add `partner: …`." if not check.partner else "Write `about: partner`, or remove `partner`."
        yield Flaw(("about",), what, do=do, code="half-a-partner")
    partner = known.snapshot.partners.get(check.partner)
    if partner is not None and check.unit in known.units(UnitKind.ENTITY) and partner.of != check.unit:
        what = f"{check.partner!r} is a partner of {partner.of!r}, not of {check.unit!r}."
        yield Flaw(
            ("partner",), what, do=f"Write `unit: {partner.of}`, or name its own partner.", code="not-its-partner"
        )


def check_finding(finding: RaisedFinding, known: Known) -> Flaws:
    """What a finding concerns is on record."""
    sections = ("partners", "samples", "in_place")
    if finding.about and not any(finding.about in known.keys(section) for section in sections):
        words = [key for section in sections for key in known.keys(section)]
        yield from known_word(finding.about, words, ("about",), "partner, sample or control in place")
