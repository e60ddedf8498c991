"""The stage of the control pages, on the day of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.server.cast import TODAY, Cast, gather
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


@pytest.fixture
def here(today: None, transactional_db: None, settings: Settings, tmp_path: Path, live_server: LiveServer) -> str:
    """The address of a server for a browser."""
    settings.STATIC_ROOT = tmp_path
    return str(live_server.url)


@pytest.fixture
def everyone(here: str) -> Cast:
    """The same as `staged`, for a server that a browser asks."""
    cast = gather()
    set_stage(cast.exporter_line)
    return cast
