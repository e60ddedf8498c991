"""How a token is written: `sct_<key>_<secret>`. The key finds its row, the secret proves it."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "sct"


def new_secret() -> str:
    """A secret nobody can guess, so that a plain digest of it is safe to keep."""
    return secrets.token_hex(24)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def write_token(key: str, secret: str) -> str:
    """The token as it is handed out, once."""
    return f"{PREFIX}_{key}_{secret}"


def _written_here(part: str) -> bool:
    return part.isascii() and part.isalnum()


def split_token(token: str) -> tuple[str, str]:
    """Key and secret of a token; two empty texts for anything else.

    >>> split_token("sct_ab_cd")
    ('ab', 'cd')
    """
    parts = token.split("_")
    if len(parts) != 3 or parts[0] != PREFIX or not all(map(_written_here, parts)):
        return "", ""
    return parts[1], parts[2]
