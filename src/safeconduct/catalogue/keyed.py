"""Entries that several files write under keys of their own: each key has its form, and names one thing only."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from safeconduct.catalogue.fields import entries
from safeconduct.catalogue.marked import Node, Refusing, ScalarNode
from safeconduct.catalogue.terms import good_key

Seen = MutableMapping[str, str]
"""Keys that are taken, each with where: whoever looks a key up must find one thing."""


def keyed(node: Node, refusing: Refusing, seen: Seen, field: str = "") -> Iterator[tuple[ScalarNode, Node, str]]:
    """Key, value and path of each entry; a bad key and one that is taken are refused and left out."""
    for key, value, path in entries(node, field, refusing):
        if not good_key(key, key.text, path, refusing):
            continue
        if key.text in seen:
            what = f"The key {key.text!r} is taken, by {seen[key.text]}."
            refusing.refuse(key, path, what, why="A key names one entry of the catalogue.", do="Choose another key.")
            continue
        seen[key.text] = f"{refusing.file}:{key.line}"
        yield key, value, path
