"""A report as a PDF: handed to a program of its own, which may not take longer than it is given."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from threading import BoundedSemaphore

from safeconduct.core.errors import Refusal

PRESS = "safeconduct.server.sra.report_press"
SECONDS = 120
"""How long the program may take for one report."""
INSTALL = "Install the extra: pip install 'safeconduct[pdf]', and Debian's libpango-1.0-0 and libpangoft2-1.0-0."
BY_BROWSER = "Open the report and print it into a PDF from the browser."
_READY_SECONDS = 20
_ONE_AT_A_TIME = BoundedSemaphore(1)
_log = logging.getLogger(__name__)


@cache
def can_press() -> bool:
    """Whether this server can make PDFs: the extra is installed and finds Pango. Asked once while the server runs."""
    if find_spec("weasyprint") is None:
        return False
    try:
        _run(b"", _READY_SECONDS, "--ready")
    except subprocess.SubprocessError:
        _log.warning("PDF: the extra is installed and does not run. %s", INSTALL)
        return False
    return True


def pdf_of(page: str) -> bytes:
    """A page as a tagged PDF. Refusal where this server makes none, or where one takes too long."""
    if not can_press():
        raise _refused("The extra pdf, or Pango, which sets its type, is not installed.", f"{BY_BROWSER} {INSTALL}")
    if not _ONE_AT_A_TIME.acquire(timeout=SECONDS):
        raise _refused("Others are being made.", "Ask for it again in a minute.")
    try:
        return _run(page.encode(), SECONDS)
    except subprocess.TimeoutExpired as late:
        raise _refused(f"It took longer than {SECONDS} seconds.") from late
    except subprocess.CalledProcessError as failed:
        _log.error("PDF: %s", failed.stderr.decode(errors="replace"))
        raise _refused("The program that makes it failed; the server's log says more.") from failed
    finally:
        _ONE_AT_A_TIME.release()


def _refused(why: str, do: str = BY_BROWSER) -> Refusal:
    return Refusal("No PDF was made.", why=why, do=do)


def environment() -> dict[str, str]:
    """What the program is told of the server's environment: nothing of its settings, so none of its secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SAFECONDUCT_", "DATABASE_"))}


def _run(page: bytes, seconds: int, *arguments: str) -> bytes:
    """What the program writes."""
    command = [sys.executable, "-m", PRESS, *arguments]
    done = subprocess.run(command, input=page, capture_output=True, timeout=seconds, env=environment(), check=True)  # noqa: S603 our own program
    return done.stdout
