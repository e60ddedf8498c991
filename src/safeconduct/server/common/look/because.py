"""A because-tree ready to print: what decides comes first and is thick, long runs fold, one leaf holds the mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, NOT_APPLICABLE, Join, deciding_path
from safeconduct.core.sentences import deed, reasons, sentence
from safeconduct.server.common.look.values import Button, Link
from safeconduct.server.common.look.words import KINDS, STANDINGS, TONES, counted, day_text, deed_words, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safeconduct.core.judgement import Finding, Standing

# A run of siblings of one standing longer than this shows its first few; the rest is folded, and capped.
_FOLD_FROM, _SHOWN_OF_RUN, _PRINTED_OF_RUN = 6, 3, 60


@dataclass(frozen=True, slots=True)
class MendBox:
    """What makes the deciding leaf stand: the deed, how much of what and what else it closes, and the buttons."""

    title: str
    detail: str = ""
    buttons: tuple[Button, ...] = ()


def _subject(finding: Finding) -> str:
    return finding.subject


def _nowhere(_finding: Finding) -> str:
    return ""


def _kind(finding: Finding) -> str:
    return KINDS[finding.kind]


def _nothing(_finding: Finding) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a page reads a tree: what the keys are called and where they lead.

    Without titles the keys are shown, without links nothing can be opened, and without `mend` the tree has no button.
    """

    title: Callable[[Finding], str] = _subject
    url: Callable[[Finding], str] = _nowhere
    kind: Callable[[Finding], str] = _kind
    mend: Callable[[Finding], MendBox | None] = _nothing


PLAIN = Reading()


@dataclass(frozen=True, slots=True)
class Node:
    """One finding in the tree; `decides` joins it to its parent by a thick line in its tone."""

    standing: Standing
    tone: str
    kind: str
    title: str
    url: str
    why: str
    late: str
    asides: tuple[str, ...]
    decides: bool
    mend: MendBox | None
    also: Link | None
    below: tuple[Node | Fold, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Siblings of one standing that nobody needs at first sight; `left_out` says how many more are not printed."""

    summary: str
    nodes: tuple[Node, ...]
    left_out: str


def tree(finding: Finding, reading: Reading = PLAIN, *, mending: bool = True) -> Node:
    """The whole tree of a finding; without `mending` (another day than today) it holds no button."""
    return _Printer(reading, mended=_mended(finding) if mending else None, mending=mending).root(finding)


def _mended(finding: Finding) -> Finding | None:
    """The deepest finding on the deciding path that a record would mend."""
    return next((one for one in reversed(list(deciding_path(finding))) if one.mend), None)


@dataclass(frozen=True, slots=True)
class _Printer:
    reading: Reading
    mended: Finding | None
    mending: bool

    def root(self, finding: Finding) -> Node:
        return self._node(finding, decides=True)

    def _node(self, finding: Finding, *, decides: bool) -> Node:
        here = finding is self.mended
        box = self.reading.mend(finding) if here else None
        return Node(
            standing=finding.standing,
            tone=TONES[finding.standing],
            kind=self.reading.kind(finding),
            title=self.reading.title(finding),
            url=self.reading.url(finding),
            why=_why(finding),
            late=_late(finding),
            asides=tuple(_asides(finding)),
            decides=decides,
            mend=box,
            also=None if here else self._also(finding),
            below=tuple(self._below(finding, thick=decides)),
        )

    def _also(self, finding: Finding) -> Link | None:
        """A quiet way to mend a leaf that does not decide alone."""
        if not self.mending or not finding.mend or finding.standing in (MET, NOT_APPLICABLE):
            return None
        box = self.reading.mend(finding)
        return Link(box.buttons[0].text, box.buttons[0].url) if box and box.buttons else None

    def _below(self, finding: Finding, *, thick: bool) -> Iterator[Node | Fold]:
        """The members: the first of an open finding decides, and only along the path from the root is it thick."""
        thick = thick and finding.standing not in (MET, NOT_APPLICABLE)
        for standing, run in groupby(finding.because, key=lambda member: member.standing):
            members = list(run)
            shown = len(members) if len(members) < _FOLD_FROM else _SHOWN_OF_RUN
            for member in members[:shown]:
                yield self._node(member, decides=thick and member is finding.because[0])
            if members[shown:]:
                yield self._fold(standing, members[shown:])

    def _fold(self, standing: Standing, members: Sequence[Finding]) -> Fold:
        left_out = len(members) - _PRINTED_OF_RUN
        return Fold(
            summary=f"{len(members)} more, all {STANDINGS[standing]}",
            nodes=tuple(self._node(member, decides=False) for member in members[:_PRINTED_OF_RUN]),
            left_out=f"{left_out} more like these are not printed here." if left_out > 0 else "",
        )


def _why(finding: Finding) -> str:
    """Why, in one sentence. Where members decide, how they join; they say the rest themselves."""
    told_below = {"all-met", *(member.code for member in finding.because[:1])}
    if finding.join in (Join.LEAF, Join.CAPPED) or finding.code not in told_below:
        return f"{sentence(finding)} {reasons(finding)}".rstrip()
    met, of = finding.param("met", "0"), finding.param("of", "0")
    if of in ("0", "1"):
        return ""
    if finding.join is Join.ALL:
        return f"All of {of} must stand; {'all do' if met == of else f'{met} do'}."
    if finding.join is Join.ANY:
        return f"One of {of} is enough; {met} stand."
    return f"At least {finding.param('n')} of {of} must stand; {met} do."


def _late(finding: Finding) -> str:
    """How long a due day has passed; empty where none has, or where all is well."""
    try:
        due = date.fromisoformat(finding.param("due"))
    except ValueError:
        return ""
    return relative(due, finding.day) if due < finding.day and finding.standing is not MET else ""


def _asides(finding: Finding) -> Iterator[str]:
    """What stands under the mark: how many of how many, what it could be at best, and how long it holds."""
    met, of = finding.param("met"), finding.param("of")
    if of and int(of) > 1 and finding.join is not Join.CAPPED:
        yield f"{met} of {of}"
    if finding.at_best is not finding.standing:
        yield f"at best {STANDINGS[finding.at_best]}"
    if finding.standing is MET and finding.good_until < FOREVER:
        yield f"until {day_text(finding.good_until)}"


def mend_box(finding: Finding, url: str, *, what: str = "", closes: int = 0) -> MendBox | None:
    """The usual mend box of a finding: its deed in words, what else it moves, and one button.

    None where the finding names no deed. `what` is the title of the control or record; `closes` counts the other rows
    that the same record would move.
    """
    if finding.mend is None:
        return None
    words = deed_words(finding.mend.deed)
    also = f"It also moves {counted(closes, 'other row', 'other rows')}." if closes else ""
    return MendBox(
        title=f"{words}: {what}" if what else words,
        detail=" ".join(part for part in (deed(finding), also) if part),
        buttons=(Button(words, url),),
    )
