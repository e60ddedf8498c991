"""The stage of risk, on a summer's day of its year, in the shipped catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from safeconduct.catalogue.loading import load
from safeconduct.server.common.catalogue_in_use import use
from tests.server.sra.stage import JUNE, made, play, reader, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from safeconduct.server.accounts.viewer import Viewer


@pytest.fixture
def line(db: None) -> Iterator[Viewer]:
    """An organisation of the shipped catalogue with no fact but its name."""
    use(load())
    with time_machine.travel(datetime(JUNE.year, JUNE.month, JUNE.day, 12, tzinfo=UTC), tick=False):
        yield made()


@pytest.fixture
def staged(line: Viewer) -> Viewer:
    """The organisation with its assessment."""
    play(line, world())
    return line


@pytest.fixture
def sven(staged: Viewer) -> Client:
    """The security manager's browser."""
    return reader(staged)
