"""Facts made by hypothesis: records of every kind that name each other and keep all rules."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from safeconduct.core.quantities import RawValue, SetValue
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.core.records.in_place import Attachment, ControlInPlace, Target
from safeconduct.core.records.needs import AllNeed, AnyNeed, Bound, ControlNeed, Need, Op
from safeconduct.facts.checks import check
from tests.facts.cast import CATALOGUE

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z0-9]{1,3})?", fullmatch=True)
TEXTS = st.one_of(
    st.sampled_from(
        ("yes", "no", "12", "1e3", "null", "- a", "a: b", "# c", " a ", "two\nlines", "a\n\nb\n", "{x}", "'")
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(str.strip),
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ELEMENTS = st.frozensets(st.sampled_from(("gates", "docks", "yard")))
VALUES: Mapping[str, st.SearchStrategy[RawValue]] = {
    "class": st.sampled_from(("none", "security")),
    "photo": st.sampled_from(("yes", "no")),
    "interval": st.sampled_from(("6 months", "12 weeks")),
    "coverage": st.builds(lambda yes, no: SetValue(yes, no - yes), ELEMENTS, ELEMENTS),
    "guards": st.sampled_from(("12", "0.5")),
}
NAMED = {
    "container": ("group", "nl"), "entity": ("nl", "us"), "site": ("rtm",), "place": ("group", "nl", "rtm"),
    "holder": ("h1", "nl"), "partner": ("h1",), "in_place": ("c1", "c2"),
    "control": ("seal-fitting", "cctv", "risk-assessment"),
    "requirement": ("us-ctpat/5.3", "tapa-fsr/7.0.5"), "edition": ("us-ctpat/2020", "tapa-fsr/2023"),
    "scheme": ("eu-aeos",), "proof-kind": ("visit",), "event-kind": ("customs-infringement", "customs-fine"),
    "figure": ("liabilities",), "check-list": ("sanctions",), "role": ("importer",), "mendable": ("h1",),
    "risk-place": ("rtm", "nl"), "risk-assessment": ("sra",), "asset": ("a1",), "risk": ("r1",),
    "scenario": ("theft",), "matrix": ("three",), "scale": ("often",), "figure-of-threats": ("thefts",),
}  # fmt: skip
CHOSEN: Mapping[str, st.SearchStrategy[Any]] = {
    "key": KEYS,
    "no": st.sampled_from(((), ("parking",))),
    "country": st.sampled_from(("", "NL")),
    "financial_year_end": st.sampled_from(("12-31", "03-31")),
    "traits": st.just({}) | st.just({"producer": True}),
    "variant": st.just(()),
    "flows": st.just(()),
    "stages": st.just(()),
    "roles": st.just(("importer",)),
    "weight": st.just(""),
    "weighed_by": st.none(),
    "amount": st.just(""),
    "about": st.just("entity"),
    "value": st.just("12 EUR"),
    "for_": st.just(""),
    "identifiers": st.dictionaries(st.sampled_from(("load-site", "tin")), TEXTS, max_size=2),
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
    "every": st.just("6 months"),
    "tolerate": st.sampled_from(("100 %", "95 %")),
    "population": st.integers(20, 30),
    "checked": st.integers(10, 20),
    "conforming": st.integers(0, 10),
}
COUNTED = ("population", "checked", "conforming")
NEEDS = st.sampled_from(
    (
        ControlNeed("cctv"),
        ControlNeed("cctv", bounds=(("coverage", Bound(Op.INCLUDES, frozenset({"gates", "docks"}))),)),
        AllNeed((ControlNeed("cctv"), AnyNeed((ControlNeed("guarding"), ControlNeed("building-structure"))))),
    )
)


def value_of(hint: Any, field: Field[Any]) -> st.SearchStrategy[Any]:
    """A value of a field by what its declaration says."""
    named = NAMED.get(field.metadata.get("ref", "").removesuffix("?"))
    if hint in (Need, Need | None):
        return NEEDS if hint is Need else st.none() | NEEDS
    if get_origin(hint) in (Union, types.UnionType) and hint is not RawValue:
        (member,) = (argument for argument in get_args(hint) if argument is not type(None))
        return st.none() | value_of(member, field)
    if get_origin(hint) is Mapping:
        return st.dictionaries(KEYS, TEXTS, max_size=2)
    if get_origin(hint) is tuple:
        low = 1 if field.default != () else 0
        return st.lists(value_of(get_args(hint)[0], field), min_size=low, max_size=2, unique=True).map(tuple)
    if is_dataclass(hint):
        return made(hint)
    if hint is str:
        if field.metadata.get("words"):
            return st.sampled_from(field.metadata["words"])
        texts = st.sampled_from(named) if named else TEXTS
        return texts | st.just("") if field.default == "" else texts
    plain: dict[Any, st.SearchStrategy[Any]] = {bool: st.booleans(), int: st.integers(1, 9), date: DAYS}
    return plain[hint] if hint in plain else st.sampled_from(tuple(hint))


def made(record: Any) -> st.SearchStrategy[Any]:
    """A record of a class."""
    hints = get_type_hints(record)
    return st.builds(record, **{field.name: _part(record, field, hints[field.name]) for field in fields(record)})


def _part(record: Any, field: Field[Any], hint: Any) -> st.SearchStrategy[Any]:
    if record is ControlInPlace and field.name in ("values", "targets"):
        return st.just({})  # they depend on the control and are chosen with it
    if field.name == "name" and record is Attachment:
        return KEYS
    if field.name == "about":
        return st.just("entity" if hint is str else ("entity",))
    if field.name == "partner" and field.default == "":
        return st.just("")
    if field.name in CHOSEN and (hint is int or field.name not in COUNTED):
        return CHOSEN[field.name]
    return value_of(hint, field)


@st.composite
def controls(draw: st.DrawFn) -> ControlInPlace:
    """A control in place with values and targets its control has."""
    record: ControlInPlace = draw(made(ControlInPlace))
    known = CATALOGUE.controls[record.control].parameters
    values = {name: draw(VALUES[name]) for name in known if name in VALUES and draw(st.booleans())}
    targets = {name: Target(is_=draw(VALUES[name]), why=draw(TEXTS)) for name in values if draw(st.booleans())}
    return replace(record, values=values, targets=targets)


@st.composite
def made_facts(draw: st.DrawFn, base: Facts) -> Facts:
    """The base with records of every kind added; those that break a rule are left out again."""
    facts = base
    for section, kind in FACT_KINDS.items():
        one = controls() if section == "in_place" else made(kind.record)
        records = draw(st.lists(one, max_size=3, unique_by=lambda record: record.key))
        facts = with_section(facts, section, (*facts.section(section), *records))
    while problems := check(facts, CATALOGUE):
        bad = {(problem.section, problem.key) for problem in problems}
        for section in FACT_KINDS:
            kept = tuple(record for record in facts.section(section) if (section, record.key) not in bad)
            facts = with_section(facts, section, kept)
    return facts


def with_section(facts: Facts, section: str, records: tuple[Any, ...]) -> Facts:
    """The facts with other records in one section."""
    changed: dict[str, Any] = {section: records}
    return replace(facts, **changed)
