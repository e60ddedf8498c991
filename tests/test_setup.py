"""What `make setup` does on machines that are not like ours, tried with stand-in programs on PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
NEEDED = ("sh", "dirname", "cat", "cksum", "tr", "ls", "sort", "head", "grep")
UV = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/uv.log"
if [ "$1" = venv ]; then mkdir -p .venv/bin; ln -sf "$(command -v sh)" .venv/bin/python; fi
if [ "$1 $2" = "python install" ]; then exit 1; fi
"""
BROKEN_SHIM = "#!/bin/sh\nexit 127\n"


@dataclass(frozen=True)
class Machine:
    """A folder with the files of the set-up, and a PATH with nothing on it but what a test puts there."""

    folder: Path

    @property
    def programs(self) -> Path:
        return self.folder / "programs"

    def put(self, name: str, script: str) -> None:
        (self.programs / name).write_text(script)
        (self.programs / name).chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.programs), "HOME": str(self.folder)}
        command = ["sh", "tools/setup.sh"]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    def asked_of_uv(self) -> list[str]:
        log = self.programs / "uv.log"
        return [line for line in log.read_text().splitlines() if line != "--version"] if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name in (".python-version", "pyproject.toml", "requirements-dev.lock", "tools/setup.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(HOUSE / name, tmp_path / name)
    made = Machine(tmp_path)
    made.programs.mkdir()
    for name in (*NEEDED, "mkdir", "ln"):
        (made.programs / name).symlink_to(shutil.which(name) or name)
    return made


def test_without_uv_and_pip_it_refuses_with_the_line_to_run(machine: Machine) -> None:
    done = machine.set_up()
    assert done.returncode == 1
    assert "uv is not on PATH, and no Python here could install it with pip" in done.stderr
    assert "do this: python3 -m pip install uv" in done.stderr


def test_without_a_new_enough_python_it_refuses_with_the_line_to_run(machine: Machine) -> None:
    machine.put("uv", UV)
    machine.put("python3", BROKEN_SHIM)
    done = machine.set_up()
    assert done.returncode == 1
    assert "needs Python 3.12 or newer" in done.stderr
    assert f"do this: pyenv install {(HOUSE / '.python-version').read_text().strip()}" in done.stderr


def test_a_shim_that_does_not_run_is_passed_over_for_a_real_interpreter(machine: Machine) -> None:
    machine.put("uv", UV)
    machine.put("python3.13", BROKEN_SHIM)
    machine.put("python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    done = machine.set_up()
    assert (done.returncode, done.stderr) == (0, "")
    interpreter = os.path.realpath(machine.asked_of_uv()[0].split("--python ")[1].split()[0])
    assert interpreter == os.path.realpath(sys.executable)


def test_an_interpreter_of_pyenv_is_found_without_its_shim(machine: Machine) -> None:
    machine.put("uv", UV)
    folder = machine.folder / ".pyenv" / "versions" / "3.13.0" / "bin"
    folder.mkdir(parents=True)
    (folder / "python3").symlink_to(os.path.realpath(sys.executable))
    assert machine.set_up().returncode == 0
    assert "--python" in machine.asked_of_uv()[0]


def test_a_second_run_does_nothing(machine: Machine) -> None:
    machine.put("uv", UV)
    machine.put("python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    assert machine.set_up().returncode == 0
    asked = machine.asked_of_uv()
    assert machine.set_up().stdout == ""
    assert machine.asked_of_uv() == asked


def test_a_changed_lock_is_installed_into_the_same_environment(machine: Machine) -> None:
    machine.put("uv", UV)
    machine.put("python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    machine.set_up()
    before = len(machine.asked_of_uv())
    with (machine.folder / "requirements-dev.lock").open("a") as lock:
        lock.write("# changed\n")
    machine.set_up()
    assert [line.split(" --")[0] for line in machine.asked_of_uv()[before:]] == ["pip sync", "pip install"]


def test_an_environment_from_another_folder_is_made_anew(machine: Machine) -> None:
    machine.put("uv", UV)
    machine.put("python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    machine.set_up()
    stamp = machine.folder / ".venv" / "safeconduct-setup.stamp"
    stamp.write_text(stamp.read_text().replace(str(machine.folder.resolve()), "/elsewhere"))
    before = len(machine.asked_of_uv())
    machine.set_up()
    assert machine.asked_of_uv()[before].startswith("venv ")
