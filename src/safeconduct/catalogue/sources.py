"""Reads where a statement comes from: document, place in it, day checked, how sure."""

from __future__ import annotations

from datetime import date

from safeconduct.catalogue.fields import Fields
from safeconduct.catalogue.marked import Node, Refusing
from safeconduct.core.provenance import Source, Sure
from safeconduct.core.records.catalogue import DocumentSource

SOURCE_REQUIRED = ("document", "locator", "checked", "sure")
DOCUMENT_REQUIRED = ("document", "checked", "sure")
_WEB = ("https://", "http://")
SURE = tuple(sure.value for sure in Sure)


def read_source(node: Node, field: str, refusing: Refusing) -> Source | None:
    """The source of a row; None after a refusal."""
    fields = Fields(node, field, refusing, required=SOURCE_REQUIRED, optional=("link",))
    document, locator, link = fields.text("document"), fields.text("locator"), fields.text("link")
    checked, sure = fields.day("checked"), fields.word("sure", SURE, "degree of certainty")
    _refuse_link(fields, link)
    if not (document and locator and checked and sure):
        return None
    return Source(document, locator, checked, Sure(sure), link)


def _refuse_link(fields: Fields, link: str) -> None:
    """Refuse what is no address of the web: pages make links of these, and readers follow them."""
    if link and not link.startswith(_WEB):
        fields.refuse("link", f"{link!r} is no address of a page.", do="Write the issuer's address with https://.")


def read_document(node: Node, field: str, refusing: Refusing) -> DocumentSource:
    """A document behind a programme. What is refused has a stand-in, so that reading can go on."""
    fields = Fields(node, field, refusing, required=DOCUMENT_REQUIRED, optional=("link", "key"))
    _refuse_link(fields, fields.text("link"))
    return DocumentSource(
        document=fields.text("document"),
        sure=fields.word("sure", SURE, "degree of certainty"),
        checked=fields.day("checked") or date.min,
        link=fields.text("link"),
        key=fields.text("key"),
    )
