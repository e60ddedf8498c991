"""Programmes of one's own: further data folders read onto the shipped catalogue, by the same strict loader.

Such a folder holds `programmes/` and, where they are needed, `controls/`, `recognition/` and `retired.yml`; the words
of `terms.yml` are the shipped ones, so that what an organisation records once proves its own programme too. Keys of
programmes and of controls begin with `own-`, which no shipped key does: neither side can ever take the other's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from safeconduct.catalogue import compiled
from safeconduct.catalogue.checks import gather_controls
from safeconduct.catalogue.loading import (
    CONTROLS,
    PROGRAMMES,
    RECOGNITION,
    RETIRED,
    TERMS,
    Examined,
    Files,
    Reader,
    data_files,
    digest_of,
    digest_of_files,
    load,
    shipped,
)
from safeconduct.catalogue.marked import Refusing
from safeconduct.core.errors import Refusal, Refusals
from safeconduct.core.records.catalogue import Catalogue, Control

PREFIX = "own-"
"""How the key of every programme and control begins that is not shipped."""

_DO_KEY = f"Begin its key with {PREFIX}, for example {PREFIX}harbour-standard."


def load_with(folders: Sequence[Path], path: Path | None = None) -> Catalogue:
    """A data folder (the shipped one when none is named) with further folders read onto it, in their order.

    Its digest follows from the bytes of all of them; without folders it is the catalogue itself. Raises Refusals with
    every fault of the first folder that has one.
    """
    if not folders:
        return load(path)
    digest = digest_of((path or shipped()).resolve())
    for folder in folders:
        digest = digest_with(digest, digest_of(folder.resolve()))
    return compiled.kept(digest) or _read(folders, load(path))


def _read(folders: Sequence[Path], catalogue: Catalogue) -> Catalogue:
    for folder in folders:
        examined = examine_folder(folder, catalogue)
        if examined.refusals:
            raise Refusals(examined.refusals)
        catalogue = examined.catalogue
    compiled.keep(catalogue)
    return catalogue


def digest_with(digest: str, *further: str) -> str:
    """The digest of a catalogue with further files of these digests, read in this order; the same without any."""
    for one in further:
        digest = hashlib.sha256(f"{digest}\0{one}".encode()).hexdigest()
    return digest


def examine_folder(folder: Path, catalogue: Catalogue) -> Examined:
    """Read a further folder onto a catalogue and tell everything that is wrong with it.

    The catalogue found is the given one with what could be read; nothing is noted as unused.
    """
    if not folder.is_dir():
        return Examined(catalogue, (Refusal(f"There is no folder {str(folder)!r}.", do="Name one that exists."),), ())
    return examine_files(dict(data_files(folder.resolve())), catalogue, name=str(folder), below=f"{folder}/")


def examine_files(files: Files, catalogue: Catalogue, *, name: str, below: str = "") -> Examined:
    """The same for files that need not lie in a folder. `name` is how refusals call them together."""
    reader = Reader(name, {file: where for file, where in files.items() if _may_stand(file)}, below=below)
    _refuse_others(files, reader)
    reader.read_retired()
    controls = _read_controls(reader, catalogue)
    found = reader.read_onto(replace(catalogue, controls={**catalogue.controls, **controls}))
    _check_keys(reader, catalogue, found)
    own = [key for key in found.programmes if key not in catalogue.programmes]
    if not own and not reader.refusing.problems:
        do = "Lay programme.yml and requirements.yml into programmes/<key>/<edition>/."
        reader.refusing.refuse(0, "", "No programme is written here.", do=do)
    digest = digest_with(catalogue.digest, digest_of_files(files))
    return Examined(replace(found, digest=digest), tuple(reader.refusing.problems), ())


def _may_stand(file: str) -> bool:
    return file == RETIRED or (file != TERMS and file.split("/")[0] in (CONTROLS, PROGRAMMES, RECOGNITION))


def _refuse_others(files: Files, reader: Reader) -> None:
    """Refuse words, and everything else that is the same for all programmes."""
    for name in sorted(files):
        if not _may_stand(name) and name != TERMS:
            why = "A file nobody reads is a rule nobody follows."
            do = f"A folder of one's own holds {PROGRAMMES}/, {CONTROLS}/, {RECOGNITION}/ and {RETIRED}."
            reader.of(name).refuse(1, "", "The file is not read.", why=why, do=do)
    if TERMS in files:
        why = "Words mean the same in every programme, or nothing recorded once would prove two of them."
        do = "Use the shipped words; `safeconduct catalogue show <list>` tells them."
        reader.of(TERMS).refuse(1, "", "A folder of one's own has no words of its own.", why=why, do=do)


def _read_controls(reader: Reader, catalogue: Catalogue) -> dict[str, Control]:
    """Further controls, which pass the same checks as the shipped ones and may name those that replace them."""
    written = reader.written_controls(catalogue.terms)
    for one in written:
        _refuse_key(one.control.key, "control", one.refusing, one.node.line)
        if one.control.key in catalogue.controls and one.control.key.startswith(PREFIX):
            what = f"The control {one.control.key!r} stands in another folder."
            one.refusing.refuse(one.node, one.control.key, what, why="Only one could count.", do="Keep one.")
    return gather_controls(written, reader.retired)


def _refuse_key(key: str, kind: str, refusing: Refusing, line: int) -> None:
    if not key.startswith(PREFIX):
        why = f"Shipped keys never begin with {PREFIX}, so that neither can take the other's place."
        refusing.refuse(line, key, f"The {kind} {key!r} does not begin with {PREFIX!r}.", why=why, do=_DO_KEY)


def _check_keys(reader: Reader, before: Catalogue, found: Catalogue) -> None:
    """Refuse programmes whose keys are not one's own or are taken, and recognition in another issuer's name."""
    keys = set()
    for name, key, edition in _editions_written(reader.files):
        keys.add(key)
        _refuse_key(key, "programme", reader.of(name), 1)
        if f"{key}/{edition}" in before.programmes and key.startswith(PREFIX):
            why = "An edition is written once; what changes is a new edition."
            do = "Give it another edition or another key."
            reader.of(name).refuse(1, "edition", f"The edition {key}/{edition} is there already.", why=why, do=do)
    for one in found.recognition[len(before.recognition) :]:
        if one.by not in keys:
            what = f"{one.key!r} speaks for {one.by!r}, which is not written here."
            why = "Only an issuer says what it recognises."
            reader.of(RECOGNITION).refuse(0, "by", what, why=why, do="Name the programme of this folder.")


def _editions_written(files: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for name in files:
        match name.split("/"):
            case [top, key, edition, "programme.yml"] if top == PROGRAMMES:
                yield name, key, edition
