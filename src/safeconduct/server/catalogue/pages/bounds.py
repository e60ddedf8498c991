"""The bounds that programmes set on one control, side by side; and every place where programmes meet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.catalogue.controls import FAMILIES
from safeconduct.catalogue.spoken import asked_words
from safeconduct.catalogue.titles import Titles
from safeconduct.catalogue.usage import Meeting, meetings
from safeconduct.server.catalogue.pages.shared import context
from safeconduct.server.catalogue.queries import AskedBound, Asking, bounds_by_place, bounds_on
from safeconduct.server.catalogue.words import family_words, parameter_words, row_url
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.exports import wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, listed
from safeconduct.server.common.look.lists import Column, Row, Table
from safeconduct.server.common.look.values import Link, Quiet, Several, Verdict
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.records.catalogue import Control
    from safeconduct.server.common.look.values import Shown

SILENT = Quiet("silent")


def bounds_table(control: Control, askings: tuple[Asking, ...]) -> Table:
    """One row a parameter, one column a programme that asks the control, the differing bounds side by side."""
    editions = list(dict.fromkeys(one.entry.programme.id for one in askings))
    asked: dict[tuple[str, str], list[AskedBound]] = defaultdict(list)
    for one in bounds_on(askings):
        asked[one.parameter, one.entry.programme.id].append(one)
    columns = (Column("Parameter"), *(Column(short_name(name)) for name in editions))
    rows = [
        Row(
            (
                Link(parameter.words_for_people().capitalize(), note=parameter_words(parameter)),
                *(bounds_cell(control, asked[key, name]) for name in editions),
            )
        )
        for key, parameter in control.parameters.items()
    ]
    return Table(columns, rows)


def bounds_cell(control: Control, asked: Sequence[AskedBound]) -> Shown:
    """The bounds of one programme on one parameter, each with the requirements that set it; or silent."""
    if not asked:
        return SILENT
    titles = Titles(catalogue_in_use(), asked[0].entry.programme)
    by_words: dict[str, list[AskedBound]] = defaultdict(list)
    for one in asked:
        kept = f", for {titles.elements_of(control, one.need.for_)}" if one.need.for_ else ""
        by_words[asked_words(titles, control.parameters[one.parameter], one.bound) + kept].append(one)
    return Several(tuple(_told(words, ones) for words, ones in by_words.items()), " ")


def _told(words: str, asked: Sequence[AskedBound]) -> Link:
    """One bound, leading to the first requirement that sets it; all of them stand below."""
    refs = dict.fromkeys(one.entry.row.ref for one in asked)
    return Link(words, row_url(asked[0].entry.row.key), note=", ".join(refs))


@require_safe
def all_meetings(request: HttpRequest) -> HttpResponse:
    """Every parameter that two programmes or more bound, with what each asks."""
    catalogue = catalogue_in_use()
    found, editions = meetings(catalogue), list(catalogue.programmes)
    differing = sum(len(set(one.bounds.values())) > 1 for one in found)
    columns = _meeting_columns(editions, as_file=wants_csv(request))
    list_ = listed(request, found, columns, choices=_meeting_choices(), text=_meeting_text)
    if wants_csv(request):
        return list_.answer("where-programmes-meet")
    verdict = Verdict(
        (
            f"Programmes meet on {counted(len(found), 'parameter', 'parameters')}.",
            f"On {counted(differing, 'one', 'of them')} they do not ask the same."
            if differing != 1
            else "On one they do not ask the same.",
        ),
        title="Where programmes meet",
        lead="One value recorded once is read by all of them. The strictest bound decides for an organisation in all.",
    )
    return render(
        request,
        "catalogue/listing.html",
        context("Where programmes meet", verdict=verdict, list=list_, head="Bounds side by side"),
    )


def _meeting_columns(editions: Iterable[str], *, as_file: bool) -> list[ListColumn[Meeting]]:
    asked = bounds_by_place()

    def bounds_of(edition: str) -> ListColumn[Meeting]:
        def show(meeting: Meeting) -> Shown:
            there = asked.get((meeting.control, meeting.parameter, edition), ())
            return _meeting_cell(meeting, there, as_file=as_file)

        return ListColumn(edition, short_name(edition), show)

    return [
        ListColumn("control", "Control and parameter", _meeting_named, lambda one: one.control, subject=True),
        *(bounds_of(edition) for edition in editions),
    ]


def _meeting_named(meeting: Meeting) -> Link:
    titles = Titles(catalogue_in_use())
    control = catalogue_in_use().controls[meeting.control]
    kept = f" ({titles.element(control.by, meeting.element)})" if meeting.element else ""
    parameter = control.parameters[meeting.parameter].words_for_people()
    return Link(f"{control.title}{kept}", address("catalogue:control", control.key), note=parameter)


def _meeting_cell(meeting: Meeting, there: Sequence[AskedBound], *, as_file: bool) -> Shown:
    """What one programme asks there; a file has no room for the requirements that ask it."""
    control = catalogue_in_use().controls[meeting.control]
    asked = [one for one in there if not meeting.element or meeting.element in one.need.for_]
    if not asked or not as_file:
        return bounds_cell(control, asked)
    titles = Titles(catalogue_in_use(), asked[0].entry.programme)
    parameter = control.parameters[meeting.parameter]
    return " / ".join(dict.fromkeys(asked_words(titles, parameter, one.bound) for one in asked))


def _meeting_text(meeting: Meeting) -> str:
    control = catalogue_in_use().controls[meeting.control]
    parameter = control.parameters[meeting.parameter].words_for_people()
    return f"{control.key} {control.title} {parameter} {meeting.element}"


def _meeting_choices() -> list[Choice[Meeting]]:
    controls = catalogue_in_use().controls
    return [
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
            lambda one, word: (len(set(one.bounds.values())) > 1) == (word == "differ"),
        ),
    ]
