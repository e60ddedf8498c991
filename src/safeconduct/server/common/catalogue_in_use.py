"""The catalogue by which an organisation is judged: what the server reads at its start, and what was published here.

The files (the shipped ones, then the folders of SAFECONDUCT_CATALOGUES) are read once per process. On top of them
stand the editions published on this server that the organisation may see; the function that the setting
PUBLISHED_PROGRAMMES names finds them. Whatever has a viewer asks `catalogue_of(viewer)`; pages, which only ever show
one organisation, may ask `catalogue_in_use()`, for the request knows whose it is.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from safeconduct.catalogue.own import load_with
from safeconduct.facts.reading import need_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.facts.shapes import NeedReader
    from safeconduct.server.common.tenancy import OfOrganisation

    Published = Callable[[Catalogue, OfOrganisation], Catalogue]


class _InUse:
    """What is loaded at the first question and kept."""

    catalogue: Catalogue | None = None
    need_reader: NeedReader | None = None


@dataclass
class _Request:
    """Whose request it is, once that is known, and the catalogue it was first answered by."""

    whose: OfOrganisation | None = None
    catalogue: Catalogue | None = None


_request: ContextVar[_Request | None] = ContextVar("request", default=None)


def use(catalogue: Catalogue | None) -> None:
    """Read this catalogue instead of the files from now on in this process; None is the files again."""
    _InUse.catalogue = catalogue
    _InUse.need_reader = None


def catalogue_of_files() -> Catalogue:
    """What stands in files: the same for every organisation of this server."""
    if _InUse.catalogue is None:
        _InUse.catalogue = load_with(settings.CATALOGUES)
    return _InUse.catalogue


def catalogue_of(whose: OfOrganisation) -> Catalogue:
    """The catalogue of an organisation. One statement; within a request only at the first question.

    Its digest tells which published editions are in it, so that what is kept by the digest is never of another set.
    """
    request = _request.get()
    if request is None or request.whose is None or request.whose.organisation_id != whose.organisation_id:
        return _published()(catalogue_of_files(), whose)
    if request.catalogue is None:
        request.catalogue = _published()(catalogue_of_files(), whose)
    return request.catalogue


def catalogue_in_use() -> Catalogue:
    """The catalogue of the organisation whose request is answered; that of the files where no request is."""
    request = _request.get()
    return catalogue_of_files() if request is None or request.whose is None else catalogue_of(request.whose)


@contextmanager
def one_request() -> Iterator[None]:
    """While a request is answered: one catalogue from its beginning to its end, and none left over for the next."""
    token = _request.set(_Request())
    try:
        yield
    finally:
        _request.reset(token)


def request_is_of(whose: OfOrganisation) -> None:
    """Say whose request it is, as soon as that is known; outside of requests it says nothing."""
    request = _request.get()
    if request is not None:
        request.whose, request.catalogue = whose, None


def forget_published() -> None:
    """Look anew at what is published: after this request published something itself."""
    request = _request.get()
    if request is not None:
        request.catalogue = None


@cache
def _published() -> Published:
    found: Any = import_string(settings.PUBLISHED_PROGRAMMES)
    return found  # type: ignore[no-any-return]


def need_reader_in_use() -> NeedReader:
    """Reads needs in the words of the files, which are the words of every organisation."""
    if _InUse.need_reader is None:
        _InUse.need_reader = need_reader(catalogue_of_files())
    return _InUse.need_reader
