"""Which risks moved between two days: the rule is that of the core."""

from __future__ import annotations

from safeconduct.core.risk.moves import Move, moves, rises

__all__ = ["Move", "moves", "rises"]
