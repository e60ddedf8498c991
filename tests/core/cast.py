"""The cast of the core's tests: a tiny catalogue built from records, and a group with two entities and two sites.

Organisation `group`; legal entities `nl` and `us`; sites `rtm` and `ein` of `nl`; the haulier `h1` is a partner of
`nl`. Every fact is made by a short function with sensible defaults, so that a test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from safeconduct.core.dates import Duration, DurationUnit
from safeconduct.core.judgement import Finding
from safeconduct.core.posture import Question
from safeconduct.core.posture.needs import judge_need
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.quantities import ParameterKind, SetValue, read_duration
from safeconduct.core.records.catalogue import (
    Applies,
    Catalogue,
    Control,
    Coverage,
    EventTerm,
    FigureTerm,
    Inherits,
    Mode,
    Obligation,
    Parameter,
    Programme,
    ProofTerm,
    Recognition,
    Requirement,
    RequirementKind,
    Rule,
    SchemeTerm,
    Scope,
    TermList,
    Terms,
    Unitary,
)
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.history import Attestation, CorrectiveAction, Event, Figure, ListCheck, RaisedFinding
from safeconduct.core.records.in_place import (
    By,
    ControlInPlace,
    Evidence,
    KeptBy,
    Occurrence,
    Sample,
    SamplingPlan,
    Shown,
    Target,
    Trigger,
)
from safeconduct.core.records.needs import Bound, ControlNeed, Need, Op
from safeconduct.core.records.partners import Certificate, Outcome, Partner, Proof, Register
from safeconduct.core.records.units import Enrolment, Organisation, Profile, Unit, UnitKind
from safeconduct.core.snapshot import Snapshot
from safeconduct.core.standing import Ground

SOURCE = Source("A document", "1", date(2026, 1, 1), Sure.SECONDARY)
DESIGN, OPERATION, EFFECT = Shown.DESIGN, Shown.OPERATION, Shown.EFFECT
BOTH = (DESIGN, OPERATION)


def day(text: str) -> date:
    """A day as written: `2026-07-01`."""
    return date.fromisoformat(text)


def months(count: int) -> Duration:
    """A duration in months."""
    return Duration(count, DurationUnit.MONTHS)


def _list(key: str, *elements: str, **more: Any) -> TermList:
    return TermList(key, elements, **more)


TERMS = Terms(
    lists={
        one.key: one
        for one in (
            _list("seal-class", "none", "indicative", "security", "high-security", ordered=True),
            _list("opinion", "adverse", "qualified", "unqualified", ordered=True),
            _list("areas", "gates", "docks", "storage", "parking", profiled=True),
            _list("units", "container", "reefer", "trailer", profiled=True),
            _list(
                "people", "everyone", "staff", "drivers", "visitors", wider={"staff": "everyone", "drivers": "staff"}
            ),
            _list("proof-kinds", "visit", "questionnaire", "clause", "certificate"),
        )
    },
    traits={"producer": "entity", "stuffs": "site"},
    figures={
        "debt": FigureTerm("debt", "money", "financial-year-end", "Debt"),
        "assets": FigureTerm("assets", "money", "financial-year-end", "Assets"),
        "founded": FigureTerm("founded", "date"),
        "quota": FigureTerm("quota", "percent"),
        "heads": FigureTerm("heads", "number"),
    },
    events={
        "infringement": EventTerm("infringement", ("minor", "repeated", "serious")),
        "fine": EventTerm("fine", amount="money"),
    },
    checks={"dishonest": ("entity", "partner")},
    proofs={"visit": ProofTerm("visit"), "questionnaire": ProofTerm("questionnaire"), "clause": ProofTerm("clause")},
    schemes={"aeos": SchemeTerm("aeos", "AEOS", "eu"), "ctpat": SchemeTerm("ctpat", "CTPAT", "us")},
    roles={"importer": "Importer", "carrier": "Carrier"},
    own_targets={
        "proof": "recheck",
        "certificate": "recheck",
        "lookback": "attestation",
        "check": "screening",
        "mended": "curing",
    },
)

INTERVAL = Parameter("interval", ParameterKind.DURATION, better="less")


def control(
    key: str,
    *parameters: Parameter,
    mode: Mode = Mode.STANDING,
    inherits: Inherits = Inherits.NEVER,
    shown: tuple[Shown, ...] = (OPERATION,),
    by: str = "",
) -> Control:
    """A control of the catalogue."""
    title = key.replace("-", " ").capitalize()
    return Control(key, title, "G", mode, inherits, shown, {one.key: one for one in parameters}, by)


_AREAS = Parameter("coverage", ParameterKind.SET, terms="areas")
CONTROLS = {
    one.key: one
    for one in (
        control("fence", _AREAS),
        control(
            "panel",
            Parameter("class", ParameterKind.ORDER, terms="seal-class"),
            Parameter("affixer", ParameterKind.CHOICE, words=("party", "driver")),
            Parameter("photo", ParameterKind.FLAG),
            Parameter("guards", ParameterKind.NUMBER, better="more"),
            Parameter("keep", ParameterKind.DURATION, better="more"),
            Parameter("notice", ParameterKind.DURATION, better="less"),
            Parameter("bond", ParameterKind.MONEY, better="more"),
            Parameter("checked", ParameterKind.PERCENT, better="more"),
            Parameter("opinion", ParameterKind.ORDER, terms="opinion"),
            Parameter("audience", ParameterKind.SET, terms="people"),
            _AREAS,
            shown=(DESIGN,),
        ),
        control("policy", _AREAS, inherits=Inherits.FULL, shown=BOTH),
        control(
            "rules",
            Parameter("class", ParameterKind.ORDER, terms="seal-class"),
            Parameter("at-site", ParameterKind.FLAG, inherits=Inherits.NEVER),
            _AREAS,
            inherits=Inherits.PROCEDURE,
            shown=BOTH,
        ),
        control("alarm", shown=(DESIGN, OPERATION, EFFECT)),
        control("review", INTERVAL, _AREAS, mode=Mode.RECURRING),
        control("audit", INTERVAL, mode=Mode.RECURRING, inherits=Inherits.FULL),
        control(
            "training", INTERVAL, Parameter("pests", ParameterKind.FLAG), mode=Mode.RECURRING, by="people",
        ),
        control("inspection", _AREAS, by="units"),
        control(
            "sealing",
            Parameter("class", ParameterKind.ORDER, terms="seal-class"),
            mode=Mode.PER_EVENT,
            inherits=Inherits.PROCEDURE,
            shown=BOTH,
        ),
        control("drill", mode=Mode.ON_TRIGGER),
        control("recheck", INTERVAL, mode=Mode.RECURRING, inherits=Inherits.FULL, by="proof-kinds"),
        control("attestation", INTERVAL, mode=Mode.RECURRING, inherits=Inherits.FULL),
        control("screening", INTERVAL, mode=Mode.RECURRING, inherits=Inherits.FULL),
        control("curing", Parameter("within", ParameterKind.DURATION, better="less"), inherits=Inherits.FULL),
    )
}  # fmt: skip

RECOGNITION = (
    Recognition("r1", "us", "aeos", day("2012-07-01"), SOURCE, until=day("2027-06-30")),
    Recognition("r2", "us", "clause-only", None, SOURCE, effect="informs"),
)


def requirement(key: str, needs: Need | None, **more: Any) -> Requirement:
    """A must of an importer, judged at the site, unless said otherwise."""
    fields: dict[str, Any] = {
        "ref": key.partition("/")[2],
        "title": "A row",
        "asks": "Something is asked.",
        "kind": RequirementKind.CONDITION,
        "obligation": ((day("2020-01-01"), Obligation.MUST),),
        "roles": {"importer": Applies.YES},
        "scope": Scope.SITE,
        "source": SOURCE,
    }
    return Requirement(key=key, needs=needs, **(fields | more))


def programme(*requirements: Requirement, **more: Any) -> Programme:
    """A completely encoded programme that authorises entities, plain rule."""
    fields: dict[str, Any] = {
        "key": "us",
        "edition": "1",
        "title": "Scheme",
        "owner": "Its issuer",
        "unit": Unitary.ENTITY,
        "roles": ("importer", "carrier"),
        "rule": Rule.PLAIN,
        "coverage": {"importer": Coverage("importer", len(requirements), len(requirements), complete=True)},
        "sources": (),
    }
    return Programme(requirements=requirements, **(fields | more))


PROGRAMME = programme()


def catalogue(*programmes: Programme) -> Catalogue:
    """The tiny catalogue with some programmes."""
    return Catalogue(TERMS, CONTROLS, {one.id: one for one in programmes}, RECOGNITION)


CATALOGUE = catalogue(PROGRAMME)


def unit(key: str, in_: str, kind: UnitKind = UnitKind.SITE, *, no: Sequence[str] = (), **more: Any) -> Unit:
    """A unit; `no` is its profile."""
    return Unit(key=key, in_=in_, kind=kind, profile=Profile(no=tuple(no)), **more)


UNITS = (
    unit("nl", "group", UnitKind.ENTITY, country="NL"),
    unit("us", "group", UnitKind.ENTITY, country="US"),
    unit("rtm", "nl", country="NL"),
    unit("ein", "nl", country="NL"),
)
ENROLMENT = Enrolment(
    key="e", entity="nl", edition="us/1", roles=("importer",), sites=("rtm",), since=day("2020-01-01")
)


def facts(**sections: Any) -> Facts:
    """The group's facts; sections not named hold what the cast is made of."""
    return Facts(
        organisation=Organisation(key="group"),
        **({"units": UNITS, "enrolments": (ENROLMENT,)} | {name: tuple(rows) for name, rows in sections.items()}),
    )


def ground(on: str | date, *, said: Facts | None = None, entries: Catalogue = CATALOGUE, **sections: Any) -> Ground:
    """Facts and catalogue as of a day."""
    as_of = on if isinstance(on, date) else day(on)
    return Ground(Snapshot(said if said is not None else facts(**sections)), entries, as_of)


def ask(
    need: Need, on: str | date, *, at: str = "rtm", enrolment: Enrolment = ENROLMENT, row: str = "", **sections: Any
) -> Finding:
    """Judge a need at a unit (the site rtm) on a day over facts."""
    return judge_need(Question(ground(on, **sections), at, PROGRAMME, enrolment, row), need)


def result(finding: Finding) -> tuple[str, str]:
    """Standing and code, as the tables of the specification name them."""
    return finding.standing.value, finding.code


# ---- needs

AT_LEAST, AT_MOST, INCLUDES, ONE_OF, YES = Op.AT_LEAST, Op.AT_MOST, Op.INCLUDES, Op.ONE_OF, Op.YES
OWN_AT_MOST = Bound(AT_MOST, own=True)


def need(control_key: str, *bounds: tuple[str, Bound], **more: Any) -> ControlNeed:
    """A leaf."""
    return ControlNeed(control_key, bounds=bounds, **more)


def covers_areas(*areas: str) -> tuple[str, Bound]:
    """A bound: coverage includes these areas."""
    return "coverage", Bound(INCLUDES, frozenset(areas))


def every(text: str) -> tuple[str, Bound]:
    """A bound: the issuer's longest interval."""
    return "interval", Bound(AT_MOST, read_duration(text))


# ---- facts

_LONG_AGO = day("2000-01-01")


def record(
    control_key: str,
    at: str = "rtm",
    *,
    key: str = "c",
    since: str = "2025-01-01",
    values: Mapping[str, Any] | None = None,
    targets: Mapping[str, Any] | None = None,
    until: str = "",
    **more: Any,
) -> ControlInPlace:
    """A control in place; targets are given bare and get their why here."""
    own = {name: Target(is_=value, why="a reason") for name, value in (targets or {}).items()}
    end = day(until) if until else None
    return ControlInPlace(
        key=key, control=control_key, at=at, since=day(since), until=end, values=values or {}, targets=own, **more
    )


def has(*yes: str, no: Sequence[str] = ()) -> SetValue:
    """A recorded set."""
    return SetValue(frozenset(yes), frozenset(no))


def evidence(
    *shows: Shown, of: str = "c", key: str = "v", since: str = "2025-01-01", to: str = "2026-12-31", by: By = By.SELF
) -> Evidence:
    """Evidence of a record."""
    return Evidence(key=key, of=of, shows=shows, from_=day(since), to=day(to), by=by)


def done(on: str, *, of: str = "c", key: str = "", by: By = By.SELF) -> Occurrence:
    """A recurring control was done."""
    return Occurrence(key=key or f"d-{on}", of=of, on=day(on), by=by)


def sample(
    checked: int = 60,
    conforming: int = 60,
    *,
    population: int = 420,
    key: str = "s",
    of: str = "c",
    since: str = "2026-01-01",
    to: str = "2026-06-30",
    by: By = By.SELF,
) -> Sample:
    """A sample of the first half of 2026."""
    return Sample(
        key=key,
        of=of,
        from_=day(since),
        to=day(to),
        population=population,
        checked=checked,
        conforming=conforming,
        by=by,
    )


def plan(every_: str = "6 months", at_least: int = 50, tolerate: str = "95 %") -> SamplingPlan:
    """A sampling plan."""
    return SamplingPlan(every=every_, at_least=at_least, tolerate=tolerate, why="a reason")


def trigger(on: str, redo: str = "review", at: str = "rtm", key: str = "t") -> Trigger:
    """Something happened that asks for a control again."""
    return Trigger(key=key, redo=redo, at=at, on=day(on), kind="risk-change")


def event(on: str, kind: str = "infringement", *, key: str = "i", unit_key: str = "nl", **more: Any) -> Event:
    """An event of the entity nl."""
    return Event(key=key, kind=kind, unit=unit_key, on=day(on), **more)


def attested(
    since: str, to: str, *, kinds: Sequence[str] = ("infringement",), key: str = "a", given: str = "", **more: Any
) -> Attestation:
    """Somebody attests a period for the entity nl, on its last day unless said otherwise."""
    return Attestation(
        key=key, unit="nl", kinds=tuple(kinds), from_=day(since), to=day(to), given=day(given or to), **more
    )


def figure(name: str, value: str, year_end: str = "2025-12-31", *, given: str = "", key: str = "") -> Figure:
    """A figure of the entity nl."""
    return Figure(
        key=key or f"f-{name}-{year_end}",
        unit="nl",
        figure=name,
        value=value,
        year_end=day(year_end),
        given=day(given) if given else None,
    )


def looked_up(on: str, *, listed: bool = False, about: str = "entity", partner: str = "", key: str = "") -> ListCheck:
    """Somebody looked at the list of the dishonest."""
    return ListCheck(
        key=key or f"l-{on}", list="dishonest", unit="nl", about=about, partner=partner, on=day(on), listed=listed
    )


H1 = Partner(key="h1", title="Haulier 1", of="nl", roles=("carrier",), country="NL", outsourced=True)


def partner(key: str, **more: Any) -> Partner:
    """An outsourced carrier of nl unless said otherwise."""
    return replace(H1, key=key, title=key, **more)


def certificate(
    holder: str = "h1", scheme: str = "aeos", *, key: str = "k", since: str = "2020-01-01", to: str = "2026-06-30",
    checked: Sequence[str] = ("2026-01-02",), **more: Any,
) -> Certificate:  # fmt: skip
    """A certificate, AEOS of the haulier unless said otherwise."""
    return Certificate(
        key=key,
        holder=holder,
        scheme=scheme,
        from_=day(since),
        to=day(to) if to else None,
        checked=tuple(day(one) for one in checked),
        **more,
    )


def proof(
    on: str, kind: str = "visit", *, key: str = "", about: str = "h1", to: str = "", against: bool = False
) -> Proof:
    """A proof about the haulier."""
    return Proof(
        key=key or f"p-{kind}-{on}",
        partner=about,
        kind=kind,
        on=day(on),
        to=day(to) if to else None,
        outcome=Outcome.NEGATIVE if against else Outcome.POSITIVE,
    )


REGISTER = Register(key="r", of="partners", unit="nl", confirmed=day("2026-01-01"), until=day("2027-01-01"))


def raised(
    on: str, *, of: str = "audit", at: str = "rtm", key: str = "w", about: str = "", text: str = "A gap"
) -> RaisedFinding:
    """A weakness somebody found."""
    return RaisedFinding(key=key, of=of, at=at, on=day(on), about=about, text=text)


def action(mends: str, opened: str, due: str, *, closed: str = "", key: str = "x") -> CorrectiveAction:
    """A corrective action."""
    return CorrectiveAction(
        key=key, mends=mends, opened=day(opened), due=day(due), closed=day(closed) if closed else None
    )


CONTRACT, PARTNER = KeptBy.CONTRACT, KeptBy.PARTNER
SELF, OTHER = By.SELF, By.OTHER
