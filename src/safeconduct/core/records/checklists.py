"""Checklists: the named points of an inspection, the kinds of unit they are for, the requirements that ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.provenance import Source


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to look at. `point` is the element of the parameter's list it stands for; two may share one."""

    point: str
    title: str
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One version of a list of points.

    Its items are elements of `parameter` of `control`; `units` are the elements that control is kept by (empty where
    it is kept by none). `asked_by` are the requirements that bound the parameter to exactly these points.
    """

    key: str
    title: str
    version: str
    control: str
    parameter: str
    units: tuple[str, ...]
    items: tuple[ChecklistItem, ...]
    asked_by: tuple[str, ...]
    source: Source
    supersedes: str = ""
    note: str = ""

    @property
    def points(self) -> frozenset[str]:
        """The elements its items stand for, each once."""
        return frozenset(item.point for item in self.items)
