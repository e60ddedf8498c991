"""What every page starts from: who reads, of which day, and what is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from safeconduct.core.judgement import MET, Finding
from safeconduct.core.sentences import deeds, sentence
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common import clock
from safeconduct.server.common.citing import cited
from safeconduct.server.common.look.day import day_named, day_of
from safeconduct.server.common.look.values import Button, Link, Mark, OwnMark, Several, Worst
from safeconduct.server.journal.asking import ask_button, asked_seen, who
from safeconduct.server.posture.links import row_url
from safeconduct.server.posture.mending import button_for
from safeconduct.server.posture.names import Names
from safeconduct.server.posture.queries import overview_of
from safeconduct.server.posture.words import standing_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from safeconduct.core.operations.asked import Asked
    from safeconduct.core.planning import Action
    from safeconduct.core.posture import Result, RowJudgement
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.posture.due import Due
    from safeconduct.server.posture.overview import Overview

_ROWS_NAMED = 3


@dataclass(frozen=True)
class Reader:
    """One reading of the facts: a viewer, a day, and what is judged of it."""

    viewer: Viewer
    overview: Overview
    today: bool
    back: str

    @property
    def day(self) -> date:
        """The day read."""
        return self.overview.day

    @cached_property
    def names(self) -> Names:
        """What keys are called."""
        return Names(self.overview.snapshot, self.overview.catalogue)

    def button(self, action: Action) -> Button | None:
        """What does an action, coming back to this page; none on another day than today."""
        if not self.today:
            return None
        row = action.rows[0]
        return button_for(action.mend, row, self.viewer, self.overview.snapshot, back=self.back)

    def worst(self, action: Action) -> Worst:
        """An action as an open finding: how it stands, what it is, what it stops, and its button."""
        finding, rows = action.finding, action.rows
        asked = self.asked(action.mend.control, {action.mend.at})
        return Worst(
            mark=Mark(finding.standing, row_url(rows[0])),
            what=Link(self.told(finding, action.mend.at), row_url(rows[0])),
            stops=self.stopped(action),
            besides=besides(action),
            button=self.button(action),
            ask=ask_button(self.viewer, action.mend, self.names.request(finding), back=self.back)
            if self.today and not asked
            else None,
            asked=Several(("Asked:", who(asked[0].action, self.day)), " ") if asked else "",
        )

    def asked(self, control: str, places: Collection[str]) -> list[Asked]:
        """The actions that somebody was asked to take for a control at some places, and that run."""
        return asked_seen(self.viewer, self.overview.snapshot, control, places, self.day)

    def told(self, finding: Finding, at: str = "") -> str:
        """A finding in one line, for a list outside its tree."""
        return f"{self.names.whereabouts(finding, at)}. {sentence(finding)}"

    def duty_words(self, duty: Due) -> str:
        """What is due, in a few words."""
        return duty.what or (self.names.about(duty.finding) if duty.finding else "")

    def stopped(self, action: Action) -> Several:
        """The rows an action closes, or helps where it closes none; the first few are named."""
        rows = action.closes or action.helps
        word = "Closes" if action.closes else "One of several for"
        links = tuple(Link(self.cited(row, action.mend.at), row_url(row)) for row in rows[:_ROWS_NAMED])
        more = (f"{len(rows) - _ROWS_NAMED} more",) if len(rows) > _ROWS_NAMED else ()
        return Several((word, Several((*links, *more), ", ")), " ")

    def cited(self, row: RowJudgement, here: str) -> str:
        """A row as it is cited, with its place where that is another one."""
        return cited(row.requirement) if row.unit == here else self.names.row(row)

    def mark(self, result: Result, url: str) -> Mark | OwnMark:
        """The mark of a result: a standing, or a word of its own."""
        standing = standing_of(result)
        return OwnMark(result.word.value.upper(), url) if standing is None else Mark(standing, url)


def reader_of(request: HttpRequest) -> Reader:
    """Read the facts as the request's viewer sees them on the request's day."""
    viewer, day = viewer_on(request), day_of(request)
    return Reader(viewer, overview_of(viewer, day), day == clock.today(), request.get_full_path())


def besides(action: Action) -> str:
    """What an action leaves to be done besides its first record, in one line; mostly empty."""
    words = deeds(action.besides)
    return f"Besides: {words}" if words else ""


def day_asked(request: HttpRequest, name: str, default: date) -> date:
    """A day asked for in the address; the default where none is, or where it is no day."""
    return day_named(request.GET.get(name, "")) or default


def title(text: str, *trail: Link, **values: Any) -> dict[str, Any]:
    """What the frame of a page needs: its title and the way to it."""
    return {"title": text, "trail": (*trail, Link(text)) if trail else (), **values}


def is_open(row: RowJudgement) -> bool:
    """Whether a row that decides is not MET."""
    return row.counts and row.standing is not MET
