"""Loads the catalogue from its files: everything, or a refusal of everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from safeconduct.catalogue import compiled, expectations
from safeconduct.catalogue.about import read_about
from safeconduct.catalogue.checklists import read_checklists
from safeconduct.catalogue.checks import check_pointers, finish_programme, gather_controls
from safeconduct.catalogue.controls import Written, read_controls
from safeconduct.catalogue.disuse import unused
from safeconduct.catalogue.equivalences import read_equivalences
from safeconduct.catalogue.identifiers import read_identifiers
from safeconduct.catalogue.marked import Node, Refusing, read_marked, read_marked_file
from safeconduct.catalogue.need_words import Ask, words_of
from safeconduct.catalogue.programmes import WrittenProgramme, read_programme
from safeconduct.catalogue.recognition import read_recognition
from safeconduct.catalogue.requirements import WrittenRow, read_requirements
from safeconduct.catalogue.retired import RetiredKey, read_retired
from safeconduct.catalogue.terms import read_own_targets, read_terms
from safeconduct.catalogue.threats import SCALES, SCENARIOS, is_threat_file, read_threats
from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.catalogue import Catalogue, Programme, Recognition, Terms
from safeconduct.core.records.equivalence import Equivalence
from safeconduct.core.records.threats import Threats

TERMS, RETIRED = "controls/terms.yml", "retired.yml"
CONTROLS, PROGRAMMES, RECOGNITION = "controls", "programmes", "recognition"
EQUIVALENCES, CHECKLISTS, IDENTIFIERS = "equivalences", "checklists", "identifiers"
TABLES = (RECOGNITION, EQUIVALENCES, CHECKLISTS, IDENTIFIERS)
HEAD, ABOUT, ROWS, ROW_FOLDER = "programme.yml", "about.yml", "requirements.yml", "requirements"

_NO_TERMS = Terms(
    lists={}, traits={}, figures={}, events={}, checks={}, proofs={}, schemes={}, roles={}, own_targets={}
)
Files = Mapping[str, Path | str]
"""Data files by their names inside the folder: each a file on disk, or its text."""
_Signature = tuple[tuple[str, int, int], ...]
_loaded: dict[Path, tuple[_Signature, Catalogue]] = {}


@dataclass(frozen=True, slots=True)
class Examined:
    """A catalogue with everything that is wrong in it (then it must not be used), and what is only odd."""

    catalogue: Catalogue
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]


def shipped() -> Path:
    """The data folder that comes with the package."""
    return Path(str(resources.files("safeconduct.catalogue"))) / "data"


def load(path: Path | None = None) -> Catalogue:
    """The catalogue of a data folder (the shipped one when none is named), read anew only when a file changed.

    A process takes what an earlier one compiled from the same bytes. Raises Refusals with every fault of every file.
    """
    root = (path or shipped()).resolve()
    signature = tuple((name, *_stamp(file)) for name, file in data_files(root))
    cached = _loaded.get(root)
    if cached is not None and cached[0] == signature:
        return cached[1]
    catalogue = compiled.kept(digest_of(root)) or _read(root)
    _loaded[root] = (signature, catalogue)
    return catalogue


def _read(root: Path) -> Catalogue:
    examined = examine(root)
    if examined.refusals:
        raise Refusals(examined.refusals)
    compiled.keep(examined.catalogue)
    return examined.catalogue


def examine(path: Path | None = None) -> Examined:
    """Read a data folder and tell everything about it: the catalogue as far as it could be read, faults, oddities."""
    root = (path or shipped()).resolve()
    reader = Reader(str(root), dict(data_files(root)))
    catalogue = reader.read()
    warnings = () if reader.refusing.problems else unused(catalogue)
    return Examined(catalogue, tuple(reader.refusing.problems), warnings)


def data_files(root: Path) -> tuple[tuple[str, Path], ...]:
    """Every YAML file of a data folder with its name relative to it, in order."""
    files = [file for file in root.rglob("*.y*ml") if file.suffix in (".yml", ".yaml") and file.is_file()]
    return tuple(sorted((file.relative_to(root).as_posix(), file) for file in files))


def _stamp(file: Path) -> tuple[int, int]:
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_size


def digest_of(root: Path) -> str:
    """SHA-256 over name and content of every data file, in order: equal exactly when the catalogue is."""
    return digest_of_files(dict(data_files(root)))


def digest_of_files(files: Files) -> str:
    """The digest of a folder with these files, which need not lie in one."""
    found = hashlib.sha256()
    for name, file in sorted(files.items()):
        content = file.encode() if isinstance(file, str) else file.read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _keys(rows: Iterable[Recognition | Equivalence]) -> list[str]:
    return [row.key for row in rows]


class Reader:
    """Reads data files, from the words to the rows, and goes on after a fault as far as it makes sense.

    `name` is how refusals call all of them together. `below` stands before the names of files in refusals, where
    several folders are read.
    """

    def __init__(self, name: str, files: Files, *, below: str = "") -> None:
        self.below = below
        self.refusing = Refusing(name)
        self.files = dict(files)
        self.retired: dict[str, RetiredKey] = {}
        self.unread = set(self.files)

    def read(self) -> Catalogue:
        """The whole catalogue, without what was refused."""
        if TERMS not in self.files:
            what = f"The folder holds no {TERMS}."
            self.refusing.refuse(0, "", what, why="Every catalogue begins with its words.", do="Name the data folder.")
            return Catalogue(terms=_NO_TERMS, controls={}, programmes={})
        self.read_retired()
        words = self._node(TERMS)
        terms = _NO_TERMS if words is None else read_terms(words, self.of(TERMS))
        controls = gather_controls(self.written_controls(terms), self.retired)
        own = {} if words is None else read_own_targets(words, self.of(TERMS), controls)
        catalogue = Catalogue(terms=replace(terms, own_targets=own), controls=controls, programmes={})
        return replace(self.read_onto(catalogue), digest=digest_of_files(self.files))

    def read_onto(self, catalogue: Catalogue) -> Catalogue:
        """A catalogue with the programmes, recognitions and threats of these files; its digest is as before."""
        catalogue = self._with_programmes(catalogue)
        catalogue = self._with_tables(catalogue)
        catalogue = replace(catalogue, threats=self._read_threats(catalogue))
        self._refuse_unread()
        return catalogue

    def _node(self, name: str) -> Node | None:
        """The content of one file; None after a refusal."""
        self.unread.discard(name)
        file = self.files[name]
        try:
            called = self.below + name
            return read_marked(file, called) if isinstance(file, str) else read_marked_file(file, called)
        except Refusals as refusals:
            self.refusing.add(refusals.refusals)
            return None

    def _nodes(self, names: Iterable[str]) -> Iterator[tuple[Node, Refusing]]:
        """The content of several files, each with its collector; broken ones are refused and left out."""
        for name in names:
            node = self._node(name)
            if node is not None:
                yield node, self.of(name)

    def of(self, name: str) -> Refusing:
        """The collector for one of the files."""
        return self.refusing.of(self.below + name)

    def read_retired(self) -> None:
        """Learn which keys are never used again."""
        node = self._node(RETIRED) if RETIRED in self.files else None
        self.retired = {} if node is None else read_retired(node, self.of(RETIRED))

    def _within(self, folder: str) -> Iterator[str]:
        return (name for name in self.files if name.startswith(f"{folder}/") and name.endswith(".yml"))

    def written_controls(self, terms: Terms) -> list[Written]:
        """The controls of these files as they are written, doubles among them."""
        names = [name for name in self._within(CONTROLS) if name != TERMS and name.count("/") == 1]
        return [one for node, refusing in self._nodes(names) for one in read_controls(node, refusing, terms)]

    def _with_programmes(self, catalogue: Catalogue) -> Catalogue:
        heads: dict[str, WrittenProgramme] = {}
        for name in self._within(PROGRAMMES):
            parts = name.split("/")
            if len(parts) == 4 and parts[3] == HEAD:
                head = self._read_head(name, catalogue.terms, (parts[1], parts[2]))
                heads.update({f"{PROGRAMMES}/{parts[1]}/{parts[2]}": head} if head else {})
        named = {**catalogue.programmes, **{head.programme.id: head.programme for head in heads.values()}}
        rows = {folder: self._read_rows(folder, head, catalogue, named) for folder, head in heads.items()}
        programmes = [finish_programme(head, rows[folder], self.retired) for folder, head in heads.items()]
        expected = {f"{folder}/{expectations.FILE}": one for folder, one in zip(heads, programmes, strict=True)}
        known = {row.key for programme in catalogue.programmes.values() for row in programme.requirements}
        check_pointers([row for read in rows.values() for row in read], self.retired, known)
        self._check_expectations(expected)
        return replace(catalogue, programmes={**catalogue.programmes, **{one.id: one for one in programmes}})

    def _read_head(self, name: str, terms: Terms, folder: tuple[str, str]) -> WrittenProgramme | None:
        node = self._node(name)
        if node is None:
            return None
        head = read_programme(node, self.of(name), terms, folder=folder)
        about = name.removesuffix(HEAD) + ABOUT
        told = self._node(about) if about in self.files else None
        if told is None:
            return head
        return replace(head, programme=replace(head.programme, about=read_about(told, self.of(about))))

    def _check_expectations(self, expected: Mapping[str, Programme]) -> None:
        """Refuse what editions do not fulfil; where rows were refused their numbers say nothing."""
        nodes = {name: self._node(name) for name in expected if name in self.files}
        sound = not self.refusing.problems
        for name, node in nodes.items():
            if sound and node is not None:
                expectations.check_expectations(node, self.of(name), expected[name])

    def _read_rows(
        self, folder: str, head: WrittenProgramme, catalogue: Catalogue, named: dict[str, Programme]
    ) -> tuple[WrittenRow, ...]:
        words = words_of(replace(catalogue, programmes=named), head.programme)
        names = [name for name in self._within(folder) if name == f"{folder}/{ROWS}" or f"/{ROW_FOLDER}/" in name]
        if not names:
            what = f"There is no {ROWS} and no folder {ROW_FOLDER} beside it."
            head.fields.refuse("", what, why="An edition without rows asks nothing.", do="Write its rows.")
        rows: list[WrittenRow] = []
        for node, refusing in self._nodes(names):
            rows.extend(read_requirements(node, head.programme, Ask(words, refusing)))
        return tuple(rows)

    def _with_tables(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with identifier types, then what may name them: recognition, equivalences, checklists."""
        identifiers = self._table(IDENTIFIERS, read_identifiers, catalogue, catalogue.identifiers)
        catalogue = replace(catalogue, identifiers={**catalogue.identifiers, **{one.key: one for one in identifiers}})
        recognition = self._table(RECOGNITION, read_recognition, catalogue, _keys(catalogue.recognition))
        equivalences = self._table(EQUIVALENCES, read_equivalences, catalogue, _keys(catalogue.equivalences))
        checklists = self._table(CHECKLISTS, read_checklists, catalogue, catalogue.checklists)
        return replace(
            catalogue,
            recognition=(*catalogue.recognition, *recognition),
            equivalences=(*catalogue.equivalences, *equivalences),
            checklists={**catalogue.checklists, **{one.key: one for one in checklists}},
        )

    def _table[T](
        self,
        folder: str,
        read: Callable[[Node, Refusing, Catalogue, dict[str, str]], Iterable[T]],
        catalogue: Catalogue,
        before: Iterable[str],
    ) -> list[T]:
        """The rows of every file of a folder; `before` are the keys that are taken."""
        seen = dict.fromkeys(before, "the catalogue")
        nodes = self._nodes(self._within(folder))
        return [row for node, refusing in nodes for row in read(node, refusing, catalogue, seen)]

    def _read_threats(self, catalogue: Catalogue) -> Threats:
        nodes = {name: self._node(name) for name in self.files if is_threat_file(name)}
        written = {name: (node, self.of(name)) for name, node in nodes.items() if node}
        return read_threats(written, catalogue) if nodes else catalogue.threats

    def _refuse_unread(self) -> None:
        for name in sorted(self.unread):
            if name.split("/")[0] in (CONTROLS, PROGRAMMES, *TABLES, SCENARIOS, SCALES):
                why = "A file nobody reads is a rule nobody follows."
                own = f"{HEAD}, {ABOUT}, {expectations.FILE}, {ROWS}, {ROW_FOLDER}/*.yml"
                do = f"Files are controls/*.yml, scenarios/*.yml, scales/*.yml, programmes/<key>/<edition>/ with {own}."
                self.of(name).refuse(1, "", "The file is not read.", why=why, do=do)
