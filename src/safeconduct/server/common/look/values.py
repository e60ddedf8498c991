"""What a page hands to the look: small frozen values that the templates print.

A page's code prepares them; a template says `{% show value %}` (or hands them to a part) and never decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.core.judgement import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from safeconduct.core.provenance import Sure
    from safeconduct.core.records.catalogue import Obligation


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `ident` is the ref or key before them, `note` the second line. No url: plain words."""

    text: str
    url: str = ""
    ident: str = ""
    note: Shown = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A standing: icon and word, always both. `count` goes before the word, `url` leads to its because."""

    standing: Standing
    url: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class OwnMark:
    """A word that is no standing, in plain ink: KNOWN ROWS MET, ITEM RESULTS."""

    word: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that leads to its list: "74", or "74 of 87"."""

    count: int
    url: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is to be done, as seen on another day; past it is late (a day due today is not)."""

    day: date
    as_of: date


@dataclass(frozen=True, slots=True)
class Ident:
    """A key, ref, number or hash, set in the type of identifiers."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words of the second ink: silent, none open, optional."""

    text: str


@dataclass(frozen=True, slots=True)
class Posture:
    """How many of something stand how; `urls` lead from each standing to its list, `label` says what is counted."""

    label: str
    counts: Mapping[Standing, int]
    urls: Mapping[Standing, str] | None = None
    thin: bool = False

    @property
    def total(self) -> int:
        """All that count; what does not apply is not counted."""
        return sum(number for standing, number in self.counts.items() if standing is not Standing.NOT_APPLICABLE)


type Shown = (
    str
    | int
    | date
    | Standing
    | Sure
    | Obligation
    | Link
    | Mark
    | OwnMark
    | Number
    | Due
    | Ident
    | Quiet
    | Posture
    | Several
    | Moved
    | None
)
"""Whatever `{% show %}` knows how to print. Text that is already safe HTML stays as it is."""


@dataclass(frozen=True, slots=True)
class Several:
    """Values one after the other in one place."""

    values: tuple[Shown, ...]
    between: str = " · "


@dataclass(frozen=True, slots=True)
class Moved:
    """What something was and what it became; `what` names the thing that moved."""

    what: Shown
    was: Shown
    now: Shown


@dataclass(frozen=True, slots=True)
class Button:
    """A deed and its object. It leads to a page, or with `post` does the deed at once. The first of a row is filled."""

    text: str
    url: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """The standing of a whole page or programme: what it is about, and the day or the count under it.

    Without a standing it says a `word` of its own (KNOWN ROWS MET) in plain ink.
    """

    standing: Standing | None
    about: str
    note: str = ""
    url: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The head of a page: its small title, one or two plain sentences, their consequences, at most two buttons."""

    sentences: tuple[str, ...]
    title: str = ""
    lead: str = ""
    stamps: tuple[Stamp, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """One numbered box of the identity of a thing."""

    label: str
    value: Shown
    note: Shown = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log or a list of steps: when (or which step), what, and which way it moved."""

    when: Shown
    what: Shown
    moved: Shown = ""


@dataclass(frozen=True, slots=True)
class Worst:
    """One open finding: how it stands, what it is, what it stops, and the one button beside it.

    `ask` is a second, quiet way: somebody else does it. Once somebody is asked, `asked` says who. `besides` is what the
    button alone leaves to be done.
    """

    mark: Mark
    what: Link
    stops: Shown = ""
    button: Button | None = None
    ask: Button | None = None
    asked: Shown = ""
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that somebody was asked to do: what, who until when, and the button for when it is done."""

    what: Link
    who: Shown
    done: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin where nothing is recorded yet: what, why it is worth it, how."""

    what: str
    why: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty register: two or three ways to begin, the easiest first."""

    title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The foot of every page: from which facts, catalogue and rules it was judged, and for which day."""

    day: date
    entry: int
    head: str
    catalogue: str
    digest: str
    rules: str
    journal_url: str = ""
