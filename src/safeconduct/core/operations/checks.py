"""List look-ups: is this name on that list today?

Source: catalogue language, sections 5.1 (check) and 7.6.
"""

from __future__ import annotations

from datetime import date

from safeconduct.core.dates import add, day_after, good_until
from safeconduct.core.judgement import MET, PARTLY, UNKNOWN, UNMET, Finding, Kind, Mend, Standing, all_of, leaf
from safeconduct.core.records.history import ListCheck
from safeconduct.core.records.needs import CheckNeed
from safeconduct.core.standing import Ground
from safeconduct.core.standing.own import Allowed, allowed


def judge_check(ground: Ground, need: CheckNeed, unit: str, partner: str = "") -> Finding:
    """Judge the newest look-up of each list about each person; the minimum counts.

    Clear and fresh is MET, clear but old PARTLY, never looked up UNKNOWN, listed UNMET. `partner` is the member when
    the check stands inside `every`.
    """
    entity = ground.snapshot.entity_of(unit)
    limit = allowed(ground, "check", "", unit, need.renew)
    members = [
        _judge(ground, (name, entity, about, partner if about == "partner" else ""), limit)
        for name in need.lists
        for about in need.about
    ]
    if len(members) == 1:
        return members[0]
    return all_of(members, kind=Kind.CHECK, subject="check", at=partner or entity, day=ground.day)


def _judge(ground: Ground, looked_up: tuple[str, str, str, str], limit: Allowed) -> Finding:
    name, entity, about, partner = looked_up
    checks = ground.snapshot.checks.get(looked_up, ())
    newest = next((one for one in reversed(checks) if one.on <= ground.day), None)
    changes = [*(one.on for one in checks), *limit.changes]
    standing, code = _read(ground.day, newest, limit, changes)
    record = Mend(
        f"check:{name}/{about}@{partner or entity}", "record-check", partner or entity, detail=f"{name}/{about}"
    )
    return leaf(
        Kind.CHECK,
        name,
        partner or entity,
        standing,
        code,
        ground.day,
        good_until=good_until(ground.day, changes),
        facts=(newest.key,) if newest else (),
        mend=limit.mend if code == "own-target-not-set" else record,
        list=ground.catalogue.terms.titles.get(name, name.replace("-", " ")),
        about=about.replace("-", " "),
        last=newest.on.isoformat() if newest else "",
    )


def _read(day: date, newest: ListCheck | None, limit: Allowed, changes: list[date]) -> tuple[Standing, str]:
    if newest is None:
        return UNKNOWN, "not-checked"
    if newest.listed:
        return UNMET, "listed"
    if limit.duration is None:
        return UNKNOWN, "own-target-not-set"
    due = add(newest.on, limit.duration)
    changes.append(day_after(due))
    return (MET, "clear") if day <= due else (PARTLY, "check-overdue")
