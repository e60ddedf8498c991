"""Whether recorded values keep within bounds, the issuer's or the organisation's own.

Source: catalogue language, section 7.3. A claim against oneself needs no evidence: unproved values are judged too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from safeconduct.core.criteria.comparing import compare_values
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    Standing,
    leaf,
)
from safeconduct.core.quantities import ParameterKind, RawValue, SetValue, Value, read_value, write_value
from safeconduct.core.records.catalogue import Parameter, TermList
from safeconduct.core.records.in_place import ControlInPlace
from safeconduct.core.records.needs import Bound, Op
from safeconduct.core.standing.ground import Ground
from safeconduct.core.standing.layers import Layers
from safeconduct.core.standing.shown import action_key


@dataclass(frozen=True)
class _Reading:
    """A comparison: the standing, its code, and which elements speak (for sets)."""

    standing: Standing
    code: str
    lacks: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    counted: tuple[int, int] | None = None


def judge_bound(ground: Ground, layers: Layers, parameter: Parameter, bound: Bound) -> Finding:
    """Judge one bound on one parameter at the layers' unit.

    A value nobody recorded is UNKNOWN; short of the issuer's bound UNMET, short of the own target PARTLY; a set
    counts element by element, without what the unit's profile excludes.
    """
    found = layers.value(parameter.key)
    target = layers.target(parameter.key) if bound.own else None
    reading = _read(ground, layers, parameter, bound, found[0] if found else None)
    record = found[1] if found else layers.nearest
    asked = _asked(bound) if not bound.own else (str(target.is_) if target else "own")
    extra: dict[str, str] = {}
    if reading.lacks or reading.silent:
        extra["lacks"] = ", ".join(_titles(ground, parameter, reading.lacks or reading.silent))
    if reading.counted:
        extra |= {"covers": str(reading.counted[0]), "out_of": str(reading.counted[1])}
    return leaf(
        Kind.BOUND,
        f"{layers.control.key}.{parameter.key}",
        layers.unit,
        reading.standing,
        reading.code,
        ground.day,
        good_until=layers.good_until,
        facts=(record.key,) if found else (),
        mend=None if reading.standing is MET else _mend(layers, parameter, record, reading.code),
        parameter=parameter.words_for_people(),
        asked=asked,
        op=bound.op.value,
        own="own" if bound.own else "",
        recorded=str(found[0]) if found else "",
        **extra,
    )


def _mend(layers: Layers, parameter: Parameter, record: ControlInPlace, code: str) -> Mend:
    own_only = parameter.inherits is not None and record.at != layers.unit
    at = layers.unit if own_only else record.at
    deed = "set-target" if code == "own-target-not-set" else "record-value"
    return Mend(
        key=action_key(layers, at),
        deed="record-control" if own_only else deed,
        at=at,
        control=layers.control.key,
        element=layers.kept_for,
        record="" if own_only else record.key,
        detail=parameter.key,
    )


def _read(ground: Ground, layers: Layers, parameter: Parameter, bound: Bound, recorded: RawValue | None) -> _Reading:
    if recorded is None and parameter.kind is not ParameterKind.SET:
        return _Reading(UNKNOWN, "value-not-recorded")
    value = SetValue() if recorded is None else read_value(parameter.kind, recorded)
    terms = ground.catalogue.terms.lists.get(parameter.terms)
    if bound.own:
        return _read_own(ground, layers, parameter, bound, value, terms)
    if isinstance(value, SetValue):
        return _read_set(ground, layers, bound, value, terms, short=(UNMET, "short-of-bound"))
    within = _compare(parameter, bound.op, value, bound.value, terms)
    if within is None:
        return _Reading(UNKNOWN, "value-not-comparable")
    if within:
        return _Reading(MET, "within-bound")
    if bound.partly_at is not None and _compare(parameter, bound.op, value, bound.partly_at, terms):
        return _Reading(PARTLY, "issuer-partial")
    return _Reading(UNMET, "short-of-bound")


def _read_own(
    ground: Ground, layers: Layers, parameter: Parameter, bound: Bound, value: Value, terms: TermList | None
) -> _Reading:
    target = layers.target(parameter.key)
    if target is None:
        return _Reading(UNKNOWN, "own-target-not-set")
    asked = read_value(parameter.kind, target.is_)
    if isinstance(value, SetValue) and isinstance(asked, SetValue):
        own = Bound(Op.INCLUDES, asked.yes)
        reading = _read_set(ground, layers, own, value, terms, short=(PARTLY, "short-of-own-target"))
        return replace(reading, code="within-own-target") if reading.standing is MET else reading
    within = _compare(parameter, bound.op, value, asked, terms)
    if within is None:
        return _Reading(UNKNOWN, "value-not-comparable")
    return _Reading(MET, "within-own-target") if within else _Reading(PARTLY, "short-of-own-target")


def _read_set(
    ground: Ground,
    layers: Layers,
    bound: Bound,
    value: SetValue,
    terms: TermList | None,
    *,
    short: tuple[Standing, str],
) -> _Reading:
    asked = bound.value if isinstance(bound.value, frozenset) else frozenset()
    if bound.op is Op.ONE_OF:
        return _read_one_of(asked, value, terms)
    if terms is not None and terms.profiled:
        asked -= ground.excluded(layers.unit)
        if not asked:
            return _Reading(NOT_APPLICABLE, "not-at-this-unit")
    there = {element for element in asked if any(wide in value.yes for wide in _wider(terms, element))}
    there -= value.no
    lacks = tuple(sorted(asked & value.no))
    silent = tuple(sorted(asked - there - value.no))
    counted = (len(there), len(asked))
    if lacks:
        return _Reading(*short, lacks=lacks, counted=counted)
    if silent:
        return _Reading(UNKNOWN, "value-not-recorded", silent=silent, counted=counted)
    return _Reading(MET, "within-bound", counted=counted)


def _read_one_of(asked: frozenset[str], value: SetValue, terms: TermList | None) -> _Reading:
    """One element that is there is enough; UNMET only when each asked one is recorded as missing."""
    if any(wide in value.yes for element in asked for wide in _wider(terms, element)):
        return _Reading(MET, "within-bound")
    if asked <= value.no:
        return _Reading(UNMET, "short-of-bound", lacks=tuple(sorted(asked)))
    return _Reading(UNKNOWN, "value-not-recorded", silent=tuple(sorted(asked - value.no)))


def _wider(terms: TermList | None, element: str) -> tuple[str, ...]:
    return terms.widening(element) if terms else (element,)


def _compare(
    parameter: Parameter, op: Op, value: Value, asked: Value | frozenset[str] | None, terms: TermList | None
) -> bool | None:
    """Whether the value is on the right side; None where units or lengths do not let anything be said."""
    if op is Op.YES:
        return value is True
    if op is Op.ONE_OF:
        return isinstance(asked, frozenset) and value in asked
    side = compare_values(parameter.kind, value, asked, terms)
    if side is None:
        return None
    return side >= 0 if op is Op.AT_LEAST else side <= 0


def _asked(bound: Bound) -> str:
    """The issuer's bound in words."""
    if isinstance(bound.value, frozenset):
        return ", ".join(sorted(word.replace("-", " ") for word in bound.value))
    if isinstance(bound.value, str):
        return bound.value.replace("-", " ")
    return "" if bound.value is None else write_value(bound.value)


def _titles(ground: Ground, parameter: Parameter, elements: tuple[str, ...]) -> list[str]:
    terms = ground.catalogue.terms.lists.get(parameter.terms)
    naming: Callable[[str], str] = terms.title if terms else (lambda element: element.replace("-", " "))
    return [naming(element) for element in elements]
