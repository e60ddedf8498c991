"""What a fact is called, and the page that shows it."""

from __future__ import annotations

from typing import Any

from safeconduct.facts.checks import section_of
from safeconduct.server.common.exports import plain
from safeconduct.server.common.links import address
from safeconduct.server.common.look.values import Link
from safeconduct.server.journal.cells import cell
from safeconduct.server.journal.forms import FormGround
from safeconduct.server.journal.sections import find
from safeconduct.server.registers.kinds import REGISTERS


def title_of(ground: FormGround, record: Any) -> str:
    """What a fact is called: the first two columns of its register that say something."""
    columns = REGISTERS[section_of(record)].columns
    said = [text for name in columns[:3] if (text := plain(cell(ground, record, name)))]
    return ", ".join(said[:2]) or record.key


def record_link(ground: FormGround, section: str, key: str) -> Link:
    """A fact by its title; it leads to its page."""
    record = find(ground.snapshot.facts, section, key)
    return Link(title_of(ground, record) if record else key, record_url(section, key))


def record_url(section: str, key: str) -> str:
    """The page of one fact: its own where it has one, else the one of its register."""
    own = {"in_place": "controls:in-place", "partners": "partners:partner"}.get(section)
    return (address(own, key) if own else "") or address("registers:change", section, key)
