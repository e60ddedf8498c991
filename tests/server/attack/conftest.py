"""The stage of the attacks is that of posture: two programmes, on the day of the cast."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.actions import store_all
from tests.server.attack.stage import ATTACKED
from tests.server.cast import TODAY
from tests.server.posture.stage import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.cast import Cast


@pytest.fixture
def staged(cast: Cast) -> Iterator[Cast]:
    """The exporter with its two programmes; the outsider's organisation has none."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), tick=False):
        use(ATTACKED)
        store_all(cast.exporter_line, facts(), deed="record")
        yield cast
