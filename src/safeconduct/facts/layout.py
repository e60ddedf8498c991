"""The one layout of a facts file: which scalar gets quotes, what stands on one line, how deep things are indented.

Same data, same bytes. A list or mapping stands on one line where it fits into the width; longer ones go one entry a
line. Text of several lines is a block. Long text is never folded, so that a changed word changes one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 120

_PLAIN = re.compile(r"[^\W_](?:[\w ./@%+()-]*[\w./@%+()-])?")
# Other readers of YAML take these for something else than text.
_NOT_TEXT = re.compile(r"(?:true|false|null|[-+]?[\d.][\d_.]*(?:e[-+]?\d+)?|0[xo][\da-f]+)", re.IGNORECASE)


def scalar(value: object) -> str:
    """One value on one line.

    >>> scalar(True), scalar(12), scalar("12 months"), scalar("12"), scalar("why: not")
    ('yes', '12', '12 months', '"12"', '"why: not"')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return json.dumps(character)[1:-1] if code < 32 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: object) -> str | None:
    """A value on one line, or None where it holds text that is written as a block."""
    match value:
        case dict():
            members = [(scalar(key), flow(member)) for key, member in value.items()]
            if any(member is None for _, member in members):
                return None
            return "{" + ", ".join(f"{key}: {member}" for key, member in members) + "}"
        case list():
            items = [flow(member) for member in value]
            return None if None in items else "[" + ", ".join(str(item) for item in items) + "]"
        case str() if _is_block(value):
            return None
        case _:
            return scalar(value)


def _is_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and all(line.isprintable() and line == line.strip() for line in lines)
        and all((lines[0], lines[-1]))
    )


def _block(text: str, indent: str) -> Iterator[str]:
    for line in text.removesuffix("\n").split("\n"):
        yield indent + line if line else ""


def entry(key: str, value: object, indent: str = "") -> Iterator[str]:
    """The lines of one entry of a mapping."""
    head = f"{indent}{scalar(key)}:"
    line = flow(value)
    if line is not None and (not isinstance(value, list | dict) or not value or len(f"{head} {line}") <= WIDTH):
        yield f"{head} {line}"
    elif isinstance(value, str):
        yield f"{head} |" if value.endswith("\n") else f"{head} |-"
        yield from _block(value, indent + "  ")
    else:
        yield head
        yield from members(value, indent + "  ")


def members(value: object, indent: str) -> Iterator[str]:
    """The lines of a list or mapping, one entry after the other."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from entry(key, member, indent)
        return
    assert isinstance(value, list)
    for member in value:
        yield from _item(member, indent)


def _item(value: object, indent: str) -> Iterator[str]:
    line = flow(value)
    if line is not None and (not isinstance(value, list | dict) or not value or len(f"{indent}- {line}") <= WIDTH):
        yield f"{indent}- {line}"
    elif isinstance(value, str):
        yield f"{indent}- |" if value.endswith("\n") else f"{indent}- |-"
        yield from _block(value, indent + "  ")
    else:
        lines = members(value, indent + "  ")
        yield f"{indent}- {next(lines)[len(indent) + 2 :]}"
        yield from lines


def document(head: Mapping[str, Any], sections: Mapping[str, Any]) -> str:
    """The whole file: the head's entries, then each section after an empty line."""
    lines = [line for key, value in head.items() for line in entry(key, value)]
    for name, content in sections.items():
        lines += ["", f"{name}:", *members(content, "  ")]
    return "\n".join(lines) + "\n"
