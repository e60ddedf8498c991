"""Writes and publishes programmes of one's own; each deed with its journal entry."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from safeconduct.catalogue.own import PREFIX
from safeconduct.core.errors import Changed, Place, Refusal, Refusals
from safeconduct.server.accounts.rights import Right
from safeconduct.server.common.catalogue_in_use import catalogue_of, forget_published
from safeconduct.server.common.clock import now
from safeconduct.server.journal.actions import Draft as Entry
from safeconduct.server.journal.actions import append
from safeconduct.server.journal.currency import current, keep
from safeconduct.server.journal.queries import locked_head
from safeconduct.server.own_programmes.models import LONGEST_ID, Draft, PublishedEdition
from safeconduct.server.own_programmes.queries import DraftSeen, draft_of, edition_seen, examined
from safeconduct.server.own_programmes.texts import Texts, head_text, mapping_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from safeconduct.server.accounts.viewer import Viewer

SECTION = "own_programmes"
LARGEST_TEXT = 512 * 1024
_NAME = re.compile(r"^[a-z0-9]{1,20}$")
_EDITION = re.compile(r"^[a-z0-9]+([.-][a-z0-9]+)*$")


def programme_key(viewer: Viewer, name: str) -> str:
    """The key of a programme that an organisation calls by a word of its own.

    The organisation's key stands inside, and the word has no hyphen, so that no two organisations share one.
    """
    return f"{PREFIX}{viewer.organisation_key}-{name}"


def begin_programme(viewer: Viewer, name: str, edition: str, head: Mapping[str, Any]) -> DraftSeen:
    """Start a draft of a new programme; `head` is what programme.yml says besides the two keys."""
    key = programme_key(viewer, name)
    return begin_draft(viewer, key, edition, Texts(head_text({"programme": key, "edition": edition, **head}), ""))


def begin_draft(viewer: Viewer, programme: str, edition: str, texts: Texts) -> DraftSeen:
    """Start a draft with what is written of it already; it may still be wrong.

    Refused for a key that is not made as `programme_key` makes it, and where the organisation has a draft or an
    edition of that name already.
    """
    viewer.need(Right.PROGRAMMES)
    start, place = programme_key(viewer, ""), Place(field="name")
    if not _NAME.match(programme.removeprefix(start)) or programme == programme.removeprefix(start):
        do = "Write one word of small letters and digits, for example hauliers."
        why = f"The key of a programme here is {start} and one word."
        raise Refusal(f"{programme!r} is no key of a programme.", why=why, do=do, place=place, code="bad-key")
    known = {one.key for one in catalogue_of(viewer).programmes.values()}
    if programme in known or Draft.objects.of(viewer).filter(programme=programme).exists():
        do = "Choose another word, or go on with the one that is there."
        raise Refusal(f"There is a programme {programme!r} already.", do=do, place=place, code="key-taken")
    return _begin(viewer, programme, edition, texts)


def begin_next_edition(viewer: Viewer, programme: str, before: str, edition: str) -> DraftSeen:
    """Start the next edition of a programme as a copy of a published one, which it supersedes."""
    viewer.need(Right.PROGRAMMES)
    published = edition_seen(viewer, programme, before)
    if not published.own:
        why = "Only who issued a programme writes its next edition."
        raise Refusal(f"{published.id} is another organisation's.", why=why, do="Begin a programme of your own.")
    head = {**mapping_of(published.texts.head), "edition": edition, "supersedes": before}
    return _begin(viewer, programme, edition, replace(published.texts, head=head_text(head)))


def _begin(viewer: Viewer, programme: str, edition: str, texts: Texts) -> DraftSeen:
    _refuse_edition(viewer, programme, edition)
    _refuse_large(texts)
    with transaction.atomic():
        locked_head(viewer)
        if Draft.objects.of(viewer).filter(programme=programme).exists():
            do = "Go on with it, or discard it first."
            raise Refusal(f"A draft of {programme} is being written.", do=do, code="draft-there")
        Draft.objects.insert([_row(viewer, programme, edition, texts)])
        _enter(viewer, "begin-draft", f"{programme}/{edition}", {})
    return draft_of(viewer, programme)


def _row(viewer: Viewer, programme: str, edition: str, texts: Texts) -> Draft:
    return Draft(
        organisation_id=viewer.organisation_id,
        programme=programme,
        edition=edition,
        head=texts.head,
        rows=texts.rows,
        about=texts.about,
        changed=now(),
    )


def _refuse_edition(viewer: Viewer, programme: str, edition: str) -> None:
    place = Place(field="edition")
    if not _EDITION.match(edition) or len(edition) > LONGEST_ID // 3:
        do = 'Write a year or a version, for example "2027".'
        raise Refusal(f"{edition!r} is no edition.", do=do, place=place)
    if f"{programme}/{edition}" in catalogue_of(viewer).programmes:
        why = "A published edition is never changed."
        raise Refusal(
            f"{programme}/{edition} is published.", why=why, do="Choose the next year or version.", place=place
        )


def _refuse_large(texts: Texts) -> None:
    for name, text in texts.named().items():
        if len(text.encode()) > LARGEST_TEXT:
            raise Refusal(f"{name} is larger than 512 kB.", do="Write less, or several programmes.", code="too-large")
        if "\0" in text:
            raise Refusal(f"{name} holds a character that no text has.", do="Remove it.", code="bad-text")


def change_draft(viewer: Viewer, programme: str, texts: Texts, *, read: str, edition: str = "") -> DraftSeen:
    """Write a draft anew; it may still be wrong. `read` is the state it was read in.

    Raises Changed where somebody else changed it since; Refusal for texts larger than 512 kB, and for an edition that
    is published.
    """
    viewer.need(Right.PROGRAMMES)
    _refuse_large(texts)
    with transaction.atomic():
        locked_head(viewer)
        draft = _unchanged(viewer, programme, read)
        edition = edition or draft.edition
        if edition != draft.edition:
            _refuse_edition(viewer, programme, edition)
        if (edition, texts) == (draft.edition, draft.texts):
            return draft
        rows = Draft.objects.of(viewer).filter(programme=programme)
        rows.update(edition=edition, head=texts.head, rows=texts.rows, about=texts.about, changed=now())
        _enter(viewer, "change-draft", f"{programme}/{edition}", {"digest": texts.digest(programme, edition)})
    return draft_of(viewer, programme)


def _unchanged(viewer: Viewer, programme: str, read: str) -> DraftSeen:
    draft = draft_of(viewer, programme)
    if draft.state != read:
        what = f"The draft of {programme} is not what it was; nothing was stored."
        raise Changed(what, now=draft.state, do="Read it again, then decide anew.")
    return draft


def discard_draft(viewer: Viewer, programme: str) -> None:
    """Throw a draft away; what was published stays."""
    viewer.need(Right.PROGRAMMES)
    with transaction.atomic():
        locked_head(viewer)
        draft = draft_of(viewer, programme)
        Draft.objects.of(viewer).filter(programme=programme).delete()
        _enter(viewer, "discard-draft", draft.id, {})


def publish_edition(viewer: Viewer, programme: str, *, shared: bool, read: str) -> str:
    """Publish a draft as an edition that is never changed again; its digest.

    With `shared` every organisation of this server sees it and may enrol in it, else only the own one. Raises Refusals
    with every fault the loader finds; Changed where somebody else changed the draft since it was read.
    """
    viewer.need(Right.PROGRAMMES)
    with transaction.atomic():
        locked_head(viewer)
        draft = _unchanged(viewer, programme, read)
        if problems := examined(viewer, draft).refusals:
            raise Refusals(problems)
        texts, digest = draft.texts, draft.texts.digest(programme, draft.edition)
        row = PublishedEdition(
            organisation_id=viewer.organisation_id,
            programme=programme,
            edition=draft.edition,
            head=texts.head,
            rows=texts.rows,
            about=texts.about,
            digest=digest,
            shared=shared,
            published=now(),
            actor=viewer.actor,
        )
        PublishedEdition.objects.insert([row])
        Draft.objects.of(viewer).filter(programme=programme).delete()
        said = {"digest": digest, "seen_by": "every organisation of the server" if shared else "the own organisation"}
        _enter(viewer, "publish-edition", draft.id, said)
    forget_published()
    return digest


def _enter(viewer: Viewer, deed: str, key: str, said: Mapping[str, Any]) -> None:
    """Write the entry; the facts are what they were, and go on being kept under the new head."""
    now_current = current(viewer)
    head = append(viewer, now_current.head, [Entry(deed, SECTION, key, dict(said))])
    transaction.on_commit(lambda: keep(viewer, head, now_current.snapshot))
