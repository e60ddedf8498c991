"""A catalogue read once is kept in compiled form, so that the next process need not read every file anew.

The compiled form belongs to exactly these bytes (the digest of all data files), this version of the package and this
Python; anything else is read from the files. It lies in the user's own cache folder and is only trusted when nobody
else can write there, because a compiled file could carry code.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from safeconduct.core.records.catalogue import Catalogue

FOLDER = "SAFECONDUCT_CACHE"
_FORM = 3


def kept(digest: str) -> Catalogue | None:
    """The compiled catalogue of a digest; None where there is none that can be trusted and read."""
    file = _file_of(digest)
    if file is None or not _private(file.parent) or not _private(file):
        return None
    try:
        found = pickle.loads(file.read_bytes())  # noqa: S301  (own file, which nobody else can write)
    except Exception:  # noqa: BLE001  (a file that was cut off or made by other code is read anew)
        return None
    return found if isinstance(found, Catalogue) and found.digest == digest else None


def keep(catalogue: Catalogue) -> None:
    """Keep a catalogue for later processes; where the folder cannot be written, nothing is kept."""
    file = _file_of(catalogue.digest)
    if file is None:
        return
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(file.parent):
            return
        handle, name = tempfile.mkstemp(dir=file.parent, prefix="writing-")
        with os.fdopen(handle, "wb") as writing:
            pickle.dump(catalogue, writing, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(file)
        _forget_others(file)


def _file_of(digest: str) -> Path | None:
    folder = _folder()
    if folder is None or not digest:
        return None
    python = ".".join(map(str, sys.version_info[:2]))
    return folder / f"catalogue-{_FORM}-{version('safeconduct')}-py{python}-{digest[:32]}.pickle"


def _folder() -> Path | None:
    """The folder named by SAFECONDUCT_CACHE, or the user's own; None where it is set to nothing."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    with suppress(RuntimeError):
        own = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        return Path(own) / "safeconduct"
    return None


def _private(path: Path) -> bool:
    """Whether it is ours and nobody else can write it."""
    try:
        stat = path.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


def _forget_others(kept_file: Path) -> None:
    """Drop the oldest of many compiled files; a checkout where the data changes makes one for each change."""
    files = sorted(kept_file.parent.glob("catalogue-*.pickle"), key=lambda file: file.stat().st_mtime)
    for file in files[:-8]:
        file.unlink(missing_ok=True)
