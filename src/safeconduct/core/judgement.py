"""Standings, findings and how they combine: the only vocabulary of results.

Order: MET > PARTLY > UNKNOWN > UNMET; NOT_APPLICABLE stands outside it. UNKNOWN means nobody has shown or said it
yet; PARTLY means known to be there and known to fall short or to be ageing.

Source: catalogue language, section 7.1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from safeconduct.core.dates import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Standing(Enum):
    """How well something stands on a day. The value is the product's word; `rank` gives the order."""

    MET = "MET"
    PARTLY = "PARTLY"
    UNKNOWN = "UNKNOWN"
    UNMET = "UNMET"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    rank: int
    """3 for MET down to 0 for UNMET. NOT_APPLICABLE has none and must be left out first."""

    @property
    def if_shown(self) -> Standing:
        """At best: the same standing with UNKNOWN read as MET."""
        return Standing.MET if self is Standing.UNKNOWN else self


MET, PARTLY, UNKNOWN, UNMET = Standing.MET, Standing.PARTLY, Standing.UNKNOWN, Standing.UNMET
NOT_APPLICABLE = Standing.NOT_APPLICABLE

for _rank, _standing in enumerate((UNMET, UNKNOWN, PARTLY, MET)):
    _standing.rank = _rank


class Kind(StrEnum):
    """What a finding is about; the order of kinds from programme down to evidence is the order of a because-tree."""

    PROGRAMME = "programme"
    REQUIREMENT = "requirement"
    PART = "part"
    NEED = "need"  # an all, any, some, when or choose
    CONTROL = "control"  # a leaf: one control (at one element) at one unit
    BOUND = "bound"
    EVIDENCE = "evidence"
    OCCURRENCE = "occurrence"
    SAMPLE = "sample"
    POPULATION = "population"  # an `every`
    MEMBER = "member"  # one partner inside it
    CERTIFICATE = "certificate"
    PROOF = "proof"
    REGISTER = "register"
    RECORD = "record"  # a look-back: events and attestations
    CHECK = "check"
    MEASURE = "measure"
    JUDGEMENT = "judgement"  # an outcome criterion
    ANSWER = "answer"
    ACTION = "action"
    CONDITION = "condition"
    ALTERNATIVE = "alternative"
    EQUIVALENCE = "equivalence"  # a certificate of another scheme that stands in for a row, or speaks to it
    SITE = "site"
    RISK = "risk"  # a threat scenario at a place


class Join(StrEnum):
    """How a finding follows from those below it."""

    LEAF = "leaf"  # from facts, by its own rule
    ALL = "all"
    ANY = "any"
    SOME = "some"
    CAPPED = "capped"  # one member, never better than `params["cap"]`


@dataclass(frozen=True, slots=True)
class Mend:
    """The one thing that would make a leaf stand: what to record, where.

    `key` names the action: findings that one and the same record would mend share it.
    """

    key: str
    deed: str  # record-control, record-value, attach-evidence, record-occurrence, record-sample, set-target, …
    at: str  # unit or partner
    control: str = ""
    element: str = ""
    record: str = ""  # key of the record to renew, when there is one
    detail: str = ""  # parameter, proof kind, event kind …


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement with its because.

    `subject` is the key of what is judged, `at` the unit or partner it is judged for; `code` is a stable word
    (docs/subjects/codes.md gives its sentence); `params` fill that sentence; `facts` are the keys of the records
    it rests on. `because` is ordered: the member that decides comes first. `good_until` is the last day on which the
    standing holds without new facts (the end of the calendar when nothing is due).
    """

    kind: Kind
    subject: str
    at: str
    standing: Standing
    code: str
    day: date
    at_best: Standing
    good_until: date = FOREVER
    because: tuple[Finding, ...] = ()
    join: Join = Join.LEAF
    params: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    mend: Mend | None = None
    asks: str = ""

    def param(self, name: str, default: str = "") -> str:
        """One value of the sentence, as text."""
        return dict(self.params).get(name, default)

    def walk(self) -> Iterator[Finding]:
        """This finding and all below it, deciding members first."""
        yield self
        for member in self.because:
            yield from member.walk()

    def leaves(self) -> Iterator[Finding]:
        """The findings at the ends of the tree."""
        return (node for node in self.walk() if not node.because)

    def with_params(self, **params: str) -> Finding:
        """The same finding with more to say; a later value replaces an earlier one."""
        return replace(self, params=tuple((dict(self.params) | params).items()))


def deciding_path(finding: Finding) -> Iterator[Finding]:
    """From the finding down: at each level the member that decides. One finding alone where all is well.

    It stops where the members alone would stand better: then the finding speaks for itself.
    """
    yield finding
    if finding.standing in (MET, NOT_APPLICABLE) or not finding.because:
        return
    first = finding.because[0]
    if first.standing is not NOT_APPLICABLE and first.standing.rank <= finding.standing.rank:
        yield from deciding_path(first)


def deciding_leaf(finding: Finding) -> Finding:
    """The end of the deciding path: the finding whose sentence says why."""
    *_, last = deciding_path(finding)
    return last


def leaf(
    kind: Kind,
    subject: str,
    at: str,
    standing: Standing,
    code: str,
    day: date,
    *,
    good_until: date = FOREVER,
    facts: Sequence[str] = (),
    mend: Mend | None = None,
    asks: str = "",
    **params: str,
) -> Finding:
    """A finding that follows from facts alone; at best it is MET where it is UNKNOWN."""
    return Finding(
        kind=kind,
        subject=subject,
        at=at,
        standing=standing,
        code=code,
        day=day,
        at_best=standing.if_shown,
        good_until=good_until,
        params=tuple(params.items()),
        facts=tuple(facts),
        mend=None if standing is MET else mend,
        asks=asks,
    )


def worst(standings: Iterable[Standing]) -> Standing:
    """The minimum, NOT_APPLICABLE left out; NOT_APPLICABLE when nothing is left."""
    return min(_applicable(standings), key=lambda standing: standing.rank, default=NOT_APPLICABLE)


def best(standings: Iterable[Standing]) -> Standing:
    """The maximum, NOT_APPLICABLE left out; NOT_APPLICABLE when nothing is left."""
    return max(_applicable(standings), key=lambda standing: standing.rank, default=NOT_APPLICABLE)


def nth_best(standings: Iterable[Standing], n: int, partly: int = 0) -> Standing:
    """`some n`: the n-th best; with `partly` m the better of that and min(PARTLY, m-th best).

    Fewer than n applicable members are UNKNOWN; none at all NOT_APPLICABLE.
    """
    ranked = sorted(_applicable(standings), key=lambda standing: -standing.rank)
    if not ranked:
        return NOT_APPLICABLE
    if len(ranked) < n:
        return UNKNOWN
    reached = ranked[n - 1]
    return best([reached, worst([PARTLY, ranked[partly - 1]])]) if partly else reached


def _applicable(standings: Iterable[Standing]) -> list[Standing]:
    return [standing for standing in standings if standing is not NOT_APPLICABLE]


def all_of(
    members: Sequence[Finding],
    *,
    kind: Kind,
    subject: str,
    at: str,
    day: date,
    asks: str = "",
    facts: tuple[str, ...] = (),
    said: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """The minimum of the members: `all-met`, or the code of the first member that decides.

    `facts` are records it rests on besides those of its members, `said` what its sentence says besides the counts.
    """
    return _combined(members, Join.ALL, kind, subject, at, day, asks, facts, said)


def any_of(members: Sequence[Finding], *, kind: Kind, subject: str, at: str, day: date, asks: str = "") -> Finding:
    """The maximum of the members: one way that stands is enough."""
    return _combined(members, Join.ANY, kind, subject, at, day, asks)


def _combined(
    members: Sequence[Finding],
    join: Join,
    kind: Kind,
    subject: str,
    at: str,
    day: date,
    asks: str,
    facts: tuple[str, ...] = (),
    said: tuple[tuple[str, str], ...] = (),
) -> Finding:
    combine = worst if join is Join.ALL else best
    standing = combine([member.standing for member in members])
    return Finding(
        kind=kind,
        subject=subject,
        at=at,
        standing=standing,
        code=_deciding_code(members, standing),
        day=day,
        at_best=combine([member.at_best for member in members]),
        good_until=_holds_until(members, standing, join),
        because=_deciding_first(members, standing),
        join=join,
        params=(*_counted(members), *said),
        facts=facts,
        asks=asks,
    )


def some_of(
    members: Sequence[Finding], *, n: int, partly: int, kind: Kind, subject: str, at: str, day: date, asks: str = ""
) -> Finding:
    """At least n of the members; with `partly` m, m of them are enough for PARTLY (`issuer-partial`)."""
    standing = nth_best([member.standing for member in members], n, partly)
    applicable = len(_applicable(member.standing for member in members))
    plain = nth_best([member.standing for member in members], n)
    code = _deciding_code(members, standing)
    if 0 < applicable < n:
        code = "too-few-applicable"
    elif standing is PARTLY and plain is not PARTLY:
        code = "issuer-partial"
    return Finding(
        kind=kind,
        subject=subject,
        at=at,
        standing=standing,
        code=code,
        day=day,
        at_best=nth_best([member.at_best for member in members], n, partly),
        good_until=min((member.good_until for member in members), default=FOREVER),
        because=_deciding_first(members, standing),
        join=Join.SOME,
        params=(*_counted(members), ("n", str(n)), ("partly", str(partly))),
        asks=asks,
    )


def capped(member: Finding, cap: Standing, code: str, mend: Mend | None = None) -> Finding:
    """The member, but never better than `cap`, nor at best; `code` says why where the cap bites, `mend` lifts it.

    What is not applicable stays so.
    """
    if member.standing is NOT_APPLICABLE:
        return member
    standing, at_best = worst([member.standing, cap]), worst([member.at_best, cap])
    if standing is member.standing:
        return replace(member, at_best=at_best)
    return replace(
        member,
        standing=standing,
        code=code,
        at_best=at_best,
        because=(member,),
        join=Join.CAPPED,
        params=(*member.params, ("cap", cap.value)),
        mend=mend,
    )


def _counted(members: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    applicable = [member for member in members if member.standing is not NOT_APPLICABLE]
    met = sum(member.standing is MET for member in applicable)
    return ("met", str(met)), ("of", str(len(applicable)))


def _deciding_code(members: Sequence[Finding], standing: Standing) -> str:
    if standing is MET:
        return "all-met"
    return next((member.code for member in members if member.standing is standing), "nothing-asked")


def _deciding_first(members: Sequence[Finding], standing: Standing) -> tuple[Finding, ...]:
    """Deciding members first, then worst first; members of one standing keep their order."""
    if all(member.standing is standing for member in members):
        return tuple(members)

    def position(member: Finding) -> tuple[int, int]:
        rank = 9 if member.standing is NOT_APPLICABLE else member.standing.rank
        return (0 if member.standing is standing else 1, rank)

    return tuple(sorted(members, key=position))


def _holds_until(members: Sequence[Finding], standing: Standing, join: Join) -> date:
    """The last day the combined standing surely holds.

    At the end of the order (UNMET for all, MET for any) one deciding member is enough, so the longest-lived counts;
    elsewhere any member's change may move the result.
    """
    pinned = UNMET if join is Join.ALL else MET
    if standing is pinned:
        return max(member.good_until for member in members if member.standing is pinned)
    return min((member.good_until for member in members), default=FOREVER)
