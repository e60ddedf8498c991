"""The sentences at the head of pages: what a programme comes to, and what stops *meets*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Standing, deciding_leaf
from safeconduct.core.planning import missing
from safeconduct.core.posture import Criterion, Mark, Result, Word
from safeconduct.core.records.catalogue import RequirementKind
from safeconduct.core.sentences import nature, sentence
from safeconduct.server.common.look.values import Stamp
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from safeconduct.core.assess import Assessment
    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement

_STANDINGS = {Mark.MET: MET, Mark.PARTLY: PARTLY, Mark.UNKNOWN: UNKNOWN, Mark.UNMET: UNMET}


@dataclass(frozen=True)
class Stops:
    """How many must criteria stand in the way of *meets*, by what they need.

    `work` is missing or fell short, `renewals` only ran out, `paper` was never shown; `left_out` and an incomplete
    catalogue are ours to mend.
    """

    work: int
    renewals: int
    paper: int
    left_out: int
    complete: bool

    def __add__(self, other: Stops) -> Stops:
        return Stops(
            self.work + other.work,
            self.renewals + other.renewals,
            self.paper + other.paper,
            self.left_out + other.left_out,
            self.complete and other.complete,
        )

    @property
    def open(self) -> int:
        """All that the organisation itself can mend."""
        return self.work + self.renewals + self.paper


NOTHING_STOPS = Stops(0, 0, 0, 0, complete=True)


def stops_of(result: Result) -> Stops:
    """What stops one result; what the issuer waives does not."""
    work = [one for one in result.work if not one.waived]
    paper = sum(not one.waived for one in result.paper)
    renewals = sum(_only_ran_out(one) for one in work)
    return Stops(len(work) - renewals, renewals, paper, len(result.left_out), result.complete)


def stops_of_all(results: Iterable[Result]) -> Stops:
    """What stops several results together."""
    total = NOTHING_STOPS
    for result in results:
        total += stops_of(result)
    return total


def _only_ran_out(criterion: Criterion) -> bool:
    """Whether all that is short ran out and is to be renewed."""
    short = [piece for row in criterion.rows if row.standing is not MET for piece in missing(row.finding)]
    return bool(short) and all(nature(piece) == "time" for piece in short)


def standing_of(result: Result) -> Standing | None:
    """The standing whose mark a result carries; None where it has a mark of its own, or none."""
    return _STANDINGS.get(result.mark)


def met_words(result: Result) -> str:
    """How many of the musts are met, or for item results how the items stand."""
    if result.items is not None:
        return f"{result.items.meets} of {counted(_items(result), 'item', 'items')}"
    return f"{result.met} of {counted(len(result.musts), 'must', 'musts')}"


def _items(result: Result) -> int:
    items = result.items
    return 0 if items is None else items.meets + items.basically + items.fails + items.not_shown


def items_words(result: Result) -> str:
    """China's item results in one line."""
    items = result.items
    if items is None:
        return ""
    counts = f"{items.meets} meet · {items.basically} basically · {items.fails} fail · {items.not_shown} not shown"
    return f"{counts} · bonus {items.bonus}"


def known_words(result: Result) -> str:
    """How many of the issuer's musts the catalogue knows: 61 of 68, or of an unknown number."""
    known = len(result.musts) + len(result.left_out)
    return f"{known} of {result.issuer_total} known" if result.issuer_total else f"{known} of an unknown number"


def stamp_of(result: Result, about: str, *, url: str = "", note: str = "") -> Stamp:
    """The stamp of a result: its standing, or its own word where it has none."""
    standing = standing_of(result)
    word = "" if standing else result.word.value.upper()
    return Stamp(standing, about, note or met_words(result), url, word)


def stops_words(stops: Stops, *, more: bool = False) -> str:
    """What stops *meets*, in one sentence; empty where nothing does. `more` goes on where others were named."""
    one, many = ("more", "more") if more else ("must", "musts")
    parts = [
        counted(stops.work, f"{one} needs work", f"{many} need work") if stops.work else "",
        counted(stops.renewals, f"{one} waits for a renewal", f"{many} wait for a renewal") if stops.renewals else "",
        counted(stops.paper, f"{one} only has to be shown", f"{many} only have to be shown") if stops.paper else "",
    ]
    said = [part for part in parts if part]
    return f"{_listed(said)}." if said else ""


def catalogue_words(stops: Stops, known: str = "") -> str:
    """What our own catalogue leaves open; empty where it is complete and sure."""
    if stops.complete and not stops.left_out:
        return ""
    rows = counted(stops.left_out, "row is left out until it is sure", "rows are left out until they are sure")
    rest = f"it knows {known} of the issuer's musts" if known else "it does not hold every row of the issuer"
    parts = [rows] if stops.left_out else []
    return f"Our catalogue: {_listed([*parts, *([] if stops.complete else [rest])])}."


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def programme_sentences(result: Result) -> tuple[str, ...]:
    """The verdict on one programme, sentence by sentence."""
    many = len(result.musts)
    musts = "Its one must is" if many == 1 else f"All {many} musts are"
    match result.word:
        case Word.MEETS:
            return (f"{musts} met.",)
        case Word.MEETS_WITH_WAIVERS:
            return (f"{musts} met or waived by the issuer.",)
        case Word.KNOWN_ROWS_MET:
            return ("All known rows are met.", f"That is {known_words(result)}: no more can be said.")
        case Word.NOTHING_JUDGED:
            return ("Nothing is judged here.", "No must applies to these roles on this day.")
        case Word.ITEM_RESULTS:
            return _item_sentences(result)
        case Word.FAILED_OUTRIGHT:
            return ("A decisive question is not met.", _remaining(result))
        case _ if not stops_of(result).open:
            return ("All known rows are met or waived by the issuer.", f"That is {known_words(result)}.")
        case _:
            return (_open_sentence(result), _remaining(result))


def _open_sentence(result: Result) -> str:
    stops = stops_of(result)
    short = stops.open
    of = f"{short} of {counted(len(result.musts), 'must', 'musts')}"
    if stops.work:
        return f"{of} {'is' if short == 1 else 'are'} open."
    if stops.renewals:
        return f"{of} {'has' if short == 1 else 'have'} run out or {'was' if short == 1 else 'were'} never shown."
    return f"{of} {'is' if short == 1 else 'are'} not shown yet."


def _remaining(result: Result) -> str:
    stops = stops_of(result)
    if stops.work and not (stops.paper or stops.renewals):
        return "Work stops it." if stops.work > 1 else "One piece of work stops it."
    if not stops.work:
        return "Only paper is missing."
    return f"{stops.work} {'needs' if stops.work == 1 else 'need'} work, the rest only proof."


def _item_sentences(result: Result) -> tuple[str, ...]:
    items = result.items
    if items is None or not _items(result):
        return ("No item applies.",)
    of = counted(_items(result), "item", "items")
    if items.meets == _items(result):
        return (f"All {of} meet.", "What counts as a pass is not known.")
    parts = [
        f"{items.fails} {'fails' if items.fails == 1 else 'fail'}" if items.fails else "",
        f"{items.basically} basically {'meets' if items.basically == 1 else 'meet'}" if items.basically else "",
        f"{items.not_shown} {'is' if items.not_shown == 1 else 'are'} not shown" if items.not_shown else "",
    ]
    return (f"{items.meets} of {of} meet.", f"{_listed([part for part in parts if part])}.")


def row_sentences(row: RowJudgement) -> tuple[str, ...]:
    """The verdict on one requirement at one place: why, and if it can be shown, that showing is enough."""
    finding = row.finding
    why = sentence(deciding_leaf(finding))
    if row.requirement.kind is RequirementKind.QUESTION:
        return (why,)
    if finding.standing is UNKNOWN and finding.at_best is MET:
        return ("It may well stand.", why)
    if finding.standing is UNMET:
        return ("It does not stand.", why)
    if finding.standing is PARTLY:
        return ("It stands in part.", why)
    return (why,)


def decides(judged: ProgrammeJudgement, most: int = 3) -> tuple[Criterion, ...]:
    """The criteria that decide a programme: the worst, in the issuer's order."""
    result = judged.main
    short = [one for one in result.musts if one.standing is not MET]
    return tuple(sorted(short, key=lambda one: one.standing.rank)[:most])


def unread_words(assessment: Assessment) -> str:
    """Which editions are not judged because the catalogue does not have them; empty where it has all."""
    return unread_editions({one.edition for one in assessment.unread})


def unread_editions(editions: set[str]) -> str:
    """The sentence for some editions.

    >>> unread_editions({"us-ctpat/2031"})
    'The catalogue here does not have us-ctpat/2031, so nothing of it is judged: bring the server up to date.'
    """
    if not editions:
        return ""
    them, named = "it" if len(editions) == 1 else "them", " and ".join(sorted(editions))
    return f"The catalogue here does not have {named}, so nothing of {them} is judged: bring the server up to date."
