"""The requirements of an enrolment by chapter and place, filtered, sorted, paged, as a matrix or as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeconduct.core.dates import FOREVER
from safeconduct.core.judgement import MET, NOT_APPLICABLE, Standing, deciding_leaf
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation, Requirement, RequirementKind
from safeconduct.core.sentences import sentence
from safeconduct.server.common.exports import csv_link
from safeconduct.server.common.look.lists import Chapter, Choose, Filters, Matrix, MatrixRow, Pager, Words
from safeconduct.server.common.look.values import Link, Mark, Quiet, Several
from safeconduct.server.common.look.words import STANDINGS
from safeconduct.server.posture.links import row_url
from safeconduct.server.posture.pages.requirement_filter import Sought

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.server.common.look.values import Shown
    from safeconduct.server.posture.pages.reader import Reader

PAGE_ROWS = 40
WIDEST = 10  # with more places than these the sites are shown as one column, the weakest of them
_LEFT_OUT = {"role-unknown": "left out: role not known", "row-unconfirmed": "left out: not confirmed"}
_RANKS = {Standing.UNMET: 0, Standing.UNKNOWN: 1, Standing.PARTLY: 2, MET: 3, NOT_APPLICABLE: 4}


@dataclass(frozen=True)
class Asked:
    """One requirement with the rows that fit the filters."""

    requirement: Requirement
    rows: tuple[RowJudgement, ...]

    @property
    def rank(self) -> int:
        """The place of its weakest row, worst first."""
        return min(_RANKS[row.standing] for row in self.rows)


@dataclass(frozen=True)
class RequirementList:
    """The list as the page shows it; `lines` are all of its rows for a file."""

    reader: Reader
    judged: ProgrammeJudgement
    sought: Sought
    page: int
    exports: tuple[Link, ...]
    query: str

    heads = (
        "Requirement", "Ref", "Title", "Chapter", "Place", "Obligation", "Standing", "At best", "Why", "Decides",
        "Left out", "Should row", "Waived", "Owner", "Holds until", "Document", "Locator", "How sure",
    )  # fmt: skip

    @cached_property
    def owners(self) -> dict[tuple[str, str], str]:
        """Who answers for a row: the owner of its answer, else of the enrolment."""
        answers = self.reader.overview.snapshot.answers
        default = self.judged.enrolment.owner
        return {
            (row.requirement.key, row.unit): next(
                (one.owner for one in answers.get((row.requirement.key, row.unit), ()) if one.owner), default
            )
            for row in self.judged.rows
        }

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The requirements that fit, by chapter, worst first inside each (or in the issuer's order)."""
        found: dict[str, list[RowJudgement]] = {}
        for row in self.judged.rows:
            if self.sought.fits(row, self.owners[row.requirement.key, row.unit]):
                found.setdefault(row.requirement.key, []).append(row)
        asked = [Asked(rows[0].requirement, tuple(rows)) for rows in found.values()]
        chapters = list(dict.fromkeys(one.requirement.chapter for one in asked))
        issuer = self.sought.order == "ref"
        return tuple(
            sorted(asked, key=lambda one: (chapters.index(one.requirement.chapter), 0 if issuer else one.rank))
        )

    @cached_property
    def shown(self) -> tuple[Asked, ...]:
        """The requirements of this page of the list."""
        start = (self.page - 1) * PAGE_ROWS
        return self.asked[start : start + PAGE_ROWS]

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that have a column: the legal entity first, then the sites in scope."""
        there = {row.unit for one in self.asked for row in one.rows}
        enrolment = self.judged.enrolment
        return tuple(place for place in (enrolment.entity, *enrolment.sites) if place in there)

    @property
    def wide(self) -> bool:
        """Whether there are too many places for a column each."""
        return len(self.places) > WIDEST

    @cached_property
    def matrix(self) -> Matrix | None:
        """Requirements by place; None where nothing fits."""
        if not self.shown:
            return None
        names = self.reader.names
        places = ("Legal entity", "Weakest site") if self.wide else tuple(names.place(one) for one in self.places)
        chapters: dict[str, list[Asked]] = {}
        for one in self.shown:
            chapters.setdefault(one.requirement.chapter, []).append(one)
        return Matrix(
            name="Requirements by place",
            first="Requirement",
            places=places,
            chapters=[self._chapter(key, members) for key, members in chapters.items()],
            caption="Worst first within a chapter. An empty cell: the requirement does not concern that place.",
        )

    def _chapter(self, key: str, members: Sequence[Asked]) -> Chapter:
        counted = [one for one in members if any(row.counts for row in one.rows)]
        met = sum(one.rank == _RANKS[MET] for one in counted)
        note = f"{met} of {len(counted)} musts met" if counted else ""
        title = self.judged.programme.chapters.get(key, key) or "Without chapter"
        return Chapter(Link(title), [self._row(one) for one in members], note)

    def _row(self, asked: Asked) -> MatrixRow:
        requirement, worst = asked.requirement, min(asked.rows, key=lambda row: _RANKS[row.standing])
        return MatrixRow(
            Link(requirement.title, row_url(worst), requirement.ref),
            self._wide_cells(asked) if self.wide else self._cells(asked),
            Several((worst.obligation, requirement.source.sure, *_notes(worst))),
        )

    def _cells(self, asked: Asked) -> tuple[Mark | None, ...]:
        by_place = {row.unit: Mark(row.standing, row_url(row)) for row in asked.rows}
        return tuple(by_place.get(place) for place in self.places)

    def _wide_cells(self, asked: Asked) -> tuple[Mark | None, ...]:
        entity = self.judged.enrolment.entity
        above = [row for row in asked.rows if row.unit == entity]
        sites = [row for row in asked.rows if row.unit != entity]
        worst = [min(rows, key=lambda row: _RANKS[row.standing], default=None) for rows in (above, sites)]
        return tuple(Mark(row.standing, row_url(row)) if row else None for row in worst)

    @property
    def filters(self) -> Filters:
        """The strip above the list."""
        sought, rows = self.sought, self.judged.rows
        chapters = dict.fromkeys(row.requirement.chapter for row in rows)
        owners = sorted({owner for owner in self.owners.values() if owner})
        titles = self.judged.programme.chapters
        fields: list[Choose | Words] = [
            _choose("chapter", "Chapter", [(key, titles.get(key, key)) for key in chapters], sought.chapter),
            _choose("standing", "Standing", [("open", "Not met"), *_STANDING_OPTIONS], sought.standing),
            _choose("obligation", "Obligation", _OBLIGATION_OPTIONS, sought.obligation, "Asked of these roles"),
            _choose("site", "Place", self._place_options(), sought.site),
        ]
        if owners:
            fields.append(_choose("owner", "Owner", [(one, one) for one in owners], sought.owner))
        fields += [
            _choose("kind", "Kind", _kinds(rows), sought.kind, "All but questions"),
            _choose("sure", "How sure", [(one.value, one.value) for one in Sure], sought.sure),
            _choose("left_out", "Counted", [("yes", "Left out only")], sought.left_out, "All"),
            _choose("order", "Order", [("ref", "As the issuer numbers")], sought.order, "Worst first"),
            Words("q", "Words", sought.q),
        ]
        return Filters(fields, url="#requirements", clear_url=_self_url(self.judged) if sought.narrows else "")

    def _place_options(self) -> list[tuple[str, str]]:
        there = dict.fromkeys(row.unit for row in self.judged.rows)
        return [(place, self.reader.names.place(place)) for place in there]

    @property
    def pager(self) -> Pager:
        """What stands under the list."""
        total, start = len(self.asked), (self.page - 1) * PAGE_ROWS
        last = min(start + PAGE_ROWS, total)
        return Pager(
            first=start + 1 if self.shown else 0,
            last=last if self.shown else 0,
            total=total if self.shown else 0,
            back_url=self._page_url(self.page - 1) if self.page > 1 else "",
            next_url=self._page_url(self.page + 1) if last < total else "",
            exports=self.exports,
            said=self._said(),
            clear_url=_self_url(self.judged),
        )

    def _page_url(self, page: int) -> str:
        return f"?{self.query}&page={page}#requirements".replace("?&", "?")

    def _said(self) -> str:
        """The filter in words, for an empty list."""
        sought = self.sought
        parts = [
            f"at {self.reader.names.place(sought.site)}" if sought.site else "",
            f"in {self.judged.programme.chapters.get(sought.chapter, sought.chapter)}" if sought.chapter else "",
            f"that is {sought.standing.replace('_', ' ')}" if sought.standing else "",
            f"that is a {sought.obligation}" if sought.obligation else "",
            f"owned by {sought.owner}" if sought.owner else "",
            f"that speaks of “{sought.q}”" if sought.q else "",
        ]
        return f"There is no requirement {' '.join(part for part in parts if part)}".rstrip() + "."

    def lines(self) -> Iterator[tuple[Shown, ...]]:
        """Every row that fits, for a file."""
        names, chapters = self.reader.names, self.judged.programme.chapters
        for one in self.asked:
            requirement, source = one.requirement, one.requirement.source
            for row in one.rows:
                finding = row.finding
                yield (
                    requirement.key, requirement.ref, requirement.title,
                    chapters.get(requirement.chapter, requirement.chapter), names.place(row.unit),
                    row.obligation.value if row.obligation else "", STANDINGS[row.standing],
                    STANDINGS[finding.at_best], sentence(deciding_leaf(finding)), "yes" if row.counts else "no",
                    row.left_out, row.disposition, "yes" if row.waiver else "no",
                    self.owners[requirement.key, row.unit],
                    None if finding.good_until == FOREVER else finding.good_until,
                    source.document, source.locator, source.sure.value,
                )  # fmt: skip


_STANDING_OPTIONS = [(standing.value, STANDINGS[standing]) for standing in Standing]
_OBLIGATION_OPTIONS = [*((one.value, one.value) for one in Obligation), ("any", "Asked of anyone")]


def _kinds(rows: Sequence[RowJudgement]) -> list[tuple[str, str]]:
    there = {row.requirement.kind for row in rows}
    return [(kind.value, f"{kind.value}s") for kind in RequirementKind if kind in there]


def _choose(name: str, label: str, options: Sequence[tuple[str, str]], value: str, everything: str = "Any") -> Choose:
    return Choose(name, label, [("", everything), *options], value)


def _notes(row: RowJudgement) -> Iterator[Quiet]:
    """What else is to be said of a row in a word or two."""
    if row.left_out:
        yield Quiet(_LEFT_OUT.get(row.left_out, row.left_out))
    if row.waiver:
        yield Quiet(f"waived by {row.waiver.endorsed_by}")
    if row.disposition:
        yield Quiet(
            {"done": "done", "alternative": "another way", "reason": "reason given"}.get(row.disposition, "open")
        )


def _self_url(judged: ProgrammeJudgement) -> str:
    return "?#requirements" if judged.rows else ""


def requirement_list(request: HttpRequest, reader: Reader, judged: ProgrammeJudgement) -> RequirementList:
    """The list as the address asks for it."""
    query = request.GET.copy()
    asked = query.pop("page", ["1"])[-1]
    page = max(1, int(asked)) if str(asked).isdecimal() and len(str(asked)) < 6 else 1
    return RequirementList(reader, judged, Sought.of(request), page, (csv_link(request),), query.urlencode())
