#!/bin/sh
# Make .venv what requirements-dev.lock says, starting from git, make and any Python that has pip.
# Does nothing when the environment is already right. POSIX shell, because nothing else is there yet.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd -P)
oldest="3.12"
wanted=$(cat .python-version)
# Trust whom the machine trusts: behind a company's proxy only its own store of certificates works.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"

refuse() {
    printf 'setup: refused: %s\n' "$1" >&2
    printf '  do this: %s\n' "$2" >&2
    exit 1
}

# The state the environment was made from; the folder is in it because a moved environment does not work.
state() {
    printf '%s\n' "$here"
    cksum requirements-dev.lock pyproject.toml .python-version tools/setup.sh
}

# Print the real interpreter behind a name when it runs, is new enough and is complete; else nothing.
# A version manager's shim of a version that is not installed fails here, and is passed over.
real_interpreter() {
    "$1" - "$2" 2>/dev/null <<'PYTHON' || true
import sys
least = tuple(int(part) for part in sys.argv[1].split("."))
if sys.version_info[:2] >= least:
    import ssl, sqlite3
    print(getattr(sys, "_base_executable", None) or sys.executable)
PYTHON
}

# Print the candidates: everything on PATH named like a Python, then the folders of pyenv, newest first.
candidates() {
    for name in "python$wanted" python3.14 python3.13 python3.12 python3 python; do
        printf '%s\n' "$PATH" | tr ':' '\n' | while read -r folder; do
            if [ -x "$folder/$name" ]; then printf '%s\n' "$folder/$name"; fi
        done
    done
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3 2>/dev/null | sort -r || true
}

# Print the first interpreter of at least this version: find_interpreter 3.13
find_interpreter() {
    candidates | while read -r candidate; do
        found=$(real_interpreter "$candidate" "$1")
        if [ -n "$found" ]; then printf '%s\n' "$found"; break; fi
    done
}

find_uv() {
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then command -v uv; return; fi
    if .tools/bin/uv --version >/dev/null 2>&1; then printf '%s\n' "$here/.tools/bin/uv"; return; fi
    candidates | while read -r candidate; do
        if "$candidate" -m pip --version >/dev/null 2>&1; then
            printf 'setup: fetching uv with %s\n' "$candidate" >&2
            if PIP_ROOT_USER_ACTION=ignore "$candidate" -m pip install --quiet --upgrade --target .tools uv >&2; then
                printf '%s\n' "$here/.tools/bin/uv"
                break
            fi
        fi
    done
}

choose_interpreter() {
    python=$(find_interpreter "$wanted")
    if [ -z "$python" ]; then python=$(find_interpreter "$oldest"); fi
    if [ -n "$python" ]; then printf '%s\n' "$python"; return; fi
    printf 'setup: no Python %s or newer found; asking uv for %s\n' "$oldest" "$wanted" >&2
    if "$uv" python install "$wanted" >&2; then "$uv" python find "$wanted"; fi
}

stamp=.venv/safeconduct-setup.stamp
now=$(state)
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then exit 0; fi

uv=$(find_uv)
if [ -z "$uv" ]; then
    refuse "uv is not on PATH, and no Python here could install it with pip." \
        "python3 -m pip install uv    (or install uv in another way, then run make again)"
fi
if ! [ -x .venv/bin/python ] || ! [ -f "$stamp" ] || [ "$(head -n 1 "$stamp")" != "$here" ]; then
    python=$(choose_interpreter)
    if [ -z "$python" ]; then
        refuse "Safeconduct needs Python $oldest or newer; none is on PATH, in pyenv, or to be had through uv." \
            "pyenv install $wanted    (or install Python $wanted in another way, then run make again)"
    fi
    printf 'setup: making .venv with %s\n' "$python"
    "$uv" venv --quiet --clear --no-project --python "$python" .venv
    # A first line with the folder, so that a set-up cut short is taken up again in the same environment.
    printf '%s\n' "$here" > "$stamp"
fi
# Parts are only touched when the lock changed, so that a change to the settings of a tool disturbs nobody at work.
if ! grep -qxF "$(cksum requirements-dev.lock)" "$stamp"; then
    printf 'setup: installing from requirements-dev.lock\n'
    "$uv" pip sync --quiet --python .venv/bin/python --require-hashes requirements-dev.lock ||
        refuse "the parts in requirements-dev.lock could not be installed; uv says why above." \
            "give uv your package mirror: UV_DEFAULT_INDEX=ADDRESS make setup    (or mend the network, then run make again)"
fi
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
printf '%s\n' "$now" > "$stamp"
