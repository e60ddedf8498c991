"""Prepares the database and the static files, and serves."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

APPLICATION = "safeconduct.server.wsgi:application"
THREADS = 4


def prepare() -> None:
    """Bring the tables up to date. Doing it twice changes nothing."""
    call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Put the static files where they are served from, named by their content; what was there before goes."""
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)


def forget_old_sessions() -> None:
    """Delete sessions that ended."""
    call_command("clearsessions")


def serve(host: str, port: int) -> None:
    """Serve pages and API until interrupted."""
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
