"""Passwords the server makes for people: easy to read out, hard to guess."""

from __future__ import annotations

import secrets

# Without letters and digits that are taken for one another when read out.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


def made_password() -> str:
    """A password that can be read out: about eighty bits."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
