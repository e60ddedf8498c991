"""Reading a facts file: strict, with the line of every mistake, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from safeconduct.catalogue.fields import refuse_word
from safeconduct.catalogue.marked import (
    ListNode,
    MapNode,
    Node,
    Refusing,
    ScalarNode,
    kind_of,
    read_marked,
    read_marked_file,
)
from safeconduct.catalogue.need_reader import read_need
from safeconduct.catalogue.need_words import Ask, words_of
from safeconduct.core.errors import Refusals
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.needs import Need
from safeconduct.core.records.units import Organisation
from safeconduct.facts.checks import Problem, check
from safeconduct.facts.codec import shape_of, text_at
from safeconduct.facts.keys import derived_key
from safeconduct.facts.shapes import REFUSED, NeedReader, Reading
from safeconduct.facts.writing import FORMAT, NESTED

_NESTING = "in_place"
_KEYED = "units"
_NO_KEY = ""
# What is wrong with a field whatever the others say: told even of a record of which some fields could not be read.
_OF_ONE_FIELD = frozenset({"unknown-key", "wrong-kind", "bad-country", "bad-year-end"})


def read(source: str | Path, catalogue: Catalogue, *, name: str = "facts.yml") -> Facts:
    """The facts of a file (a Path) or of a text, which refusals then call `name`.

    Raises Refusals with every problem, in the order of the lines: first what cannot be read, then what is refused of
    what can.
    """
    file = str(source) if isinstance(source, Path) else name
    root = read_marked_file(source) if isinstance(source, Path) else read_marked(source, name)
    reader = _FileReader(file, catalogue)
    facts = reader.read(root)
    if facts is not None:
        reader.refuse_problems(check(facts, catalogue))
    if reader.refusing.problems or facts is None:
        raise Refusals(sorted(reader.refusing.problems, key=lambda refusal: refusal.place.line))
    return facts


def need_reader(catalogue: Catalogue) -> NeedReader:
    """Reads the need of an alternative in the catalogue's language: every control, role and variant may be named."""
    variants = {variant for programme in catalogue.programmes.values() for variant in programme.variants}
    words = replace(words_of(catalogue), variants=tuple(sorted(variants)))

    def reader(node: Node, path: str, refusing: Refusing) -> Need | None:
        return read_need(node, path, Ask(words, refusing))

    return reader


@dataclass
class _FileReader:
    """The state of reading one file: refusals, records so far, and the node of each for its line."""

    file: str
    catalogue: Catalogue
    refusing: Refusing = field(init=False)
    reading: Reading = field(init=False)
    records: dict[str, dict[str, Any]] = field(init=False)
    nodes: dict[tuple[str, str], Node] = field(init=False, default_factory=dict)
    broken: set[str] = field(init=False, default_factory=set)
    halved: set[tuple[str, str]] = field(init=False, default_factory=set)
    explicit: Mapping[str, set[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.refusing = Refusing(self.file)
        self.reading = Reading(self.refusing, need_reader(self.catalogue), stand_ins=True)
        self.records = {section: {} for section in FACT_KINDS}

    def read(self, root: Node) -> Facts | None:
        """The facts as far as they can be read; None where not even the head can."""
        if not isinstance(root, MapNode):
            what = f"A facts file is a mapping of sections, and this is {kind_of(root)}."
            self.refusing.refuse(root, "", what, do=f"Begin it with `safeconduct: {FORMAT}`.")
            return None
        self._refuse_unknown(root)
        organisation = self._head(root)
        self.explicit = _explicit_keys(root)
        for section in FACT_KINDS:
            content = root.get(section)
            if content is not None and section not in NESTED:
                self._section(section, content)
        if organisation is None:
            return None
        return Facts(organisation, **{section: tuple(found.values()) for section, found in self.records.items()})

    def _refuse_unknown(self, root: MapNode) -> None:
        known = ["safeconduct", "organisation", *(section for section in FACT_KINDS if section not in NESTED)]
        for key, _ in root:
            if key.text in NESTED:
                what = f"{key.text!r} is no section of its own."
                do = f"Write `{NESTED[key.text]}:` inside the control in place it belongs to."
                self.refusing.refuse(key, key.text, what, do=do)
            elif key.text not in known:
                refuse_word(key, key.text, self.refusing, key.text, known, "section")

    def _head(self, root: MapNode) -> Organisation | None:
        version = root.get("safeconduct")
        if version is None:
            what = "The file does not say which form of facts it is."
            self.refusing.refuse(root, "safeconduct", what, do=f"Begin it with `safeconduct: {FORMAT}`.")
        elif not isinstance(version, ScalarNode) or version.text != str(FORMAT):
            what = f"The file is of a form this Safeconduct does not read: {kind_of(version)}."
            do = f"Write `safeconduct: {FORMAT}`, or read it with the Safeconduct that wrote it."
            self.refusing.refuse(version, "safeconduct", what, do=do)
        organisation = root.get("organisation")
        if organisation is None:
            what = "The file does not say whose facts these are."
            do = "Add `organisation: {key: …, title: …}`."
            self.refusing.refuse(root, "organisation", what, do=do)
            return None
        found = shape_of(Organisation).read(organisation, "organisation", self.reading)
        return None if found is REFUSED else found

    def _section(self, section: str, content: Node) -> None:
        keyed = section == _KEYED
        if not isinstance(content, MapNode if keyed else ListNode):
            asked, do = ("A mapping of keys", "{key: {…}}") if keyed else ("A list", "- {key: …}")
            what = f"{asked} is expected here, and this is {kind_of(content)}."
            self.refusing.refuse(content, section, what, do=f"Write each record as `{do}`.")
            return
        if isinstance(content, MapNode):
            for key, node in content:
                self._record(section, node, len(self.records[section]) + 1, {"key": key.text}, key)
        else:
            self._list(section, content.items, {})

    def _list(self, section: str, items: tuple[Node, ...], given: Mapping[str, Any]) -> None:
        for position, node in enumerate(items, start=1):
            self._record(section, node, position, given, node)

    def _record(self, section: str, node: Node, position: int, given: Mapping[str, Any], at: Node) -> None:
        written = given.get("key") or text_at(node, "key")
        path = f"{section}[{written or f'#{position}'}]"
        if not written and not (isinstance(node, MapNode) and node.key("key")):
            given = {**given, "key": _NO_KEY}
        besides = NESTED.values() if section == _NESTING else ()
        shape = shape_of(FACT_KINDS[section].record)
        before = len(self.refusing.problems)
        record = shape.read(node, path, self.reading, given=given, besides=besides)
        key = written or path
        whole = len(self.refusing.problems) == before
        if not whole:
            self.broken.add(key)
        if record is not REFUSED:
            key = self._keep(section, record, node, path, at)
            self.halved |= set() if whole else {(section, key)}
        if section == _NESTING:
            self._nested(node, path, key)

    def _keep(self, section: str, record: Any, node: Node, path: str, at: Node) -> str:
        """Keep a record under its key, which is derived where it has none; give the key."""
        if record.key == _NO_KEY:
            record = replace(record, key=derived_key(record, self.explicit[section] | self.records[section].keys()))
        if not self._twice(section, record.key, path, at):
            self.records[section][record.key] = record
            self.nodes[section, record.key] = node
        key: str = record.key
        return key

    def _twice(self, section: str, key: str, path: str, at: Node) -> bool:
        first = self.nodes.get((section, key))
        if first is None:
            return False
        what = f"The key {key!r} is given twice in {section}, first on line {first.line}."
        why = "Other facts name a record by its key."
        self.refusing.refuse(at, f"{path}.key", what, why=why, do="Give one of the two another key.")
        return True

    def _nested(self, node: Node, path: str, key: str) -> None:
        for section, name in NESTED.items():
            content = node.get(name) if isinstance(node, MapNode) else None
            if isinstance(content, ListNode):
                self._list(section, self._without_actions(section, content.items, path), {"of": key})
            elif content is not None:
                what = f"A list is expected here, and this is {kind_of(content)}."
                self.refusing.refuse(content, f"{path}.{name}", what, do="Write [{…}, {…}].")

    def _without_actions(self, section: str, items: tuple[Node, ...], path: str) -> tuple[Node, ...]:
        """Refuse the shorthand `actions:` on a sample once, with what to record instead."""
        kept: list[Node] = []
        for node in items:
            actions = node.key("actions") if section == "samples" and isinstance(node, MapNode) else None
            if actions is not None and isinstance(node, MapNode):
                what = "Whether nonconformities are in action is judged from the actions themselves."
                do = "Give the sample a key and record a corrective action that `mends` it, with its due day."
                self.refusing.refuse(actions, f"{path}.samples.actions", what, do=do)
                node = MapNode(tuple(entry for entry in node.entries if entry[0].text != "actions"), node.line)
            kept.append(node)
        return tuple(kept)

    def refuse_problems(self, problems: list[Problem]) -> None:
        """Note what the checks found, each at its line; not what may only follow from what could not be read."""
        for problem in problems:
            halved = (problem.section, problem.key) in self.halved
            if problem.names in self.broken or (halved and problem.code not in _OF_ONE_FIELD):
                continue
            self.refusing.problems.append(problem.refusal(self.file, self._line(problem)))

    def _line(self, problem: Problem) -> int:
        node = self.nodes[problem.section, problem.key]
        for step in problem.path:
            inner = _inside(node, step)
            if inner is None:
                break
            node = inner
        return node.line


def _explicit_keys(root: MapNode) -> Mapping[str, set[str]]:
    """The keys written in each section, so that derived keys make room for them."""
    lists = {section: [root.get(section)] for section in FACT_KINDS}
    controls = root.get(_NESTING)
    for section, name in NESTED.items():
        inside = controls.items if isinstance(controls, ListNode) else ()
        lists[section] = [node.get(name) for node in inside if isinstance(node, MapNode)]
    return {
        section: {text_at(node, "key") for content in found if isinstance(content, ListNode) for node in content.items}
        for section, found in lists.items()
    }


def _inside(node: Node, step: str | int) -> Node | None:
    match node:
        case MapNode() if isinstance(step, str):
            return node.get(step)
        case ListNode() if isinstance(step, int) and 1 <= step <= len(node.items):
            return node.items[step - 1]
        case _:
            return None
