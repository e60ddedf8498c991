"""A database of a benchmark's own: a temporary SQLite file, and PostgreSQL where SAFECONDUCT_TEST_POSTGRES names one.

Settings are read once a process, so what is measured on a database runs in a process of its own.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

HOUSE = Path(__file__).parent.parent
POSTGRES = os.environ.get("SAFECONDUCT_TEST_POSTGRES", "")


def on_each_database(module: str, *options: str) -> None:
    """Run a benchmark on every engine there is here, and say which one was left out."""
    with _data_folder() as environment:
        print("on SQLite", flush=True)
        _run(module, options, environment)
    if not POSTGRES:
        print("not on PostgreSQL: SAFECONDUCT_TEST_POSTGRES names none\n", flush=True)
        return
    with _data_folder() as environment, _postgres_database() as address:
        print("on PostgreSQL", flush=True)
        _run(module, options, {**environment, "DATABASE_URL": address})


def _run(module: str, options: tuple[str, ...], environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "-m", module, *options], cwd=HOUSE, env={**os.environ, **environment}, check=True)
    print(flush=True)


@contextmanager
def _data_folder() -> Iterator[Mapping[str, str]]:
    """The environment of a server with a data folder of its own, and a SQLite file in it."""
    with tempfile.TemporaryDirectory(prefix="safeconduct-bench-") as folder:
        database = f"sqlite:///{folder}/bench.sqlite3"
        yield {"SAFECONDUCT_DATA": folder, "SAFECONDUCT_DEMO": "1", "DATABASE_URL": database}


@contextmanager
def _postgres_database() -> Iterator[str]:
    """The address of a new database on the PostgreSQL for tests; dropped at the end."""
    name = f"safeconduct_bench_{secrets.token_hex(4)}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
