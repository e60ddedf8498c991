"""The stage of the control pages, on the day of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.server.cast import TODAY, Cast
from tests.server.controls.stage import set_stage


@pytest.fixture
def today() -> Iterator[None]:
    """It is the cast's today."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def staged(today: None, cast: Cast) -> Cast:
    """The cast with an enrolment, a row for each way to fall short, and the outsider with nothing of it."""
    set_stage(cast.exporter_line)
    return cast
