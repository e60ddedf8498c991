"""`safeconduct catalogue export`: the whole catalogue as JSON, as a workbook, as OSCAL."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeconduct.catalogue.export.oscal import write_oscal
from safeconduct.catalogue.export.whole import catalogue_json
from safeconduct.cli.catalogue import NOT_USED, DataFolder
from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.errors import Place, Refusal
from safeconduct.core.records.catalogue import Catalogue

_File = Annotated[Path | None, typer.Option(show_default=False, help="File to write.")]


def add_to(app: typer.Typer) -> None:
    """Hang the command on the commands of the catalogue."""
    app.command(name="export")(export)


def export(
    *,
    json: _File = None,
    xlsx: _File = None,
    oscal: Annotated[Path | None, typer.Option(show_default=False, help="Folder to write the OSCAL files to.")] = None,
    path: DataFolder = None,
    own: OwnFolders = None,
) -> None:
    """Write the whole catalogue for others. The same catalogue gives the same bytes on any day."""
    with refusals_told():
        if json is None and xlsx is None and oscal is None:
            raise Refusal("Nothing is asked for.", do="Name --json FILE, --xlsx FILE or --oscal FOLDER, or several.")
    with refusals_told(consequence=NOT_USED):
        catalogue = catalogue_with(own, path)
    with refusals_told():
        if json is not None:
            _write(json, catalogue_json(catalogue).encode())
        if xlsx is not None:
            _write(xlsx, _workbook(catalogue))
        if oscal is not None:
            _write_oscal(catalogue, oscal)


def _workbook(catalogue: Catalogue) -> bytes:
    """The workbook; what writes it is loaded only here, because loading it takes longer than most commands do."""
    from safeconduct.catalogue.export.xlsx import catalogue_xlsx

    return catalogue_xlsx(catalogue)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise _refusal(file, fault) from fault
    typer.echo(f"Wrote {file}.")


def _write_oscal(catalogue: Catalogue, folder: Path) -> None:
    try:
        written = write_oscal(catalogue, folder)
    except OSError as fault:
        raise _refusal(folder, fault) from fault
    typer.echo(f"Wrote {len(written)} files to {folder}.")


def _refusal(path: Path, fault: OSError) -> Refusal:
    why = f"{fault.strerror or fault}."
    return Refusal("This cannot be written.", why=why, do="Name a place you may write to.", place=Place(str(path)))
