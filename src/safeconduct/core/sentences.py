"""Findings in plain sentences, and what would mend them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from string import Formatter
from textwrap import shorten
from typing import TYPE_CHECKING

from safeconduct.core.codes import CODES, COUNTED, FLAGS, Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safeconduct.core.judgement import Finding

_MADE_UP = frozenset({"lacking", "limits", "last_look", "parameter_within", "when"})  # made from other params
_LONGEST = 240
"""Characters of somebody's reasons that are told beside a finding; the record has them all."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def written_day(day: date) -> str:
    """A day as people read it.

    >>> written_day(date(2026, 11, 4))
    '4 Nov 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def sentence(finding: Finding) -> str:
    """Why the finding is what it is, in one sentence."""
    speaking = _speaking(finding, _code(finding).sentence)
    text = _told(speaking).sentence.format_map(_words(speaking))
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".")
    return text[:1].upper() + text[1:]


def deed(finding: Finding) -> str:
    """What would mend it, in one sentence; empty where nothing is to be done."""
    speaking = _speaking(finding, _code(finding).deed)
    text = _told(speaking).deed.format_map(_words(speaking))
    return text[:1].upper() + text[1:]


def deeds(findings: Iterable[Finding]) -> str:
    """What would mend each of some findings, one sentence after another; empty where nothing is to be done."""
    return " ".join(text for text in map(deed, findings) if text)


def reasons(finding: Finding) -> str:
    """What the person who judged gave as reasons, cut where they are long; empty where none are on record."""
    return shorten(finding.param("why"), _LONGEST, placeholder=" …") if finding.kind == "judgement" else ""


def nature(finding: Finding) -> str:
    """work, paper, time, catalogue, or empty."""
    return _code(finding).nature


def _speaking(finding: Finding, told: str) -> Finding:
    """The finding that knows the words of its code: itself, or the one below that it took the code from."""
    asked = {name for _, name, _, _ in Formatter().parse(told) if name} - _MADE_UP
    for one in finding.walk():
        told_below = any(member.code == one.code for member in one.because)
        if one.code == finding.code and asked <= {name for name, _ in one.params} and not told_below:
            return one
    return finding


def _code(finding: Finding) -> Code:
    return CODES.get(finding.code) or Code(finding.code.replace("-", " ").capitalize() + ".")


def _told(finding: Finding) -> Code:
    """What is said of the finding itself: a bound that asks for a yes, or counts elements, has words of its own."""
    code = _code(finding)
    if finding.param("op") == "yes":
        return FLAGS.get(finding.code, code)
    return replace(code, sentence=COUNTED.get(finding.code, code.sentence)) if finding.param("out_of") else code


def _words(finding: Finding) -> dict[str, str]:
    words: dict[str, str] = defaultdict(lambda: "–")
    for name, value in finding.params:
        words[name] = _readable(value).rstrip(".")
    if "proof" in words:
        words["proof"] = words["proof"][:1].lower() + words["proof"][1:]
    words["lacking"] = f"; lacks {words['lacks']}" if "lacks" in words else ""
    words["limits"] = _limits(words)
    if "parameter" in words:
        words["parameter_within"] = _within(words["parameter"])
    if "since" in words and "until" in words:
        same = words["since"] == words["until"]
        words["when"] = f"on {words['since']}" if same else f"from {words['since']} to {words['until']}"
    if "last_look" not in words:
        words["last_look"] = words.get("last") or words.get("checked") or words.get("until") or "–"
        if finding.kind == "sample":
            words["last_look"] = words.get("until") or "–"
    return words


def _limits(words: dict[str, str]) -> str:
    low, high = words.get("at_least", ""), words.get("at_most", "")
    return " and ".join([*([f"at least {low}"] if low else []), *([f"at most {high}"] if high else [])])


def _within(words: str) -> str:
    """Words inside a sentence; a first word in capitals keeps them.

    >>> _within("Only as the job needs"), _within("CCTV watched live")
    ('only as the job needs', 'CCTV watched live')
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _readable(value: str) -> str:
    try:
        return written_day(date.fromisoformat(value))
    except ValueError:
        return value
