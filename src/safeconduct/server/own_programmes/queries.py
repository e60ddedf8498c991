"""Reads drafts and published editions, and puts those an organisation sees onto the catalogue of the files."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from safeconduct.catalogue.loading import Examined
from safeconduct.catalogue.own import digest_with, examine_files
from safeconduct.core.errors import UnknownKey
from safeconduct.server.common.catalogue_in_use import catalogue_of
from safeconduct.server.journal.kept import Kept
from safeconduct.server.own_programmes.models import Draft, PublishedEdition, Written
from safeconduct.server.own_programmes.texts import Texts

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.server.accounts.viewer import Viewer
    from safeconduct.server.common.tenancy import OfOrganisation

_log = logging.getLogger(__name__)
_CATALOGUES_KEPT = 16
_catalogues: Kept[str, Catalogue] = Kept(_CATALOGUES_KEPT)


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft as it was read; `state` tells one state of its texts from another."""

    programme: str
    edition: str
    texts: Texts
    changed: datetime

    @property
    def id(self) -> str:
        """Programme and edition, as enrolments will name them."""
        return f"{self.programme}/{self.edition}"

    @property
    def state(self) -> str:
        """What tells this state of the draft from another."""
        said = "\0".join((self.id, self.texts.head, self.texts.rows, self.texts.about))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class EditionSeen:
    """A published edition; `owner` is the title of the organisation that published it."""

    programme: str
    edition: str
    texts: Texts
    digest: str
    shared: bool
    published: datetime
    owner: str
    own: bool

    @property
    def id(self) -> str:
        """Programme and edition, as enrolments name them."""
        return f"{self.programme}/{self.edition}"


def with_published(files: Catalogue, whose: OfOrganisation) -> Catalogue:
    """The catalogue of the files with every edition published here that an organisation sees.

    One statement; the texts are read only where these editions were not yet put onto these files in this process.
    Editions never change, so their digests name the whole set: whoever keeps a judgement by the catalogue's digest
    never sees one of another set.
    """
    digests = tuple(PublishedEdition.objects.seen_by(whose).values_list("digest", flat=True))
    if not digests:
        return files
    digest = digest_with(files.digest, *digests)
    return _catalogues.get_or_make(digest, lambda: _put_onto(files, whose, digests, digest))


def _put_onto(files: Catalogue, whose: OfOrganisation, digests: tuple[str, ...], digest: str) -> Catalogue:
    """Read each edition onto the catalogue, the oldest first.

    One that this server's files no longer fit (a control it names is gone) is left out, and the log says why: who is
    enrolled in it is told that the catalogue does not have it.
    """
    catalogue = files
    for row in PublishedEdition.objects.seen_by(whose).filter(digest__in=digests):
        name = f"{row.programme}/{row.edition}"
        known = replace(catalogue, programmes={key: one for key, one in catalogue.programmes.items() if key != name})
        found = examine_files(_texts(row).files(row.programme, row.edition), known, name=name)
        if found.refusals:
            _log.error("%s cannot be read any more and is left out: %s", name, found.refusals[0])
        else:
            catalogue = found.catalogue
    return replace(catalogue, digest=digest)


def _texts(row: Written) -> Texts:
    return Texts(row.head, row.rows, row.about)


def _draft(row: Draft) -> DraftSeen:
    return DraftSeen(row.programme, row.edition, _texts(row), row.changed)


def drafts_of(viewer: Viewer) -> tuple[DraftSeen, ...]:
    """What the viewer's organisation is writing, by key; nothing for those who are limited to sites."""
    return () if viewer.limited else tuple(_draft(row) for row in Draft.objects.of(viewer).order_by("programme"))


def draft_of(viewer: Viewer, programme: str) -> DraftSeen:
    """The draft of a programme. Raises UnknownKey where there is none, or none the viewer sees."""
    row = None if viewer.limited else Draft.objects.of(viewer).filter(programme=programme).first()
    if row is None:
        raise UnknownKey("draft", programme, ())
    return _draft(row)


def examined(viewer: Viewer, draft: DraftSeen) -> Examined:
    """The draft read onto the viewer's catalogue, with everything that is wrong in it."""
    return examine_files(draft.texts.files(draft.programme, draft.edition), catalogue_of(viewer), name=draft.id)


def editions_seen(viewer: Viewer) -> tuple[EditionSeen, ...]:
    """Every edition published here that the viewer's organisation may enrol in, the newest first."""
    rows = PublishedEdition.objects.seen_by(viewer).select_related("organisation").order_by("-pk")
    return tuple(_edition(row, viewer) for row in rows)


def edition_seen(viewer: Viewer, programme: str, edition: str) -> EditionSeen:
    """One of them. Raises UnknownKey for what is not published, or not for this organisation."""
    rows = PublishedEdition.objects.seen_by(viewer).select_related("organisation")
    row = rows.filter(programme=programme, edition=edition).first()
    if row is None:
        raise UnknownKey("published edition", f"{programme}/{edition}", ())
    return _edition(row, viewer)


def _edition(row: PublishedEdition, viewer: Viewer) -> EditionSeen:
    return EditionSeen(
        row.programme,
        row.edition,
        _texts(row),
        row.digest,
        row.shared,
        row.published,
        owner=str(row.organisation),
        own=row.organisation_id == viewer.organisation_id,
    )
