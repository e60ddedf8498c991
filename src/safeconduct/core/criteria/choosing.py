"""Which programmes to put side by side, written in a few letters: `us-ctpat:importer`, `cn-aeo/2026:exporter@ace`.

PROGRAMME[/EDITION][:ROLE[,ROLE…]][@VARIANT[,VARIANT…]]. Without an edition it is the newest in force on the day;
without roles every role of the programme; without variants every level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.supposing import Supposed
from safeconduct.core.dates import covers
from safeconduct.core.errors import Refusal, Refusals, SafeconductError, UnknownKey
from safeconduct.core.records.catalogue import Catalogue, Programme, Scope
from safeconduct.core.records.needs import Condition, TraitIs


def edition_of(catalogue: Catalogue, key: str, day: date) -> Programme:
    """The edition of that id; of a programme's key alone the newest in force on the day, else the newest.

    UnknownKey with the nearest spelling where there is none.
    """
    if key in catalogue.programmes:
        return catalogue.programmes[key]
    editions = [one for one in catalogue.programmes.values() if one.key == key]
    if not editions:
        known = [*catalogue.programmes, *(one.key for one in catalogue.programmes.values())]
        raise UnknownKey("programme", key, list(dict.fromkeys(known)))
    in_force = [one for one in editions if covers(day, one.since, one.until)]
    return max(in_force or editions, key=lambda one: (one.since or date.min, one.edition))


def read_selection(catalogue: Catalogue, text: str, day: date) -> Selection:
    """A selection as written. UnknownKey for a programme, role or variant that does not exist."""
    front, _, variants = text.strip().partition("@")
    key, _, roles = front.partition(":")
    programme = edition_of(catalogue, key.strip(), day)
    chosen = _words(roles)
    _check(f"role of {programme.id}", chosen, programme.roles)
    levels = _words(variants)
    _check(f"variant of {programme.id}", levels, programme.variants)
    return Selection(programme, chosen or programme.roles, levels)


def read_selections(
    catalogue: Catalogue, texts: Sequence[str], day: date, *, roles: Iterable[str] = (), variants: Iterable[str] = ()
) -> list[Selection]:
    """Several selections, one for each edition; every problem is told at once (Refusals).

    An edition named twice is taken with the roles and variants of both. `roles` and `variants` narrow those that name
    none themselves, in so far as their programmes have them.
    """
    reading = _Reading(catalogue, day, tuple(roles), tuple(variants))
    found = reading.read(texts)
    reading.refuse(found)
    return found


def read_compared(
    catalogue: Catalogue,
    held: Sequence[str],
    wanted: str,
    day: date,
    *,
    roles: Iterable[str] = (),
    variants: Iterable[str] = (),
) -> tuple[list[Selection], Selection]:
    """What is held, and what is wanted; every problem of both is told at once (Refusals).

    `roles` and `variants` narrow both, in so far as their programmes have them.
    """
    reading = _Reading(catalogue, day, tuple(roles), tuple(variants))
    have, want = reading.read(held), reading.read([wanted])
    reading.refuse([*have, *want])
    return have, want[0]


class _Reading:
    """Selections as written, narrowed by the same roles and variants; problems are kept until all is read."""

    def __init__(self, catalogue: Catalogue, day: date, roles: tuple[str, ...], variants: tuple[str, ...]) -> None:
        self._catalogue, self._day, self._roles, self._variants = catalogue, day, roles, variants
        self._problems: list[Refusal] = []

    def read(self, texts: Iterable[str]) -> list[Selection]:
        """Those that can be read, one for each edition."""
        found: list[Selection] = []
        for text in texts:
            try:
                one = read_selection(self._catalogue, text, self._day)
            except SafeconductError as error:
                self._problems.append(error if isinstance(error, Refusal) else Refusal(str(error)))
            else:
                found = _with(found, _narrowed(text, one, self._roles, self._variants))
        return found

    def refuse(self, found: Sequence[Selection]) -> None:
        """Raise every problem, also a role or variant that none of the programmes has."""
        problems = [
            *self._problems,
            *_nowhere("role", self._roles, [role for one in found for role in one.programme.roles]),
            *_nowhere("variant", self._variants, [level for one in found for level in one.programme.variants]),
        ]
        if problems:
            raise Refusals(problems)


def at_kind_of_place(catalogue: Catalogue, selection: Selection, traits: Sequence[str]) -> Selection:
    """The selection at a place that has these traits and no other of those a site may have.

    UnknownKey for a trait no site can have.
    """
    known = [trait for trait, of in catalogue.terms.traits.items() if of == Scope.SITE.value]
    _check("trait of a site", traits, known)
    there = frozenset[Condition](TraitIs(trait) for trait in traits)
    absent = frozenset[Condition](TraitIs(trait) for trait in known) - there
    return replace(selection, supposing=Supposed(true=there, false=absent))


def written(selection: Selection) -> str:
    """The selection in a few letters; it reads back to the same."""
    programme = selection.programme
    roles = "" if selection.roles == programme.roles else ":" + ",".join(selection.roles)
    variants = "@" + ",".join(selection.variants) if selection.variants else ""
    return f"{programme.id}{roles}{variants}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _check(what: str, words: Iterable[str], known: Sequence[str]) -> None:
    for word in words:
        if word not in known:
            raise UnknownKey(what, word, list(known))


def _narrowed(text: str, one: Selection, roles: Sequence[str], variants: Sequence[str]) -> Selection:
    programme = one.programme
    fitting = tuple(role for role in roles if role in programme.roles)
    levels = tuple(level for level in variants if level in programme.variants)
    return Selection(
        programme,
        one.roles if ":" in text or not fitting else fitting,
        one.variants if "@" in text else levels,
    )


def _with(found: Sequence[Selection], one: Selection) -> list[Selection]:
    """One more; another of the same edition is taken together with it."""
    for place, other in enumerate(found):
        if other.programme is one.programme:
            roles = tuple(dict.fromkeys((*other.roles, *one.roles)))
            levels = tuple(dict.fromkeys((*other.variants, *one.variants))) if other.variants and one.variants else ()
            return [*found[:place], Selection(one.programme, roles, levels), *found[place + 1 :]]
    return [*found, one]


def _nowhere(what: str, asked: Iterable[str], known: Sequence[str]) -> list[Refusal]:
    """A role or variant that none of the programmes has."""
    there = list(dict.fromkeys(known))
    return [Refusal(str(UnknownKey(f"{what} of these programmes", one, there))) for one in asked if one not in there]
