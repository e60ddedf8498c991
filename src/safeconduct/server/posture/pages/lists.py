"""Lists that home counts: everything to do, and everything due; filtered, paged, as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.core.sentences import deeds, nature, sentence
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.exports import csv_link, table_answer, wants_csv
from safeconduct.server.common.links import address
from safeconduct.server.common.look.lists import Choose, Column, Filters, Pager, Row, Table, Words
from safeconduct.server.common.look.values import Link, Mark, Several, Verdict
from safeconduct.server.common.look.words import STANDINGS, counted
from safeconduct.server.posture.due import WINDOW_DAYS, Due, late
from safeconduct.server.posture.links import row_url
from safeconduct.server.posture.pages.home import duty_table
from safeconduct.server.posture.pages.reader import Reader, reader_of, title
from safeconduct.server.posture.queries import due_seen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from safeconduct.core.judgement import Standing
    from safeconduct.core.planning import Action

PAGE_ROWS = 50
_WINDOWS = (30, 90, 180, 365)
_NATURES = {"work": "Work to do", "paper": "Only to be shown", "time": "To be renewed", "catalogue": "Our catalogue"}


@dataclass(frozen=True)
class Cut:
    """One page of a longer list: which rows, and what stands under them."""

    start: int
    end: int
    pager: Pager


def cut_of(request: HttpRequest, total: int, *, said: str = "", size: int = PAGE_ROWS) -> Cut:
    """The page of a list that the address asks for; past its end the last one."""
    asked = request.GET.get("page", "1")
    last_page = max(1, -(-total // size))
    page = min(max(1, int(asked)), last_page) if asked.isdecimal() and len(asked) < 7 else 1
    query = request.GET.copy()
    query.pop("page", None)
    start, end = (page - 1) * size, min(page * size, total)

    def url(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return Cut(
        start,
        end,
        Pager(
            first=start + 1,
            last=end,
            total=total,
            back_url=url(page - 1) if page > 1 else "",
            next_url=url(page + 1) if page < last_page else "",
            exports=(csv_link(request),),
            said=said,
            clear_url="?",
        ),
    )


@require_safe
def next_things(request: HttpRequest) -> HttpResponse:
    """Every single action that would mend something that counts, worst first or by how much it closes."""
    reader = reader_of(request)
    actions = _sought(request, reader)
    cut = cut_of(request, len(actions), said="Nothing that fits is open.")
    if wants_csv(request):
        return table_answer(request, "next", _action_table(reader, actions))
    closed = {id(row) for action in actions for row in action.closes}
    verdict = Verdict(
        (
            f"{counted(len(actions), 'thing', 'things')} to do.",
            f"{counted(len(closed), 'row waits', 'rows wait')} for one thing alone.",
        )
        if actions
        else ("Nothing is to be done.",),
        title="Next",
        lead="What closes most across all programmes stands first, unless you choose the worst first."
        if actions
        else "",
    )
    context = title(
        "Next",
        Link("Home", address("home")),
        verdict=verdict,
        filters=_action_filters(request, reader),
        table=_action_table(reader, actions[cut.start : cut.end]) if actions else None,
        pager=cut.pager,
    )
    return render(request, "posture/list.html", context)


def _sought(request: HttpRequest, reader: Reader) -> list[Action]:
    get = request.GET.get
    programme, place, standing, kind = get("programme", ""), get("site", ""), get("standing", ""), get("nature", "")
    words = get("q", "").lower().split()
    actions = reader.overview.worst_actions if get("order") == "worst" else reader.overview.actions
    return [
        action
        for action in actions
        if place in ("", action.mend.at)
        and standing in ("", action.finding.standing.value)
        and kind in ("", nature(action.finding))
        and (not programme or any(row.enrolment == programme for row in action.rows))
        and (not words or _speaks_of(reader, action, words))
    ]


def _speaks_of(reader: Reader, action: Action, words: Sequence[str]) -> bool:
    text = reader.told(action.finding).lower()
    return all(word in text for word in words)


def _action_table(reader: Reader, actions: Sequence[Action]) -> Table:
    columns = (
        Column("Standing"),
        Column("What", subject=True),
        Column("What mends it"),
        Column("Closes", numeric=True),
        Column("Helps", numeric=True),
        Column("Where it counts"),
    )
    return Table(columns, [_action_row(reader, action) for action in actions])


def _action_row(reader: Reader, action: Action) -> Row:
    finding, rows = action.finding, action.rows
    button = reader.button(action)
    does = deeds(action.findings)
    cited = dict.fromkeys(short_name(row.programme) for row in rows)
    return Row(
        (
            Mark(finding.standing, row_url(rows[0])),
            Link(reader.names.whereabouts(finding, action.mend.at), row_url(rows[0]), note=sentence(finding)),
            Link(button.text, button.url, note=does) if button else does,
            len(action.closes),
            len(action.helps),
            Several(tuple(cited), ", "),
        )
    )


def _action_filters(request: HttpRequest, reader: Reader) -> Filters:
    get, actions = request.GET.get, reader.overview.actions
    places = sorted({action.mend.at for action in actions}, key=reader.names.place)
    standings: list[Standing] = sorted(
        {action.finding.standing for action in actions}, key=lambda standing: standing.rank
    )
    there = {nature(action.finding) for action in actions}
    natures = [(kind, words) for kind, words in _NATURES.items() if kind in there]
    programmes = [
        (one.enrolment.key, reader.names.programme(one.programme, one.enrolment)) for one in reader.overview.programmes
    ]
    placed = [(one, reader.names.place(one)) for one in places]
    return Filters(
        (
            Choose("programme", "Programme", [("", "All"), *programmes], get("programme", "")),
            Choose("site", "Place", [("", "All"), *placed], get("site", "")),
            Choose("standing", "Standing", [("", "Any"), *_words_of(standings)], get("standing", "")),
            Choose("nature", "What it takes", [("", "Anything"), *natures], get("nature", "")),
            Choose("order", "Order", [("", "Closes most first"), ("worst", "Worst first")], get("order", "")),
            Words("q", "Words", get("q", "")),
        ),
        clear_url="?" if request.GET else "",
    )


def _words_of(standings: Sequence[Standing]) -> list[tuple[str, str]]:
    return [(one.value, STANDINGS[one]) for one in standings]


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is due in the next days, or late."""
    reader = reader_of(request)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in _WINDOWS} else WINDOW_DAYS
    everything = due_seen(reader.overview, days)
    owner, place = request.GET.get("owner", ""), request.GET.get("site", "")
    duties = [one for one in everything if owner in ("", one.owner) and place in ("", one.at)]
    if wants_csv(request):
        return table_answer(request, "due", duty_table(reader, duties))
    cut = cut_of(request, len(duties), said=f"Nothing that fits is due in {days} days.")
    context = title(
        "Due",
        Link("Home", address("home")),
        verdict=_due_verdict(reader, duties, days),
        filters=_due_filters(request, reader, everything, days),
        table=duty_table(reader, duties[cut.start : cut.end]) if duties else None,
        pager=cut.pager,
    )
    return render(request, "posture/list.html", context)


def _due_verdict(reader: Reader, duties: Sequence[Due], days: int) -> Verdict:
    gone = len(late(duties, reader.day))
    coming = len(duties) - gone
    said = f"{counted(coming, 'thing is', 'things are')} due" if coming else "Nothing is due"
    sentences: tuple[str, ...] = (f"{said} in {days} days.",)
    if gone:
        sentences = (*sentences, f"{counted(gone, 'is', 'are')} late.")
    return Verdict(sentences, title="Due", lead="A due day is the last good day.")


def _due_filters(request: HttpRequest, reader: Reader, duties: Sequence[Due], days: int) -> Filters:
    owners = sorted({one.owner for one in duties if one.owner})
    places = sorted({one.at for one in duties}, key=reader.names.place)
    windows = [(str(one), f"{one} days") for one in _WINDOWS]
    named, placed = [(one, one) for one in owners], [(one, reader.names.place(one)) for one in places]
    return Filters(
        (
            Choose("days", "Within", windows, str(days)),
            Choose("owner", "Who", [("", "All"), *named], request.GET.get("owner", "")),
            Choose("site", "Place", [("", "All"), *placed], request.GET.get("site", "")),
        ),
        clear_url="?" if request.GET else "",
    )
