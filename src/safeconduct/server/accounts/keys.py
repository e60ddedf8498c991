"""Opaque keys: they tell nothing about whom they name, so they may stay in the journal for good."""

from __future__ import annotations

import secrets

ERASED_ADDRESS = "@erased.invalid"
"""How the address of an erased account ends; nothing is ever sent there."""


def new_key() -> str:
    """A key nobody else has."""
    return secrets.token_hex(8)
