"""The API of judgements and of the catalogue: the same functions as the pages, the same words as the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Field, Query, Router, Schema

from safeconduct.catalogue.showing import told
from safeconduct.catalogue.showing_tables import told_entry
from safeconduct.catalogue.threat_showing import title_of
from safeconduct.core.criteria.choosing import edition_of
from safeconduct.core.criteria.editions import difference
from safeconduct.core.planning import gaps
from safeconduct.facts import answers
from safeconduct.facts.edition_answers import difference_form
from safeconduct.server.common import clock
from safeconduct.server.common.catalogue_in_use import catalogue_in_use
from safeconduct.server.journal.fact_api import Page, viewer_of_call
from safeconduct.server.posture.editions import edition_of_enrolment, edition_to_follow, first_day_of, following
from safeconduct.server.posture.queries import head_seen, overview_of, programme_seen, row_seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from safeconduct.core.posture import RowJudgement
    from safeconduct.server.posture.overview import Overview

router = Router(tags=["posture"])


class Day(Schema):
    """The day asked about."""

    as_of: date | None = Field(None, description="The day judged; today where none is given.")


class RowFilter(Schema):
    """Which rows are asked for; what is empty narrows nothing."""

    enrolment: str = Field("", description="Key of an enrolment.")
    unit: str = Field("", description="Key of a legal entity or a site.")
    standing: str = Field("", description="MET, PARTLY, UNKNOWN, UNMET or NOT_APPLICABLE.")
    obligation: str = Field("", description="must, should, may or informative.")
    requirement: str = Field("", description="Key of a requirement, for example us-ctpat/6.2.")
    counts: bool | None = Field(None, description="Only rows that decide their programme, or only others.")


class List(Schema):
    """A page of a list of judgements."""

    day: date
    journal: str
    catalogue: str
    count: int
    start: int
    items: list[dict[str, Any]]


@router.get("/assessment", operation_id="get_assessment")
def get_assessment(request: HttpRequest, day: Query[Day], *, criteria: bool = False) -> dict[str, Any]:
    """What every programme comes to on a day; with `criteria`, each requirement with its standings by unit."""
    overview = _overview(request, day)
    return {"journal": _journal(request), **answers.assessment_form(overview.assessment, criteria=criteria)}


@router.get("/programmes/{enrolment}", operation_id="get_programme")
def get_programme(request: HttpRequest, enrolment: str, day: Query[Day]) -> dict[str, Any]:
    """One enrolment judged, with each of its requirements."""
    return answers.programme_form(programme_seen(_overview(request, day), enrolment))


@router.get("/requirements", response=List, operation_id="list_requirements")
def list_requirements(
    request: HttpRequest, day: Query[Day], sought: Query[RowFilter], page: Query[Page]
) -> dict[str, Any]:
    """Judged rows, each without its because-tree, in the order of enrolments and rows."""
    overview = _overview(request, day)
    rows = [row for row in overview.assessment.rows if _fits(sought, row)]
    return _list(request, overview, rows, page, lambda row: answers.row_form(row, because=False))


@router.get("/requirements/{enrolment}/{path:requirement}/at/{unit}", operation_id="get_requirement")
def get_requirement(
    request: HttpRequest, enrolment: str, requirement: str, unit: str, day: Query[Day]
) -> dict[str, Any]:
    """One requirement at one unit with its because-tree: what decides comes first at every level."""
    return answers.row_form(row_seen(_overview(request, day), enrolment, requirement, unit))


@router.get("/gaps", response=List, operation_id="list_gaps")
def list_gaps(request: HttpRequest, day: Query[Day], page: Query[Page], enrolment: str = "") -> dict[str, Any]:
    """The missing pieces that hold back rows that count, row by row, the worst rows first."""
    overview = _overview(request, day)
    rows = [row for row in overview.open_rows if enrolment in ("", row.enrolment)]
    return _list(request, overview, list(gaps(rows)), page, answers.gap_form)


@router.get("/next", response=List, operation_id="list_next")
def list_next(request: HttpRequest, day: Query[Day], page: Query[Page], enrolment: str = "") -> dict[str, Any]:
    """Single actions by how many rows each would close across all programmes; or those that touch one enrolment."""
    overview = _overview(request, day)
    actions = [
        action for action in overview.actions if not enrolment or any(row.enrolment == enrolment for row in action.rows)
    ]
    return _list(request, overview, actions, page, answers.action_form)


@router.get("/programmes/{enrolment}/edition", operation_id="get_edition_to_follow")
def get_edition_to_follow(request: HttpRequest, enrolment: str, day: Query[Day], to: str = "") -> dict[str, Any]:
    """What changes for an enrolment with another edition (`to`; the newest without it), and what following costs."""
    viewer, overview = viewer_of_call(request), _overview(request, day)
    held, before = edition_of_enrolment(viewer, overview, enrolment)
    after = edition_to_follow(overview, before, to)
    follows = following(viewer, overview, held, after, first_day_of(after, overview.day))
    costs = [follows.cost] if follows.cost is not None else []
    return {"journal": _journal(request), **difference_form(overview.catalogue, follows.found, costs)}


@router.get("/catalogue/difference", operation_id="get_catalogue_difference", tags=["catalogue"])
def get_catalogue_difference(
    request: HttpRequest, day: Query[Day], before: str, after: str, role: str = "", variant: str = ""
) -> dict[str, Any]:
    """What changes from one edition to another, row by row; for one role or level where one is named."""
    viewer_of_call(request)
    catalogue, on = catalogue_in_use(), day.as_of or clock.today()
    editions = [edition_of(catalogue, key, on) for key in (before, after)]
    roles, variants = ([word] if word else [] for word in (role, variant))
    found = difference(catalogue, editions[0], editions[1], on, roles=roles, variants=variants)
    return difference_form(catalogue, found)


@router.get("/catalogue/programmes", operation_id="list_catalogue_programmes", tags=["catalogue"])
def list_catalogue_programmes(request: HttpRequest) -> list[dict[str, Any]]:
    """Every edition the catalogue holds, with its sources, its coverage and its known gaps."""
    viewer_of_call(request)
    today = clock.today()
    return [{"id": key, **told(catalogue_in_use(), key, today)} for key in catalogue_in_use().programmes]


@router.get("/catalogue/requirements/{path:key}", operation_id="get_catalogue_requirement", tags=["catalogue"])
def get_catalogue_requirement(request: HttpRequest, key: str) -> dict[str, Any]:
    """One requirement as the catalogue holds it: what it asks, of whom since when, its needs and its source."""
    viewer_of_call(request)
    catalogue = catalogue_in_use()
    catalogue.requirement(key)
    return told(catalogue, key, clock.today())


@router.get("/catalogue/controls/{key}", operation_id="get_catalogue_control", tags=["catalogue"])
def get_catalogue_control(request: HttpRequest, key: str) -> dict[str, Any]:
    """One control: its parameters, how it works, and every row that asks it."""
    viewer_of_call(request)
    return told(catalogue_in_use(), key, clock.today())


@router.get("/catalogue/recognition", operation_id="list_catalogue_recognition", tags=["catalogue"])
def list_catalogue_recognition(request: HttpRequest) -> list[dict[str, Any]]:
    """Which issuer recognises whose status, since when, and what goes on the declaration."""
    viewer_of_call(request)
    return [told_entry(one) for one in catalogue_in_use().recognition]


@router.get("/catalogue/equivalences", operation_id="list_catalogue_equivalences", tags=["catalogue"])
def list_catalogue_equivalences(request: HttpRequest) -> list[dict[str, Any]]:
    """Which certificate satisfies or informs which requirements, within what scope."""
    viewer_of_call(request)
    return [told_entry(one) for one in catalogue_in_use().equivalences]


@router.get("/catalogue/checklists", operation_id="list_catalogue_checklists", tags=["catalogue"])
def list_catalogue_checklists(request: HttpRequest) -> list[dict[str, Any]]:
    """What inspections look at, point by point, and which requirements ask for exactly these points."""
    viewer_of_call(request)
    return [told_entry(one) for one in catalogue_in_use().checklists.values()]


@router.get("/catalogue/identifiers", operation_id="list_catalogue_identifiers", tags=["catalogue"])
def list_catalogue_identifiers(request: HttpRequest) -> list[dict[str, Any]]:
    """Types of registration numbers: issuer, form, and how far a number is checked."""
    viewer_of_call(request)
    return [told_entry(one) for one in catalogue_in_use().identifiers.values()]


@router.get("/catalogue/threats", operation_id="list_catalogue_threats", tags=["catalogue"])
def list_catalogue_threats(request: HttpRequest, what: str = "") -> list[dict[str, str]]:
    """Scenarios, figures, identities, taxonomies, scales and matrices by key; `what` keeps one kind of them."""
    viewer_of_call(request)
    entries = catalogue_in_use().threats.entries()
    return [
        {"key": key, "what": kind, "title": title_of(one)} for key, (kind, one) in entries.items() if what in ("", kind)
    ]


@router.get("/catalogue/entries/{path:key}", operation_id="get_catalogue_entry", tags=["catalogue"])
def get_catalogue_entry(request: HttpRequest, key: str) -> dict[str, Any]:
    """One entry of whatever kind: a control, a requirement, an edition, an equivalence, a checklist and so on."""
    viewer_of_call(request)
    return told(catalogue_in_use(), key, clock.today())


def _overview(request: HttpRequest, day: Day) -> Overview:
    return overview_of(viewer_of_call(request), day.as_of or clock.today())


def _journal(request: HttpRequest) -> str:
    seq, digest = head_seen(viewer_of_call(request))
    return f"{seq}:{digest}"


def _fits(sought: RowFilter, row: RowJudgement) -> bool:
    obligation = row.obligation.value if row.obligation else ""
    return (
        sought.enrolment in ("", row.enrolment)
        and sought.unit in ("", row.unit)
        and sought.standing in ("", row.standing.value)
        and sought.obligation in ("", obligation)
        and sought.requirement in ("", row.requirement.key)
        and sought.counts in (None, row.counts)
    )


def _list(request: HttpRequest, overview: Overview, found: Sequence[Any], page: Page, form: Any) -> dict[str, Any]:
    return {
        "day": overview.day,
        "journal": _journal(request),
        "catalogue": overview.catalogue.digest,
        "count": len(found),
        "start": page.start,
        "items": [form(one) for one in found[page.start : page.start + page.size]],
    }
