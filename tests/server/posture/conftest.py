"""The stage of the posture tests, on the day of the cast."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.server.cast import TODAY
from tests.server.posture.side_stage import set_side_stage
from tests.server.posture.stage import set_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.server.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Iterator[Cast]:
    """The exporter with its two programmes; the outsider's organisation has none."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), tick=False):
        set_stage(cast.exporter_line)
        yield cast


@pytest.fixture
def side(cast: Cast) -> Iterator[Cast]:
    """The exporter with programmes that meet, differ and clash."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), tick=False):
        set_side_stage(cast.exporter_line)
        yield cast


@pytest.fixture
def sven(staged: Cast) -> Client:
    """The security manager's browser."""
    return staged.client("sven")
