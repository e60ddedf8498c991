"""Facts with the files kept with evidence, in and out: a facts file, or an archive that holds the files too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from safeconduct.core.errors import Refusal, Refusals
from safeconduct.facts.archive import Archive, attachments, open_archive, write_archive
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_in_use, catalogue_of
from safeconduct.server.controls.files import CHUNK, keep_content, path_of
from safeconduct.server.journal.importing import Imported

if TYPE_CHECKING:
    from safeconduct.core.records.facts import Facts
    from safeconduct.server.accounts.viewer import Viewer

ARCHIVE = ".zip"

Importing = Callable[["Viewer", "Facts"], Imported]


def import_file(viewer: Viewer, file: Path, importing: Importing) -> Imported:
    """Bring in a facts file or an archive by `import_facts` or `replace_facts`: everything or nothing.

    The contents of an archive are kept first; a content that no fact names yet is seen by nobody. A facts file brings
    no contents, so those it names must be here already.
    """
    viewer.need(Right.IMPORT)
    if file.suffix == ARCHIVE:
        with open_archive(file, catalogue_of(viewer)) as archive:
            _keep_contents(viewer, archive)
            return importing(viewer, archive.facts)
    facts = read(file, catalogue_of(viewer))
    _refuse_missing_contents(viewer, facts)
    return importing(viewer, facts)


def organisation_in(file: Path) -> str:
    """The key of the organisation a facts file or an archive tells of."""
    if file.suffix == ARCHIVE:
        with open_archive(file, catalogue_in_use()) as archive:
            return archive.facts.organisation.key
    return read(file, catalogue_in_use()).organisation.key


def _keep_contents(viewer: Viewer, archive: Archive) -> None:
    for digest, file in archive.attachments.items():
        with archive.open(digest) as content:
            keep_content(viewer.organisation_key, file.name, _chunks(content))


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _refuse_missing_contents(viewer: Viewer, facts: Facts) -> None:
    files = attachments(facts).values()
    missing = [file for file in files if not path_of(viewer.organisation_key, file.sha256).is_file()]
    if missing:
        do = "Bring in the archive that holds the files, or remove them from their evidence."
        raise Refusals(
            Refusal(f"The file {file.name!r} is not here.", do=do, code="file-not-uploaded") for file in missing
        )


def export_archive(viewer: Viewer, facts: Facts, target: IO[bytes]) -> None:
    """Write facts with the files kept with evidence into one archive."""
    viewer.need(Right.EXPORT)
    write_archive(target, facts, lambda digest: path_of(viewer.organisation_key, digest).open("rb"))


def export_text(viewer: Viewer, facts: Facts) -> str:
    """The canonical facts file."""
    viewer.need(Right.EXPORT)
    return write(facts)
