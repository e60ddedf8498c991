"""Run the tests on every database and browser there is here, and name what could not be run.

SQLite: the whole suite, but for what is tried on PostgreSQL where there is one. PostgreSQL: every test that touches the
database, when SAFECONDUCT_TEST_POSTGRES gives an address or a local server lets this user create databases. Pages: in
Chromium, when it is installed. PDFs: where Pango is. With SAFECONDUCT_REQUIRE_ALL=1 nothing may be left out: a part
that is missing here, or a test that skips, is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

HOUSE = Path(__file__).parent.parent
LOCAL_SERVER = "postgresql:///postgres"
MAY_CREATE = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
NO_TESTS_COLLECTED = 5
_ON_SQLITE = ("attack/test_damage", "attack/test_hostile_text", "attack/test_odd_organisations", "test_every_link")
_READ_ONLY = "--ignore-glob=*/server/sra/test_[!g]*.py"  # all but the guided path, which stores
NOT_ON_POSTGRES = (*(f"--ignore=tests/server/{name}.py" for name in _ON_SQLITE), _READ_ONLY)
"""What asks every page, many times over, or only shows what was read, is told the same by either engine."""
NOT_ON_SQLITE = ("--ignore=tests/server/attack/test_hostile_requests.py",)
"""Values that no fact can have are tried where the engine itself is the stricter, if there is one here."""


def postgres_address() -> str | None:
    """Address of a PostgreSQL on which test databases may be created; None when there is none here."""
    named = os.environ.get("SAFECONDUCT_TEST_POSTGRES")
    try:
        with psycopg.connect(named or LOCAL_SERVER, connect_timeout=3) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.OperationalError as error:
        if named:
            sys.exit(f"tests: refused: SAFECONDUCT_TEST_POSTGRES does not answer: {error}\n  Start it, or unset it.")
        return None
    return (named or LOCAL_SERVER) if row and row[0] else None


def chromium() -> str | None:
    """Path of the browser that drives the page tests; None when there is none here."""
    named = os.environ.get("SAFECONDUCT_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def sets_pdf() -> bool:
    """Whether what makes PDFs finds Pango here."""
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0


def pytest(title: str, database: str | None, *chosen: str) -> int:
    """Run the chosen tests against one database (None: SQLite); pytest's exit code."""
    print(f"\ntests: {title}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses=auto", "--maxprocesses=8", *chosen]
    return subprocess.run(command, cwd=HOUSE, env=environment, check=False).returncode


def left_out(postgres: str | None, browser: str | None, *, pdf: bool) -> list[str]:
    """What this machine cannot run, each with what would make it run."""
    missing = []
    if not postgres:
        missing.append("the database tests on PostgreSQL (start a server, or set SAFECONDUCT_TEST_POSTGRES)")
    if not browser:
        missing.append("the page tests (install Chromium, or set SAFECONDUCT_CHROMIUM to its path)")
    if not pdf:
        missing.append("the PDF tests (install Debian's libpango-1.0-0 and libpangoft2-1.0-0)")
    return missing


def main() -> int:
    """Run all there is; 0 when everything that ran passed, and nothing was missing that had to be there."""
    postgres, browser, pdf = postgres_address(), chromium(), sets_pdf()
    missing = left_out(postgres, browser, pdf=pdf)
    if missing and os.environ.get("SAFECONDUCT_REQUIRE_ALL") == "1":
        print("tests: refused: nothing may be left out here, but these cannot run:", *missing, sep="\n  ")
        return 1
    if postgres:
        chosen = ("-m", "database and not browser and not pdf", *NOT_ON_POSTGRES)
        code = pytest("the database tests on PostgreSQL", postgres, *chosen)
        if code not in (0, NO_TESTS_COLLECTED):
            return code
    without = [f"not {name}" for name, there in (("browser", browser), ("pdf", pdf)) if not there]
    chosen = (*(["-m", " and ".join(without)] if without else []), *(NOT_ON_SQLITE if postgres else ()))
    code = pytest("everything on SQLite", None, *chosen)
    if missing:
        print("\ntests: not run here:", *missing, sep="\n  ")
    return code


if __name__ == "__main__":
    sys.exit(main())
