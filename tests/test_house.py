"""The house keeps its own rules: sizes, rooms, standard files, clean files, and nothing left undocumented."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from safeconduct.cli import app

HOUSE = Path(__file__).parent.parent
PACKAGE = HOUSE / "src" / "safeconduct"
CODE_FOLDERS = ("src", "tests", "tools", "benchmarks")
FILE_SOFT, FILE_HARD = 300, 500
FUNCTION_SOFT, FUNCTION_HARD = 25, 50
SIZED_FILES = {".py", ".html", ".js", ".sh"}

STANDARD_FILES = ("models", "queries", "actions", "urls")
NOT_APPS = {"common", "settings"}
# Apps that keep no rows of their own, and why they may go without these files.
ROWLESS_APPS = {
    "catalogue": {"models", "actions"},  # tells what the catalogue's files say
    "posture": {"models", "actions"},  # judgements are computed and never stored
    "registers": {"models", "actions"},  # shows the facts of every app and records them by its actions
    "sra": {"models", "actions", "queries"},  # shows what posture judges of the facts that risk keeps
}

RecordNote = Callable[[str, object], None]


def tracked_files() -> list[Path]:
    """Every file that is in the repository or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
    )
    paths = {HOUSE / name for name in listed.stdout.decode().split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def text_of(path: Path) -> str:
    """The text of a file; empty for pictures and other bytes."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def code_files() -> list[Path]:
    """The files whose size is limited; migrations are written by a machine."""
    return [
        path
        for path in tracked_files()
        if path.suffix in SIZED_FILES
        and path.relative_to(HOUSE).parts[0] in CODE_FOLDERS
        and "migrations" not in path.parts
    ]


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a Python file with its number of lines, docstring apart."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                docstring = node.body[0]
                lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
            yield f"{path.relative_to(HOUSE)}:{node.lineno} {node.name}", lines


def note_long_ones(record_property: RecordNote, what: str, sizes: dict[str, int], soft: int) -> None:
    """Have the long ones printed at the end of the run: each is asked why."""
    for name, lines in sorted(sizes.items(), key=lambda size: -size[1]):
        if lines > soft:
            record_property("house", f"house: {what} past {soft} lines: {name} ({lines})")


def test_no_file_is_longer_than_anyone_reads(record_property: RecordNote) -> None:
    sizes = {str(path.relative_to(HOUSE)): len(text_of(path).splitlines()) for path in code_files()}
    note_long_ones(record_property, "file", sizes, FILE_SOFT)
    assert {name: lines for name, lines in sizes.items() if lines > FILE_HARD} == {}


def test_no_function_is_longer_than_a_screen(record_property: RecordNote) -> None:
    python_files = [path for path in code_files() if path.suffix == ".py"]
    sizes = dict(size for path in python_files for size in functions_of(path))
    note_long_ones(record_property, "function", sizes, FUNCTION_SOFT)
    assert {name: lines for name, lines in sizes.items() if lines > FUNCTION_HARD} == {}


def test_the_core_imports_nothing_but_plain_python_and_numbers() -> None:
    allowed = {"safeconduct", "numpy", "scipy"} | sys.stdlib_module_names
    strangers = []
    for path in sorted((PACKAGE / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            strangers += [f"{path.name} imports {name}" for name in names if name.split(".")[0] not in allowed]
    assert strangers == []


def test_every_server_app_has_the_standard_files() -> None:
    missing = []
    for folder in sorted((PACKAGE / "server").glob("*/__init__.py")):
        app_folder = folder.parent
        if app_folder.name in NOT_APPS:
            continue
        there = {path.stem for path in app_folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
        wanted = set(STANDARD_FILES) - ROWLESS_APPS.get(app_folder.name, set())
        missing += [f"{app_folder.name}/{name}.py" for name in sorted(wanted - there)]
        if not there & {"pages", "api"}:
            missing.append(f"{app_folder.name}/pages.py or {app_folder.name}/api.py")
    assert missing == []


def test_an_app_said_to_keep_no_rows_keeps_none() -> None:
    server = PACKAGE / "server"
    assert [
        f"{name}/{file}.py"
        for name, files in ROWLESS_APPS.items()
        for file in sorted(files)
        if (server / name / f"{file}.py").exists()
    ] == []


# One letter in brackets, so that this file does not hold the words it forbids.
REGISTRY_HOST = re.compile(
    r"[p]ypi\.org|[p]ythonhosted\.org|[r]egistry\.npmjs|[d]eb\.debian|[p]roxy\.golang|[c]rates\.io"
)
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|home/\w+)/\w")
UNFINISHED = re.compile(
    r"\b[T]ODO\b|\b[F]IXME\b|\b[x]fail\b|[.]skip(if)?\(|[m]ark\.skip|[i]mportorskip|[N]otImplementedError"
)


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where a pattern stands: file and line."""
    return [
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRY_HOST, tracked_files()) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH, tracked_files()) == []


def test_nothing_is_left_unfinished_or_untested() -> None:
    assert lines_with(UNFINISHED, code_files()) == []


def documentation() -> str:
    """All that a reader can look things up in."""
    pages = sorted((HOUSE / "docs").rglob("*.md"))
    return "\n".join(page.read_text("utf-8") for page in (HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *pages))


def commands_of(command: object, name: str) -> Iterator[str]:
    """Each command a person can type, in full."""
    members: dict[str, object] | None = getattr(command, "commands", None)
    if members is None:
        yield name
    else:
        for part, member in members.items():
            yield from commands_of(member, f"{name} {part}")


def undocumented(words: set[str]) -> list[str]:
    """The words that no document says, as whole words."""
    text = documentation()
    return sorted(word for word in words if not re.search(rf"(?<![\w/-]){re.escape(word)}(?![\w-])", text))


def test_every_command_is_documented() -> None:
    commands = set(commands_of(typer.main.get_command(app), "safeconduct"))
    assert "safeconduct version" in commands
    assert undocumented(commands) == []


def test_every_command_tells_how_it_is_used() -> None:
    for command in sorted(commands_of(typer.main.get_command(app), "safeconduct")):
        asked = [*command.split()[1:], "--help"]
        answer = CliRunner().invoke(app, asked)
        assert answer.exit_code == 0, f"{command}: {answer.exception!r}"
        assert answer.output.strip(), command


def test_every_setting_is_documented() -> None:
    sources = "\n".join(text_of(path) for path in [*code_files(), HOUSE / ".ci" / "run"])
    settings = set(re.findall(r"\bSAFECONDUCT_[A-Z_]+[A-Z]\b", sources))
    assert "SAFECONDUCT_TEST_POSTGRES" in settings
    assert undocumented(settings) == []


def test_every_endpoint_is_documented() -> None:
    assert undocumented(set(endpoints())) == []


def endpoints() -> Iterator[str]:
    """The path of every endpoint of the API, once the server has one."""
    if find_spec("safeconduct.server.urls"):
        for value in vars(importlib.import_module("safeconduct.server.urls")).values():
            if hasattr(value, "get_openapi_schema") and not isinstance(value, type):
                yield from value.get_openapi_schema()["paths"]


def make_targets() -> set[str]:
    """The commands that `make` knows."""
    return set(re.findall(r"^([a-z-]+):", text_of(HOUSE / "Makefile"), re.MULTILINE))


def test_every_make_command_explains_itself() -> None:
    shown = subprocess.run(["make", "help"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+) +\S", shown, re.MULTILINE)) == make_targets()


def declared_parts() -> set[str]:
    """The names of all third-party parts that pyproject.toml asks for."""
    project = tomllib.loads(text_of(HOUSE / "pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(part for extra in project["optional-dependencies"].values() for part in extra),
    ]
    return {re.split(r"[\[<>=~!; ]", part)[0].lower() for part in wanted}


def test_every_part_has_its_reason() -> None:
    reasons = text_of(HOUSE / "docs" / "decisions" / "dependencies.md").lower()
    assert [part for part in sorted(declared_parts()) if f"`{part}`" not in reasons] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_each_part_by_hash(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", text_of(HOUSE / lock), flags=re.MULTILINE)[1:]
    assert len(entries) > 10
    assert [entry for entry in entries if not re.match(r"[a-z0-9-]+==\S+.*\n +--hash=sha256:", entry)] == []


def test_the_lock_holds_all_that_is_declared() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", text_of(HOUSE / "requirements-dev.lock"), re.MULTILINE))
    assert declared_parts() - locked == set()
