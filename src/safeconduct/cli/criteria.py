"""`safeconduct criteria` and `compare`: programmes side by side, in general and for one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from safeconduct.catalogue.spoken_criteria import (
    BoundLine,
    certificate_words,
    piece_words,
    statement_lines,
    statement_title,
    where_asked,
)
from safeconduct.catalogue.standard_document import standard_document
from safeconduct.catalogue.titles import Titles
from safeconduct.cli.folders import OwnFolders, catalogue_with
from safeconduct.cli.judging import AsJSON, AsOf
from safeconduct.cli.printing import day_asked, mark, print_json, table_of
from safeconduct.cli.refusing import refusals_told
from safeconduct.core.criteria.asks import Ask, Selection
from safeconduct.core.criteria.choosing import at_kind_of_place, read_compared, read_selections, written
from safeconduct.core.criteria.compare import Comparison, Cover, compare
from safeconduct.core.criteria.statements import Statement, criteria
from safeconduct.core.errors import Refusal, UnknownKey
from safeconduct.core.planning import (
    Cost,
    StatementHere,
    cost_for,
    enrolments_in,
    judged_for,
    likely_entity,
    selection_of,
    statements_here,
)
from safeconduct.core.records.catalogue import Catalogue, Obligation, Requirement
from safeconduct.core.records.units import UnitKind
from safeconduct.core.sentences import deed, sentence, written_day
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground
from safeconduct.facts.criteria_answers import comparison_form, criteria_form
from safeconduct.library import open_facts

# Brackets would be read as markup.
_WRITTEN = escape("as PROGRAMME[/EDITION][:ROLE,…][@VARIANT,…], for example us-ctpat:importer")
Programmes = Annotated[list[str] | None, typer.Argument(help=f"Programmes, each {_WRITTEN}.", show_default=False)]
Held = Annotated[list[str], typer.Argument(help=f"Programmes held, each {_WRITTEN}.", show_default=False)]
Wanted = Annotated[str, typer.Option("--with", help=f"The programme wanted, {_WRITTEN}.", show_default=False)]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Role, for programmes that name none.")]
Variants = Annotated[list[str] | None, typer.Option("--variant", help="Level, for programmes that name none.")]
Kinds = Annotated[
    list[str] | None, typer.Option("--site-kind", help="A place with this trait and no other; may be repeated.")
]
FactsOption = Annotated[Path | None, typer.Option("--facts", help="Facts file: also say where it stands here.")]
Entity = Annotated[str, typer.Option("--entity", help="Legal entity that wants it; the first when left out.")]
WithShould = Annotated[bool, typer.Option("--should", help="With what is only recommended.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print as one's own security standard.")]


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command(name="criteria")(criteria_of)
    app.command(name="compare")(compare_programmes)


def criteria_of(
    programmes: Programmes = None,
    *,
    role: Roles = None,
    variant: Variants = None,
    site_kind: Kinds = None,
    facts: FactsOption = None,
    entity: Entity = "",
    as_of: AsOf = "",
    should: WithShould = False,
    own: OwnFolders = None,
    as_json: AsJSON = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Say what several programmes together ask: one strictest statement per control, and who binds each part."""
    with refusals_told(as_json=as_json):
        catalogue, day = catalogue_with(own), day_asked(as_of)
        ground = Ground(Snapshot(open_facts(facts, catalogue)), catalogue, day) if facts else None
        chosen = _chosen(catalogue, day, ground, programmes or [], role or [], variant or [])
        if site_kind:
            chosen = [at_kind_of_place(catalogue, one, site_kind) for one in chosen]
        stated = criteria(catalogue, chosen, day, obligations=_obligations(should=should))
        here = _here(ground, chosen, stated, entity) if ground else []
        if as_json:
            print_json({"day": day.isoformat(), **criteria_form(catalogue, chosen, stated, here)})
        elif as_markdown:
            typer.echo(standard_document(catalogue, chosen, stated, day, here), nl=False)
        else:
            _print_statements(catalogue, chosen, stated, here)


def _obligations(*, should: bool) -> tuple[Obligation, ...]:
    return (Obligation.MUST, Obligation.SHOULD) if should else (Obligation.MUST,)


def _chosen(
    catalogue: Catalogue,
    day: date,
    ground: Ground | None,
    programmes: Sequence[str],
    roles: Sequence[str],
    variants: Sequence[str],
) -> list[Selection]:
    """The programmes named; without any, those the facts are enrolled in."""
    if programmes or ground is None:
        if not programmes:
            raise Refusal("No programme is named.", do=f"Name some, each {_WRITTEN}, or give a facts file.")
        return read_selections(catalogue, programmes, day, roles=roles, variants=variants)
    editions = [
        one
        for key in dict.fromkeys(e.edition for e in ground.snapshot.facts.enrolments)
        if (one := catalogue.programmes.get(key)) is not None
    ]
    taken = [selection_of(one, each) for one in editions for each in enrolments_in(ground, one)]
    return read_selections(catalogue, [written(one) for one in taken], day)


def _entities(ground: Ground, entity: str) -> list[str]:
    known = [unit.key for unit in ground.snapshot.facts.units if unit.kind is UnitKind.ENTITY]
    if entity and entity not in known:
        raise UnknownKey("legal entity", entity, known)
    return [entity] if entity else known


def _here(ground: Ground, chosen: Sequence[Selection], stated: Sequence[Statement], entity: str) -> list[StatementHere]:
    judged = judged_for(ground, chosen, entities=_entities(ground, entity))
    return statements_here(ground, judged, stated)


def _print_statements(
    catalogue: Catalogue, chosen: Sequence[Selection], stated: Sequence[Statement], here: Sequence[StatementHere]
) -> None:
    titles = Titles(catalogue, chosen[0].programme if len(chosen) == 1 else None)
    standing = {id(one.statement): one for one in here}
    columns = [one.programme.key for one in chosen]
    table = table_of(
        f"One strictest statement per control: {', '.join(written(one) for one in chosen)}",
        "Control", "Asks", "Bound by", *columns, *(["Here"] if here else []),
    )  # fmt: skip
    for one in stated:
        lines = list(statement_lines(titles, one))
        cells = [one.relation(each.programme.id).value for each in chosen]
        placed = standing.get(id(one))
        table.add_row(
            statement_title(titles, one),
            "\n".join(_line(line) for line in lines) or _whole(titles, one),
            "\n".join(_cited(line.binders) for line in lines) or _cited(one.asks),
            *cells,
            *([mark(placed.standing.value) if placed and placed.places else "–"] if here else []),
        )
    console = Console()
    console.print(table)
    rows, controls = {row.key for one in stated for row in one.requirements}, {one.control.key for one in stated}
    conflicts = sum(bool(one.conflicts) for one in stated)
    console.print(f"{len(controls)} controls, told in {len(stated)} statements, meet {len(rows)} requirements.")
    console.print(f"Conflicts: {conflicts}.")


def _whole(titles: Titles, stated: Statement) -> str:
    """What is asked where no bound is: that it stands, one way of several, or under a condition."""
    if stated.one_way:
        return "one of several ways"
    return where_asked(titles.catalogue, stated.asks) or "stands"


def _line(line: BoundLine) -> str:
    told = f"{line.text}, {line.where}" if line.where else line.text
    told = f"{told} (limit)" if line.limit else told
    return f"{told} CONFLICT: {line.conflict}" if line.conflict else told


def _cited(asks: Iterable[Ask]) -> str:
    return ", ".join(dict.fromkeys(ask.requirement.key for ask in asks))


def compare_programmes(
    held: Held,
    *,
    wanted: Wanted,
    role: Roles = None,
    variant: Variants = None,
    site_kind: Kinds = None,
    facts: FactsOption = None,
    entity: Entity = "",
    as_of: AsOf = "",
    should: WithShould = False,
    own: OwnFolders = None,
    as_json: AsJSON = False,
) -> None:
    """Say what a programme asks beyond what others already prove: if you hold A, B costs you these things."""
    with refusals_told(as_json=as_json):
        catalogue, day = catalogue_with(own), day_asked(as_of)
        have, want = read_compared(catalogue, held, wanted, day, roles=role or [], variants=variant or [])
        if site_kind:
            have = [at_kind_of_place(catalogue, one, site_kind) for one in have]
            want = at_kind_of_place(catalogue, want, site_kind)
        found = compare(catalogue, have, want, day, obligations=_obligations(should=should))
        ground = Ground(Snapshot(open_facts(facts, catalogue)), catalogue, day) if facts else None
        cost = _cost(ground, have, want, entity) if ground else None
        if as_json:
            print_json({"day": day.isoformat(), **comparison_form(catalogue, have, want, found, cost)})
            return
        _print_comparison(catalogue, have, want, found)
        if cost is not None:
            print_cost(cost)


def _cost(ground: Ground, held: Sequence[Selection], wanted: Selection, entity: str) -> Cost:
    """What the programme would cost one legal entity: as enrolled, or as if it were."""
    known = _entities(ground, entity)
    if not known:
        raise Refusal("The facts name no legal entity.", do="A programme is held by one: write it under units.")
    return cost_for(ground, wanted, entity or likely_entity(ground, [wanted, *held]) or known[0])


def _print_comparison(catalogue: Catalogue, held: Sequence[Selection], wanted: Selection, found: Comparison) -> None:
    titles = Titles(catalogue, wanted.programme)
    told = ", ".join(written(one) for one in held)
    table = table_of(f"If you hold {told}, {written(wanted)} asks", "Cover", "Requirement", "Title", "Still to be done")
    for row in found.rows:
        said = [f"{certificate_words(titles, one)}." for one in row.certificates]
        missing = "\n".join([*(piece_words(titles, one) for one in row.pieces), *said])
        table.add_row(row.cover.name.lower(), row.requirement.key, row.requirement.title, missing)
    console = Console()
    console.print(table)
    counts = {cover: len(found.of(cover)) for cover in Cover}
    console.print(
        f"{counts[Cover.COVERED]} of {len(found.rows)} requirements are covered, {counts[Cover.PARTLY]} in part, "
        f"{counts[Cover.NEW]} are new: {len(found.pieces)} things to do."
    )
    if found.unknown:
        console.print(f"Of {len(found.unknown)} more nobody knows whether they bind: {_keys(found.unknown)}.")


def _keys(rows: Iterable[Requirement]) -> str:
    return ", ".join(row.key for row in rows)


def print_cost(cost: Cost) -> None:
    """What a programme costs one legal entity: every gap, the worst first."""
    enrolment = cost.judged.enrolment
    table = table_of(
        f"For {enrolment.entity} on {written_day(cost.judged.day)}", "Standing", "Requirement", "At", "Missing", "Do"
    )
    for gap in cost.gaps:
        table.add_row(
            mark(gap.finding.standing.value), gap.row.requirement.key, gap.finding.at, sentence(gap.finding),
            deed(gap.finding),
        )  # fmt: skip
    console = Console()
    console.print(table)
    console.print(f"{cost.met} of {len(cost.musts)} criteria are met already; {len(cost.actions)} single actions.")
