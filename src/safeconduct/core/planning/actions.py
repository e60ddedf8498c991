"""What to do next: gaps, and single actions ranked by how many requirements each would close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.judgement import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    Finding,
    Join,
    Kind,
    Mend,
    Standing,
    best,
    nth_best,
    worst,
)
from safeconduct.core.posture import ProgrammeJudgement, RowJudgement


@dataclass(frozen=True)
class Gap:
    """A named missing piece: the finding that decides, and the row it holds back."""

    row: RowJudgement
    finding: Finding


@dataclass(frozen=True)
class Action:
    """One thing to do, what it would close, and what it would help.

    `closes` are rows that become MET by it alone; `helps` those where it is one of several missing pieces.
    `findings` are the pieces it mends, worst first: one for each record that has to be made.
    """

    findings: tuple[Finding, ...]
    closes: tuple[RowJudgement, ...]
    helps: tuple[RowJudgement, ...]

    @property
    def finding(self) -> Finding:
        """The worst of what it mends, which speaks for it."""
        return self.findings[0]

    @property
    def besides(self) -> tuple[Finding, ...]:
        """What else has to be recorded before all that it closes is closed: mostly nothing."""
        return self.findings[1:]

    @property
    def mend(self) -> Mend:
        """The first record to make, with the key all its pieces share."""
        if self.finding.mend is None:  # every finding of an action was chosen for its mend
            raise AssertionError(self.finding.subject)
        return self.finding.mend

    @property
    def rows(self) -> tuple[RowJudgement, ...]:
        """All rows it closes or helps."""
        return (*self.closes, *self.helps)

    @property
    def programmes(self) -> tuple[str, ...]:
        """Programmes in which it closes something, in order of appearance."""
        return tuple(dict.fromkeys(row.programme for row in self.closes))


def gaps(rows: Iterable[RowJudgement]) -> Iterator[Gap]:
    """The pieces that hold back each row that counts, worst first; of alternatives only the best way."""
    for row in rows:
        if row.counts and row.standing is not MET:
            for finding in missing(row.finding):
                yield Gap(row, finding)


def missing(finding: Finding) -> Iterator[Finding]:
    """The findings below that would have to be mended: all short members of an all, the best ones of the others."""
    if finding.standing in (MET, NOT_APPLICABLE):
        return
    members = [one for one in finding.because if one.standing not in (MET, NOT_APPLICABLE)]
    if not members or finding.join is Join.LEAF or (finding.mend and finding.join is not Join.ALL):
        yield finding
    elif finding.join is Join.ALL:
        if finding.mend is not None:
            yield finding
        else:
            for member in members:
                yield from missing(member)
    elif finding.join is Join.CAPPED:
        yield finding
    else:
        met = sum(one.standing is MET for one in finding.because)
        lacking = max(1, int(finding.param("n", "1")) - met)
        nearest = sorted(members, key=lambda one: -one.standing.rank)
        for member in nearest[:lacking]:
            yield from missing(member)


def next_actions(programmes: Sequence[ProgrammeJudgement]) -> list[Action]:
    """Single actions ranked by how many requirement rows each would close across all programmes.

    Ties: more rows helped, then by key, so the order is stable. Rows that do not count are left aside.
    """
    rows = [row for programme in programmes for row in programme.rows if row.counts and row.standing is not MET]
    touched: dict[str, list[tuple[RowJudgement, list[Finding]]]] = {}
    for row in rows:
        for key, findings in _mended_by(row.finding).items():
            touched.setdefault(key, []).append((row, findings))
    actions = [_action(key, pairs) for key, pairs in touched.items()]
    actions.sort(key=lambda action: (-len(action.closes), -len(action.helps), action.mend.key))
    return actions


def _mended_by(finding: Finding) -> dict[str, list[Finding]]:
    """What is below by the action that mends it: all that is missing, and the first of what is one way among others."""
    found: dict[str, list[Finding]] = {}
    for one in missing(finding):
        if one.mend is not None:
            found.setdefault(one.mend.key, []).append(one)
    for one in finding.walk():
        if one.mend is not None and one.standing not in (MET, NOT_APPLICABLE):
            found.setdefault(one.mend.key, [one])
    return found


def _action(key: str, pairs: Sequence[tuple[RowJudgement, Sequence[Finding]]]) -> Action:
    closes = tuple(row for row, _ in pairs if if_mended(row.finding, key) is MET)
    closed = {id(row) for row in closes}
    helps = tuple(row for row, _ in pairs if id(row) not in closed)
    return Action(tuple(_pieces(one for _, findings in pairs for one in findings)), closes, helps)


def _pieces(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The worst finding for each record that has to be made, worst first."""
    made: set[tuple[str, str, str]] = set()
    for finding in sorted(findings, key=lambda one: one.standing.rank):
        mend = finding.mend
        if mend is None:
            continue
        record = (mend.deed, mend.record, "" if mend.deed == "record-control" else mend.detail)
        if record not in made:
            made.add(record)
            yield finding


def if_mended(finding: Finding, key: str) -> Standing:
    """The standing the finding would have if everything that one action mends stood; never a lower one."""
    return if_cured(finding, lambda one: one.mend is not None and one.mend.key == key)


def if_cured(finding: Finding, cured: Callable[[Finding], bool]) -> Standing:
    """The standing the finding would have if everything that is told to be cured stood; never a lower one.

    It promises no more than is sure: saying whether a row applies may find that it does, and a judgement is worth no
    more than what it rests on.
    """
    if finding.standing in (MET, NOT_APPLICABLE):
        return finding.standing
    standings = [if_cured(member, cured) for member in finding.because]
    if cured(finding):
        return best([finding.standing, _cured(finding, cured, standings)])
    changed = any(new is not old.standing for new, old in zip(standings, finding.because, strict=True))
    return best([finding.standing, _rejoined(finding, standings)]) if changed else finding.standing


def _cured(finding: Finding, cured: Callable[[Finding], bool], below: Sequence[Standing]) -> Standing:
    """What a finding comes to when its own cure is recorded."""
    if finding.code == "applicability-unknown":
        return worst(below)
    if finding.kind is Kind.JUDGEMENT:
        return MET if worst(below) is MET else PARTLY
    if any(cured(one) for member in finding.because for one in member.walk()):
        return _rejoined(finding, below)
    return MET


def _rejoined(finding: Finding, standings: Sequence[Standing]) -> Standing:
    """The members' new standings joined as the finding joins them."""
    match finding.join:
        case Join.ALL:
            return worst(standings)
        case Join.ANY:
            return best(standings)
        case Join.SOME:
            return nth_best(standings, int(finding.param("n", "1")), int(finding.param("partly", "0")))
        case Join.CAPPED:
            return worst([*standings, Standing(finding.param("cap"))])
        case Join.LEAF:
            lowered = finding.kind is Kind.MEASURE and finding.code in {one.code for one in finding.because}
            return worst(standings) if lowered else finding.standing
