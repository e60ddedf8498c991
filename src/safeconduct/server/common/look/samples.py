"""Invented facts for the style guide: a group, its programmes, a tree. Nothing here is true of anyone."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.html import format_html

from safeconduct.core.errors import Place, Refusal
from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNKNOWN,
    UNMET,
    Finding,
    Kind,
    Mend,
    Standing,
    all_of,
    any_of,
    leaf,
)
from safeconduct.core.provenance import Sure
from safeconduct.core.records.catalogue import Obligation
from safeconduct.server.common.look.because import MendBox, Reading, mend_box
from safeconduct.server.common.look.crosswalk import BoundLine, CrossChapter, CrossRow, Crosswalk
from safeconduct.server.common.look.frame import RailLink
from safeconduct.server.common.look.lists import (
    Chapter,
    Choose,
    Column,
    Filters,
    Matrix,
    MatrixRow,
    Pager,
    Row,
    Sorted,
    Table,
    Tick,
    Words,
)
from safeconduct.server.common.look.marks import show
from safeconduct.server.common.look.pictures import Fan, FanLine
from safeconduct.server.common.look.values import (
    Asking,
    Box,
    Button,
    Due,
    Entry,
    Ident,
    Link,
    Mark,
    Moved,
    Nothing,
    Number,
    Posture,
    Quiet,
    Seal,
    Several,
    Stamp,
    Verdict,
    Way,
    Worst,
)

DAY = date(2026, 11, 24)
HERE = "#because"
WAREHOUSE = "ningbo-beilun"
TITLES = {
    "us-ctpat/6.2": "CTPAT 6.2 High-security seal at once after stuffing",
    "seal-fitting": "Seal at stuffing",
    "seal-purchase": "Seals bought to ISO 17712 H",
    "seal-affixers": "Authorised seal affixers named",
    "class": "Class: high-security",
    "moment": "Moment: at once",
    "seal-log-2026-q3": "Seal log, July to September: 40 of 40 conform",
    "carriers": "Every road carrier in scope",
}


def verdict() -> Verdict:
    """The head of one requirement at one place."""
    return Verdict(
        title="CTPAT 6.2 High-security seal at once after stuffing · Ningbo Beilun Warehouse",
        sentences=("The seals are right.", "The proof stops on 30 September."),
        lead=format_html(
            "One sample of the October seal log brings it back to {}, and two more rows with it.", show(MET)
        ),
        stamps=(Stamp(PARTLY, "CTPAT 6.2, Ningbo", "24 Nov 2026"),),
    )


def stamps() -> tuple[Stamp, ...]:
    """One stamp for each standing."""
    return (
        Stamp(UNMET, "CTPAT", "74 of 87 musts", HERE),
        Stamp(UNKNOWN, "China AEO", "59 of 62 musts", HERE),
        Stamp(PARTLY, "EU AEO", "59 of 64 musts", HERE),
        Stamp(MET, "ISO 28000", "all 31 known rows", HERE),
        Stamp(NOT_APPLICABLE, "ISPS", "no port facility", HERE),
    )


def boxes() -> tuple[Box, ...]:
    """The identity of a requirement at a place."""
    return (
        Box("Programme", "CTPAT, importer"),
        Box("Requirement", Ident("us-ctpat/6.2")),
        Box("Place", Link("Ningbo Beilun Warehouse", HERE)),
        Box("Obligation", "must", "since 1 Mar 2020"),
        Box("Source", Sure.SECONDARY, Several(("checked", DAY), " ")),
        Box("Since", date(2026, 10, 31), "was met"),
    )


def finding() -> Finding:
    """A requirement that is PARTLY: one sample is late, the rest stands."""
    stale = leaf(
        Kind.SAMPLE,
        "seal-log-2026-q3",
        WAREHOUSE,
        PARTLY,
        "own-target-overdue",
        DAY,
        due="2026-10-31",
        mend=Mend("seal-fitting@ningbo", "record-sample", WAREHOUSE, control="seal-fitting"),
    )
    bounds = [
        leaf(Kind.BOUND, key, WAREHOUSE, MET, "within-bound", DAY, parameter=key, recorded=said, asked=said)
        for key, said in (("class", "high-security"), ("moment", "at once"))
    ]
    fitting = all_of([stale, *bounds], kind=Kind.CONTROL, subject="seal-fitting", at=WAREHOUSE, day=DAY)
    bought = leaf(
        Kind.CONTROL, "seal-purchase", WAREHOUSE, MET, "shown", DAY,
        good_until=date(2027, 3, 31), since="2025-04-01", until="2027-03-31",
    )  # fmt: skip
    named = leaf(
        Kind.CONTROL, "seal-affixers", WAREHOUSE, MET, "done-in-time", DAY, last="2026-09-01", due="2027-09-01"
    )
    return all_of([fitting, bought, named], kind=Kind.REQUIREMENT, subject="us-ctpat/6.2", at=WAREHOUSE, day=DAY)


def population() -> Finding:
    """A need over many partners: one certificate ended, one carrier is unknown, many are well."""
    ended = leaf(
        Kind.CERTIFICATE, "China AEO certificate AEOCN3302961185", "carrier-1", UNMET, "certificate-expired", DAY,
        scheme="China AEO", number="AEOCN3302961185", until="2026-11-20",
        mend=Mend("certificate:1", "record-certificate", "carrier-1"),
    )  # fmt: skip
    visit = leaf(
        Kind.PROOF, "Site visit", "carrier-1", UNKNOWN, "never-recorded", DAY,
        mend=Mend("proof:1", "record-proof", "carrier-1"),
    )  # fmt: skip
    first = all_of([ended], kind=Kind.MEMBER, subject="Beilun Star Container Trucking", at="carrier-1", day=DAY)
    second = any_of([visit], kind=Kind.MEMBER, subject="Palmetto Drayage LLC", at="carrier-2", day=DAY)
    well = [
        leaf(Kind.MEMBER, f"Haulier {number}", f"haulier-{number}", MET, "all-met", DAY, good_until=date(2027, 6, 30))
        for number in range(1, 13)
    ]
    members = all_of([first, second, *well], kind=Kind.POPULATION, subject="carriers", at="norholt", day=DAY)
    return all_of([members], kind=Kind.REQUIREMENT, subject="CTPAT 3.4 Partner proof kept", at="norholt", day=DAY)


def reading() -> Reading:
    """How the guide reads its trees."""

    def box(one: Finding) -> MendBox | None:
        return mend_box(one, HERE, what="October" if one.kind is Kind.SAMPLE else "Beilun Star", closes=2)

    return Reading(
        title=lambda one: TITLES.get(one.subject, one.subject),
        url=lambda one: HERE if one.kind is Kind.CONTROL else "",
        mend=box,
    )


def _counts(met: int, partly: int = 0, unknown: int = 0, unmet: int = 0) -> dict[Standing, int]:
    return {MET: met, PARTLY: partly, UNKNOWN: unknown, UNMET: unmet}


def postures() -> Table:
    """Posture by programme, as on the first page."""
    urls = dict.fromkeys((PARTLY, UNKNOWN, UNMET), HERE)

    def row(name: str, holder: str, number: str, standing: Standing, counts: dict[Standing, int], why: str) -> Row:
        posture = Posture(name, counts, urls)
        note = Several((holder, Ident(number)))
        met = Number(counts[MET], HERE, posture.total) if posture.total else Quiet("none")
        return Row((Link(name, HERE, note=note), Mark(standing, HERE), posture, met, why))

    return Table(
        caption="Must requirements, weakest site counted. Met grows from the left, unmet from the right.",
        columns=(
            Column("Programme"),
            Column("Standing", sort_url="?sort=standing", sorted=Sorted.UP),
            Column("Musts"),
            Column("Met", numeric=True),
            Column("What decides"),
        ),
        rows=(
            row(
                "CTPAT, importer",
                "Norholt Imports Inc.",
                "IMP-4471902",
                UNMET,
                _counts(74, 6, 5, 2),
                "3.4 at a haulier",
            ),
            row(
                "China AEO, advanced",
                "Norholt (Ningbo)",
                "AEOCN3302960417",
                UNKNOWN,
                _counts(59, 0, 3),
                "3 never recorded",
            ),
            row("EU AEO", "Norholt Werke GmbH", "DE AEOF 118204", PARTLY, _counts(59, 5), "5 evidence periods ran out"),
            row("ISO 28000", "Norholt Group", "none", UNKNOWN, _counts(0), "nothing enrolled"),
        ),
    )


def chapters() -> Table:
    """Chapters of a programme with thin bars."""
    told = (
        ("1", "Security vision", _counts(4)),
        ("2", "Risk assessment", _counts(3, 1)),
        ("3", "Business partners", _counts(5, unmet=1)),
        ("4", "Cybersecurity", _counts(10, unknown=3)),
        ("9", "Physical security", _counts(8, 1, 0, 1)),
    )

    def opened(counts: dict[Standing, int]) -> Several | Quiet:
        marks = tuple(Mark(one, count=number) for one, number in counts.items() if number and one is not MET)
        return Several(marks[::-1], " ") if marks else Quiet("none open")

    return Table(
        columns=(Column("Chapter"), Column("Musts"), Column("Met", numeric=True), Column("Open")),
        rows=[
            Row(
                (
                    Link(title, HERE, ident),
                    Posture(title, one, thin=True),
                    f"{one[MET]}/{sum(one.values())}",
                    opened(one),
                )
            )
            for ident, title, one in told
        ],
        tight=True,
    )


def duties() -> Table:
    """What is due, one of it late."""

    def row(days: int, what: str, where: str, who: str, count: int) -> Row:
        return Row((Due(DAY + timedelta(days=days), DAY), Link(what, HERE, note=where), who, Number(count, HERE)))

    return Table(
        columns=(Column("Due"), Column("What", subject=True), Column("Who"), Column("Serves", numeric=True)),
        rows=(
            row(-24, "Seal log sample, October", "Ningbo Beilun Warehouse", "Chen Wei", 3),
            row(0, "Camera footage review", "Savannah DC", "Tom Reyes", 1),
            row(4, "Fence walk", "Bremen Works", "J. Petersen", 2),
            row(16, "Confirm 12 answers", "CTPAT chapter 4", "Ines Adler", 1),
        ),
    )


def worst() -> tuple[Worst, ...]:
    """Three open findings, worst first."""
    return (
        Worst(
            Mark(UNMET, HERE),
            Link("Beilun Star Container Trucking: China AEO certificate ended 20 November", HERE),
            "Stops CTPAT 3.4 · breaks 2 of 4 routes",
            Button("Plan a site visit", HERE),
        ),
        Worst(
            Mark(UNKNOWN, HERE),
            Link("Savannah DC: nobody has recorded how visitors are identified", HERE),
            "Stops CTPAT 10.3 and China AEO 50",
            Button("Record the control", HERE),
            ask=Button("Ask somebody", HERE),
        ),
        Worst(
            Mark(PARTLY, HERE),
            Link("Ningbo Beilun Warehouse: seal log sample for October missing", HERE),
            "Weakens CTPAT 6.2, EU AEO 28(1)(c) and China AEO 55",
            Button("Record a sample", HERE),
            asked="Asked: Chen Wei, due 12 Dec 2026",
        ),
    )


def asked() -> tuple[Asking, ...]:
    """Something that somebody was asked to do."""
    who = Several(("Chen Wei", Several(("due", DAY + timedelta(days=18)), " ")), ", ")
    return (Asking(Link("Seals: record a sample for October", HERE), who, (Button("It is done", HERE, post=True),)),)


def log() -> tuple[Entry, ...]:
    """What changed, and how the standings moved."""
    return (
        Entry(
            DAY,
            Several((Link("Seal audit, Savannah DC", HERE), "recorded by Tom Reyes"), " "),
            Moved("CTPAT 6.6", PARTLY, MET),
        ),
        Entry(
            date(2026, 11, 20),
            Several((Link("Beilun Star certificate", HERE), "ended; nobody did anything"), " "),
            Moved("CTPAT", UNKNOWN, UNMET),
        ),
    )


def steps() -> tuple[Entry, ...]:
    """The cheapest way back, in order."""
    return (
        Entry("1", "New certificate or site visit, Beilun Star", "closes 3.4 · 2 days of work · by 4 Dec"),
        Entry("2", "Review footage, Savannah DC", "closes 9.15 · half a day · by 27 Nov"),
        Entry("3", "Seal log sample, Ningbo", "closes 6.2, and two more in the EU and China"),
    )


def answer_facts() -> tuple[tuple[str, object], ...]:
    """What the source asks."""
    return (
        ("Asks", "A loaded container bound for the US gets a high-security seal at once. (our words)"),
        ("Obligation", Several((Obligation.MUST, "since 1 Mar 2020"), " ")),
        ("Document", "CTPAT Minimum Security Criteria, importers, locator 6.2"),
        ("How sure", Several((Sure.SECONDARY, "checked", DAY), " ")),
        ("SAFE element", "G, cargo security"),
    )


def matrix() -> Matrix:
    """Requirements by site."""

    def row(ref: str, title: str, sure: Sure, note: str, *cells: Standing | None) -> MatrixRow:
        marks = tuple(Mark(one, HERE) if one else None for one in cells)
        return MatrixRow(Link(title, HERE, ref), marks, Several((Obligation.MUST, sure, note)))

    seals = (
        row("6.2", "High-security seal at once after stuffing", Sure.SECONDARY, "per event",
            None, MET, NOT_APPLICABLE, PARTLY, MET),
        row("6.1", "Written seal procedure, reviewed yearly", Sure.CONFIRMED, "rev 6, QP-14",
            MET, MET, NOT_APPLICABLE, MET, MET),
    )  # fmt: skip
    physical = (
        row("9.15", "Camera footage reviewed at random, result written", Sure.SECONDARY, "every month, own",
            None, UNMET, MET, MET, PARTLY),
        row("9.6", "Lighting at gates, cargo, fences, parking", Sure.UNCONFIRMED, "standing",
            None, MET, UNKNOWN, MET, MET),
    )  # fmt: skip
    return Matrix(
        name="Requirements by site",
        first="Requirement",
        places=("Company", "Savannah DC", "Charlotte office", "Ningbo Beilun", "Bremen Works"),
        caption="Worst first within a chapter. An empty cell: the requirement does not concern that place.",
        chapters=(
            Chapter(Link("Seals", ident="6"), seals, "4 of 5 musts met"),
            Chapter(Link("Physical security", ident="9"), physical, "8 of 10 musts met"),
        ),
    )


def crosswalk() -> Crosswalk:
    """What two programmes ask of two controls."""
    seal = CrossRow(
        Link("Seal at stuffing", HERE, note="seal-at-stuffing"),
        (
            BoundLine("high-security", Link("CTPAT 6.2", HERE)),
            BoundLine("photo or video kept", Link("China 55", HERE)),
        ),
        ("binds", "binds"),
        (Several(("Short at", Link("Bremen Works", HERE)), " "),),
        Mark(PARTLY, HERE),
    )
    footage = CrossRow(
        Link("Camera footage kept", HERE, note="footage-retention"),
        (BoundLine("for at least 30 days", "China 48", "conflict"), BoundLine("for at most 10 days", "a law", "limit")),
        ("one way", "silent"),
    )
    return Crosswalk(
        programmes=("CTPAT importer", "China AEO"),
        chapters=(CrossChapter("G Cargo security", (seal,)), CrossChapter("I Premises security", (footage,))),
        caption="Beside each part, what binds it.",
        last="We stand",
    )


def ticks() -> Filters:
    """A strip whose choices may hold at once."""
    options = (("us", "CTPAT importer"), ("cn", "China AEO"), ("eu", "EU AEO"))
    return Filters((Tick("programme", "Programmes compared", options, frozenset({"us", "cn"})),), button="Compare")


def filters() -> Filters:
    """The strip above the matrix."""
    return Filters(
        fields=(
            Choose("chapter", "Chapter", (("", "All with open musts (8)"), ("all", "All 12"))),
            Choose("standing", "Standing", (("", "Any"), ("open", "Not met")), "open"),
            Choose("site", "Site", (("", "All 5"), ("savannah", "Savannah DC"))),
            Words("q", "Words", "seal"),
        ),
        keep=(("sort", "standing"),),
        clear_url="?",
    )


def pager() -> Pager:
    """Under a list with more pages."""
    return Pager(11, 20, 1420, back_url="?page=1", next_url="?page=3", exports=(Link("CSV", "?format=csv"),))


def no_rows() -> Pager:
    """Under a list whose filter finds nothing."""
    return Pager(0, 0, 0, said="No requirement at Savannah DC is UNKNOWN and speaks of “seal”.", clear_url="?")


def fan() -> Fan:
    """One control that feeds four programmes."""
    return Fan(
        "Seal at stuffing",
        "3 of 4 sites",
        (
            FanLine("CTPAT, importer", "5 requirements: 6.2, 6.6, 6.7, 7.5, 7.29", UNMET, HERE),
            FanLine("EU AEO, security", "2 requirements: 28(1)(c), Annex 2 goods", PARTLY, HERE),
            FanLine("China AEO, advanced", "3 requirements: 53, 55, 61", UNKNOWN, HERE),
            FanLine("ISO 28000:2022", "1 requirement: 8.6 security plans", MET, HERE),
        ),
    )


def nothing() -> Nothing:
    """An empty register of partners."""
    return Nothing(
        "Three ways to begin",
        (
            Way("Bring a facts file.", "Partners, certificates and sites at once.", (Button("Import a file", HERE),)),
            Way("Name one haulier.", "You see at once what it proves.", (Button("Add one partner", HERE),)),
            Way("Start from a programme.", "Its partner rows say whom they ask for.", (Button("Open the rows", HERE),)),
        ),
    )


def refusals() -> list[Refusal]:
    """Two lines of a file that cannot stand."""
    return [
        Refusal(
            "31/02/2027 is not a day.",
            why="February 2027 has 28 days.",
            do="Write the day printed on the certificate, as 2027-02-28.",
            place=Place("facts.yml", 117, "certificates[3].until"),
        ),
        Refusal(
            "Holland is no country.",
            why="Countries are given by their ISO 3166 code.",
            do="Write NL.",
            place=Place("facts.yml", 233, "partners[7].country"),
        ),
    ]


def seal() -> Seal:
    """The foot of the guide."""
    return Seal(DAY, 48213, "9f3c 77ab", "2026.11", "51d0 e2c4", "1.0", HERE)


def rail(home: str) -> list[RailLink]:
    """The rooms of a grown product."""
    told = (("Home", None), ("Programmes", 3), ("Controls", 58), ("Sites", 5), ("Partners", 12), ("Journal", 48213))
    return [RailLink(label, home, count, here=label == "Programmes", gap=label == "Journal") for label, count in told]
