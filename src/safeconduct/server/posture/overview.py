"""An assessment read from several sides: by what would mend it, by the facts it rests on, by control, by row.

Built once for each assessment and viewer's units and kept with it; pages only look things up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from safeconduct.core.judgement import MET, NOT_APPLICABLE, Finding, Kind, Standing
from safeconduct.core.planning import Action, next_actions

if TYPE_CHECKING:
    from datetime import date

    from safeconduct.core.assess import Assessment
    from safeconduct.core.planning.objectives import ObjectiveProgress
    from safeconduct.core.posture import ProgrammeJudgement, RowJudgement
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.core.risk.judge import AssessedRisks
    from safeconduct.core.snapshot import Snapshot


@dataclass(frozen=True)
class Resting:
    """A row and the finding inside it that is meant."""

    row: RowJudgement
    finding: Finding


@dataclass(frozen=True)
class Overview:
    """One assessment with its indexes.

    `units` are the viewer's own, None where everything is seen; `whole` is what a narrowed assessment was cut from.
    `dues` is what was already found due, by the days looked ahead; `kept` is what other rooms reckoned of it, by name.
    """

    assessment: Assessment
    units: frozenset[str] | None = None
    whole: Assessment | None = None
    dues: dict[int, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> date:
        """The day judged."""
        return self.assessment.day

    @property
    def snapshot(self) -> Snapshot:
        """The facts judged."""
        return self.assessment.ground.snapshot

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue judged by."""
        return self.assessment.ground.catalogue

    @property
    def programmes(self) -> tuple[ProgrammeJudgement, ...]:
        """The enrolments in force, each judged."""
        return self.assessment.programmes

    def risks(self, assessment: str = "") -> AssessedRisks | None:
        """The security risks of one risk assessment, else of the one that holds on the day.

        None where no assessment holds, and for who sees some sites only. UnknownKey for one that nobody recorded.
        """
        if self.units is not None:
            return None
        if not assessment:
            return self.assessment.risks
        name = "risks", assessment
        if name not in self.kept:
            self.kept[name] = self.assessment.risks_of(assessment)
        judged: AssessedRisks = self.kept[name]
        return judged

    @property
    def objectives(self) -> tuple[ObjectiveProgress, ...]:
        """Security objectives of the day, the gravest pace first; none for who sees some sites only."""
        return () if self.units is not None else self.assessment.objectives

    @cached_property
    def open_rows(self) -> tuple[RowJudgement, ...]:
        """Rows that decide a programme and are not MET, worst first."""
        rows = [row for row in self.assessment.rows if row.counts and row.standing is not MET]
        return tuple(sorted(rows, key=lambda row: row.standing.rank))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Every single action that would mend something that counts, by how many rows it closes."""
        return tuple(next_actions(self.programmes))

    @cached_property
    def worst_actions(self) -> tuple[Action, ...]:
        """The same, worst first: what is UNMET before what is unknown or weakening."""
        return tuple(
            sorted(self.actions, key=lambda one: (worst_rank(one), -len(one.closes), -len(one.helps), one.mend.key))
        )

    def action(self, key: str) -> Action | None:
        """The action of a key, or None."""
        return self._actions_by_key.get(key)

    @cached_property
    def _actions_by_key(self) -> Mapping[str, Action]:
        return {action.mend.key: action for action in self.actions}

    def mended_by(self, key: str) -> tuple[Resting, ...]:
        """The rows in which something short would be mended by the action of a key, each once."""
        return self._by_mend.get(key, ())

    @cached_property
    def _by_mend(self) -> Mapping[str, tuple[Resting, ...]]:
        found: dict[str, list[Resting]] = defaultdict(list)
        for row in self.assessment.rows:
            seen: set[str] = set()
            for finding in row.finding.walk():
                mend = finding.mend
                if mend is None or finding.standing in (MET, NOT_APPLICABLE) or mend.key in seen:
                    continue
                seen.add(mend.key)
                found[mend.key].append(Resting(row, finding))
        return {key: tuple(resting) for key, resting in found.items()}

    def resting_on(self, fact: str) -> tuple[Resting, ...]:
        """The rows that rest on a recorded fact, each once."""
        return self._by_fact.get(fact, ())

    @cached_property
    def _by_fact(self) -> Mapping[str, tuple[Resting, ...]]:
        found: dict[str, dict[int, Resting]] = defaultdict(dict)
        for row in self.assessment.rows:
            for finding in row.finding.walk():
                for fact in finding.facts:
                    found[fact].setdefault(id(row), Resting(row, finding))
        return {fact: tuple(resting.values()) for fact, resting in found.items()}

    def control_asked(self, control: str) -> tuple[Resting, ...]:
        """Every finding about a control (each element apart), with the row it stands in."""
        return self._by_control.get(control, ())

    @cached_property
    def _by_control(self) -> Mapping[str, tuple[Resting, ...]]:
        found: dict[str, list[Resting]] = defaultdict(list)
        for row in self.assessment.rows:
            for part in (row.finding, *row.should_parts):
                for finding in _control_findings(part):
                    found[finding.subject.partition("[")[0]].append(Resting(row, finding))
        return {control: tuple(resting) for control, resting in found.items()}

    @cached_property
    def shown(self) -> Mapping[str, str]:
        """The control in place that each piece of evidence, sample or occurrence shows."""
        facts = self.snapshot.facts
        return {one.key: one.of for section in (facts.done, facts.samples, facts.evidence) for one in section}

    def at(self, unit: str) -> tuple[RowJudgement, ...]:
        """The rows judged at one unit."""
        return self._by_unit.get(unit, ())

    @cached_property
    def _by_unit(self) -> Mapping[str, tuple[RowJudgement, ...]]:
        found: dict[str, list[RowJudgement]] = defaultdict(list)
        for row in self.assessment.rows:
            found[row.unit].append(row)
        return {unit: tuple(rows) for unit, rows in found.items()}


def _control_findings(finding: Finding) -> Iterator[Finding]:
    """The findings about single controls; one that only joins its elements gives way to these."""
    if finding.kind is Kind.CONTROL and not any(member.kind is Kind.CONTROL for member in finding.because):
        yield finding
        return
    for member in finding.because:
        yield from _control_findings(member)


def worst_rank(action: Action) -> int:
    """0 where something it mends is UNMET, up to 2 where all of it is PARTLY."""
    return min(finding.standing.rank for finding in action.findings)


def counted_rows(rows: tuple[RowJudgement, ...]) -> dict[Standing, int]:
    """How many of the rows that count stand how."""
    counts = dict.fromkeys(Standing, 0)
    for row in rows:
        if row.counts:
            counts[row.standing] += 1
    return counts
