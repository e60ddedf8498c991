from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import ListNode, MapNode, Refusing, ScalarNode, read_marked, read_marked_file
from safeconduct.core.errors import Refusals


def refused(text: str) -> str:
    with pytest.raises(Refusals) as caught:
        read_marked(text, "some.yml")
    return str(caught.value)


def test_every_plain_scalar_is_text_with_its_line() -> None:
    node = read_marked('a: NO\nb: [1, "x"]\n', "some.yml")
    assert node == MapNode(
        (
            (ScalarNode("a", 1), ScalarNode("NO", 1)),
            (ScalarNode("b", 2), ListNode((ScalarNode("1", 2), ScalarNode("x", 2, quoted=True)), 2)),
        ),
        1,
    )


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "some.yml:4, b.c: ", "'c' is written twice, first on line 3"),
        ("a: &x 1\n", "some.yml:1, a: ", "anchor or alias 'x'"),
        ("a:\n  - 1\n  - *x\n", "some.yml:3, a[2]: ", "anchor or alias 'x'"),
        ("a: !!int 3\n", "some.yml:1, a: ", "The tag 'tag:yaml.org,2002:int' is not read"),
        ("a: 1\nb:\tx\n", "some.yml:2: ", "holds a tab"),
        ("", "some.yml:1: ", "holds nothing"),
        ("a: [\n", "some.yml:2: ", "This is not YAML"),
        ("[1, 2]: x\n", "some.yml:1: ", "A key is not a word"),
        ("a: 1\n---\nb: 2\n", "some.yml:2: ", "A second document begins"),
        ("[\n" * 100_000, "some.yml:101: ", "deeper than 100 levels"),
    ],
)
def test_a_fault_is_refused_at_its_line(text: str, place: str, words: str) -> None:
    message = refused(text)
    assert message.startswith(place)
    assert words in message


def test_all_faults_are_told_at_once() -> None:
    assert [part.split(":")[1] for part in refused("a: 1\na: 2\nb: {x: 1, x: 2}\nc: !t 1\n").splitlines()] == [
        "2, a",
        "3, b.x",
        "4, c",
    ]


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(Refusals, match=r"latin\.yml:2: The file is not UTF-8 text"):
        read_marked_file(file)
    with pytest.raises(Refusals, match="cannot be read"):
        read_marked_file(tmp_path / "absent.yml")


def test_fields_refuse_unknown_missing_and_untyped_ones() -> None:
    refusing = Refusing("some.yml")
    node = read_marked("titel: x\nday: 2026-02-30\nmode: fast\nlist: [a, a]\nyes: maybe\nn: -1\n", "some.yml")
    fields = Fields(node, "row", refusing, required=("title",), optional=("day", "mode", "list", "yes", "n"))
    assert fields.day("day") is None
    assert fields.word("mode", ("standing", "recurring")) == ""
    assert [word for word, _ in fields.words("list")] == ["a"]
    assert fields.flag("yes") is False
    assert fields.number("n") is None
    assert [str(problem) for problem in refusing.problems] == [
        "some.yml:1, row.titel: There is no field 'titel'. Did you mean \"title\"?",
        "some.yml:1, row: The field 'title' is missing. Add `title: …`.",
        (
            "some.yml:2, row.day: '2026-02-30' is not a day. A day is written year-month-day and must exist. "
            "Write it like 2026-07-01."
        ),
        "some.yml:3, row.mode: There is no mode 'fast'. Known: standing, recurring.",
        "some.yml:4, row.list[2]: 'a' is listed twice. Keep one.",
        "some.yml:5, row.yes: There is no answer 'maybe'. Known: yes, no.",
        "some.yml:6, row.n: '-1' is not a whole number. Write digits only, for example 12.",
    ]


def test_fields_of_something_else_give_defaults_after_one_refusal() -> None:
    refusing = Refusing("some.yml")
    fields = Fields(read_marked("[a]", "some.yml"), "row", refusing, required=("title",))
    assert fields.text("title") == ""
    assert [problem.place.field for problem in refusing.problems] == ["row"]
