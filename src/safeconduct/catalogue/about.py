"""Reads about.yml: what is told about an edition beside its rows, each statement with its source."""

from __future__ import annotations

from safeconduct.catalogue.bounds import duration
from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import Node, Refusing, ScalarNode
from safeconduct.catalogue.sources import read_source
from safeconduct.core.dates import Duration
from safeconduct.core.records.about import About, Link, Statement
from safeconduct.core.records.catalogue import Addressee

REQUIRED = ("legal_basis", "life_cycle", "licence")
OPTIONAL = ("benefits", "notifiable", "duties", "links")
LINK_FIELDS = ("title", "url")
TIMED = {"life_cycle": "step", "notifiable": "what", "duties": "what"}
"""Sections whose statements may have a clock and an actor, with the field that holds the words."""
UNTIMED = ("legal_basis", "benefits")
OPEN = "open"
TIMES = ("clock", "by")


def read_about(node: Node, refusing: Refusing) -> About:
    """Everything told about an edition. What is refused is left out, so that reading can go on."""
    fields = Fields(node, "", refusing, required=REQUIRED, optional=OPTIONAL)
    timed = {section: _read_section(fields, section, word) for section, word in TIMED.items()}
    return About(
        legal_basis=_read_section(fields, "legal_basis", "what"),
        life_cycle=timed["life_cycle"],
        benefits=_read_section(fields, "benefits", "what"),
        notifiable=timed["notifiable"],
        duties=timed["duties"],
        links=_read_links(fields),
        licence=fields.text("licence"),
    )


def _read_section(fields: Fields, section: str, word: str) -> tuple[Statement, ...]:
    optional = ("note", *(TIMES if section in TIMED else ()))
    found: list[Statement] = []
    for path, item in fields.items(section):
        inner = Fields(item, path, fields.refusing, required=(word, "source"), optional=optional)
        source = read_source(inner.at("source"), inner.path("source"), inner.refusing) if "source" in inner else None
        what, clock = inner.text(word), _read_clock(inner)
        by = inner.word("by", [one.value for one in Addressee], "actor")
        if what and source:
            found.append(Statement(what, source, clock, _is_open(inner), by, inner.text("note")))
    return tuple(found)


def _is_open(fields: Fields) -> bool:
    node = fields.node_of("clock")
    return isinstance(node, ScalarNode) and node.text == OPEN


def _read_clock(fields: Fields) -> Duration | None:
    if "clock" not in fields or _is_open(fields):
        return None
    return duration(fields.at("clock"), fields.path("clock"), fields.refusing)


def _read_links(fields: Fields) -> tuple[Link, ...]:
    found: list[Link] = []
    for path, item in fields.items("links"):
        inner = Fields(item, path, fields.refusing, required=LINK_FIELDS)
        title, url = inner.text("title"), inner.text("url")
        if url and not url.startswith("https://"):
            inner.refuse("url", f"{url!r} is no secure address.", do="Write the issuer's address with https://.")
        elif title and url:
            found.append(Link(title, url))
    return tuple(found)
