"""Bounds and leaves in words, for the command line and the generated documents."""

from __future__ import annotations

from collections.abc import Callable

from safeconduct.core.quantities import SetValue, Value, write_value
from safeconduct.core.records.catalogue import Parameter
from safeconduct.core.records.needs import Bound, ControlNeed, Op

_WORDS = {Op.AT_LEAST: "at least", Op.AT_MOST: "at most", Op.ONE_OF: "one of", Op.INCLUDES: "includes"}


def bound_in_words(bound: Bound, *, said: Callable[[Value], str] = write_value) -> str:
    """A bound as people read it; `said` words a value, which by default is told as files write it.

    >>> bound_in_words(Bound(Op.AT_MOST, own=True))
    'own, at most'
    """
    if bound.op is Op.YES:
        return "yes"
    if bound.own:
        return f"own, {_WORDS[bound.op]}"
    value = bound.value
    if isinstance(value, frozenset):
        return f"{_WORDS[bound.op]} {', '.join(said(word) for word in sorted(value))}"
    if value is None or isinstance(value, SetValue):
        return _WORDS[bound.op]
    grade = "" if bound.partly_at is None else f" (partly at {said(bound.partly_at)})"
    return f"{_WORDS[bound.op]} {said(value)}{grade}"


def leaf_in_words(need: ControlNeed) -> str:
    """What a leaf asks of its control, beyond that it stands; empty when nothing."""
    parts = [f"for {', '.join(need.for_)}"] if need.for_ else []
    parts += [f"{name.replace('-', ' ')} {bound_in_words(bound)}" for name, bound in need.bounds]
    if need.shown is not None:
        parts.append(f"shown in {', '.join(kind.value for kind in need.shown)}")
    parts += [need.assurance] if need.assurance else []
    parts += [f"kept by {', '.join(need.by)}"] if need.by else []
    parts += [f"share {bound_in_words(need.share)}"] if need.share is not None else []
    return "; ".join(parts)


def parameter_in_words(parameter: Parameter) -> str:
    """What values a parameter takes."""
    match parameter.kind.value:
        case "order" | "set" as kind:
            return f"{kind} {parameter.terms}"
        case "choice":
            return f"one of {', '.join(parameter.words)}"
        case "flag":
            return "yes or no"
        case kind:
            return f"{kind}, {parameter.better} is better"
