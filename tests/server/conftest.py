"""What every server test shares: the cast, the small catalogue, a data folder of its own, and the tenancy guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from safeconduct.server.common.catalogue_in_use import use
from safeconduct.server.journal.currency import forget_everything
from tests.facts.cast import CATALOGUE
from tests.server.cast import Cast, gather
from tests.server.tenancy_guard import guard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer


@pytest.fixture(autouse=True)
def server(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Quick passwords, a data folder of the test's own, nothing kept from the test before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"
    forget_everything()
    use(CATALOGUE)
    yield
    use(None)
    forget_everything()


@pytest.fixture(autouse=True)
def tenancy(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse every statement on an organisation's rows that does not name the organisation."""
    if request.node.get_closest_marker("database") is None:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with connection.execute_wrapper(guard):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The exporter, its people and the outsider."""
    return gather()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The server for browsers. It shares the connection of the test, which must know its test database by then."""
    return live_server
