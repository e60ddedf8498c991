"""What surrounds an edition's rows: legal basis, life cycle with its clocks, benefits, duties of the holder, links."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.dates import Duration
from safeconduct.core.provenance import Source


@dataclass(frozen=True, slots=True)
class Statement:
    """One sourced statement about an edition, in our own words.

    `clock` is the time the issuer sets for it. `open` says that time counts here and that nobody knows how much: the
    issuer leaves it to others, or it was not found. Neither means that no time belongs to it. `by` is who acts:
    trader, authority or partner, or nobody in particular.
    """

    what: str
    source: Source
    clock: Duration | None = None
    open: bool = False
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An official page of the issuer."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """Everything told about one edition beside its rows. None of it is judged."""

    legal_basis: tuple[Statement, ...] = ()
    life_cycle: tuple[Statement, ...] = ()
    benefits: tuple[Statement, ...] = ()
    notifiable: tuple[Statement, ...] = ()
    duties: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    licence: str = ""
