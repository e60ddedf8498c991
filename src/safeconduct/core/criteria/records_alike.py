"""Needs on records (look-backs, checks, measures, certificates): whether one that is held covers one that is asked.

Only what surely covers counts: the same form, at least as strict in every part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from safeconduct.core.criteria.comparing import compare_values
from safeconduct.core.dates import Duration, compare_durations
from safeconduct.core.quantities import Money, ParameterKind, Percent
from safeconduct.core.recognition import recognised
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.needs import (
    CertificateNeed,
    CheckNeed,
    EveryNeed,
    LookbackNeed,
    MeasureNeed,
    MendedNeed,
    Need,
    ProofNeed,
    Renewal,
    Who,
)


def atoms(need: Need) -> Iterator[Need]:
    """The smallest needs that together say the same: a look-back or look-up per kind and person."""
    match need:
        case LookbackNeed():
            for kind, weights in need.none_of.items():
                for person in need.about:
                    yield replace(need, none_of={kind: weights}, about=(person,))
        case CheckNeed():
            for name in need.lists:
                for person in need.about:
                    yield replace(need, lists=(name,), about=(person,))
        case _:
            yield need


def together(found: Iterable[Need]) -> list[Need]:
    """Atoms gathered again: kinds of one person and look-back, persons of the same kinds."""
    before, gathered = list(found), list[Need]()
    while len(gathered) != len(before):
        before, gathered = gathered or before, []
        for need in before:
            _gather(gathered, need)
    return gathered


def _gather(gathered: list[Need], need: Need) -> None:
    """Put a need to the first that it merges with, or at the end."""
    for place, other in enumerate(gathered):
        if (merged := _merged(other, need)) is not None:
            gathered[place] = merged
            return
    gathered.append(need)


def _merged(one: Need, other: Need) -> Need | None:
    match one, other:
        case LookbackNeed(), LookbackNeed():
            if one == replace(other, none_of=one.none_of):
                return replace(one, none_of={**one.none_of, **other.none_of})
            if one == replace(other, about=one.about):
                return replace(one, about=tuple(dict.fromkeys((*one.about, *other.about))))
        case CheckNeed(), CheckNeed():
            if one == replace(other, lists=one.lists):
                return replace(one, lists=tuple(dict.fromkeys((*one.lists, *other.lists))))
            if one == replace(other, about=one.about):
                return replace(one, about=tuple(dict.fromkeys((*one.about, *other.about))))
    return None


def covers_record(catalogue: Catalogue, day: date, held: Need, asked: Need) -> bool:
    """Whether whoever meets `held` surely meets `asked`, an atom; the populations of `every` are compared elsewhere."""
    if held == asked:
        return True
    match held, asked:
        case LookbackNeed(), LookbackNeed():
            return _lookback(held, asked)
        case CheckNeed(), CheckNeed():
            wide = set(asked.lists) <= set(held.lists) and set(asked.about) <= set(held.about)
            return wide and _as_fresh(held.renew, asked.renew)
        case MeasureNeed(), MeasureNeed():
            return _measure(held, asked)
        case MendedNeed(), MendedNeed():
            return held.findings_of == asked.findings_of and _as_fresh(held.within, asked.within)
        case CertificateNeed(), CertificateNeed():
            accepted = _accepted(catalogue, day, asked)
            return held.holder == asked.holder and _accepted(catalogue, day, held) <= accepted
        case ProofNeed(), ProofNeed():
            return held.kind == asked.kind and _as_fresh(held.within, asked.within)
        case _:
            return False


def alike(held: Need, asked: Need) -> bool:
    """Whether both speak of the same thing, however strictly: then only a part is missing."""
    match held, asked:
        case LookbackNeed(), LookbackNeed():
            return bool(held.none_of.keys() & asked.none_of.keys())
        case CheckNeed(), CheckNeed():
            return bool(set(held.lists) & set(asked.lists))
        case MeasureNeed(), MeasureNeed():
            return held.let == asked.let and held.value == asked.value
        case MendedNeed(), MendedNeed():
            return held.findings_of == asked.findings_of
        case ProofNeed(), ProofNeed():
            return held.kind == asked.kind
        case EveryNeed(), EveryNeed():
            return held.of == asked.of and overlap(held.who, asked.who)
        case _:
            return False


def _lookback(held: LookbackNeed, asked: LookbackNeed) -> bool:
    kinds = all(
        kind in held.none_of and (not held.none_of[kind] or bool(weights and weights <= held.none_of[kind]))
        for kind, weights in asked.none_of.items()
    )
    same_days = held.anchor is asked.anchor and held.date is asked.date
    as_long = _longer(held.window, asked.window) and (asked.shorter_if_young or not held.shorter_if_young)
    persons = set(asked.about) <= set(held.about)
    return kinds and persons and same_days and as_long and _as_fresh(held.renew, asked.renew)


def _longer(held: Duration, asked: Duration) -> bool:
    side = compare_durations(held, asked)
    return side is not None and side >= 0


def _as_fresh(held: Renewal | None, asked: Renewal | None) -> bool:
    """A time of the issuer's covers a longer one and an own one; an own time only an own one."""
    if asked is None:
        return True
    if held is None:
        return False
    if asked.at_most is None or held.at_most is None:
        return asked.at_most is None
    side = compare_durations(held.at_most, asked.at_most)
    return side is not None and side <= 0


Limit = Money | Percent | object | None


def _measure(held: MeasureNeed, asked: MeasureNeed) -> bool:
    """The same number within limits that are not looser."""
    if held.let != asked.let or held.value != asked.value:
        return False
    return _within(held.at_least, asked.at_least, 1) and _within(held.at_most, asked.at_most, -1)


def _within(held: Limit, asked: Limit, stricter: int) -> bool:
    if asked is None:
        return True
    if held is None:
        return False
    side = compare_values(ParameterKind.NUMBER, held, asked)
    return side in (0, stricter)


def _accepted(catalogue: Catalogue, day: date, need: CertificateNeed) -> set[str]:
    """Every scheme that counts on the day, with those the named issuer recognises."""
    by = need.or_recognised_by
    return {*need.schemes, *(recognised(catalogue, by, day) if by else ())}


def as_wide(held: Who, asked: Who) -> bool:
    """Whether the held population surely holds the asked one: each limit it sets is set as narrowly by the other."""
    return (
        (held.outsourced is None or held.outsourced is asked.outsourced)
        and (held.domestic is None or held.domestic is asked.domestic)
        and (not held.roles or (bool(asked.roles) and set(asked.roles) <= set(held.roles)))
        and (not held.country or (bool(asked.country) and set(asked.country) <= set(held.country)))
    )


def overlap(held: Who, asked: Who) -> bool:
    """Whether somebody may be in both populations."""
    return (
        (None in (held.outsourced, asked.outsourced) or held.outsourced is asked.outsourced)
        and (None in (held.domestic, asked.domestic) or held.domestic is asked.domestic)
        and (not held.country or not asked.country or bool(set(held.country) & set(asked.country)))
    )
