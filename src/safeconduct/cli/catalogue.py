"""`safeconduct catalogue`: check the catalogue's files, look entries up, write the schemas and the document."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.tree import Tree

from safeconduct.catalogue.document import document
from safeconduct.catalogue.json_schema import write_schemas
from safeconduct.catalogue.loading import Examined, examine, load
from safeconduct.catalogue.need_writer import Plain
from safeconduct.catalogue.own import PREFIX, examine_folder
from safeconduct.catalogue.quality import Quality, qualities, quality_form
from safeconduct.catalogue.showing import told
from safeconduct.catalogue.threat_showing import counts_of
from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.refusing import refusal_form, refusals_told, say_refusals

app = typer.Typer(name="catalogue", help="Programmes, requirements and controls as files.", no_args_is_help=True)

DataFolder = Annotated[
    Path | None, typer.Option("--path", help="Data folder; the shipped one when absent.", show_default=False)
]
_SHORT = 100
NOT_USED = "the catalogue is not used"

AsJSON = Annotated[bool, typer.Option("--json", help="Print for programs.")]


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with programmes of one's own.", show_default=False)
    ] = None,
    *,
    path: DataFolder = None,
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say everything that is refused of the catalogue's files, with lines; exit code 1 when there is anything.

    A folder of one's own is read onto the shipped catalogue, and onto the folders named by --catalogue.
    """
    with refusals_told(as_json=as_json, consequence=NOT_USED):
        examined = examine_folder(folder, catalogue_with(own, path)) if folder else _examined(path, own)
    if as_json:
        typer.echo(json.dumps(_as_data(examined), ensure_ascii=False, indent=1))
    elif examined.refusals:
        say_refusals(examined.refusals, consequence=NOT_USED)
    else:
        _print_fine(examined, own_only=folder is not None)
    if examined.refusals:
        raise typer.Exit(1)


def _examined(path: Path | None, own: list[Path] | None) -> Examined:
    """The catalogue itself, or with the folders read onto it, of which the first fault is told."""
    examined = examine(path)
    if examined.refusals or not own:
        return examined
    return replace(examined, catalogue=catalogue_with(own, path))


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="Key of an entry of any kind: a control, a requirement, a checklist …")],
    *,
    path: DataFolder = None,
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Tell all about one entry: what it is, its source, and what uses it."""
    with refusals_told(as_json=as_json, consequence=NOT_USED):
        found = told(catalogue_with(own, path), key, _today())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    tree = Tree(f"[bold]{found.pop('key')}[/] · {found.pop('what')}")
    _grow(tree, found)
    Console().print(tree)


def _today() -> date:
    return datetime.now(UTC).date()


def _grow(tree: Tree, value: Plain) -> None:
    """Hang plain data on a tree; what fits on one line stands on one line."""
    match value:
        case dict():
            for name, inner in value.items():
                _hang(tree, f"[dim]{_safe(name)}[/]", inner)
        case list():
            for item in value:
                _hang_member(tree, item)
        case str():
            tree.add(_safe(value))


def _hang(tree: Tree, name: str, value: Plain) -> None:
    line = _on_one_line(value)
    if isinstance(value, str) or len(line) <= _SHORT:
        tree.add(f"{name} {_safe(line)}")
    else:
        _grow(tree.add(name), value)


def _hang_member(tree: Tree, item: Plain) -> None:
    """Hang a member of a list: under its first text where it has one, under its only key, else under a dash."""
    if not isinstance(item, dict):
        _hang(tree, "–", item)
        return
    (name, first), *rest = item.items()
    if not rest:
        _hang(tree, f"[dim]{_safe(name)}[/]", first)
    elif isinstance(first, str):
        _hang(tree, f"[bold]{_safe(first)}[/]", dict(rest))
    else:
        _hang(tree, "–", item)


def _on_one_line(value: Plain) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {_on_one_line(inner)}" for name, inner in value.items()) + "}"
        case list() if all(isinstance(item, str) for item in value):
            return "[" + ", ".join(map(str, value)) + "]"
        case list():
            return "[" + ", ".join(_on_one_line(item) for item in value) + "]"
        case str():
            return value


def _safe(text: str) -> str:
    return text.replace("[", r"\[")


def _print_fine(examined: Examined, *, own_only: bool) -> None:
    """Count what stands there; of a folder of one's own only what is its own."""
    for warning in examined.warnings:
        typer.echo(f"Note: {warning}")
    catalogue = examined.catalogue
    typer.echo(
        f"Nothing is refused. {len(catalogue.controls)} controls, {len(catalogue.terms.lists)} lists, "
        f"{len(catalogue.recognition)} recognitions, {len(examined.warnings)} notes."
    )
    if catalogue.threats.scenarios and not own_only:
        typer.echo(counts_of(catalogue.threats))
    for one in qualities(catalogue, _today()):
        if one.programme.startswith(PREFIX) or not own_only:
            typer.echo(_in_words(one))


def _in_words(one: Quality) -> str:
    sure = ", ".join(f"{count} {sure.value}" for sure, count in one.sure.items())
    person = f", {one.by_person} by a named person" if one.by_person else ""
    judged = f"{one.judged} judged, {one.computable} from facts alone{person}"
    return f"{one.programme}: {one.rows} rows ({sure}), {one.mapped} mapped; {judged}; oldest check {one.oldest}."


def _as_data(examined: Examined) -> dict[str, Any]:
    catalogue = examined.catalogue
    return {
        "fine": not examined.refusals,
        "refused": [refusal_form(refusal) for refusal in examined.refusals],
        "notes": [refusal_form(warning) for warning in examined.warnings],
        "digest": catalogue.digest,
        "controls": len(catalogue.controls),
        "threats": Counter(what for what, _ in catalogue.threats.entries().values()),
        "programmes": {one.programme: quality_form(one) for one in qualities(catalogue, _today())},
    }


@app.command()
def schema() -> None:
    """Write the JSON Schemas of the catalogue's files, which editors read."""
    for path in write_schemas():
        typer.echo(f"Wrote {path}.")


@app.command()
def docs(
    *,
    path: DataFolder = None,
    into: Annotated[Path, typer.Option("--into", help="File to write.")] = Path("docs/catalogue.md"),
) -> None:
    """Write the document about the catalogue: programmes, controls by family, where programmes differ."""
    with refusals_told(consequence=NOT_USED):
        text = document(load(path))
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(text, "utf-8")
    typer.echo(f"Wrote {into}.")
