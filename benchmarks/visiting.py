"""Somebody who reads pages through the whole WSGI stack: middleware, sessions, templates, compression and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from wsgiref.util import setup_testing_defaults

from benchmarks.timing import Taken, taken


@dataclass(frozen=True)
class Visit:
    """One page read: what it took, and how many SQL statements."""

    took: Taken
    statements: int


@dataclass(frozen=True)
class Visitor:
    """Reads pages with a session's cookie."""

    application: Callable[..., Any]
    cookie: str

    def read(self, path: str) -> Visit:
        """Read one page; anything but a page is a failure of the benchmark."""
        with counted_statements() as count:
            took = taken(lambda: self._answer(path))
        return Visit(took, count[0])

    def _answer(self, path: str) -> None:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        path, _, query = path.partition("?")
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": self.cookie, "HTTP_HOST": "localhost"}
        said: list[str] = []

        def start_response(status: str, *_: object) -> None:
            said.append(status)

        answer = self.application(environ, start_response)
        try:
            size = sum(len(part) for part in answer)
        finally:
            getattr(answer, "close", lambda: None)()
        if said != ["200 OK"] or not size:
            raise RuntimeError(f"{path}: {said}")


@contextmanager
def counted_statements() -> Iterator[list[int]]:
    """Counts the SQL statements inside: one number in a list."""
    from django.db import connection

    count = [0]

    def counting(execute: Callable[..., Any], *given: Any) -> Any:
        count[0] += 1
        return execute(*given)

    with connection.execute_wrapper(counting):
        yield count


def visitor(email: str) -> Visitor:
    """A person of the server, signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from safeconduct.server.accounts.queries import user_of
    from safeconduct.server.wsgi import application

    user = user_of(email)
    assert user is not None, f"nobody has the address {email}"
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return Visitor(application, f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
