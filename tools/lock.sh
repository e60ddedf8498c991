#!/bin/sh
# Write requirements.lock (what runs) and requirements-dev.lock (that, and what checks it) from pyproject.toml.
# The locks hold hashes and no addresses, so they serve behind any mirror.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || printf '.tools/bin/uv')
compile() {
    "$uv" pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.12 \
        --generate-hashes --no-emit-index-url --no-header "$@"
}
compile --output-file requirements.lock
compile --extra dev --constraints requirements.lock --output-file requirements-dev.lock
printf 'lock: written; run "make test", then commit both files with pyproject.toml.\n'
