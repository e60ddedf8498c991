"""A need as a page prints it: `{% include "catalogue/lines.html" with lines=... %}`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line in plain English, where it leads, and what stands below it."""

    text: str
    url: str = ""
    below: tuple[SpokenLine, ...] = ()
