"""Whatever is wrong with a file, the loader refuses it in words and never breaks down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safeconduct.catalogue.loading import data_files, examine

WHOLE = Path(__file__).parent / "fixtures" / "whole"
FILES = [name for name, _ in data_files(WHOLE)]
ODD: list[Any] = [
    "",
    "x",
    "yes",
    "0",
    "-1",
    "2020-03-01",
    "us-demo/1.1",
    "12 months",
    [],
    ["x"],
    [[]],
    {},
    {"x": "y"},
    {"x": {}},
]


def content(name: str) -> Any:
    return yaml.load((WHOLE / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a file."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


PLACES = [(name, path) for name in FILES for path in places(content(name))]


def changed(node: Any, path: tuple[Any, ...], change: str, odd: Any) -> Any:
    """The content with one value replaced, removed, or its key respelt."""
    target = node
    for step in path[:-1]:
        target = target[step]
    last = path[-1]
    if change == "remove":
        del target[last]
    elif change == "respell" and isinstance(target, dict):
        target[f"{last}x"] = target.pop(last)
    else:
        target[last] = odd
    return node


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(WHOLE, tmp_path_factory.mktemp("any") / "data")


@settings(max_examples=100, deadline=None)
@example(("controls/cargo.yml", ("cctv", "parameters", "coverage", "set")), "replace", "")
@given(st.sampled_from(PLACES), st.sampled_from(["replace", "replace", "remove", "respell"]), st.sampled_from(ODD))
def test_any_change_of_a_file_is_read_or_refused_with_its_place(
    data: Path, spot: tuple[str, tuple[Any, ...]], change: str, odd: Any
) -> None:
    name, path = spot
    file = data / name
    file.write_text(yaml.safe_dump(changed(content(name), path, change, odd)), "utf-8")
    try:
        refusals = examine(data).refusals
    finally:
        shutil.copy(WHOLE / name, file)
    assert [str(one) for one in refusals if not (one.place.file in FILES and one.what and (one.why or one.do))] == []
