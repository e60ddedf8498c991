"""The package as others install it carries everything it needs: code, catalogue, templates, static files."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

HOUSE = Path(__file__).parent.parent
BUILD = "from setuptools.build_meta import build_wheel; print(build_wheel('dist'))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(HOUSE / "src", folder / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOUSE / name, folder / name)
    (folder / "dist").mkdir()
    built = subprocess.run([sys.executable, "-c", BUILD], cwd=folder, capture_output=True, text=True, check=True)
    return folder / "dist" / built.stdout.splitlines()[-1]


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    files = [path for path in (HOUSE / "src" / "safeconduct").rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(HOUSE / "src")) for path in files if "__pycache__" not in path.parts}
    assert wanted - set(ZipFile(wheel).namelist()) == set()


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    entry_points = next(name for name in ZipFile(wheel).namelist() if name.endswith("entry_points.txt"))
    assert "safeconduct = safeconduct.cli:main" in ZipFile(wheel).read(entry_points).decode()
