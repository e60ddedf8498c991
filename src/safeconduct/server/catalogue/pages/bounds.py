"""The bounds that programmes set on one control, side by side; and every place where programmes meet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.controls import FAMILIES
from safeconduct.catalogue.spoken import asked_words
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.usage import Meeting, meetings
from safeconduct.server.catalogue.pages.shared import context
from safeconduct.server.catalogue.queries import AskedBound, Asking, bounds_by_place, bounds_on
from safeconduct.server.catalogue.strictness import strictness
from safeconduct.server.catalogue.words import family_words, parameter_words, row_url
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import cited, short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Control, Parameter
    from safeconduct.server.common.look.values import Shown

_NAMED = 8


@dataclass(frozen=True, slots=True)
class ToldBound:
    """One bound in words, with everybody who asks just that, in the order of the files."""

    words: str
    asked: tuple[AskedBound, ...]

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that ask it, each once."""
        return tuple(dict.fromkeys(short_name(one.entry.programme.id) for one in self.asked))


def told_bounds(control: Control, parameter: Parameter, asked: Iterable[AskedBound]) -> tuple[ToldBound, ...]:
    """The different bounds on a parameter, the one that asks most first."""
    by_words: dict[str, list[AskedBound]] = defaultdict(list)
    for one in asked:
        titles = Titles(catalogue_in_use(), one.entry.programme)
        kept = f", for {titles.elements_of(control, one.need.for_)}" if one.need.for_ else ""
        by_words[asked_words(titles, parameter, one.bound) + kept].append(one)
    found = [ToldBound(words, tuple(ones)) for words, ones in by_words.items()]
    return tuple(
        sorted(found, key=lambda one: strictness(catalogue_in_use(), parameter, one.asked[0].bound), reverse=True)
    )


def bounds_table(control: Control, askings: tuple[Asking, ...]) -> Table:
    """The different bounds on each parameter, the one that asks most first, with everybody who asks them."""
    asked: dict[str, list[AskedBound]] = defaultdict(list)
    for one in bounds_on(askings):
        asked[one.parameter].append(one)
    columns = (Column("Parameter"), Column("Bound"), Column("Asked by"))
    rows = [row for key, parameter in control.parameters.items() for row in _rows(control, parameter, asked[key])]
    return Table(columns, rows, "Of several bounds on one parameter the one that asks most comes first.")


def _rows(control: Control, parameter: Parameter, asked: Sequence[AskedBound]) -> list[Row]:
    """The rows of one parameter; its name stands out in the first."""
    name = parameter.words_for_people().capitalize()
    first: Shown = Link(name, note=parameter_words(parameter))
    told = told_bounds(control, parameter, asked)
    if not told:
        return [Row((first, Quiet("nobody asks for a value"), Quiet("nobody")))]
    return [Row((Quiet(name) if place else first, one.words, _askers(one))) for place, one in enumerate(told)]


def _askers(told: ToldBound) -> Shown:
    rows = {one.entry.row.key: one.entry.row for one in told.asked}
    links = [Link(cited(row), row_url(key)) for key, row in list(rows.items())[:_NAMED]]
    more = [f"{len(rows) - _NAMED} more below"] if len(rows) > _NAMED else []
    return Several((*links, *more), ", ")


@require_safe
def all_meetings(request: HttpRequest) -> HttpResponse:
    """Every parameter that two programmes or more bound, with what each asks."""
    found = meetings(catalogue_in_use())
    differing = sum(_differ(one) for one in found)
    list_ = listed(
        request, found, _columns(as_file=wants_csv(request)), choices=_choices(found), text=_text, sort="-programmes"
    )
    if wants_csv(request):
        return list_.answer("where-programmes-meet")
    verdict = Verdict(
        (
            f"Programmes meet on {counted(len(found), 'parameter', 'parameters')}.",
            f"On {differing} of them they do not ask the same.",
        ),
        title="Where programmes meet",
        lead="One value recorded once is read by all. The bound that asks most decides for whoever is in all of them.",
    )
    page = context("Where programmes meet", verdict=verdict, list=list_, head="Bounds side by side")
    return render(request, "catalogue/listing.html", page)


def _differ(meeting: Meeting) -> bool:
    return len(set(meeting.bounds.values())) > 1


def _columns(*, as_file: bool) -> list[ListColumn[Meeting]]:
    places = bounds_by_place()

    def bounds(meeting: Meeting) -> Shown:
        told = _told(meeting, places)
        if as_file:
            return " / ".join(f"{one.words} ({', '.join(one.programmes)})" for one in told)
        return Several(tuple(Link(one.words, note=", ".join(one.programmes)) for one in told), " ")

    return [
        ListColumn("control", "Control and parameter", _named, lambda one: one.control, subject=True),
        ListColumn("bounds", "What is asked, the most first", bounds, short="Asked"),
        ListColumn(
            "programmes",
            "Editions",
            lambda one: len(one.bounds),
            lambda one: (len(one.bounds), one.control),
            numeric=True,
        ),
    ]


def _told(meeting: Meeting, places: Mapping[tuple[str, str, str], tuple[AskedBound, ...]]) -> tuple[ToldBound, ...]:
    """The different bounds at the meeting."""
    control = catalogue_in_use().controls[meeting.control]
    there = [one for edition in meeting.bounds for one in places.get((control.key, meeting.parameter, edition), ())]
    asked = [one for one in there if not meeting.element or meeting.element in one.need.for_]
    return told_bounds(control, control.parameters[meeting.parameter], asked)


def _named(meeting: Meeting) -> Link:
    titles = Titles(catalogue_in_use())
    control = catalogue_in_use().controls[meeting.control]
    kept = f" ({titles.element(control.by, meeting.element)})" if meeting.element else ""
    parameter = control.parameters[meeting.parameter].words_for_people()
    return Link(f"{control.title}{kept}", address("catalogue:control", control.key), note=parameter)


def _text(meeting: Meeting) -> str:
    control = catalogue_in_use().controls[meeting.control]
    parameter = control.parameters[meeting.parameter].words_for_people()
    return f"{control.key} {control.title} {parameter} {meeting.element}"


def _choices(found: Sequence[Meeting]) -> list[Choice[Meeting]]:
    controls, editions = catalogue_in_use().controls, catalogue_in_use().programmes
    bound = {name for one in found for name in one.bounds}
    return [
        Choice(
            "programme",
            "Programme",
            [(name, f"{one.title}, {one.edition}") for name, one in editions.items() if name in bound],
            lambda one, name: name in one.bounds,
        ),
        Choice(
            "family",
            "Family",
            [(family, family_words(family)) for family in FAMILIES],
            lambda one, family: controls[one.control].family == family,
        ),
        Choice(
            "bounds",
            "Bounds",
            [("differ", "that differ"), ("same", "that are the same")],
            lambda one, word: _differ(one) == (word == "differ"),
        ),
    ]
