"""The head of home: its first sentence says what stops *meets*: work, paper, our catalogue, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.core.posture import Word
from safeconduct.server.common.citing import short_name
from safeconduct.server.common.look.values import Stamp, Verdict
from safeconduct.server.common.look.words import counted, day_text
from safeconduct.server.posture.changes import programmes_moved
from safeconduct.server.posture.links import programme_url
from safeconduct.server.posture.words import (
    Stops,
    catalogue_words,
    stamp_of,
    stops_of,
    stops_of_all,
    stops_words,
    unread_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeconduct.core.posture import ProgrammeJudgement
    from safeconduct.server.posture.overview import Overview
    from safeconduct.server.posture.pages.reader import Reader

_TWO, _STAMPS = 2, 6


def home_verdict(reader: Reader, before: Overview) -> Verdict:
    """What stops *meets*, what fell since another day, and a stamp for each programme."""
    overview = reader.overview
    organisation = reader.names.place(overview.snapshot.facts.organisation.key)
    head = f"{organisation}, {day_text(overview.day)}"
    unread = unread_words(overview.assessment)
    if not overview.programmes:
        where = "on this day" if overview.units is None else "at your sites on this day"
        known = "No programme is followed" if not unread else "No programme that can be read is followed"
        return Verdict(("Nothing is judged yet.", f"{known} {where}."), title=head, lead=unread)
    stops = stops_of_all(result for one in overview.programmes for result in one.results)
    return Verdict(
        sentences=_sentences(overview.programmes, stops),
        title=head,
        lead=" ".join(part for part in (unread, *_lead(reader, before, stops)) if part),
        stamps=tuple(_stamp(reader, one) for one in overview.programmes[:_STAMPS]),
    )


def _sentences(programmes: Sequence[ProgrammeJudgement], stops: Stops) -> tuple[str, ...]:
    """What stops *meets* first: work, paper or our catalogue."""
    where = _of([one for one in programmes if any(stops_of(result).open for result in one.results)], len(programmes))
    if stops.work:
        return (f"Work stops {where}.", f"{counted(stops.work, 'must falls', 'musts fall')} short.")
    if stops.open:
        how = "renewed or shown" if stops.renewals and stops.paper else "renewed" if stops.renewals else "shown"
        return (f"Only paper stops {where}.", f"{counted(stops.open, 'must is', 'musts are')} to be {how}.")
    if not any(result.musts for one in programmes for result in one.results):
        return ("Nothing binds yet.", "No must of a programme applies to your roles on this day.")
    waived = any(must.waived for one in programmes for result in one.results for must in result.musts)
    met = "met or waived by the issuer" if waived else "met"
    if not stops.complete or stops.left_out:
        return (f"All that is known is {met}.", "Only our catalogue stops meets.")
    return (f"All that is asked is {met}.", *_pass_unknown(programmes))


def _pass_unknown(programmes: Sequence[ProgrammeJudgement]) -> tuple[str, ...]:
    """What is still not said where items are counted and no pass mark is known."""
    unknown = [one for one in programmes if any(result.word is Word.ITEM_RESULTS for result in one.results)]
    named = " and ".join(dict.fromkeys(short_name(one.programme.key) for one in unknown))
    return (f"What counts as a pass of {named} is not known.",) if unknown else ()


def _of(stopped: Sequence[ProgrammeJudgement], many: int) -> str:
    if len(stopped) == 1:
        return short_name(stopped[0].programme.key)
    if len(stopped) < many:
        return f"{len(stopped)} of {many} programmes"
    return "both programmes" if many == _TWO else f"all {many} programmes"


def _lead(reader: Reader, before: Overview, stops: Stops) -> list[str]:
    """What fell since the day compared with, then the rest of what stops, then what the catalogue leaves open."""
    said = []
    for move in programmes_moved(before, reader.overview)[:2]:
        name = short_name(reader.overview.assessment.programme(move.enrolment).programme.key)
        said.append(f"{name} went from {move.was} to {move.now} since {day_text(before.day)}.")
    rest = stops_words(replace(stops, work=0), more=bool(stops.work)) if stops.work else ""
    said += [part for part in (rest, catalogue_words(stops)) if part]
    return said


def _stamp(reader: Reader, judged: ProgrammeJudgement) -> Stamp:
    about = reader.names.programme(judged.programme, judged.enrolment)
    return stamp_of(judged.main, about, url=programme_url(judged.enrolment.key))
