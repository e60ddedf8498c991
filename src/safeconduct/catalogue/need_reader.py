"""Reads needs: what a requirement asks, in the grammar of the catalogue language, section 5.1."""

from __future__ import annotations

from collections.abc import Callable

from safeconduct.catalogue.bounds import read_bound, read_share
from safeconduct.catalogue.conditions import read_condition
from safeconduct.catalogue.fields import Fields, items
from safeconduct.catalogue.marked import ListNode, MapNode, Node, ScalarNode, joined, kind_of
from safeconduct.catalogue.measures import read_measure
from safeconduct.catalogue.need_words import Ask
from safeconduct.catalogue.record_needs import (
    read_certificate,
    read_check,
    read_lookback,
    read_mended,
    read_proof,
    read_who,
)
from safeconduct.core.records.catalogue import Control, Mode
from safeconduct.core.records.in_place import Shown
from safeconduct.core.records.needs import (
    AllNeed,
    AnswerNeed,
    AnyNeed,
    Bound,
    ChooseNeed,
    Condition,
    ControlNeed,
    EveryNeed,
    Need,
    OutcomeNeed,
    SomeNeed,
    WhenNeed,
    Who,
)

LEAF_FIELDS = ("for", "shown", "assurance", "by", "share")
ASSURANCES = ("documented", "verified")
KEEPERS = ("self", "contract", "partner")
EVERY_FIELDS = ("of", "who", "each", "in_action")
INTERVAL = "interval"


def read_need(node: Node, field: str, ask: Ask) -> Need | None:
    """A need; None after a refusal."""
    if not isinstance(node, MapNode):
        what = f"A need is a mapping with one key, and this is {kind_of(node)}."
        ask.refuse(node, field, what, do="Write {control: {…}}, {all: […]} or another form.")
        return None
    if node.get("when") is not None or node.get("then") is not None:
        return _read_when(node, field, ask)
    if len(node) != 1:
        keys = ", ".join(key.text for key, _ in node) or "none"
        what = f"A need has exactly one key, and this one has {len(node)}: {keys}."
        why = "Nobody could tell whether all or any of them is asked."
        ask.refuse(node, field, what, why=why, do="Join them with {all: […]} or {any: […]}.")
        return None
    key, value = node.entries[0]
    path = joined(field, key.text)
    if key.text in FORMS:
        return FORMS[key.text](value, path, ask)
    return _read_leaf(key, value, path, ask)


def _read_leaf(key: ScalarNode, node: Node, field: str, ask: Ask) -> Need | None:
    control = ask.control(key, field, key.text)
    if control is None:
        return None
    fields = Fields(node, field, ask.refusing, optional=(*LEAF_FIELDS, *control.parameters))
    bounds = _read_bounds(fields, ask, control)
    if INTERVAL in fields and INTERVAL in control.parameters and control.mode is not Mode.RECURRING:
        why = f"{key.text!r} works {control.mode.value}."
        fields.refuse(
            INTERVAL, "An interval is asked only of a recurring control.", why=why, do="Bound something else."
        )
    shown = fields.known_words("shown", [kind.value for kind in Shown], "kind of showing")
    if fields.is_empty_list("shown"):
        fields.refuse("shown", "`shown` names nothing, so a bare claim would do.", do="Name what evidence must show.")
    return ControlNeed(
        control=key.text,
        for_=_read_for(fields, ask, control),
        bounds=bounds,
        shown=tuple(Shown(kind) for kind in shown) if "shown" in fields else None,
        assurance=fields.word("assurance", ASSURANCES, "assurance"),
        by=fields.known_words("by", KEEPERS, "keeper"),
        share=_read_share(fields, ask, control),
    )


def _read_bounds(fields: Fields, ask: Ask, control: Control) -> tuple[tuple[str, Bound], ...]:
    found: list[tuple[str, Bound]] = []
    for key, value in fields.node if isinstance(fields.node, MapNode) else ():
        if (parameter := control.parameters.get(key.text)) is not None:
            bound = read_bound(value, fields.path(key.text), ask, parameter)
            if bound is not None:
                found.append((key.text, bound))
    return tuple(found)


def _read_for(fields: Fields, ask: Ask, control: Control) -> tuple[str, ...]:
    if not control.by:
        if "for" in fields:
            why = f"{control.key!r} is not kept by the elements of a list."
            fields.refuse("for", "`for` has no meaning here.", why=why, do="Remove it.")
        return ()
    elements = ask.words.terms.lists[control.by].elements if control.by in ask.words.terms.lists else ()
    if "for" not in fields:
        why = f"{control.key!r} is kept per element of {control.by!r}."
        fields.refuse("for", "`for` is missing.", why=why, do="Add `for: [element, …]`.")
        return ()
    found = fields.known_words("for", elements, f"element of {control.by!r}")
    if fields.is_empty_list("for"):
        fields.refuse("for", "`for` names no element.", do=f"Name elements of {control.by!r}.")
    return found


def _read_share(fields: Fields, ask: Ask, control: Control) -> Bound | None:
    if "share" not in fields:
        return None
    if control.mode is not Mode.PER_EVENT:
        why = f"{control.key!r} works {control.mode.value}, not event by event."
        fields.refuse("share", "A share is asked only of a per-event control.", why=why, do="Remove it.")
        return None
    return read_share(fields.at("share"), fields.path("share"), ask)


def _read_members(node: Node, field: str, ask: Ask) -> tuple[tuple[Need, ...], int]:
    """The members that could be read, and how many were written."""
    members = items(node, field, ask.refusing)
    if not members and isinstance(node, ListNode):
        ask.refuse(node, field, "An empty list asks nothing.", do="Name needs, or remove it.")
    read = [read_need(item, path, ask) for path, item in members]
    return tuple(need for need in read if need is not None), len(members)


def _read_all(node: Node, field: str, ask: Ask) -> Need | None:
    members, _ = _read_members(node, field, ask)
    return AllNeed(members) if members else None


def _read_any(node: Node, field: str, ask: Ask) -> Need | None:
    members, _ = _read_members(node, field, ask)
    return AnyNeed(members) if members else None


def _read_some(node: Node, field: str, ask: Ask) -> Need | None:
    fields = Fields(node, field, ask.refusing, required=("n", "of"), optional=("partly",))
    members, count = _read_members(fields.at("of"), fields.path("of"), ask) if "of" in fields else ((), 0)
    n, partly = fields.number("n"), fields.number("partly")
    if n is None or not members:
        return None
    if n < 1 or n > count:
        fields.refuse("n", f"`n` is {n}, and there are {count} members.", do=f"Write a number from 1 to {count}.")
        return None
    if partly is not None and not 0 < partly < n:
        why = "It grants PARTLY to fewer members than `n`."
        fields.refuse(
            "partly", f"`partly` is {partly}, not below `n`, which is {n}.", why=why, do="Lower or remove it."
        )
        return None
    return SomeNeed(n, members, partly or 0)


def _read_when(node: Node, field: str, ask: Ask) -> Need | None:
    branch = _read_branch(node, field, ask)
    return WhenNeed(*branch) if branch else None


def _read_branch(node: Node, field: str, ask: Ask) -> tuple[Condition, Need] | None:
    fields = Fields(node, field, ask.refusing, required=("when", "then"))
    condition = read_condition(fields.at("when"), fields.path("when"), ask) if "when" in fields else None
    then = read_need(fields.at("then"), fields.path("then"), ask) if "then" in fields else None
    return (condition, then) if condition and then else None


def _read_choose(node: Node, field: str, ask: Ask) -> Need | None:
    branches: list[tuple[Condition, Need]] = []
    otherwise: Need | None = None
    members = items(node, field, ask.refusing)
    for at, (path, item) in enumerate(members, start=1):
        last = item.get("otherwise") if isinstance(item, MapNode) and len(item) == 1 else None
        if last is None:
            branch = _read_branch(item, path, ask)
            branches.extend([branch] if branch else [])
            continue
        otherwise = read_need(last, joined(path, "otherwise"), ask)
        if at < len(members):
            why = "The branches after it could never be reached."
            ask.refuse(item, path, "`otherwise` is not the last branch.", why=why, do="Move it to the end.")
    if isinstance(node, ListNode) and not any(isinstance(item, MapNode) and item.get("when") for _, item in members):
        ask.refuse(node, field, "`choose` has no branch with a condition.", do="Add {when: …, then: …}.")
    return ChooseNeed(tuple(branches), otherwise) if branches else None


def _read_every(node: Node, field: str, ask: Ask) -> Need | None:
    fields = Fields(node, field, ask.refusing, required=("of", "each"), optional=("who", "in_action"))
    if ask.in_every:
        fields.refuse(
            "", "`every` stands inside another `every`.", why="A partner has no partners here.", do="Split it."
        )
    fields.word("of", ("partners",), "population")
    who = read_who(fields.at("who"), fields.path("who"), ask) if "who" in fields else Who()
    each = read_need(fields.at("each"), fields.path("each"), ask.of_member()) if "each" in fields else None
    counts = fields.word("in_action", ("counts", "partly"), "effect of a running action") == "counts"
    return EveryNeed("partners", who, each, in_action_counts=counts) if each else None


def _read_outcome(node: Node, field: str, ask: Ask) -> Need | None:
    fields = Fields(node, field, ask.refusing, required=("supported_by",))
    if "supported_by" not in fields:
        return None
    need = read_need(fields.at("supported_by"), fields.path("supported_by"), ask)
    return OutcomeNeed(need) if need else None


def _read_answer(node: Node, field: str, ask: Ask) -> Need | None:
    fields = Fields(node, field, ask.refusing, optional=("draws_on",))
    found = fields.words("draws_on")
    return AnswerNeed(tuple(word for word, at in found if ask.control(at, fields.path("draws_on"), word)))


FORMS: dict[str, Callable[[Node, str, Ask], Need | None]] = {
    "all": _read_all,
    "any": _read_any,
    "some": _read_some,
    "choose": _read_choose,
    "measure": read_measure,
    "lookback": read_lookback,
    "check": read_check,
    "certificate": read_certificate,
    "proof": read_proof,
    "every": _read_every,
    "mended": read_mended,
    "outcome": _read_outcome,
    "answer": _read_answer,
}
