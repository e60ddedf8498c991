"""The catalogue this server judges by: loaded once per process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeconduct.catalogue.loading import load
from safeconduct.facts.reading import need_reader

if TYPE_CHECKING:
    from safeconduct.core.records.catalogue import Catalogue
    from safeconduct.facts.shapes import NeedReader


class _InUse:
    """What is loaded at the first question and kept."""

    catalogue: Catalogue | None = None
    need_reader: NeedReader | None = None


def use(catalogue: Catalogue | None) -> None:
    """Judge by this catalogue from now on in this process; None is the shipped one."""
    _InUse.catalogue = catalogue
    _InUse.need_reader = None


def catalogue_in_use() -> Catalogue:
    """The catalogue; the shipped one unless another was set."""
    if _InUse.catalogue is None:
        _InUse.catalogue = load()
    return _InUse.catalogue


def need_reader_in_use() -> NeedReader:
    """Reads needs in the words of that catalogue."""
    if _InUse.need_reader is None:
        _InUse.need_reader = need_reader(catalogue_in_use())
    return _InUse.need_reader
