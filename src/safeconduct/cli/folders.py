"""The option that reads programmes of one's own beside the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.catalogue.own import load_with
from safeconduct.core.records.catalogue import Catalogue

FOLDERS = "SAFECONDUCT_CATALOGUES"

OwnFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        envvar=FOLDERS,
        help="Folder with programmes of one's own, read beside the shipped ones; may be given several times.",
        show_default=False,
    ),
]


def catalogue_with(folders: Sequence[Path] | None, path: Path | None = None) -> Catalogue:
    """The catalogue with the folders named. Raises Refusals with every fault."""
    return load_with(folders or [], path)
