"""Refused facts about controls in place, their values and targets, and what shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from safeconduct.core.dates import day_before
from safeconduct.core.quantities import ParameterKind, RawValue, SetValue, read_duration, read_percent, read_value
from safeconduct.core.records.catalogue import Catalogue, Control, Mode, Parameter
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Sample, SamplingPlan, Trigger
from safeconduct.facts.checks.problem import Flaw, Flaws, Known, Path
from safeconduct.facts.checks.units import known_word

OWN_TIMES = ("interval", "reaction", "within")
"""Targets any control may have besides its parameters: how often, how soon after a trigger, how soon mended."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EVENT_MODES = (Mode.PER_EVENT, Mode.ON_TRIGGER)


def check_control(record: ControlInPlace, known: Known) -> Flaws:
    """A control in place keeps to what the catalogue says of the control."""
    yield from _once_a_day(record, known)
    control = known.catalogue.controls.get(record.control)
    if control is None:
        return
    yield from _element(record, control, known.catalogue)
    yield from _values(record, control, known.catalogue)
    yield from _targets(record, control, known.catalogue)
    if record.plan is not None:
        yield from _plan(record.plan, control)


def _once_a_day(record: ControlInPlace, known: Known) -> Flaws:
    for other in known.snapshot.placed(record.control, record.for_, record.at):
        if other.key != record.key and other.since == record.since:
            element = f" for {record.for_!r}" if record.for_ else ""
            what = f"{record.control!r}{element} at {record.at!r} from {record.since} is also {other.key!r}."
            do = "Keep one, or begin the newer values on their own day."
            yield Flaw(("since",), what, why="Only one could hold.", do=do, code="recorded-twice")


def last_day(record: ControlInPlace, known: Known) -> date | None:
    """The last day the values of a record hold: its own, or the day before the next record; None while they go on."""
    same = known.snapshot.placed(record.control, record.for_, record.at)
    ends = [day_before(other.since) for other in same if other.since > record.since]
    if record.until is not None:
        ends.append(record.until)
    return min(ends, default=None)


def check_samples_still_inside(record: ControlInPlace, known: Known) -> Flaws:
    """A record's days leave no sample outside: neither its own nor one of the record before it."""
    for other in known.snapshot.placed(record.control, record.for_, record.at):
        for sample in known.snapshot.samples.get(other.key, ()):
            for flaw in _outside(sample, known):
                do = "Choose days that leave the sample inside, or split the sample first."
                yield Flaw(("since",), f"Of {sample.key!r}: {flaw.what}", why=flaw.why, do=do, code=flaw.code)


def _element(record: ControlInPlace, control: Control, catalogue: Catalogue) -> Flaws:
    if control.by:
        elements = catalogue.terms.lists[control.by].elements if control.by in catalogue.terms.lists else ()
        if record.for_:
            yield from known_word(record.for_, elements, ("for",), f"element of {control.by}")
            return
        what = f"{control.key!r} is kept by {control.by}, and the record does not say for which."
        yield Flaw(("for",), what, do=f"Add `for:` with one of {', '.join(elements)}.", code="element-missing")
    elif record.for_:
        what = f"{control.key!r} is not kept by the elements of a list, so `for` means nothing."
        yield Flaw(("for",), what, do="Remove `for`.", code="element-not-asked")


def _values(record: ControlInPlace, control: Control, catalogue: Catalogue) -> Flaws:
    for name, raw in record.values.items():
        path = ("values", name)
        parameter = control.parameters.get(name)
        if parameter is None:
            yield from known_word(name, control.parameters, path, f"parameter of {control.key}")
        else:
            yield from value_fits(parameter, raw, path, catalogue)


def _targets(record: ControlInPlace, control: Control, catalogue: Catalogue) -> Flaws:
    for name, target in record.targets.items():
        path = ("targets", name)
        parameter = control.parameters.get(name)
        if parameter is not None:
            yield from value_fits(parameter, target.is_, (*path, "is"), catalogue)
        elif name in OWN_TIMES:
            yield from _fits(read_duration, target.is_, (*path, "is"))
        else:
            yield from known_word(name, [*control.parameters, *OWN_TIMES, "plan"], path, f"target of {control.key}")
        yield from _has_why(target.why, (*path, "why"), "target")


def value_fits(parameter: Parameter, raw: RawValue, path: Path, catalogue: Catalogue) -> Flaws:
    """A value has the parameter's kind and unit, and its words exist."""
    try:
        read_value(parameter.kind, raw)
    except ValueError as error:
        what = f"`{parameter.key}` is a {parameter.kind.value}: {error}."
        yield Flaw(path, what, do="Write the value in that form.", code="wrong-kind")
        return
    words = catalogue.terms.lists[parameter.terms].elements if parameter.terms in catalogue.terms.lists else ()
    if isinstance(raw, SetValue):
        for half, elements in (("yes", raw.yes), ("no", raw.no)):
            for element in sorted(elements):
                yield from known_word(element, words, (*path, half), f"element of {parameter.terms}")
    elif parameter.kind in (ParameterKind.ORDER, ParameterKind.CHOICE):
        yield from known_word(raw, parameter.words or words, path, f"word for {parameter.key}")


def _fits(reader: Callable[[str], object], raw: RawValue, path: Path) -> Flaws:
    try:
        reader(str(raw))
    except ValueError as error:
        yield Flaw(path, f"{error}.".capitalize(), do="Write the value in that form.", code="wrong-kind")


def _has_why(why: str, path: Path, thing: str) -> Flaws:
    if not why.strip():
        what = f"The {thing} has no why."
        reason = "An own number counts only with the reason it was chosen for."
        yield Flaw(path, what, why=reason, do="Add `why: …`.", code="empty")


def _plan(plan: SamplingPlan, control: Control) -> Flaws:
    path: Path = ("targets", "plan")
    if control.mode not in _EVENT_MODES:
        what = f"{control.key!r} does not work event by event, so there is nothing to sample."
        yield Flaw(
            path, what, do="Remove the plan; for a control done again and again set `interval`.", code="plan-not-asked"
        )
    yield from _fits(read_duration, plan.every, (*path, "every"))
    yield from _fits(read_percent, plan.tolerate, (*path, "tolerate"))
    if plan.at_least < 1:
        what = "A sample of no event checks nothing."
        yield Flaw((*path, "at_least"), what, do="Write 1 or more.", code="empty-sample")
    yield from _has_why(plan.why, (*path, "why"), "sampling plan")


def check_evidence(evidence: Evidence, known: Known) -> Flaws:
    """A file kept with evidence is named by its content."""
    file = evidence.file
    if file is None:
        return
    if not _SHA256.fullmatch(file.sha256):
        what = f"{file.sha256!r} is no SHA-256."
        yield Flaw(("file", "sha256"), what, do="Write its 64 hexadecimal digits in small letters.", code="bad-digest")
    if not file.name.strip() or "/" in file.name or "\\" in file.name or not file.name.isprintable():
        what = f"{file.name!r} is no file name."
        yield Flaw(("file", "name"), what, do="Write the bare name without a folder.", code="bad-file-name")


def check_sample(sample: Sample, known: Known) -> Flaws:
    """A sample lies inside its record's days, and its numbers contain each other."""
    for inner, outer in (("checked", "population"), ("conforming", "checked")):
        small, big = getattr(sample, inner), getattr(sample, outer)
        if small > big:
            what = f"`{inner}` is {small}, above `{outer}`, which is {big}."
            yield Flaw((inner,), what, do="Mend the wrong number.", code="sample-numbers")
    yield from _outside(sample, known)


def _outside(sample: Sample, known: Known) -> Flaws:
    record = known.snapshot.records.get(sample.of)
    if record is None:
        return
    end = last_day(record, known)
    why = "A sample speaks of one record's values; new values start a new record."
    if sample.from_ < record.since:
        what = f"The sample begins on {sample.from_}, before its record {record.key!r} does on {record.since}."
        yield Flaw(("from",), what, why=why, do="Split it, or name the earlier record.", code="sample-outside")
    if end is not None and sample.to > end:
        what = f"The sample ends on {sample.to}, after the last day of its record {record.key!r}, {end}."
        yield Flaw(("to",), what, why=why, do="Split it, or name the later record.", code="sample-outside")


def check_trigger(trigger: Trigger, known: Known) -> Flaws:
    """A trigger asks for something that is done again and again."""
    control = known.catalogue.controls.get(trigger.redo)
    if control is not None and control.mode is not Mode.RECURRING:
        what = f"{control.key!r} is not a recurring control, so it cannot be done again."
        yield Flaw(("redo",), what, do="Name a recurring control, for example a risk assessment.", code="not-recurring")
