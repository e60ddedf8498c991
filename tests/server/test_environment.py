"""The settings a person may give: their defaults, and words for what cannot be meant."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from safeconduct.core.errors import Refusal
from safeconduct.server import settings as shipped
from safeconduct.server.environment import DATABASE_FILE, SQLITE_OPTIONS, prepare_data_folder, read_environment


def test_with_nothing_given_it_is_sqlite_in_a_local_folder_for_this_machine_only() -> None:
    found = read_environment({})
    assert found.data == Path("var").absolute()
    assert found.database["NAME"] == str(found.data / "safeconduct.sqlite3")
    assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (found.debug, found.demo, found.https, found.proxies, found.upload_mb) == (False, False, False, 0, 20)


def test_sqlite_writers_take_their_lock_at_the_start_and_readers_are_not_blocked() -> None:
    options = read_environment({}).database["OPTIONS"]
    assert options == SQLITE_OPTIONS
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_one_address_names_the_database() -> None:
    database = read_environment({"DATABASE_URL": "postgresql://me@%2Frun%2Fsql/facts"}).database
    assert (database["ENGINE"], database["NAME"], database["HOST"]) == (
        "django.db.backends.postgresql",
        "facts",
        "/run/sql",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAFECONDUCT_HTTPS", "maybe"),
        ("SAFECONDUCT_DEBUG", "2"),
        ("SAFECONDUCT_PROXIES", "-1"),
        ("SAFECONDUCT_UPLOAD_MB", "much"),
        ("SAFECONDUCT_WORKERS", "1.5"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(Refusal, match=f"{name} is '{value}'"):
        read_environment({name: value})


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_data_folder(data)
    first = read_environment({"SAFECONDUCT_DATA": str(data)}).secret_key
    prepare_data_folder(data)
    assert read_environment({"SAFECONDUCT_DATA": str(data)}).secret_key == first
    assert len(first) >= 50
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_given_secret_is_taken_instead(tmp_path: Path) -> None:
    assert (
        read_environment({"SAFECONDUCT_SECRET_KEY": "given", "SAFECONDUCT_DATA": str(tmp_path)}).secret_key == "given"
    )


def test_pages_may_load_nothing_but_their_own_and_stand_in_no_frame(settings: Any) -> None:
    policy = {name: [str(source) for source in sources] for name, sources in settings.SECURE_CSP.items()}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["img-src"] == ["'self'", "data:"]
    for name in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert policy[name] == ["'self'"]


def test_behind_https_cookies_travel_by_https_only_and_browsers_stay_there(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    script = f"from safeconduct.server import settings; print(*[getattr(settings, name) for name in {names}])"
    said = {
        flag: subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"SAFECONDUCT_HTTPS": flag, "SAFECONDUCT_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for flag in ("0", "1")
    }
    assert said == {"0": ["False", "False", "0"], "1": ["True", "True", "31536000"]}


def test_requests_are_not_transactions_and_files_lie_outside_what_is_served(settings: Any) -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
    assert settings.DATA_FOLDER / "files" not in (settings.STATIC_ROOT, *settings.STATIC_ROOT.parents)
    assert shipped.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_what_is_deleted_leaves_the_file_of_sqlite(tmp_path: Path) -> None:
    file = tmp_path / DATABASE_FILE
    with closing(sqlite3.connect(file)) as database:
        database.executescript(str(SQLITE_OPTIONS["init_command"]))
        database.execute("CREATE TABLE journal (personal TEXT)")
        database.execute("INSERT INTO journal VALUES ('J. Smit')")
        database.commit()
        database.execute("UPDATE journal SET personal = NULL")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"J. Smit" not in file.read_bytes()
