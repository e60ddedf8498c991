"""How what a field may be answered with is given: values with their words, singly or under headings."""

from __future__ import annotations

type Choice = tuple[str, str]
type Choices = list[Choice | tuple[str, list[Choice]]]
