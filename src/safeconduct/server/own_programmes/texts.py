"""The texts an edition consists of, as the files the strict loader reads; and YAML as the simple editor writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from safeconduct.catalogue.loading import ABOUT, HEAD, PROGRAMMES, ROWS, digest_of_files
from safeconduct.catalogue.marked import ListNode, MapNode, Node, ScalarNode, read_marked

_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Texts:
    """What is written of one edition: programme.yml, requirements.yml, about.yml (empty where nothing is told)."""

    head: str
    rows: str
    about: str = ""

    def named(self) -> dict[str, str]:
        """The texts that say something, by the names of their files."""
        texts = {HEAD: self.head, ROWS: self.rows, ABOUT: self.about}
        return {name: text for name, text in texts.items() if text.strip()}

    def files(self, programme: str, edition: str) -> dict[str, str]:
        """The same, by their names inside a data folder."""
        return {f"{PROGRAMMES}/{programme}/{edition}/{name}": text for name, text in self.named().items()}

    def digest(self, programme: str, edition: str) -> str:
        """The digest of a folder that holds just these files."""
        return digest_of_files(self.files(programme, edition))


def plain_of(node: Node) -> Any:
    """Marked YAML as plain data: mappings, lists, and text for every scalar."""
    match node:
        case ScalarNode():
            return node.text
        case ListNode():
            return [plain_of(one) for one in node.items]
        case MapNode():
            return {key.text: plain_of(value) for key, value in node}


def mapping_of(text: str) -> dict[str, Any]:
    """A text as a mapping; empty where it is empty. Raises Refusals where it is no YAML."""
    found = plain_of(read_marked(text, HEAD)) if text.strip() else {}
    return found if isinstance(found, dict) else {}


class _Quoted(str):
    """Text that stands in quotes."""

    __slots__ = ()


class _OneLine:
    """A value that stands in one line, or is broken where the line ends."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain


class _Writer(yaml.SafeDumper):
    """Writes words as words: without quotes where YAML's own types would ask for them, for the loader has none."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out: the loader reads no anchors."""
        return True

    def one_line(self, value: _OneLine) -> yaml.Node:
        """The value in brackets."""
        node = self.represent_data(value.plain)
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = True
        return node


_Writer.yaml_implicit_resolvers = {}
_Writer.add_representer(_Quoted, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
_Writer.add_representer(_OneLine, _Writer.one_line)


def yaml_of(plain: Any) -> str:
    """Plain data as YAML that reads back to the same, laid out as the shipped files are.

    Each field of a row has a line, each entry of a list in a field another one.
    """
    laid = [_fields(one) for one in plain] if isinstance(plain, list) else _fields(plain)
    return yaml.dump(laid, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)


def _fields(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _field(value) for name, value in plain.items()}


def _field(value: Any) -> Any:
    """A value in one line; lists of mappings, also those of a need that is too long for one, have a line for each."""
    match value:
        case list() if any(isinstance(one, dict) for one in value):
            return [_OneLine(one) for one in value]
        case dict() if len(value) == 1 and len(str(value)) > _WIDTH:
            ((name, inner),) = value.items()
            return {name: [_field(one) for one in inner] if isinstance(inner, list) else _field(inner)}
        case dict() | list():
            return _OneLine(value)
        case _:
            return value


def head_text(plain: Mapping[str, Any]) -> str:
    """programme.yml of plain data; editions are quoted, as the loader asks."""
    quoted = {name: _Quoted(plain[name]) for name in ("edition", "supersedes") if name in plain}
    return yaml_of({**plain, **quoted})
