"""`safeconduct catalogue diff`: what changes from one edition to another, and what it costs to follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from safeconduct.catalogue.spoken_editions import known_words, moved_lines, moved_words
from safeconduct.cli.criteria import print_cost
from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.printing import day_asked, print_json, table_of
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.criteria.asks import Selection
from safeconduct.core.criteria.choosing import edition_of
from safeconduct.core.criteria.editions import Change, Difference, RowChange, difference
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.planning import Cost, cost_for, cost_of_switch, followers, switched
from safeconduct.core.records.catalogue import Catalogue, Programme
from safeconduct.core.records.units import UnitKind
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.facts.edition_answers import difference_form
from safeconduct.library import open_facts

Edition = Annotated[str, typer.Argument(help="An edition, for example iso-28000/2007.", show_default=False)]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Only what may bind this role; may be repeated.")]
Variants = Annotated[list[str] | None, typer.Option("--variant", help="Only what this level is asked.")]
FactsOption = Annotated[Path | None, typer.Option("--facts", help="Facts file: also say what it costs to follow.")]
Entity = Annotated[str, typer.Option("--entity", help="Legal entity that follows; every enrolled one when left out.")]
AsOf = Annotated[str, typer.Option("--as-of", help="Day from which it is followed; today when left out.")]
AsJSON = Annotated[bool, typer.Option("--json", help="Print for programs.")]
Everything = Annotated[bool, typer.Option("--kept", help="List the rows that are kept as they were, too.")]


def add_to(app: typer.Typer) -> None:
    """Hang the command on those of the catalogue."""
    app.command()(diff)


def diff(
    before: Edition,
    after: Edition,
    *,
    role: Roles = None,
    variant: Variants = None,
    facts: FactsOption = None,
    entity: Entity = "",
    as_of: AsOf = "",
    kept: Everything = False,
    catalogue: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say what changes from one edition to another: rows added, dropped and asked otherwise."""
    with refusals_told(as_json=as_json):
        entries, day = catalogue_with(catalogue), day_asked(as_of)
        old, new = (edition_of(entries, key, day) for key in (before, after))
        _check(role or [], "role", old.roles, new.roles)
        _check(variant or [], "level", old.variants, new.variants)
        found = difference(entries, old, new, day, roles=role or [], variants=variant or [])
        costs = _costs(entries, found, facts, entity) if facts else []
        if as_json:
            print_json(difference_form(entries, found, costs))
            return
        _print_difference(entries, found, kept=kept)
        for cost in costs:
            print_cost(cost)


def _check(asked: Sequence[str], what: str, *known: Sequence[str]) -> None:
    for word in asked:
        if all(word not in words for words in known):
            raise UnknownKey(f"{what} of these editions", word, [one for words in known for one in words])


def _costs(catalogue: Catalogue, found: Difference, facts: Path, entity: str) -> list[Cost]:
    """What following the later edition costs each entity that follows the earlier one; else one as if enrolled."""
    said = open_facts(facts, catalogue)
    known = [unit.key for unit in said.units if unit.kind is UnitKind.ENTITY]
    if not known or (entity and entity not in known):
        raise UnknownKey("legal entity", entity, known) if entity else Refusal("The facts name no legal entity.")
    ground = Ground(Snapshot(said), catalogue, found.day)
    enrolled = [one for one in followers(ground.snapshot.facts, found.before, found.day) if entity in ("", one.entity)]
    if not enrolled or found.before.key != found.after.key:
        return [cost_for(ground, Selection(found.after, found.after.roles), entity or known[0])]
    return [_cost(ground, found.after, one.key, found.day) for one in enrolled]


def _cost(ground: Ground, after: Programme, enrolment: str, day: date) -> Cost:
    facts = ground.snapshot.facts
    return cost_of_switch(ground, switched(facts, ground.snapshot.enrolments[enrolment], after, day).begun, after)


def _print_difference(catalogue: Catalogue, found: Difference, *, kept: bool) -> None:
    table = table_of(f"From {found.before.id} to {found.after.id}", "Change", "Requirement", "Title", "What moved")
    for row in found.rows:
        if kept or row.change is not Change.KEPT:
            moved = "\n".join(moved_words(line) for line in moved_lines(catalogue, found, row))
            table.add_row(row.change.value, _key(row), row.row.title, moved)
    console = Console()
    console.print(table)
    counts = ", ".join(f"{len(found.of(change))} {change.value}" for change in Change)
    console.print(" ".join(part for part in (f"{counts}.", known_words(found)) if part))


def _key(row: RowChange) -> str:
    old = f"{row.before.key} → " if row.before is not None and row.continued else ""
    return f"{old}{row.row.key}"
