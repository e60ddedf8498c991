"""Safeconduct: one security management system for the supply chain.

An organisation records once what it has in place; Safeconduct works out, for any day, what that proves to
every programme it must meet, and what it leaves open as risk.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeconduct.library import (
        assess,
        compare,
        cost,
        criteria,
        explain,
        gaps,
        loss_of_a_year,
        next_actions,
        objectives,
        open_facts,
        risks,
        worth,
    )

__version__ = "0.1.0.dev0"
__all__ = [
    "__version__",
    "assess",
    "compare",
    "cost",
    "criteria",
    "explain",
    "gaps",
    "loss_of_a_year",
    "next_actions",
    "objectives",
    "open_facts",
    "risks",
    "worth",
]


def __getattr__(name: str) -> Any:
    """Fetch the functions of `safeconduct.library` on first use, so that importing a part stays light."""
    if name in __all__:
        return getattr(import_module("safeconduct.library"), name)
    raise AttributeError(name)
