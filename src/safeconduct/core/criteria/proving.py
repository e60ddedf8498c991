"""Whether what somebody surely has is surely enough for a need, without any organisation to look at.

Sound rather than complete: what is proved follows in every organisation; what is not proved may still follow. Choices
that are open on the held side are gone through case by case.

Source: catalogue language, section 7.1 (all, any, some), 7.9 (conditions) and 8 (equivalence).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from safeconduct.core.criteria.holding import HeldLeaf, Holding, cases, need_branches
from safeconduct.core.criteria.joins import implied
from safeconduct.core.criteria.leaves import bounds_of, parameter_of, shown_of
from safeconduct.core.criteria.records_alike import as_wide, atoms, covers_record
from safeconduct.core.criteria.settling import NOTHING, SELF
from safeconduct.core.records.catalogue import Catalogue, Control, Inherits, Scope
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import (
    AllNeed,
    AnyNeed,
    Bound,
    CertificateNeed,
    CheckNeed,
    ChooseNeed,
    Condition,
    ControlNeed,
    EveryNeed,
    LookbackNeed,
    MeasureNeed,
    Need,
    Not,
    Op,
    OutcomeNeed,
    ProofNeed,
    SomeNeed,
    WhenNeed,
)

_DEPTH = 1
VERIFIED = "verified"


@dataclass(frozen=True)
class Short:
    """What a leaf asks beyond what is held: a bound on a parameter, or one of three things besides.

    `shown`: kinds that evidence must show as well; `assurance`: somebody else must look; `place`: where it is asked,
    while so far it stands elsewhere.
    """

    parameter: str
    bound: Bound | None = None


SHOWN, ASSURANCE, PLACE = "shown", "assurance", "place"


@dataclass(frozen=True)
class Asking:
    """What is asked is asked of a day's catalogue, at each site or at the legal entity.

    `strictly`: not applicable is no proof, as inside `any`, where such members are left out.
    """

    catalogue: Catalogue
    day: date
    scope: Scope
    strictly: bool = False
    depth: int = _DEPTH


def proves(asking: Asking, held: Holding, need: Need) -> bool:
    """Whether whoever has what is held surely meets the need."""
    if held.supposed.impossible:
        return True
    match need:
        case AllNeed(members):
            loosely = replace(asking, strictly=False)
            if not all(proves(loosely, held, member) for member in members):
                return False
            return not asking.strictly or any(proves(asking, held, member) for member in members)
        case WhenNeed(condition, then):
            return _proves_when(asking, held, condition, then)
        case ChooseNeed():
            return _proves_choice(asking, held, need)
        case _:
            return _proves_directly(asking, held, need) or _by_cases(asking, held, need)


def _proves_when(asking: Asking, held: Holding, condition: Condition, then: Need) -> bool:
    told = held.tells(condition)
    if told is False:
        return not asking.strictly
    if told:
        return proves(asking, held, then)
    if asking.strictly:
        return _by_cases(asking, held, WhenNeed(condition, then))
    return proves(asking, held.add([], [condition]), then)


def _proves_choice(asking: Asking, held: Holding, need: ChooseNeed) -> bool:
    return all(proves(asking, under, branch) for _, under, branch in branches_under(held, need))


def branches_under(held: Holding, need: ChooseNeed) -> Iterator[tuple[tuple[Condition, ...], Holding, Need]]:
    """The branches that may apply: the conditions still open, what is held under them, and the branch's need."""
    before: list[Condition] = []
    for condition, branch in need_branches(need):
        told = True if condition is None else held.tells(condition)
        if told is False:
            continue
        open_here = (*before, condition) if told is None and condition is not None else tuple(before)
        under = held.add([], open_here) if open_here else held
        if not under.supposed.impossible:
            yield open_here, under, branch if branch is not None else NOTHING
        if told:
            return
        if condition is not None:
            before.append(Not(condition))


def _proves_directly(asking: Asking, held: Holding, need: Need) -> bool:
    if need in held.records or any(one.need == need for one in held.open):
        return True
    match need:
        case ControlNeed():
            return all(shortfall(asking, held, need, element) == () for element in need.for_ or ("",))
        case AnyNeed(members):
            strictly = replace(asking, strictly=True)
            return any(proves(strictly, held, member) for member in members)
        case SomeNeed(n, members):
            strictly = replace(asking, strictly=True)
            return sum(proves(strictly, held, member) for member in members) >= n
        case OutcomeNeed():
            return False
        case EveryNeed():
            return _proves_every(asking, held, need)
        case _:
            return _proves_record(asking, held, need)


def _proves_record(asking: Asking, held: Holding, need: Need) -> bool:
    several = list(atoms(need))
    if len(several) == 1:
        return record_held(asking, held, need)
    return all(record_held(asking, held, atom) or _by_cases(asking, held, atom) for atom in several)


def record_held(asking: Asking, held: Holding, atom: Need) -> bool:
    """Whether a need on records that is held surely covers this one."""
    return any(covers_record(asking.catalogue, asking.day, one, atom) for one in held.records)


def _proves_every(asking: Asking, held: Holding, need: EveryNeed) -> bool:
    """Every member asked about is a member of held populations; what these ask of it is enough together."""
    wide = [
        one
        for one in held.records
        if isinstance(one, EveryNeed)
        and one.of == need.of
        and as_wide(one.who, need.who)
        and (need.in_action_counts or not one.in_action_counts)
    ]
    return bool(wide) and proves(asking, about_member(asking, held, wide), need.each)


def about_member(asking: Asking, held: Holding, populations: Iterable[EveryNeed]) -> Holding:
    """What is held about a member of populations: what each asks of it, and what the organisation has itself."""
    own = tuple(one for one in held.records if isinstance(one, CertificateNeed) and one.holder == SELF)
    inside = Holding(held.supposed, held.leaves, own)
    return inside.add([(one.each, asking.scope) for one in populations])


def _by_cases(asking: Asking, held: Holding, need: Need) -> bool:
    """Whether the need is met in each case of something that is open on the held side."""
    if not asking.depth:
        return False
    deeper = replace(asking, depth=asking.depth - 1)
    named = named_in(need)
    return any(named & named_in(one.need) and _in_each(deeper, cases(held, one), need) for one in held.open)


def _in_each(asking: Asking, held: Iterable[Holding], need: Need) -> bool:
    several = list(held)
    return bool(several) and all(proves(asking, one, need) for one in several)


def named_in(need: Need) -> frozenset[str]:
    """What a need speaks of: its controls, the kinds of events, lists, measures and proofs, else its form."""
    match need:
        case ControlNeed():
            return frozenset([f"control {need.control}"])
        case LookbackNeed():
            return frozenset(f"event {kind}" for kind in need.none_of)
        case CheckNeed():
            return frozenset(f"list {name}" for name in need.lists)
        case MeasureNeed():
            return frozenset([f"measure {need.text}"])
        case ProofNeed():
            return frozenset([f"proof {need.kind}"])
        case AllNeed(members) | AnyNeed(members) | SomeNeed(members=members):
            return frozenset().union(*(named_in(member) for member in members))
        case WhenNeed(_, then):
            return named_in(then)
        case ChooseNeed():
            return frozenset().union(*(named_in(branch) for _, branch in need_branches(need) if branch is not None))
        case OutcomeNeed(supported_by):
            return named_in(supported_by) | {type(need).__name__}
        case _:
            return frozenset([type(need).__name__])


def shortfall(asking: Asking, held: Holding, need: ControlNeed, element: str) -> tuple[Short, ...] | None:
    """What a leaf asks beyond what is held of its control for one element; None where nothing is held of it.

    What is held for a wider element holds for the narrower one too.
    """
    control = asking.catalogue.controls[need.control]
    terms = asking.catalogue.terms.lists.get(control.by)
    wider = terms.widening(element) if terms and element else (element,)
    leaves = [leaf for one in wider for leaf in held.leaves.get((control.key, one), ())]
    if not leaves:
        return None
    short = tuple(_short(asking.catalogue, control, need, leaves))
    near = [leaf for leaf in leaves if leaf.scope is asking.scope or _comes_down(control, need, leaf.scope)]
    if not near or len(tuple(_short(asking.catalogue, control, need, near))) > len(short):
        return (*short, Short(PLACE, Bound(Op.ONE_OF, frozenset([asking.scope.value]))))
    return short


def held_for_less(catalogue: Catalogue, held: Holding, control: str, element: str) -> bool:
    """Whether a control is held for something narrower than what it is asked for: some of the staff, not all."""
    terms = catalogue.terms.lists.get(catalogue.controls[control].by)
    narrower = (at for of, at in held.leaves if of == control and at and at != element)
    return terms is not None and any(element in terms.widening(at) for at in narrower)


def _comes_down(control: Control, need: ControlNeed, held: Scope) -> bool:
    """Whether sites inherit what is asked from their legal entity; nothing goes up from them."""
    if held is not Scope.ENTITY or control.inherits is Inherits.NEVER:
        return False
    in_full = control.inherits is Inherits.FULL or set(shown_of(control, need)) <= {Shown.DESIGN}
    return in_full and all(parameter_of(control, name).inherits is None for name, _ in bounds_of(need))


def _short(catalogue: Catalogue, control: Control, need: ControlNeed, leaves: Iterable[HeldLeaf]) -> Iterator[Short]:
    kept = [leaf.need for leaf in leaves]
    bounds: dict[str, list[Bound]] = {}
    for name, bound in (pair for one in kept for pair in bounds_of(one)):
        bounds.setdefault(name, []).append(bound)
    for name, bound in bounds_of(need):
        parameter = parameter_of(control, name)
        if not implied(bound, bounds.get(name, ()), parameter, catalogue.terms.lists.get(parameter.terms)):
            yield Short(name, bound)
    shown: set[Shown] = {kind for one in kept for kind in shown_of(control, one)}
    if lacking := set(shown_of(control, need)) - shown:
        yield Short(SHOWN, Bound(Op.INCLUDES, frozenset(kind.value for kind in lacking)))
    if need.assurance == VERIFIED and not any(one.assurance == VERIFIED for one in kept):
        yield Short(ASSURANCE)
