"""Everything Safeconduct refuses to do, as one tree.

SafeconductError
├── Refusal            input that is not accepted; one problem, with place and remedy
│   └── Changed        a change of what is no longer as it was read
├── Refusals           several of them at once (a whole file is refused, nothing stored)
├── UnknownKey         a key that names nothing, with the nearest spelling
├── NotAllowed         a move the facts or the rights do not allow
└── Damaged            what was stored cannot be read: it was changed from outside
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class SafeconductError(Exception):
    """Root of all expected errors; its text is fit to be shown to a user."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file, a line (from 1) and the path of the field."""

    file: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.line else self.file
        return ", ".join(part for part in (spot, self.field) if part)


class Refusal(SafeconductError):
    """One thing that is refused: what, where, why and what to do next."""

    def __init__(
        self, what: str, *, why: str = "", do: str = "", place: Place | None = None, code: str = "refused"
    ) -> None:
        self.what = what
        self.why = why
        self.do = do
        self.place = place or Place()
        self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.place}: " if str(self.place) else ""
        return head + " ".join(sentence for sentence in (self.what, self.why, self.do) if sentence)


class Changed(Refusal):
    """Somebody else changed what is to be changed since it was read; nothing was overwritten.

    `now` tells its state of now, as `journal.unchanged.state_of` gives it.
    """

    def __init__(self, what: str, *, now: str, do: str) -> None:
        self.now = now
        super().__init__(what, why="Somebody else changed it since it was read.", do=do, code="changed-meanwhile")


class Refusals(SafeconductError):
    """All problems found in one input, in the order of the input. Nothing of it was stored."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals: Sequence[Refusal] = tuple(refusals)
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


class UnknownKey(SafeconductError):
    """A key that names nothing in the catalogue or the facts."""

    def __init__(self, kind: str, key: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.key = key
        super().__init__(f"There is no {kind} {key!r}.{nearest(key, known)}")


class NotAllowed(SafeconductError):
    """A move that the facts, the rules or the rights of the person do not allow."""


class Damaged(SafeconductError):
    """What was stored cannot be read any more: somebody changed it behind the journal's back, or a disk did."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Whoever runs the server sees more by `safeconduct journal verify`.")


def nearest(key: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest spelling, or nothing when none is near.

    >>> nearest("seal-fiting", ["seal-fitting", "training"])
    ' Did you mean "seal-fitting"?'
    """
    close = get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{close[0]}"?' if close else ""
