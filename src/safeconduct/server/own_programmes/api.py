"""The API of programmes of one's own: write a draft as texts, have it checked, publish it; read what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from safeconduct.core.errors import UnknownKey
from safeconduct.server.common.problems import as_error
from safeconduct.server.journal.fact_api import viewer_of_call
from safeconduct.server.own_programmes import actions, queries
from safeconduct.server.own_programmes.texts import Texts

if TYPE_CHECKING:
    from safeconduct.server.own_programmes.queries import DraftSeen, EditionSeen

router = Router(tags=["own programmes"])
_DRAFT = "/own-programmes/{programme}/draft"


class Written(Schema):
    """What is written of an edition."""

    edition: str = Field(description="Year or version; programme.yml repeats it.")
    head: str = Field(description="programme.yml")
    rows: str = Field("", description="requirements.yml")
    about: str = Field("", description="about.yml; empty where nothing is told.")


class Publishing(Schema):
    """How a draft is published."""

    state: str = Field(description="The state of the draft that was read, as `get_draft` tells it.")
    shared: bool = Field(description="Whether every organisation of this server may enrol in it.")


@router.get("/own-programmes", operation_id="list_own_programmes")
def list_own_programmes(request: HttpRequest) -> dict[str, Any]:
    """What the organisation is writing, and every edition published here that it may enrol in, newest first."""
    viewer = viewer_of_call(request)
    editions = [{**_edition(one), "owner": one.owner, "own": one.own} for one in queries.editions_seen(viewer)]
    return {"drafts": [_draft(one) for one in queries.drafts_of(viewer)], "editions": editions}


@router.get(_DRAFT, operation_id="get_draft")
def get_draft(request: HttpRequest, response: HttpResponse, programme: str) -> dict[str, Any]:
    """A draft with its texts, and everything the loader refuses of it, with lines."""
    viewer = viewer_of_call(request)
    draft = queries.draft_of(viewer, programme)
    response["ETag"] = f'"{draft.state}"'
    refused = [as_error(one) for one in queries.examined(viewer, draft).refusals]
    return {**_draft(draft), **_texts(draft.texts), "refused": refused}


@router.put(_DRAFT, operation_id="put_draft")
def put_draft(request: HttpRequest, response: HttpResponse, programme: str, written: Written) -> dict[str, Any]:
    """Write a draft, wrong or right: a new one, or the one that is there in the state `If-Match` names."""
    viewer = viewer_of_call(request)
    texts = Texts(written.head, written.rows, written.about)
    try:
        before = queries.draft_of(viewer, programme)
    except UnknownKey:
        actions.begin_draft(viewer, programme, written.edition, texts)
    else:
        read = request.headers.get("If-Match", before.state).strip('"')
        actions.change_draft(viewer, programme, texts, read=read, edition=written.edition)
    return get_draft(request, response, programme)


@router.delete(_DRAFT, response={204: None}, operation_id="delete_draft")
def delete_draft(request: HttpRequest, programme: str) -> Status[None]:
    """Throw a draft away."""
    actions.discard_draft(viewer_of_call(request), programme)
    return Status(204, None)


@router.post("/own-programmes/{programme}/publish", operation_id="publish_edition")
def publish_edition(request: HttpRequest, programme: str, publishing: Publishing) -> dict[str, Any]:
    """Publish the draft as an edition that is never changed; refused with every fault the loader finds."""
    viewer = viewer_of_call(request)
    edition = queries.draft_of(viewer, programme).edition
    actions.publish_edition(viewer, programme, shared=publishing.shared, read=publishing.state)
    return _edition(queries.edition_seen(viewer, programme, edition))


@router.get("/own-programmes/{programme}/editions/{edition}", operation_id="get_published_edition")
def get_published_edition(request: HttpRequest, programme: str, edition: str) -> dict[str, Any]:
    """A published edition with its texts: enough to judge by it elsewhere."""
    found = queries.edition_seen(viewer_of_call(request), programme, edition)
    return {**_edition(found), **_texts(found.texts)}


def _draft(draft: DraftSeen) -> dict[str, Any]:
    changed = draft.changed.isoformat()
    return {"programme": draft.programme, "edition": draft.edition, "state": draft.state, "changed": changed}


def _edition(found: EditionSeen) -> dict[str, Any]:
    return {
        "programme": found.programme,
        "edition": found.edition,
        "digest": found.digest,
        "shared": found.shared,
        "published": found.published.isoformat(),
    }


def _texts(texts: Texts) -> dict[str, str]:
    return {"head": texts.head, "rows": texts.rows, "about": texts.about}
