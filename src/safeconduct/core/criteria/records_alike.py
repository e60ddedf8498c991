"""Needs on records (look-backs, checks, measures, partners): whether one that is held covers one that is asked.

Only what surely covers counts: the same form, at least as strict in every part.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.core.dates import Duration, compare_durations
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    CertificateNeed,
    CheckNeed,
    EveryNeed,
    LookbackNeed,
    MendedNeed,
    Need,
    ProofNeed,
    Renewal,
    Who,
)


def record_covered(asked: Need, held: Iterable[Need]) -> bool:
    """Whether any of the held needs surely covers the asked one."""
    return any(covers_need(one, asked) for one in held)


def covers_need(held: Need, asked: Need) -> bool:
    """Whether whoever meets `held` surely meets `asked`."""
    if held == asked:
        return True
    match held, asked:
        case LookbackNeed(), LookbackNeed():
            return _lookback(held, asked)
        case CheckNeed(), CheckNeed():
            wide = set(asked.lists) <= set(held.lists) and set(asked.about) <= set(held.about)
            return wide and _as_fresh(held.renew, asked.renew)
        case EveryNeed(), EveryNeed():
            same_process = held.of == asked.of and _as_wide(held.who, asked.who)
            return same_process and covers_need(held.each, asked.each)
        case MendedNeed(), MendedNeed():
            return held.findings_of == asked.findings_of and _as_fresh(held.within, asked.within)
        case CertificateNeed(), CertificateNeed():
            return _certificate(held, asked)
        case ProofNeed(), ProofNeed():
            return held.kind == asked.kind and _as_fresh(held.within, asked.within)
        case AnyNeed(members), _:
            return all(covers_need(member, asked) for member in members)
        case _, AnyNeed(members):
            return any(covers_need(held, member) for member in members)
        case _, AllNeed(members):
            return all(covers_need(held, member) for member in members)
        case AllNeed(members), _:
            return any(covers_need(member, asked) for member in members)
        case _:
            return False


def _lookback(held: LookbackNeed, asked: LookbackNeed) -> bool:
    kinds = all(
        kind in held.none_of and (not held.none_of[kind] or (weights and weights <= held.none_of[kind]))
        for kind, weights in asked.none_of.items()
    )
    as_long = _longer(held.window, asked.window)
    same_days = held.anchor is asked.anchor and held.date is asked.date
    return kinds and as_long and same_days and set(asked.about) <= set(held.about)


def _longer(held: Duration, asked: Duration) -> bool:
    side = compare_durations(held, asked)
    return side is not None and side >= 0


def _as_fresh(held: Renewal | None, asked: Renewal | None) -> bool:
    """An own time covers an own time; an issuer's time is covered by one not longer."""
    if asked is None or asked.at_most is None:
        return True
    if held is None or held.at_most is None:
        return False
    side = compare_durations(held.at_most, asked.at_most)
    return side is not None and side <= 0


def _as_wide(held: Who, asked: Who) -> bool:
    """Whether the held population surely holds the asked one: each limit it sets is set as narrowly by the other."""
    return (
        (held.outsourced is None or held.outsourced is asked.outsourced)
        and (held.domestic is None or held.domestic is asked.domestic)
        and (not held.roles or (bool(asked.roles) and set(asked.roles) <= set(held.roles)))
        and (not held.country or (bool(asked.country) and set(asked.country) <= set(held.country)))
    )


def _certificate(held: CertificateNeed, asked: CertificateNeed) -> bool:
    """One of fewer schemes covers one of more; what others recognise is not looked at here."""
    narrow = set(held.schemes) <= set(asked.schemes)
    return held.holder == asked.holder and narrow and held.or_recognised_by in ("", asked.or_recognised_by)
