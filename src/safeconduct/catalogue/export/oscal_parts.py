"""What every OSCAL document of ours shares: permanent identifiers, properties in our own name space, its head.

OSCAL wants a UUID for whatever others may point at. Ours follow from keys (UUID version 5), so that the same thing has
the same one in every export; a document's own follows from the digest of the catalogue too, because it is a revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from safeconduct.core.provenance import Source
from safeconduct.core.records.catalogue import Catalogue, Programme

OSCAL_VERSION = "1.2.1"
OURS = "urn:safeconduct:oscal"
"""The name space of properties that OSCAL does not define."""

CONTROLS_FILE = "controls.json"
Plain = dict[str, Any]
_NAMESPACE = uuid5(NAMESPACE_URL, OURS)


def uuid_of(*names: str) -> str:
    """The UUID of what a row of names stands for: the same names, the same UUID.

    >>> uuid_of("us-ctpat/2020", "6.2") == uuid_of("us-ctpat/2020", "6.2")
    True
    """
    return str(uuid5(_NAMESPACE, "\n".join(names)))


def token(key: str) -> str:
    """A key of ours as an OSCAL token. Different keys stay different, because no key of ours has an underscore.

    >>> token("us-ctpat/6.2"), token("eu-aeo/ia-28.1.a@2020"), token("us-ctpat/3.1#finance")
    ('us-ctpat_6.2', 'eu-aeo_ia-28.1.a__2020', 'us-ctpat_3.1_-_finance')
    """
    return key.replace("/", "_").replace("@", "__").replace("#", "_-_")


def catalog_file(programme: Programme) -> str:
    """The name of an edition's catalog among the files of an export."""
    return f"catalogs/{token(programme.id)}.json"


def on_one_line(text: str) -> str:
    """A text without line breaks and outer blanks, as OSCAL asks of values."""
    return " ".join(text.split())


def prop(name: str, value: str, *, kind: str = "", remarks: str = "") -> Plain:
    """A property in our name space; `kind` tells several of one name apart."""
    found: Plain = {"name": name, "ns": OURS, "value": on_one_line(value)}
    return found | filled({"class": kind, "remarks": remarks})


def props(values: Iterable[tuple[str, str]]) -> Iterator[Plain]:
    """Properties of those values that say something."""
    return (prop(name, value) for name, value in values if value.strip())


def filled(fields: Plain) -> Plain:
    """The fields that say something: OSCAL has no empty lists and texts."""
    return {name: value for name, value in fields.items() if value}


def head(catalogue: Catalogue, title: str, *, version: str, day: date, own: Iterable[Plain] = ()) -> Plain:
    """The metadata of a document; `day` is the newest check of what it says."""
    return {
        "title": on_one_line(title),
        "last-modified": f"{day.isoformat()}T00:00:00Z",
        "version": version,
        "oscal-version": OSCAL_VERSION,
        "props": [prop("catalogue-digest", catalogue.digest), *own],
        "remarks": "Written in Safeconduct's own words from the sources named; it is not the issuer's text.",
    }


def checked_last(days: Iterable[date]) -> date:
    """The newest of some days of checking; the first day of the calendar where there is none."""
    return max(days, default=date.min)


def resource(uuid: str, title: str, link: str, own: Iterable[Plain]) -> Plain:
    """A document that was read, as a resource of the back matter."""
    links = [{"href": link}] if link else []
    return {"uuid": uuid, "title": on_one_line(title), **filled({"props": list(own), "rlinks": links})}


def resource_of(source: Source) -> str:
    """The UUID of the document a source names."""
    return uuid_of("document", source.document, source.link)
