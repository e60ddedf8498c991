"""YAML as a tree in which every node knows its line, so that a refusal can say where.

Every plain scalar is text (a country `NO` stays `NO`); whoever reads the tree gives it a type. Duplicate keys, anchors,
tags, tabs and second documents are refused, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from safeconduct.core.errors import Place, Refusal, Refusals

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as text; `quoted` when it was written in quotes or as a block."""

    text: str
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ListNode:
    """Values in the order written."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys with their values in the order written; no key occurs twice."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> ScalarNode | None:
        """The key itself, for its line, or None."""
        return next((name for name, _ in self.entries if name.text == key), None)

    def __iter__(self) -> Iterator[tuple[ScalarNode, Node]]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


Node = ScalarNode | ListNode | MapNode


class Refusing:
    """Collects all refusals of one input instead of stopping at the first; the same one is kept once.

    `of` gives a collector for another file that fills the same list.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Refusal] = []
        self._seen: set[tuple[Place, str]] = set()

    def of(self, file: str) -> Refusing:
        """A collector for another file of the same input."""
        other = Refusing(file)
        other.problems, other._seen = self.problems, self._seen
        return other

    def refuse(self, at: Node | int, field: str, what: str, *, why: str = "", do: str = "") -> None:
        """Note one refusal at a node or a line."""
        place = Place(self.file, at if isinstance(at, int) else at.line, field)
        if (place, what) not in self._seen:
            self._seen.add((place, what))
            self.problems.append(Refusal(what, why=why, do=do, place=place))

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Note refusals that were raised elsewhere."""
        self.problems.extend(refusals)

    def finish(self) -> None:
        """Raise Refusals when anything was refused."""
        if self.problems:
            raise Refusals(self.problems)


def kind_of(node: Node) -> str:
    """What a node is, in words for a refusal."""
    match node:
        case ScalarNode():
            return f"the text {node.text!r}" if node.text else "nothing"
        case ListNode():
            return "a list"
        case MapNode():
            return "a mapping"


def read_marked_file(path: Path, name: str = "") -> Node:
    """Read a UTF-8 file; `name` is how refusals call it (the path itself when empty)."""
    name = name or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refusals([Refusal(f"The file cannot be read: {error.strerror}.", place=Place(name))]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problem = Refusal("The file is not UTF-8 text.", do="Save it as UTF-8.", place=Place(name, line))
        raise Refusals([problem]) from error
    return read_marked(text, name)


def read_marked(text: str, file: str) -> Node:
    """The one document of a YAML text as marked nodes.

    Raises Refusals with every duplicate key, anchor, alias, tag and tab; with the first fault where the text is no
    YAML at all, and for an empty text.
    """
    refusing = Refusing(file)
    _refuse_tabs(text, refusing)
    refusing.finish()
    builder = _Builder(refusing)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        _refuse_broken(error, refusing)
    except _TooDeepError:
        pass
    refusing.finish()
    if builder.document is None:
        refusing.refuse(1, "", "The file holds nothing.", do="Write at least one entry, or remove the file.")
        refusing.finish()
    assert builder.document is not None
    return builder.document


def joined(path: str, key: str) -> str:
    """The path of a field below another."""
    return f"{path}.{key}" if path else key


def _refuse_tabs(text: str, refusing: Refusing) -> None:
    if "\t" not in text:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            refusing.refuse(
                number,
                "",
                "The line holds a tab.",
                why="YAML counts spaces, and people see a tab as several.",
                do='Write spaces; inside text in double quotes write "\\t".',
            )


def _refuse_broken(error: yaml.YAMLError, refusing: Refusing) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
    refusing.refuse(
        mark.line + 1 if mark else 1,
        "",
        f"This is not YAML: {problem}.",
        why="Nothing after this place can be read.",
        do="Check indentation, brackets and quotes here and on the line before.",
    )


class _TooDeepError(Exception):
    """The text nests deeper than anything we read; going on would only cost memory."""


class _Open:
    """A list or mapping whose end has not been read yet."""

    def __init__(self, *, is_map: bool, line: int, field: str) -> None:
        self.is_map = is_map
        self.line = line
        self.field = field
        self.items: list[Node] = []
        self.entries: list[tuple[ScalarNode, Node]] = []
        self.seen: dict[str, int] = {}
        self.key: Node | None = None

    def path(self) -> str:
        """The path of the value that comes next."""
        if not self.is_map:
            return f"{self.field}[{len(self.items) + 1}]"
        return joined(self.field, self.key.text) if isinstance(self.key, ScalarNode) else self.field

    def close(self) -> Node:
        """The finished node."""
        return MapNode(tuple(self.entries), self.line) if self.is_map else ListNode(tuple(self.items), self.line)


class _Builder:
    """Builds the tree from the parser's events: without recursion, so that no text can exhaust the stack."""

    def __init__(self, refusing: Refusing) -> None:
        self.refusing = refusing
        self.document: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event."""
        assert event.start_mark is not None
        line = event.start_mark.line + 1
        match event:
            case yaml.ScalarEvent():
                self._refuse_marks(event, line)
                self._place(ScalarNode(event.value, line, bool(event.style)))
            case yaml.AliasEvent():
                self._refuse_marks(event, line)
                self._place(ScalarNode("", line))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_marks(event, line)
                self._begin(line, is_map=isinstance(event, yaml.MappingStartEvent))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._place(self.open.pop().close())
            case yaml.DocumentStartEvent():
                self._count_document(line)

    def _begin(self, line: int, *, is_map: bool) -> None:
        path = self._path()
        if len(self.open) >= _DEEPEST:
            self.refusing.refuse(
                line, "", f"The line nests deeper than {_DEEPEST} levels.", why="Nothing we read is nested so deep."
            )
            raise _TooDeepError
        self.open.append(_Open(is_map=is_map, line=line, field=path))

    def _path(self) -> str:
        return self.open[-1].path() if self.open else ""

    def _place(self, node: Node) -> None:
        if not self.open:
            self.document = node
            return
        top = self.open[-1]
        if not top.is_map:
            top.items.append(node)
        elif top.key is None:
            top.key = node
            self._refuse_key(top, node)
        else:
            if isinstance(top.key, ScalarNode):
                top.entries.append((top.key, node))
            top.key = None

    def _refuse_key(self, top: _Open, node: Node) -> None:
        if not isinstance(node, ScalarNode):
            what = "A key is not a word."
            self.refusing.refuse(node, top.field, what, do="Write a plain word before the colon.")
        elif node.text in top.seen:
            self.refusing.refuse(
                node,
                joined(top.field, node.text),
                f"The key {node.text!r} is written twice, first on line {top.seen[node.text]}.",
                why="Only one of them could count.",
                do="Keep one.",
            )
        else:
            top.seen[node.text] = node.line

    def _count_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            what = "A second document begins."
            self.refusing.refuse(line, "", what, why="One file is one document.", do="Remove the line `---`.")

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self.refusing.refuse(
                line,
                self._path(),
                f"The anchor or alias {event.anchor!r} is not read.",
                why="Each entry must say everything itself, or a change in one place silently changes another.",
                do="Write the value out, or put the text in quotes.",
            )
        if getattr(event, "tag", None):
            self.refusing.refuse(
                line,
                self._path(),
                f"The tag {getattr(event, 'tag', '')!r} is not read.",
                why="The field alone decides the type of a value.",
                do="Remove the tag, or put the text in quotes.",
            )
