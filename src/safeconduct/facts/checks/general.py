"""Rules that hold for facts of every kind: a good key, nothing required left empty, no end before its start."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import MISSING
from datetime import date
from typing import Any

from safeconduct.core.records.decisions import Alternative, Answer, Judgement, NotApplicable, ReasonGiven, Waiver
from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.core.records.fields import file_name, record_fields
from safeconduct.core.records.history import Attestation, CorrectiveAction, Event, RaisedFinding
from safeconduct.core.records.in_place import ControlInPlace, Evidence, Sample
from safeconduct.core.records.partners import Certificate, Partner, Proof, Register
from safeconduct.core.records.risk import (
    Asset,
    Incident,
    Lane,
    Objective,
    Override,
    RiskAssessment,
    ThreatLevel,
    Treatment,
    Watched,
)
from safeconduct.core.records.units import Enrolment, Unit
from safeconduct.facts.checks.problem import Flaw, Flaws, Known

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY_LENGTH = 80

SPANS: dict[type[Any], tuple[tuple[str, str], ...]] = {
    Unit: (("since", "until"),),
    Enrolment: (("since", "until"),),
    ControlInPlace: (("since", "until"),),
    Evidence: (("from_", "to"),),
    Sample: (("from_", "to"),),
    Event: (("on", "found"), ("on", "decided")),
    Attestation: (("from_", "to"), ("to", "given")),
    Partner: (("since", "until"),),
    Certificate: (("from_", "to"), ("from_", "state_since")),
    Proof: (("on", "to"),),
    Register: (("confirmed", "until"),),
    CorrectiveAction: (("opened", "due"), ("opened", "closed")),
    Judgement: (("on", "until"),),
    Answer: (("confirmed_on", "due"),),
    Alternative: (("from_", "until"),),
    Waiver: (("from_", "until"),),
    NotApplicable: (("on", "until"),),
    ReasonGiven: (("on", "until"),),
    RiskAssessment: (("on", "approved_on"), ("on", "due")),
    Asset: (("since", "until"),),
    Override: (("since", "until"),),
    Incident: (("on", "found"),),
    Watched: (("from_", "to"),),
    ThreatLevel: (("on", "until"),),
    Treatment: (("decided", "due"), ("decided", "until")),
    Objective: (("since", "due"), ("since", "closed")),
}
"""Days of a record that may not come before another of its days; the second may equal the first."""

# Keys that other facts name without saying the section: they may not be taken twice across these sections.
SHARED_KEYS: dict[type[Any], tuple[str, ...]] = {
    Unit: ("partners", "lanes"),
    Partner: ("units", "findings", "samples", "lanes"),
    Lane: ("units", "partners"),
    RaisedFinding: ("partners", "samples"),
    Sample: ("partners", "findings"),
}

_SECTIONS = {kind.record: kind for kind in FACT_KINDS.values()}


def good_key(record: Any, known: Known) -> Flaws:
    """The key is written in small letters, digits and `-`, and names nothing else that facts may mean by it."""
    key = record.key
    if not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        do = f"Write small letters and digits, joined by `-`, at most {KEY_LENGTH}; for example c-seal-rtm."
        yield Flaw(("key",), f"{key!r} is no key.", do=do, code="bad-key")
    taken = [section for section in SHARED_KEYS.get(type(record), ()) if key in known.keys(section)]
    if isinstance(record, Unit | Partner) and key == known.organisation:
        taken.append("organisation")
    for section in taken:
        why = "A fact that names it could mean either."
        what = f"The key {key!r} is also one of {section}."
        yield Flaw(("key",), what, why=why, do="Give one of the two another key.", code="key-taken")


def nothing_empty(record: Any) -> Flaws:
    """Required text says something and required lists hold something."""
    for field in record_fields(type(record)):
        value = getattr(record, field.name)
        if field.default is not MISSING or field.default_factory is not MISSING or field.name == "key":
            continue
        if (isinstance(value, str) and not value.strip()) or value == ():
            name = file_name(field.name)
            what = f"{_called(record)}: `{name}` says nothing."
            yield Flaw((name,), what, why=str(field.metadata["help"]), do=f"Fill in `{name}`.", code="empty")


def days_in_order(record: Any) -> Flaws:
    """No span ends before it starts; both ends may be one day."""
    for first, second in SPANS.get(type(record), ()):
        start: date | None = getattr(record, first)
        end: date | None = getattr(record, second)
        if start is None or end is None or start <= end:
            continue
        first, second = file_name(first), file_name(second)
        what = f"{_called(record)}: `{second}` on {end} is before `{first}` on {start}."
        yield Flaw((second,), what, do="Swap the days, or mend the wrong one.", code="end-before-start")


def _called(record: Any) -> str:
    return f"{_SECTIONS[type(record)].title} {record.key!r}"


def listed(words: Collection[str]) -> str:
    """Words for a refusal, few enough to read.

    >>> listed(["self", "other"])
    'self, other'
    """
    shown = sorted(words)[:12]
    return ", ".join(shown) + (" …" if len(words) > len(shown) else "")
