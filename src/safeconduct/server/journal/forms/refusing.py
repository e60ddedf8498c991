"""Refusals as a form says them: fields by their labels, choices by their words, days written out.

The rules for facts speak as files are written (`to` on 2026-01-01); who fills in a form never sees such names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from safeconduct.core.records.facts import FACT_KINDS
from safeconduct.facts.codec import shape_of
from safeconduct.server.common.look.words import day_text
from safeconduct.server.journal.forms.words import label_of

if TYPE_CHECKING:
    from django.forms import Field

    from safeconduct.core.errors import Refusal

type Labels = Callable[[str], tuple[str, Mapping[str, str]] | None]
"""A field's label and the words of its choices, by a name of files; None for what names no field."""

_QUOTED = re.compile(r"`([^`]*)`")
_ON_DAY = re.compile(r"\bon (\d{4}-\d\d-\d\d)\b")
_CALLED = re.compile(rf"^(?:{'|'.join(kind.title for kind in FACT_KINDS.values())}) '[^']*': ")


def refused_words(refusal: Refusal, section: str, fields: Mapping[str, Field]) -> str:
    """What, why and what to do, for the form of a section with these fields."""
    labels = _labels(section, fields, refusal.place.field)
    what = _CALLED.sub("", refusal.what)
    text = " ".join(part for part in (what, refusal.why, refusal.do) if part)
    told = _QUOTED.sub(lambda quoted: said(quoted[1], labels), text)
    return _ON_DAY.sub(_written, told.replace(" on on ", " on "))  # a label such as Found on says it already


def place_words(place: str, section: str, fields: Mapping[str, Field]) -> str:
    """A place that no field of the form stands for: its label where it is the section's, else as it is written."""
    found = _labels(section, fields, "")(place)
    return found[0] if found else place


def said(quoted: str, labels: Labels) -> str:
    """What is quoted, in the words of the form.

    >>> said("to", {"to": ("Last day", {})}.get), said("state: held", {"state": ("State", {"held": "is held"})}.get)
    ('Last day', 'State: is held')
    >>> said("why: …", {"why": ("Why", {})}.get), said("12 months", {}.get)
    ('Why', '12 months')
    """
    name, _, value = quoted.partition(":")
    found = labels(name.strip())
    if found is None:
        return quoted
    label, choices = found
    value = value.strip(" []{}…")
    return f"{label}: {choices.get(value, value)}" if value else label


def _written(found: re.Match[str]) -> str:
    try:
        return f"on {day_text(date.fromisoformat(found[1]))}"
    except ValueError:
        return found[0]


def _labels(section: str, fields: Mapping[str, Field], place: str) -> Labels:
    """Labels as a refusal at a place means them: beside that place first, then of the whole fact."""
    beside = place.rpartition(".")[0]
    members = {member.written for member in shape_of(FACT_KINDS[section].record).members}

    def found(name: str) -> tuple[str, Mapping[str, str]] | None:
        for path in (f"{beside}.{name}", name, f"values.{name}"):
            if path in fields:
                field = fields[path]
                return str(field.label or label_of(section, name)), dict(_choices(getattr(field, "choices", ())))
        return (label_of(section, name), {}) if name in members else None

    return found


def _choices(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Every choice with its words, out of its group."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _choices(words)
        else:
            yield str(value), str(words)
