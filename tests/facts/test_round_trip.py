"""Written facts read back to the same facts, and the canonical file to the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.catalogue.marked import MapNode, Refusing, read_marked
from safeconduct.catalogue.plain import as_node
from safeconduct.core.records.facts import FACT_KINDS, Facts
from safeconduct.facts import layout
from safeconduct.facts.codec import from_plain, join_personal, split_personal, to_plain
from safeconduct.facts.reading import need_reader, read
from safeconduct.facts.writing import document, write
from tests.facts.cast import CATALOGUE, HEAD, PARTNERS
from tests.facts.made import TEXTS, made, made_facts, with_section

BASE = read(
    HEAD
    + PARTNERS
    + """\
in_place:
  - {key: c1, control: seal-fitting, at: rtm, since: 2024-01-01}
  - {key: c2, control: risk-assessment, at: nl, since: 2024-01-01}
""",
    CATALOGUE,
)
READ_NEED = need_reader(CATALOGUE)


def in_key_order(facts: Facts) -> Facts:
    for section in FACT_KINDS:
        facts = with_section(facts, section, tuple(sorted(facts.section(section), key=attrgetter("key"))))
    return facts


@settings(max_examples=40)
@given(made_facts(BASE))
def test_what_was_written_reads_back_to_the_same_facts(facts: Facts) -> None:
    assert in_key_order(facts) == in_key_order(read(write(facts), CATALOGUE))


@settings(max_examples=40)
@given(made_facts(BASE))
def test_a_canonical_file_is_written_again_byte_by_byte(facts: Facts) -> None:
    text = write(facts)
    assert text == write(read(text, CATALOGUE))


@settings(max_examples=40)
@given(st.data())
@pytest.mark.parametrize("section", FACT_KINDS)
def test_a_record_survives_its_plain_form_and_json(section: str, data: st.DataObject) -> None:
    record = data.draw(made(FACT_KINDS[section].record))
    refusing = Refusing("")
    again = from_plain(type(record), json.loads(json.dumps(to_plain(record))), refusing, read_need=READ_NEED)
    assert refusing.problems == []
    assert record == again


@settings(max_examples=40)
@given(st.data())
@pytest.mark.parametrize("section", FACT_KINDS)
def test_personal_fields_part_from_the_facts_and_come_back(section: str, data: st.DataObject) -> None:
    kind = FACT_KINDS[section].record
    plain = to_plain(data.draw(made(kind)))
    factual, personal = split_personal(kind, plain)
    assert plain == join_personal(kind, factual, personal)
    erased = from_plain(kind, join_personal(kind, factual, None), Refusing(""), read_need=READ_NEED)
    assert erased is not None
    assert factual == split_personal(kind, to_plain(erased))[0]


trees = st.recursive(
    TEXTS | st.just("") | st.booleans() | st.integers(0),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


def texts(node: Any) -> Any:
    """A tree of nodes without lines and quotes."""
    if isinstance(node, MapNode):
        return {key.text: texts(value) for key, value in node}
    return [texts(item) for item in node.items] if hasattr(node, "items") else node.text


@given(st.dictionaries(st.sampled_from(("a", "b", "c")), trees, min_size=1))
def test_any_plain_data_are_laid_out_as_yaml_that_says_the_same(data: dict[str, Any]) -> None:
    text = layout.document({"safeconduct": 1}, {"section": data})
    assert {"safeconduct": "1", "section": texts(as_node(data))} == texts(read_marked(text, "made.yml"))


def test_defaults_are_left_out_and_the_plan_stands_among_the_targets() -> None:
    facts = read(
        HEAD
        + """\
in_place:
  - key: c1
    control: seal-fitting
    at: rtm
    since: 2026-01-01
    present: yes
    targets: {plan: {every: 6 months, why: Enough, tolerate: 100 %}}
""",
        CATALOGUE,
    )
    (record,) = facts.in_place
    assert record.plan is not None
    expected = {
        "key": "c1",
        "control": "seal-fitting",
        "at": "rtm",
        "since": "2026-01-01",
        "targets": {"plan": {"every": "6 months", "why": "Enough"}},
    }
    assert expected == to_plain(record)


def test_records_stand_in_the_order_of_their_keys_whatever_the_file_said() -> None:
    turned = replace(BASE, units=tuple(reversed(BASE.units)), in_place=tuple(reversed(BASE.in_place)))
    assert write(BASE) == write(turned)
    assert list(document(turned)["units"]) == ["lax", "nl", "rtm", "us"]


def test_text_of_several_lines_is_a_block_and_long_text_is_not_folded() -> None:
    (partner,) = BASE.partners
    note = "First line\nsecond: line\n\n" + "long " * 60 + "end"
    text = write(replace(BASE, partners=(replace(partner, note=note),)))
    assert "    note: |-\n      First line\n      second: line\n\n      long long" in text
    assert note == read(text, CATALOGUE).partners[0].note


def test_text_that_looks_like_a_number_is_quoted_for_other_readers() -> None:
    (partner,) = BASE.partners
    text = write(replace(BASE, partners=(replace(partner, title="2020", note="null"),)))
    assert '{key: h1, title: "2020", of: nl' in text
    assert 'note: "null"}' in text
