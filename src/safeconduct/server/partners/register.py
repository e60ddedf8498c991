"""The list of partners, prepared as values of the look: those that are not assured first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from safeconduct.core.judgement import MET, NOT_APPLICABLE, PARTLY, UNKNOWN, UNMET, Standing
from safeconduct.server.accounts.middleware import viewer_on
from safeconduct.server.common.links import address
from safeconduct.server.common.listing import Choice, ListColumn, Listed, listed
from safeconduct.server.common.look.day import day_of
from safeconduct.server.common.look.values import Button, Link, Mark, Nothing, Number, Quiet, Shown, Verdict, Way
from safeconduct.server.common.look.words import STANDINGS, counted, day_text
from safeconduct.server.journal.cells import cell
from safeconduct.server.journal.forms import FormGround, ground_of
from safeconduct.server.journal.recording import speaks_of_today
from safeconduct.server.partners.assurance import Asked, asked_of_partners, standing_in_all
from safeconduct.server.partners.queries import partners_seen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from safeconduct.core.records.partners import Partner

_WORST_FIRST = (UNMET, UNKNOWN, PARTLY, MET, NOT_APPLICABLE)
_WHY = "Programmes ask that each partner in scope is assured by a certificate, a visit or another proof they accept."


@dataclass(frozen=True)
class Partners:
    """All partners, what is asked of each, and how each stands in all of it (None: nothing asks for it)."""

    ground: FormGround
    day: date
    records: Sequence[Partner]
    asked: Mapping[str, tuple[Asked, ...]]
    standings: Mapping[str, Standing | None]

    @cached_property
    def ends(self) -> Mapping[str, list[date]]:
        """The last days of certificates and proofs, by partner."""
        found: dict[str, list[date]] = defaultdict(list)
        facts = self.ground.snapshot.facts
        for certificate in facts.certificates:
            found[certificate.holder] += [certificate.to] if certificate.to else []
        for proof in facts.proofs:
            found[proof.partner] += [proof.to] if proof.to else []
        return found

    def mark(self, partner: Partner) -> Shown:
        """How a partner stands; it leads to its reasons."""
        found = self.standings[partner.key]
        return Mark(found, f"{partner_url(partner.key)}#assured") if found else Quiet("not asked")

    def rank(self, partner: Partner) -> int | None:
        """Its place, worst first; those nothing asks for come last."""
        found = self.standings[partner.key]
        return None if found is None else _WORST_FIRST.index(found)

    def met(self, partner: Partner) -> Shown:
        """In how many of the requirements that ask for it the partner is assured."""
        asked = self.asked.get(partner.key, ())
        met = sum(one.standing is MET for one in asked)
        return Number(met, f"{partner_url(partner.key)}#assured", of=len(asked)) if asked else None

    def next_end(self, partner: Partner) -> date | None:
        """The day its next certificate or proof ends by its own words."""
        return min((end for end in self.ends.get(partner.key, ()) if end >= self.day), default=None)


def partners_on(request: HttpRequest) -> Partners:
    """All partners as they stand on the request's day."""
    viewer, day = viewer_on(request), day_of(request)
    records, asked = partners_seen(viewer), asked_of_partners(viewer, day)
    standings = {one.key: standing_in_all(asked.get(one.key, ())) for one in records}
    return Partners(ground_of(viewer, "partners"), day, records, asked, standings)


def partners_listed(request: HttpRequest, partners: Partners) -> Listed:
    """The list, narrowed, sorted and in pages."""
    ground = partners.ground
    columns: list[ListColumn[Partner]] = [
        ListColumn("title", "Partner", lambda one: Link(name_of(one), partner_url(one.key)), name_of, subject=True),
        ListColumn("of", "Partner of", lambda one: cell(ground, one, "of"), lambda one: ground.unit_title(one.of)),
        ListColumn("roles", "Roles", lambda one: cell(ground, one, "roles")),
        ListColumn("country", "Country", lambda one: one.country, lambda one: one.country or None),
        ListColumn("stands", "Assured", partners.mark, partners.rank),
        ListColumn("met", "Requirements", partners.met, numeric=True),
        ListColumn("ends", "Next end", partners.next_end, partners.next_end),
    ]
    return listed(
        request,
        partners.records,
        columns,
        choices=_choices(partners),
        text=lambda one: f"{one.key} {one.title} {one.country} {' '.join(one.roles)} {one.note}",
        sort="stands",
    )


def _choices(partners: Partners) -> list[Choice[Partner]]:
    entities = {one.of: partners.ground.unit_title(one.of) for one in partners.records}
    titles = partners.ground.catalogue.terms.roles
    roles = {role: titles.get(role, role) for one in partners.records for role in one.roles}
    there = set(partners.standings.values())
    standings = [(one.value, STANDINGS[one]) for one in _WORST_FIRST if one in there]

    def stands(partner: Partner, value: str) -> bool:
        found = partners.standings[partner.key]
        return found is not None and found.value == value

    return [
        Choice("stands", "Assured", standings, stands),
        Choice("of", "Partner of", sorted(entities.items()), lambda one, of: one.of == of),
        Choice("role", "Role", sorted(roles.items(), key=lambda one: one[1]), lambda one, role: role in one.roles),
    ]


def list_context(request: HttpRequest, partners: Partners, found: Listed) -> dict[str, Any]:
    """What the list's template prints."""
    viewer = viewer_on(request)
    deeds: tuple[Button, ...] = ()
    if speaks_of_today(request) and viewer.may_record("partners"):
        deeds = (
            Button("Record a partner", address("registers:new", "partners")),
            Button("Confirm the register", address("registers:new", "registers", query={"of": "partners"})),
        )
    sentences = _sentences(partners)
    return {
        "title": "Partners",
        "verdict": Verdict(sentences, "Partners", _WHY, buttons=deeds if partners.records else ()),
        "nothing": None if partners.records else _nothing(deeds),
        "listed": found,
        "confirmed": _confirmations(partners),
    }


def _sentences(partners: Partners) -> tuple[str, ...]:
    if not partners.records:
        return ("No partner is on record.",)
    counts = Counter(partners.standings.values())
    short = sum(counts[one] for one in (UNMET, UNKNOWN, PARTLY))
    asked = len(partners.records) - counts[None] - counts[NOT_APPLICABLE]
    total = f"{counted(len(partners.records), 'partner', 'partners')} on record."
    if not asked:
        return (total, "No requirement asks for one of them.")
    verb = "is" if short == 1 else "are"
    return (
        total,
        f"{short} of {asked} asked for {verb} not assured." if short else "All that are asked for are assured.",
    )


def _confirmations(partners: Partners) -> list[tuple[str, Shown]]:
    """For each legal entity with partners, until when its register is confirmed complete."""
    snapshot = partners.ground.snapshot
    found: list[tuple[str, Shown]] = []
    for entity in sorted({one.of for one in partners.records}):
        current = [
            one
            for one in snapshot.registers.get(("partners", entity), ())
            if one.confirmed <= partners.day <= one.until
        ]
        until = max((one.until for one in current), default=None)
        said: Shown = f"confirmed complete until {day_text(until)}" if until else Quiet("nobody confirms it complete")
        found.append((partners.ground.unit_title(entity), said))
    return found


def _nothing(deeds: tuple[Button, ...]) -> Nothing:
    first = Way("Record the firms that take part in your chain,", "a sister company among them.", deeds[:1])
    file = Way("Or bring in a facts file:", "it may hold partners with their certificates and proofs.", ())
    return Nothing("No partner yet: rows about partners stay UNKNOWN", (first, file))


def name_of(partner: Partner) -> str:
    """A partner as people call it."""
    return partner.title or partner.key


def partner_url(key: str) -> str:
    """The page of a partner."""
    return address("partners:partner", key)
