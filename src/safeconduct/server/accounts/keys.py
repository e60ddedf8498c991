"""Opaque keys: they tell nothing about whom they name, so they may stay in the journal for good."""

from __future__ import annotations

import secrets


def new_key() -> str:
    """A key nobody else has."""
    return secrets.token_hex(8)
