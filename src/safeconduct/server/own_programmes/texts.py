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


class _Writer(yaml.SafeDumper):
    """Writes words as words: without quotes where YAML's own types would ask for them, for the loader has none."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out: the loader reads no anchors."""
        return True


_Writer.yaml_implicit_resolvers = {}
_Writer.add_representer(_Quoted, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def yaml_of(plain: Any) -> str:
    """Plain data as YAML that reads back to the same; small mappings and lists stand in one line."""
    return yaml.dump(plain, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=None)


def head_text(plain: Mapping[str, Any]) -> str:
    """programme.yml of plain data; editions are quoted, as the loader asks."""
    quoted = {name: _Quoted(plain[name]) for name in ("edition", "supersedes") if name in plain}
    return yaml_of({**plain, **quoted})
