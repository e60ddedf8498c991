"""What the environment says: each setting with its default, explained in docs/subjects/settings.md."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dj_database_url

from safeconduct.core.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

DATABASE_FILE = "safeconduct.sqlite3"
SECRET_FILE = "secret-key"  # noqa: S105 the name of a file
SQLITE_OPTIONS: Mapping[str, object] = {
    # The default mode takes its lock at the first write, too late for two writers that have both read.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;",
}
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
_YES, _NO = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of one server."""

    data: Path
    catalogues: tuple[Path, ...]
    secret_key: str
    hosts: tuple[str, ...]
    debug: bool
    demo: bool
    https: bool
    proxies: int
    time_zone: str
    upload_mb: int
    workers: int
    database: Mapping[str, Any]


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """The settings given, with defaults for the others. Raises Refusal for a value that cannot be meant."""
    given = os.environ if given is None else given
    data = Path(given.get("SAFECONDUCT_DATA") or "var").absolute()
    return Environment(
        data=data,
        catalogues=tuple(
            Path(folder) for folder in given.get("SAFECONDUCT_CATALOGUES", "").split(os.pathsep) if folder
        ),
        secret_key=given.get("SAFECONDUCT_SECRET_KEY") or _kept_secret(data),
        hosts=tuple(host.strip() for host in (given.get("SAFECONDUCT_HOSTS") or LOCAL_HOSTS).split(",")),
        debug=_flag(given, "SAFECONDUCT_DEBUG"),
        demo=_flag(given, "SAFECONDUCT_DEMO"),
        https=_flag(given, "SAFECONDUCT_HTTPS"),
        proxies=_number(given, "SAFECONDUCT_PROXIES", 0),
        time_zone=given.get("SAFECONDUCT_TIME_ZONE") or "UTC",
        upload_mb=_number(given, "SAFECONDUCT_UPLOAD_MB", 20),
        workers=_number(given, "SAFECONDUCT_WORKERS", 2),
        database=_database(given.get("DATABASE_URL") or f"sqlite:///{data / DATABASE_FILE}"),
    )


def _flag(given: Mapping[str, str], name: str) -> bool:
    word = given.get(name, "").strip().lower()
    if word not in _YES | _NO:
        raise Refusal(f"{name} is {word!r}.", why="It is a yes/no setting.", do="Write 1 or 0.")
    return word in _YES


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "").strip() or str(default)
    if not text.isdecimal():
        raise Refusal(f"{name} is {text!r}.", why="It is a whole number.", do=f"Write a number such as {default}.")
    return int(text)


def _database(url: str) -> Mapping[str, Any]:
    database = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database |= {"OPTIONS": dict(SQLITE_OPTIONS), "CONN_MAX_AGE": 0 if database["NAME"] == ":memory:" else 60}
    return database


def _kept_secret(data: Path) -> str:
    """The secret kept in the data folder; where none is kept yet, one that lasts as long as this process."""
    kept = data / SECRET_FILE
    return kept.read_text("ascii") if kept.is_file() else secrets.token_urlsafe(48)


def prepare_data_folder(data: Path) -> None:
    """Make the data folder, for its owner only, with a secret key in it. Doing it twice changes nothing."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = data / SECRET_FILE
    if not kept.exists():
        new = data / f"{SECRET_FILE}.new"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48), "ascii")
        new.rename(kept)
