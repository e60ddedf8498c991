"""Plain data (what JSON can hold) as a tree of nodes, so that one reader serves files, the journal and the API."""

from __future__ import annotations

from safeconduct.catalogue.marked import ListNode, MapNode, Node, ScalarNode
from safeconduct.core.errors import Refusal

_DEEPEST = 50


def as_node(plain: object, depth: int = 0) -> Node:
    """Plain data as a tree of nodes without lines.

    An entry of a mapping whose value is None is left out: it says nothing. Raises Refusal for data nested deeper than
    any fact is.
    """
    if depth > _DEEPEST:
        raise Refusal(f"The data nest deeper than {_DEEPEST} levels.", why="No fact does.")
    match plain:
        case dict():
            entries = ((str(key), value) for key, value in plain.items() if value is not None)
            return MapNode(tuple((ScalarNode(key, 0), as_node(value, depth + 1)) for key, value in entries), 0)
        case list() | tuple():
            return ListNode(tuple(as_node(member, depth + 1) for member in plain), 0)
        case bool():
            return ScalarNode("yes" if plain else "no", 0)
        case None:
            return ScalarNode("", 0)
        case _:
            return ScalarNode(str(plain), 0, quoted=isinstance(plain, str))
