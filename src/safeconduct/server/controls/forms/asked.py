"""What the programmes an organisation is enrolled in ask of a control's parameters, in words for the form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeconduct.catalogue.usage import uses_of_control
from safeconduct.catalogue.wording import bound_in_words
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.server.common.citing import cited
from safeconduct.server.common.look.words import counted

if TYPE_CHECKING:
    from safeconduct.core.quantities import Value
    from safeconduct.core.records.catalogue import Catalogue, Control
    from safeconduct.core.snapshot import Snapshot

_SHOWN_OF_ASKS = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One row's bound on one parameter: the row as people cite it, and the bound."""

    row: str
    bound: Bound

    def words(self, catalogue: Catalogue, terms: str) -> str:
        """Who asks what."""

        def said(value: Value) -> str:
            found = catalogue.terms.lists.get(terms)
            return found.title(str(value)) if found else str(value).replace("-", " ")

        if self.bound.own:
            return f"{self.row}: our own number, with its reason"
        return f"{self.row}: {bound_in_words(self.bound, said=said)}"


def asks_of(snapshot: Snapshot, catalogue: Catalogue, control: Control, element: str) -> Mapping[str, tuple[Ask, ...]]:
    """The bounds on each parameter, in the order of programmes and rows. Without an element those of all of them."""
    editions = {enrolment.edition for enrolment in snapshot.facts.enrolments}
    found: dict[str, list[Ask]] = defaultdict(list)
    for use in uses_of_control(catalogue, control.key):
        if use.need is None or use.programme.id not in editions or not _meant(catalogue, control, use.need, element):
            continue
        for parameter, bound in use.need.bounds:
            ask = Ask(cited(use.requirement), bound)
            if ask not in found[parameter]:
                found[parameter].append(ask)
    return {parameter: tuple(asks) for parameter, asks in found.items()}


def _meant(catalogue: Catalogue, control: Control, need: ControlNeed, element: str) -> bool:
    """Whether a need speaks of the element: it names it, or one for which a record of the element would count."""
    terms = catalogue.terms.lists.get(control.by)
    if not element or terms is None:
        return True
    return any(element in terms.widening(asked) for asked in need.for_)


def asked_hint(catalogue: Catalogue, terms: str, asks: tuple[Ask, ...]) -> str:
    """All asks as the hint of a field; empty where nobody asks anything."""
    return f"Asked by {asked_words(catalogue, terms, asks)}." if asks else ""


def asked_words(catalogue: Catalogue, terms: str, asks: tuple[Ask, ...]) -> str:
    """Who asks what, the first few of them; empty where nobody asks anything."""
    shown = "; ".join(ask.words(catalogue, terms) for ask in asks[:_SHOWN_OF_ASKS])
    left = len(asks) - _SHOWN_OF_ASKS
    more = f"; and {counted(left, 'more row', 'more rows')}" if left > 0 else ""
    return f"{shown}{more}"


def asked_elements(asks: tuple[Ask, ...]) -> Mapping[str, tuple[str, ...]]:
    """The elements of a set that are asked, each with the rows that ask it."""
    found: dict[str, list[str]] = defaultdict(list)
    for ask in asks:
        if ask.bound.op in (Op.INCLUDES, Op.ONE_OF) and isinstance(ask.bound.value, frozenset):
            for element in ask.bound.value:
                found[str(element)].append(ask.row)
    return {element: tuple(rows) for element, rows in found.items()}
