"""Refused facts about units and enrolments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import pairwise

from safeconduct.core.errors import nearest
from safeconduct.core.records.identifiers import Bearer
from safeconduct.core.records.units import Enrolment, Unit, UnitKind
from safeconduct.facts.checks.general import listed
from safeconduct.facts.checks.identifiers import check_numbers
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Path

MODES = ("sea", "air", "road", "rail", "post")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LEAP_YEAR, _LEAP_DAY = 2000, "02-29"


def country(code: str, path: Path) -> Flaws:
    """A country is written in two capital letters."""
    if code and not _COUNTRY.fullmatch(code):
        do = "Write the two letters of ISO 3166-1, for example NL."
        yield Flaw(path, f"{code!r} is no country code.", do=do, code="bad-country")


def known_word(word: str, words: Collection[str], path: Path, kind: str) -> Flaws:
    """A word is among those that exist here."""
    if word not in words:
        do = nearest(word, words).strip() or (
            f"Known: {listed(words)}." if words else "None is known here; leave it out."
        )
        yield Flaw(path, f"{word!r} is no {kind}.", do=do, code="unknown-key", names=word)


def check_unit(unit: Unit, known: Known) -> Flaws:
    """A unit stands where it may, and says only what can be said of it."""
    yield from _right_parent(unit, known)
    yield from country(unit.country, ("country",))
    yield from _year_end(unit.financial_year_end)
    yield from check_numbers(unit.identifiers, [Bearer(unit.kind.value)], known)
    terms = known.catalogue.terms
    for trait in unit.traits:
        path = ("traits", trait)
        yield from known_word(trait, terms.traits, path, "trait")
        if terms.traits.get(trait) == "entity" and unit.kind is UnitKind.SITE:
            what = f"The trait {trait!r} is one of a legal entity, not of a site."
            yield Flaw(path, what, do=f"Record it at {unit.in_!r}.", code="trait-of-entity")
    profiled = [element for one in terms.lists.values() if one.profiled for element in one.elements]
    for at, element in enumerate(unit.profile.no, start=1):
        yield from known_word(element, profiled, ("profile", "no", at), "element of a profiled list")


def _right_parent(unit: Unit, known: Known) -> Flaws:
    parent = known.snapshot.units.get(unit.in_)
    if unit.kind is UnitKind.ENTITY and parent is not None:
        what = f"The legal entity {unit.key!r} stands in {unit.in_!r}, which is no organisation."
        yield Flaw(("in",), what, do=f"Write `in: {known.organisation}`.", code="wrong-parent")
    if unit.kind is UnitKind.SITE and (unit.in_ == known.organisation or (parent and parent.kind is UnitKind.SITE)):
        what = f"The site {unit.key!r} stands in {unit.in_!r}, which is no legal entity."
        why = "An authorisation belongs to a legal entity, so each site must have one."
        yield Flaw(("in",), what, why=why, do="Name its legal entity.", code="wrong-parent")


def _year_end(text: str) -> Flaws:
    try:
        date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        what = f"{text!r} is no last day of a financial year."
        yield Flaw(("financial_year_end",), what, do="Write month and day, for example 12-31.", code="bad-year-end")
        return
    if text == _LEAP_DAY:
        what = "A financial year cannot end on a day that most years lack."
        yield Flaw(("financial_year_end",), what, do="Write 02-28.", code="bad-year-end")


def check_enrolment(enrolment: Enrolment, known: Known) -> Flaws:
    """An enrolment takes roles and variants the programme has, with sites of its own legal entity."""
    programme = known.catalogue.programmes.get(enrolment.edition)
    if programme is not None:
        for at, role in enumerate(enrolment.roles, start=1):
            yield from known_word(role, programme.roles, ("roles", at), f"role of {programme.id}")
        for at, variant in enumerate(enrolment.variant, start=1):
            yield from known_word(variant, programme.variants, ("variant", at), f"variant of {programme.id}")
    for at, site in enumerate(enrolment.sites, start=1):
        yield from _own_site(enrolment, site, ("sites", at), known)
    for at, flow in enumerate(enrolment.flows, start=1):
        yield from _countries(flow.from_, ("flows", at, "from"))
        yield from _countries(flow.to, ("flows", at, "to"))
        for step, mode in enumerate(flow.mode, start=1):
            yield from known_word(mode, MODES, ("flows", at, "mode", step), "mode")
    for at, (before, after) in enumerate(pairwise(enrolment.stages), start=2):
        if after.on < before.on:
            what = f"The stage {after.stage.value!r} of {after.on} is written after that of {before.on}."
            do = "Write the stages in the order of their days."
            yield Flaw(("stages", at, "on"), what, do=do, code="stages-out-of-order")


def _countries(codes: Iterable[str], path: Path) -> Flaws:
    for at, code in enumerate(codes, start=1):
        yield from country(code, (*path, at))


def _own_site(enrolment: Enrolment, key: str, path: Path, known: Known) -> Flaws:
    site = known.snapshot.units.get(key)
    named = enrolment.entity in known.units(UnitKind.ENTITY)
    if not named or site is None or site.kind is not UnitKind.SITE or site.in_ == enrolment.entity:
        return
    yield Flaw(
        path,
        f"The enrolment of {enrolment.entity!r} names {key!r}, a site of {site.in_!r}.",
        why="An authorisation covers only its own legal entity; a sister company is another firm.",
        do=f"Remove the site, enrol {site.in_!r} itself, or record the sister company as a partner.",
        code="site-of-another-entity",
    )
