"""The programmes an organisation follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.server.common.exports import csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Pager
from safeconduct.server.common.look.values import (
    Button,
    Link,
    Nothing,
    Shown,
    Verdict,
    Way,
)
from safeconduct.server.common.look.words import counted
from safeconduct.server.posture.editions import ended_editions
from safeconduct.server.posture.pages.home import posture_table
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.words import (
    catalogue_words,
    stops_of_all,
    stops_words,
    unread_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Every enrolment in force on the day."""
    reader = reader_of(request)
    table = posture_table(reader)
    if wants_csv(request):
        return table_answer(request, "programmes", table)
    stops = stops_of_all(result for one in reader.overview.programmes for result in one.results)
    many = len(table.rows)
    verdict = Verdict(
        sentences=(f"{counted(many, 'programme is', 'programmes are')} followed.", stops_words(stops))
        if stops.open
        else (f"{counted(many, 'programme is', 'programmes are')} followed.",),
        title="Programmes",
        lead=" ".join(part for part in (unread_words(reader.overview.assessment), catalogue_words(stops)) if part),
        buttons=_enrol_button(reader),
    )
    context = title(
        "Programmes",
        verdict=verdict,
        table=table if many else None,
        pager=Pager(1, many, many, exports=(csv_link(request),)),
        nothing=None if many else _no_programme(reader),
        beside=_side_by_side(),
        ended=tuple(_ended(reader)),
    )
    return render(request, "posture/programmes.html", context)


def _side_by_side() -> tuple[tuple[str, Link], ...]:
    """The quiet ways to see programmes beside each other."""
    return (
        ("What they ask together", Link("One strictest statement per control", address("programmes:criteria"))),
        ("What a further one would cost", Link("Compare programmes", address("programmes:compare"))),
    )


def _ended(reader: Reader) -> Iterator[tuple[Shown, Shown]]:
    """Enrolments whose edition applies no more, so that nothing of them is judged."""
    for enrolment, programme in ended_editions(reader.overview):
        ended = f"edition {programme.edition} ended" if programme.until else ""
        way = Link("See what changes with the next", address("programmes:edition", enrolment.key), note=ended)
        yield reader.names.programme(programme, enrolment), way


def _enrol_button(reader: Reader) -> tuple[Button, ...]:
    url = address("programmes:enrol")
    return (
        (Button("Enrol in a programme", url),)
        if url and reader.today and reader.viewer.may_record("enrolments")
        else ()
    )


def _no_programme(reader: Reader) -> Nothing:
    ways = [Way("Enrol a legal entity.", "Its requirements are listed at once.", _enrol_button(reader))]
    catalogue = address("catalogue:list")
    ways.append(
        Way("Read what a programme asks.", "Each requirement stands in the catalogue with its source.",
            (Button("Open the catalogue", catalogue),) if catalogue else ())
    )  # fmt: skip
    return Nothing("Ways to begin", tuple(ways))
