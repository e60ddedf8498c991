"""A made-up organisation of any size that has in place what the shipped programmes ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from safeconduct.core.dates import Duration, DurationUnit, compare_durations
from safeconduct.core.quantities import Money, ParameterKind, RawValue, SetValue, write_value
from safeconduct.core.records.catalogue import Catalogue, Control, Inherits, Mode, Parameter
from safeconduct.core.records.facts import Facts
from safeconduct.core.records.in_place import (
    ControlInPlace,
    Evidence,
    Occurrence,
    Sample,
    SamplingPlan,
    Shown,
    Target,
)
from safeconduct.core.records.needs import Bound, ControlNeed, Op
from safeconduct.core.records.units import Enrolment, Organisation, Unit, UnitKind

TODAY = date(2026, 11, 24)
SINCE = date(2025, 1, 1)
PROGRAMMES = {
    "us": ("us-ctpat/2020", ("importer",), ()),
    "de": ("eu-aeo/2016", ("manufacturer", "exporter"), ("aeoc", "aeos")),
    "cn": ("cn-aeo/2026", ("exporter",), ("ace",)),
}
_DURATIONS = {Op.AT_LEAST: Duration(10, DurationUnit.YEARS), Op.AT_MOST: Duration(1, DurationUnit.DAYS)}


@dataclass(frozen=True)
class Asked:
    """Everything the programmes ask of one control: its elements and the bounds on its parameters."""

    elements: tuple[str, ...]
    bounds: tuple[tuple[str, Bound], ...]


def organisation(catalogue: Catalogue, *, sites: int, controls: int = 0, evidence: int = 0) -> Facts:
    """Three legal entities, one enrolled in each programme, with `sites` sites between them.

    Every control that an entity's programme asks stands where it belongs, shown by evidence, occurrences and samples.
    With `controls` and `evidence` there are exactly so many of them: earlier records and earlier papers are added, or
    the last sites are left with less than they need.
    """
    units = list(_units(sites))
    records = list(_records(catalogue, units))
    if controls:
        records = _filled_up(records, controls)
    papers = [one for record in records for one in _evidence(catalogue, record)]
    if evidence:
        papers = _papers_filled_up(papers, evidence)
    return Facts(
        Organisation(key="group", title="A made-up group"),
        units=tuple(units),
        enrolments=tuple(_enrolments(units)),
        in_place=tuple(records),
        evidence=tuple(papers),
        samples=tuple(_samples(catalogue, records)),
        done=tuple(_occurrences(catalogue, records)),
    )


def _units(sites: int) -> Iterator[Unit]:
    for country in PROGRAMMES:
        yield Unit(
            key=country, in_="group", kind=UnitKind.ENTITY, country=country.upper(), title=f"{country.upper()} firm"
        )
    for number in range(sites):
        country = list(PROGRAMMES)[number % len(PROGRAMMES)]
        yield Unit(
            key=f"{country}-{number:04}",
            in_=country,
            kind=UnitKind.SITE,
            country=country.upper(),
            title=f"Site {number}",
        )


def _enrolments(units: Iterable[Unit]) -> Iterator[Enrolment]:
    sites = [unit for unit in units if unit.kind is UnitKind.SITE]
    for entity, (edition, roles, variant) in PROGRAMMES.items():
        own = tuple(site.key for site in sites if site.in_ == entity)
        yield Enrolment(
            key=f"{entity}-enrolled",
            entity=entity,
            edition=edition,
            roles=roles,
            variant=variant,
            sites=own,
            since=SINCE,
        )


def asked_of(catalogue: Catalogue, editions: Iterable[str]) -> dict[str, Asked]:
    """What some editions together ask of each control."""
    elements: dict[str, dict[str, None]] = {}
    bounds: dict[str, list[tuple[str, Bound]]] = {}
    for edition in editions:
        for need in _leaves(catalogue.programmes[edition].requirements):
            elements.setdefault(need.control, {}).update(dict.fromkeys(need.for_))
            bounds.setdefault(need.control, []).extend(need.bounds)
    return {control: Asked(tuple(elements[control]), tuple(bounds[control])) for control in elements}


def _leaves(value: object) -> Iterator[ControlNeed]:
    if isinstance(value, ControlNeed):
        yield value
    elif isinstance(value, tuple | list):
        for member in value:
            yield from _leaves(member)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name))


def _records(catalogue: Catalogue, units: list[Unit]) -> Iterator[ControlInPlace]:
    editions = {country: edition for country, (edition, _, _) in PROGRAMMES.items()}
    together = asked_of(catalogue, editions.values())
    alone = {country: asked_of(catalogue, [edition]) for country, edition in editions.items()}
    for key, asked in together.items():
        if catalogue.controls[key].inherits is Inherits.FULL:
            yield from _records_at("group", catalogue, key, asked.elements, asked)
    for unit in units:
        for key, asked in alone[unit.country.lower()].items():
            if catalogue.controls[key].inherits is not Inherits.FULL:
                yield from _records_at(unit.key, catalogue, key, asked.elements, together[key])


def _records_at(
    place: str, catalogue: Catalogue, control: str, elements: tuple[str, ...], asked: Asked
) -> Iterator[ControlInPlace]:
    for element in elements or ("",):
        yield _record(catalogue, catalogue.controls[control], element, place, asked)


def _record(catalogue: Catalogue, control: Control, element: str, place: str, asked: Asked) -> ControlInPlace:
    values = {
        name: value
        for name, parameter in control.parameters.items()
        if (value := _value(catalogue, parameter, [bound for key, bound in asked.bounds if key == name])) is not None
    }
    targets = {
        name: Target(is_=value, why="a made-up reason")
        for name, value in values.items()
        if any(bound.own for key, bound in asked.bounds if key == name)
    }
    by_event = control.mode in (Mode.PER_EVENT, Mode.ON_TRIGGER)
    return ControlInPlace(
        key=f"{control.key}-{element or 'all'}-{place}",
        control=control.key,
        at=place,
        for_=element,
        since=SINCE,
        values=values,
        targets=targets,
        plan=SamplingPlan(every="12 months", at_least=10, tolerate="95 %", why="a made-up plan") if by_event else None,
    )


def _value(catalogue: Catalogue, parameter: Parameter, bounds: list[Bound]) -> RawValue | None:
    """A value within all bounds, as far as one value can be."""
    if not bounds:
        return None
    match parameter.kind:
        case ParameterKind.SET:
            wanted = {word for bound in bounds if isinstance(bound.value, frozenset) for word in bound.value}
            return SetValue(frozenset(wanted or catalogue.terms.lists[parameter.terms].elements[:1]))
        case ParameterKind.FLAG:
            return "yes"
        case ParameterKind.ORDER:
            return catalogue.terms.lists[parameter.terms].elements[-1]
        case ParameterKind.CHOICE:
            words = [sorted(bound.value) for bound in bounds if isinstance(bound.value, frozenset)]
            return words[0][0] if words else parameter.words[0]
        case _:
            return _number(bounds)


def _number(bounds: list[Bound]) -> str:
    given = [bound for bound in bounds if bound.value is not None]
    chosen = given[0].value if given else None
    for bound in given[1:]:
        if isinstance(bound.value, Duration) and isinstance(chosen, Duration):
            side = compare_durations(bound.value, chosen)
            stricter = (side or 0) > 0 if bound.op is Op.AT_LEAST else (side or 0) < 0
            chosen = bound.value if stricter else chosen
    if isinstance(chosen, Duration | Money | Decimal):
        return write_value(chosen)
    return str(_DURATIONS[bounds[0].op])


def _filled_up(records: list[ControlInPlace], controls: int) -> list[ControlInPlace]:
    """Earlier records of the same controls, until there are enough: an organisation with a history."""
    filled = list(records)
    for number in range(controls - len(records)):
        base, turn = records[number % len(records)], number // len(records) + 1
        since = SINCE - timedelta(days=30 * turn)
        filled.append(
            ControlInPlace(
                key=f"{base.key}-{turn}",
                control=base.control,
                at=base.at,
                for_=base.for_,
                since=since,
                until=since + timedelta(days=28),
            )
        )
    return filled[:controls]


def _papers_filled_up(papers: list[Evidence], evidence: int) -> list[Evidence]:
    """Earlier papers for the same controls, until there are enough."""
    filled = list(papers)
    for number in range(evidence - len(papers)):
        base, turn = papers[number % len(papers)], number // len(papers) + 1
        begun = base.from_ - timedelta(days=30 * turn)
        filled.append(replace(base, key=f"{base.key}-{turn}", from_=begun, to=begun + timedelta(days=28)))
    return filled[:evidence]


def _evidence(catalogue: Catalogue, record: ControlInPlace) -> Iterator[Evidence]:
    for kind in dict.fromkeys((*catalogue.controls[record.control].shown, Shown.DESIGN)):
        yield Evidence(
            key=f"{record.key}-{kind.value}",
            of=record.key,
            shows=(kind,),
            from_=record.since,
            to=record.until or date(2027, 6, 30),
            title="A made-up paper",
        )


def _samples(catalogue: Catalogue, records: Iterable[ControlInPlace]) -> Iterator[Sample]:
    for record in records:
        if record.plan:
            first, last = date(2026, 1, 1), date(2026, 10, 31)
            yield Sample(
                key=f"{record.key}-s", of=record.key, from_=first, to=last, population=200, checked=20, conforming=20
            )


def _occurrences(catalogue: Catalogue, records: Iterable[ControlInPlace]) -> Iterator[Occurrence]:
    for record in records:
        if catalogue.controls[record.control].mode is Mode.RECURRING and record.until is None:
            yield Occurrence(key=f"{record.key}-d", of=record.key, on=date(2026, 11, 20))
