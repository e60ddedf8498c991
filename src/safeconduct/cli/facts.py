"""`safeconduct facts`: check a facts file, bring it into its canonical form, print its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.records.catalogue import Catalogue
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.facts.archive import open_archive
from safeconduct.facts.json_schema import schema_text
from safeconduct.facts.reading import read
from safeconduct.facts.writing import write

app = typer.Typer(name="facts", help="Facts files: check, canonical form, JSON Schema.", no_args_is_help=True)

FactsFile = Annotated[Path, typer.Argument(help="Facts file, or a ZIP with its attachments.", show_default=False)]
AsJSON = Annotated[bool, typer.Option("--json", help="Print for programs.")]


@app.command()
def check(file: FactsFile, *, own: OwnFolders = None, as_json: AsJSON = False) -> None:
    """Say everything that is refused of a facts file, with lines; exit code 1 when there is anything."""
    with refusals_told(as_json=as_json):
        facts = _read(file, catalogue_with(own))
    counts = {section: len(facts.section(section)) for section in FACT_KINDS if facts.section(section)}
    if as_json:
        typer.echo(json.dumps({"fine": True, "organisation": facts.organisation.key, "records": counts}))
        return
    said = ", ".join(f"{count} {section.replace('_', ' ')}" for section, count in counts.items())
    typer.echo(f"{file}: nothing is refused. {facts.organisation.key}: {said or 'no records'}.")


@app.command(name="format")
def format_file(
    file: FactsFile,
    *,
    into_file: Annotated[bool, typer.Option("--write", help="Write it into the file instead of printing it.")] = False,
    own: OwnFolders = None,
) -> None:
    """Print the canonical form of a facts file: sorted, every key written, one layout. Comments are not kept."""
    with refusals_told():
        text = write(_read(file, catalogue_with(own)))
    if not into_file:
        typer.echo(text, nl=False)
        return
    if file.suffix == ".zip":
        typer.echo(f"{file}: an archive is written by export only.", err=True)
        raise typer.Exit(1)
    file.write_text(text, "utf-8")


@app.command()
def schema() -> None:
    """Print the JSON Schema of facts files, for editors."""
    typer.echo(schema_text(), nl=False)


def _read(file: Path, catalogue: Catalogue) -> Facts:
    if file.suffix == ".zip":
        with open_archive(file, catalogue) as archive:
            return archive.facts
    return read(file, catalogue)
