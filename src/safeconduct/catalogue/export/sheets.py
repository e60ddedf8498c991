"""What the workbook of the catalogue holds, sheet by sheet, as plain rows: no spreadsheet is known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from safeconduct.catalogue.export.crosswalk import askers, bounds, crosswalk
from safeconduct.catalogue.export.sheet import LONG, NARROW, USUAL, WIDE, Cell, Sheet, named, timeline_in_words, words
from safeconduct.catalogue.export.tables import checklists, equivalences, recognition, scenarios
from safeconduct.catalogue.quality import quality
from safeconduct.catalogue.spoken import need_words
from safeconduct.catalogue.spoken_conditions import condition_words
from safeconduct.catalogue.titles import FAMILY_TITLES, Titles
from safeconduct.catalogue.wording import parameter_in_words
from safeconduct.core.provenance import Sure
from safeconduct.core.records.about import About, Statement
from safeconduct.core.records.catalogue import Applies, Catalogue, Control, Programme, Requirement
from safeconduct.core.records.needs import Need


def sheets(catalogue: Catalogue) -> tuple[Sheet, ...]:
    """Every sheet, the first telling what the others are."""
    made = (
        _programmes(catalogue),
        _requirements(catalogue),
        _controls(catalogue),
        _parameters(catalogue),
        crosswalk(catalogue),
        bounds(catalogue),
        recognition(catalogue),
        equivalences(catalogue),
        checklists(catalogue),
        scenarios(catalogue),
        _around(catalogue),
        _documents(catalogue),
    )
    return (_about(catalogue, made), *made)


_TOLD = {
    "Programmes": "one row per edition: who issues it, how much of it is here and how sure that is",
    "Requirements": "one row per requirement in our own words, what it asks in plain English, and its source",
    "Controls": "the neutral controls that requirements ask, with the number of programmes that ask each",
    "Parameters": "what can be recorded of a control, and how values are compared",
    "Crosswalk": "controls down, editions across: the issuer's references of the rows that name the control",
    "Bounds": "every bound that a row sets on a parameter; filter by control to see programmes side by side",
    "Recognition": "which issuer recognises whose status: directed, and dated where a day is known",
    "Equivalences": "what a certificate says about a requirement of another programme",
    "Checklists": "the points of published checklists, in their own numbering",
    "Threat scenarios": "what can happen, and the controls that prevent, detect, delay or soften it",
    "Around the rows": "legal basis, life cycle with its clocks, benefits, changes to notify and duties of an edition",
    "Documents": "what each edition was read from, and when somebody last looked",
}


def _about(catalogue: Catalogue, made: Sequence[Sheet]) -> Sheet:
    rows = sum(len(programme.requirements) for programme in catalogue.programmes.values())
    opening: list[tuple[Cell, ...]] = [
        (
            "What this is",
            "The catalogue of Safeconduct: criteria of supply-chain-security programmes, in our own words",
        ),
        ("Editions", len(catalogue.programmes)),
        ("Requirements", rows),
        ("Neutral controls", len(catalogue.controls)),
        ("Newest check of a source", newest_check(catalogue)),
        ("Digest", catalogue.digest),
        ("confirmed", "the issuer's own or legal text was read"),
        ("secondary", "a handbook, a copy or another's account was read"),
        ("unconfirmed", "general knowledge; counts only after a person has confirmed it"),
    ]
    listed = [(f"Sheet {sheet.name}", f"{_TOLD[sheet.name]} ({len(sheet.rows)} rows)") for sheet in made]
    return Sheet("About", (("What", WIDE), ("Says", 110)), (*opening, *listed), filtered=False)


def newest_check(catalogue: Catalogue) -> date | None:
    """The last day on which somebody looked at any source; None for a catalogue without rows."""
    days = [row.source.checked for programme in catalogue.programmes.values() for row in programme.requirements]
    return max(days, default=None)


def _programmes(catalogue: Catalogue) -> Sheet:
    columns = (
        *(("Edition", USUAL), ("Title", WIDE), ("Owner", WIDE), ("Kind", NARROW), ("Authorises", NARROW)),
        *(("Since", NARROW), ("Until", NARROW), ("Supersedes", NARROW), ("Roles", WIDE), ("Levels", USUAL)),
        *(("Rule", USUAL), ("Rows", NARROW), *((sure.value.capitalize(), NARROW) for sure in Sure)),
        *(("Judged", NARROW), ("From facts alone", NARROW), ("Coverage by role", LONG), ("Known gaps", WIDE)),
        *(("Licence", WIDE), ("Links", WIDE), ("Note", LONG)),
    )
    return Sheet("Programmes", columns, tuple(_programme(one) for one in catalogue.programmes.values()))


def _programme(one: Programme) -> tuple[Cell, ...]:
    counts = quality(one, date.max)
    about = one.about or About()
    coverage = [
        f"{role}: {cover.rows} of {'unknown' if cover.of is None else cover.of} binding rows, "
        f"{'complete' if cover.complete else 'not complete'}"
        for role, cover in one.coverage.items()
    ]
    gaps = sorted({gap for cover in one.coverage.values() for gap in cover.gaps})
    return (
        *(one.id, one.title, one.owner, one.kind, one.unit.value, one.since, one.until, one.supersedes),
        *(words(one.roles), words(one.variants), one.rule.value, counts.rows),
        *(counts.sure.get(sure, 0) for sure in Sure),
        *(counts.judged, counts.computable, "\n".join(coverage), words(gaps), about.licence),
        *("\n".join(link.url for link in about.links), one.note),
    )


def _requirements(catalogue: Catalogue) -> Sheet:
    columns = (
        *(("Edition", USUAL), ("Key", USUAL), ("Reference", NARROW), ("Chapter", USUAL), ("Title", WIDE)),
        *(("What it asks, in our words", LONG), ("What shows it", LONG), ("Controls", WIDE), ("Kind", NARROW)),
        *(("Obligation", USUAL), ("Applies to", WIDE), ("Does not apply to", WIDE), ("Addressee", NARROW)),
        *(("Judged at", NARROW), ("About", NARROW), ("SAFE", NARROW), ("Levels", NARROW), ("How sure", NARROW)),
        *(("Document", WIDE), ("Place in it", USUAL), ("Checked", NARROW), ("Link", WIDE)),
        *(("Supersedes", USUAL), ("Illustrates", USUAL), ("Note", LONG)),
    )
    rows = (
        _requirement(Titles(catalogue, programme), programme, row)
        for programme in catalogue.programmes.values()
        for row in programme.requirements
    )
    return Sheet("Requirements", columns, tuple(rows), kept=3)


def _requirement(titles: Titles, programme: Programme, row: Requirement) -> tuple[Cell, ...]:
    source = row.source
    timelines = [row.obligation, *(part.obligation for part in row.parts)]
    return (
        *(programme.id, row.key, row.ref, programme.chapters.get(row.chapter, row.chapter), row.title, row.asks),
        *(asked_in_words(titles, row), words(named(row)), row.kind.value),
        "; ".join(dict.fromkeys(timeline_in_words(one) for one in timelines if one)),
        *(words(_roles(row, applying=True)), words(_roles(row, applying=False))),
        *(row.addressee.value, row.scope.value, row.about, words(row.safe), words(row.variants)),
        *(source.sure.value, source.document, source.locator, source.checked, source.link),
        *(row.supersedes, row.illustrates, row.note),
    )


def asked_in_words(titles: Titles, row: Requirement) -> str:
    """What a row needs in plain English, a line each, indented by what it belongs to; empty where it needs nothing."""
    lines = [f"Where {condition_words(titles, row.when)}:"] if row.when else []
    if row.needs is not None:
        lines += _indented(titles, row.needs)
    for part in row.parts:
        where = f", where {condition_words(titles, part.when)}" if part.when else ""
        lines.append(f"{part.title or part.key} ({timeline_in_words(part.obligation)}){where}:")
        lines += _indented(titles, part.needs, 1)
    return "\n".join(lines)


def _indented(titles: Titles, need: Need, depth: int = 0) -> Iterator[str]:
    for level, text in need_words(titles.catalogue, need, titles.programme).lines(depth):
        yield f"{'   ' * level}{text}"


def _roles(row: Requirement, *, applying: bool) -> Iterator[str]:
    """The roles a row is known to apply to (with an obligation of their own where they have one), or known not to."""
    mappings = [row.roles, *(part.roles for part in row.parts)]
    for role in dict.fromkeys(role for roles in mappings for role in roles):
        found = [roles[role] for roles in mappings if role in roles]
        own = [timeline_in_words(one) for one in found if not isinstance(one, Applies)]
        applies = bool(own) or Applies.YES in found
        if applies and applying:
            yield f"{role} ({'; '.join(dict.fromkeys(own))})" if own else role
        elif not applies and not applying and Applies.NO in found:
            yield role


def _controls(catalogue: Catalogue) -> Sheet:
    columns = (
        *(("Control", USUAL), ("Title", LONG), ("Family", WIDE), ("Works", NARROW), ("Kept by", USUAL)),
        *(("Inherits", NARROW), ("Shown in", USUAL), ("Parameters", WIDE), ("Programmes", NARROW), ("Note", LONG)),
    )
    asked = askers(catalogue)
    rows = (
        (
            *(one.key, one.title, FAMILY_TITLES[one.family], one.mode.value, one.by, one.inherits.value),
            *(words(kind.value for kind in one.shown), "\n".join(one.parameters)),
            *(len({edition.split("/")[0] for edition in asked.get(one.key, ())}), one.note),
        )
        for one in catalogue.controls.values()
    )
    return Sheet("Controls", columns, tuple(rows))


def _parameters(catalogue: Catalogue) -> Sheet:
    columns = (
        *(("Control", USUAL), ("Parameter", USUAL), ("In words", WIDE), ("Takes", WIDE), ("Values", LONG)),
        ("Stricter", USUAL),
    )
    rows = (
        (control.key, one.key, one.words_for_people(), parameter_in_words(one), *_values(catalogue, control, one.key))
        for control in catalogue.controls.values()
        for one in control.parameters.values()
    )
    return Sheet("Parameters", columns, tuple(rows), kept=2)


def _values(catalogue: Catalogue, control: Control, name: str) -> tuple[str, str]:
    """The words a parameter may take, and which way is stricter."""
    parameter = control.parameters[name]
    terms = catalogue.terms.lists.get(parameter.terms)
    known = terms.elements if terms else parameter.words
    stricter = {"order": "later in the list", "set": "more of them", "flag": "yes", "choice": "none"}
    return words(known), stricter.get(parameter.kind.value, parameter.better)


def _around(catalogue: Catalogue) -> Sheet:
    columns = (
        *(("Edition", USUAL), ("Sort", USUAL), ("What", LONG), ("Who acts", NARROW), ("Time", NARROW)),
        *(("Note", WIDE), ("How sure", NARROW), ("Document", WIDE), ("Place in it", USUAL), ("Checked", NARROW)),
    )
    rows = (
        (
            *(programme.id, sort, one.what, one.by, "not known" if one.open else str(one.clock or ""), one.note),
            *(one.source.sure.value, one.source.document, one.source.locator, one.source.checked),
        )
        for programme in catalogue.programmes.values()
        for sort, one in _statements(programme.about or About())
    )
    return Sheet("Around the rows", columns, tuple(rows), kept=2)


def _statements(about: About) -> Iterator[tuple[str, Statement]]:
    sections = {
        "legal basis": about.legal_basis,
        "life cycle": about.life_cycle,
        "benefit": about.benefits,
        "change to notify": about.notifiable,
        "duty of the holder": about.duties,
    }
    return ((sort, one) for sort, found in sections.items() for one in found)


def _documents(catalogue: Catalogue) -> Sheet:
    columns = (*(("Edition", USUAL), ("Document", LONG), ("How sure", USUAL), ("Checked", NARROW), ("Link", WIDE)),)
    rows = (
        (programme.id, one.document, one.sure, one.checked, one.link)
        for programme in catalogue.programmes.values()
        for one in programme.sources
    )
    return Sheet("Documents", columns, tuple(rows))
