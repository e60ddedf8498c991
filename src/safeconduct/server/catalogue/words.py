"""How the catalogue's pages say what its records say: modes, inheritance, obligations, roles, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.quality import obligation_on
from safeconduct.catalogue.spoken import Line, need_words
from safeconduct.catalogue.titles import FAMILY_TITLES, plain
from safeconduct.core.quantities import ParameterKind
from safeconduct.core.records.catalogue import (
    Addressee,
    Applies,
    Inherits,
    Mode,
    RequirementKind,
    Scope,
    Unitary,
)
from safeconduct.server.catalogue.lines import SpokenLine
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link, Quiet, Several
from safeconduct.server.common.look.words import day_text

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.provenance import Source
    from safeconduct.core.records.catalogue import Catalogue, Parameter, Programme, Timeline
    from safeconduct.core.records.needs import Need
    from safeconduct.server.catalogue.queries import CatalogueRow
    from safeconduct.server.common.look.values import Shown

MODES = {
    Mode.STANDING: "stands every day",
    Mode.RECURRING: "done again and again",
    Mode.PER_EVENT: "done for each event",
    Mode.ON_TRIGGER: "done when something happens",
}
INHERITS = {
    Inherits.NEVER: "nothing comes down",
    Inherits.PROCEDURE: "the rules come down, practice is shown at each site",
    Inherits.FULL: "all of it comes down",
}
KINDS = {
    RequirementKind.CONDITION: "condition",
    RequirementKind.QUESTION: "question, answered and not scored",
    RequirementKind.GUIDANCE: "guidance, not judged",
    RequirementKind.EXAMPLE: "example, not judged",
    RequirementKind.METRIC: "figure",
    RequirementKind.BONUS: "bonus",
}
SCOPES = {Scope.ENTITY: "legal entity", Scope.SITE: "site"}
UNITS = {Unitary.ENTITY: "a legal entity", Unitary.SITE: "a site", Unitary.MODULE: "a module of vehicles"}
ADDRESSEES = {Addressee.TRADER: "trader", Addressee.AUTHORITY: "authority", Addressee.PARTNER: "partner"}
ROLE_WORDS = {
    Applies.YES: "yes",
    Applies.NO: "no",
    Applies.UNKNOWN: "unknown: not seen for this role",
}


def family_words(family: str) -> str:
    """A family of controls, with the letter of its SAFE element."""
    title = FAMILY_TITLES.get(family, family)
    return f"{family} {title}" if len(family) == 1 else title


def parameter_words(parameter: Parameter) -> str:
    """What values a parameter takes."""
    match parameter.kind:
        case ParameterKind.ORDER:
            return f"one word, weakest first: {plain(parameter.terms)}"
        case ParameterKind.SET:
            return f"any of: {plain(parameter.terms)}"
        case ParameterKind.CHOICE:
            return f"one of: {', '.join(plain(word) for word in parameter.words)}"
        case ParameterKind.FLAG:
            return "yes or no"
        case kind:
            return f"{kind.value}, {parameter.better} is better"


def lines_of(catalogue: Catalogue, need: Need, programme: Programme | None = None) -> SpokenLine:
    """A need in plain English, its controls linked to their entries."""
    return _linked(need_words(catalogue, need, programme))


def _linked(line: Line) -> SpokenLine:
    url = address("catalogue:control", line.control) if line.control else ""
    return SpokenLine(line.text, url, tuple(_linked(one) for one in line.below))


def row_url(key: str) -> str:
    """The entry of a requirement."""
    return address("catalogue:requirement", key)


def programme_link(programme: Programme) -> Link:
    """An edition by its title, leading to its entry."""
    return Link(f"{programme.title}, {programme.edition}", programme_url(programme))


def programme_url(programme: Programme, **filters: str) -> str:
    """The entry of an edition, its list narrowed by filters."""
    anchor = "requirements" if filters else ""
    return address("catalogue:programme", programme.key, programme.edition, query=filters, anchor=anchor)


def row_link(entry: CatalogueRow) -> Link:
    """A requirement by its reference and title."""
    return Link(entry.row.title, row_url(entry.row.key), ident=entry.row.ref)


def obligation_words(entry: CatalogueRow, day: date) -> Shown:
    """How strongly a row binds on a day; in the second ink where it binds nobody, or only later."""
    found = entry.obligation(day)
    if found is not None:
        return found
    later = entry.row.obligation or any(part.obligation for part in entry.row.parts)
    return Quiet("not yet" if later else "none")


def timeline_words(timeline: Timeline, day: date) -> str:
    """An obligation through time, in one line: must since 1 Mar 2020.

    Several steps are told from the first to the last; those after the day asked about are still to come.
    """
    if not timeline:
        return "binds nobody"
    return "; ".join(
        f"{word.value} {'since' if first <= day else 'from'} {day_text(first)}" for first, word in timeline
    )


def role_shown(applies: Applies | Timeline | None, day: date) -> Shown:
    """Whether a row applies to a role: yes, no, unknown, or an obligation of its own through time."""
    if applies is None:
        return Quiet(ROLE_WORDS[Applies.UNKNOWN])
    if isinstance(applies, Applies):
        return Quiet(ROLE_WORDS[applies]) if applies is Applies.UNKNOWN else ROLE_WORDS[applies]
    now = obligation_on(applies, day)
    return Several(("yes,", timeline_words(applies, day)) if now else (timeline_words(applies, day),), " ")


def source_facts(source: Source) -> list[tuple[str, Shown]]:
    """Where a statement comes from and how sure it is, as labels and values."""
    found: list[tuple[str, Shown]] = [("Document", source.document), ("Place in it", source.locator)]
    if source.link:
        found.append(("Issuer's page", Link(source.link, source.link)))
    return [*found, ("Checked", source.checked), ("How sure", source.sure)]
