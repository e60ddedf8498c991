"""Run every check that needs no test: format, lint, types, floors, catalogue, missing migrations.

All checks are run even when one fails, so that one run shows everything there is to mend.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

HOUSE = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
SETTINGS = "safeconduct.server.settings"


@dataclass(frozen=True)
class Check:
    """One check: what it is called, the command that does it, and the environment it needs on top."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def passes(self) -> bool:
        """Run the command; say how long it took, or what it found."""
        started = time.monotonic()
        done = subprocess.run(
            self.command, cwd=HOUSE, env=os.environ | self.environment, capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - started
        if done.returncode == 0:
            print(f"check: {self.name}: ok ({seconds:.1f} s)", flush=True)
            return True
        shown = " ".join((Path(self.command[0]).name, *self.command[1:]))
        print(f"check: {self.name}: FAILED: {shown}\n{done.stdout}{done.stderr}", flush=True)
        return False


def checks() -> list[Check]:
    """Every check there is for the rooms that exist today."""
    python = sys.executable
    found = [
        Check("format", (python, "-m", "ruff", "format", "--check", ".")),
        Check("lint", (python, "-m", "ruff", "check", ".")),
        Check("types", (python, "-m", "mypy")),
        Check("floors", (str(SCRIPTS / "lint-imports"),)),
    ]
    if find_spec("safeconduct.catalogue.loading"):
        found.append(Check("catalogue", (str(SCRIPTS / "safeconduct"), "catalogue", "check")))
    if find_spec(SETTINGS):
        migrations = (python, "-m", "django", "makemigrations", "--check", "--dry-run")
        found.append(Check("migrations", migrations, {"DJANGO_SETTINGS_MODULE": SETTINGS}))
    return found


def main() -> int:
    """Run all checks; the exit code is the number of those that failed."""
    return sum(not check.passes() for check in checks())


if __name__ == "__main__":
    sys.exit(main())
