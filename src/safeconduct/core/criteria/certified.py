"""What the certificates of the programmes held say about rows of another programme, without any organisation.

Source: catalogue language, section 8 (equivalence).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from safeconduct.core.criteria.asks import Selection
from safeconduct.core.dates import covers
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.equivalence import Effect, Equivalence


def schemes_of(selection: Selection) -> list[str]:
    """The schemes a holder of the selection has a certificate of."""
    chosen = selection.variants or selection.programme.variants
    return [scheme for variant, scheme in selection.programme.schemes.items() if variant in ("", *chosen)]


def certificates_on(
    catalogue: Catalogue, schemes: Collection[str], wanted: Selection, day: date
) -> dict[str, tuple[Equivalence, ...]]:
    """By row of the wanted programme, what certificates of these schemes satisfy or inform on the day.

    Whoever holds one is taken to hold it for what it must cover; `reach.covers` tells what that is.
    """
    found: dict[str, tuple[Equivalence, ...]] = {}
    for one in catalogue.equivalences:
        in_force = covers(day, one.since, one.until)
        if one.scheme in schemes and in_force and one.reach.fits(wanted.roles, wanted.variants):
            for requirement in one.requirements:
                found[requirement] = (*found.get(requirement, ()), one)
    return found


def stands_in(certificates: Collection[Equivalence]) -> bool:
    """Whether one of them is accepted in place of the row."""
    return any(one.effect is Effect.SATISFIES for one in certificates)
