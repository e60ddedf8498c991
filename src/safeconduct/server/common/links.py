"""Addresses of pages. One is empty where the product has no such page, and then nothing links to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from collections.abc import Mapping


def address(name: str, *args: str, query: Mapping[str, str] | None = None, anchor: str = "") -> str:
    """The address of a page with its parameters, or nothing where there is no such page."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    asked = {key: value for key, value in (query or {}).items() if value}
    return url + (f"?{urlencode(asked)}" if asked else "") + (f"#{anchor}" if anchor else "")
