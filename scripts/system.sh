#!/bin/sh
# Install the few packages of the system that are missing: Python's venv, the libraries that set text for print,
# and with the argument "browser" also Chromium, for the tests. Where nothing is missing it does nothing, quickly.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"
python=${PYTHON:-python3}
missing=

has_library() {
    ldconfig -p 2>/dev/null | grep -q "$1" || ls /opt/homebrew/lib/"$2" /usr/local/lib/"$2" >/dev/null 2>&1
}

if [ -x .venv/bin/python ]; then
    : # Python was good enough when the environment was made
elif ! command -v "$python" >/dev/null 2>&1; then
    missing="$missing python3 python3-venv"
else
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "The village needs Python 3.11 or newer; $python is $("$python" -V 2>&1)." >&2
        echo "Name another one:  make PYTHON=/path/to/python3.11 …" >&2
        exit 1
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
fi
has_library 'libpango-1\.0\.so\.0' libpango-1.0.dylib || missing="$missing libpango-1.0-0"
has_library 'libpangoft2-1\.0\.so\.0' libpangoft2-1.0.dylib || missing="$missing libpangoft2-1.0-0"
has_library 'libharfbuzz-subset\.so\.0' libharfbuzz-subset.dylib || missing="$missing libharfbuzz-subset0"
if [ "${1:-}" = browser ]; then
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fi
[ -n "$missing" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
install="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "These are missing and there is no apt-get to install them:$missing" >&2
    echo "(names as in Debian). Please install them with your system's own means and run make again." >&2
    exit 1
fi
if [ -n "$sudo" ] && ! command -v sudo >/dev/null 2>&1; then
    echo "These are missing:$missing" >&2
    echo "Please run as root:  apt-get update && $install" >&2
    exit 1
fi
echo "· system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086 # the names are to be split
$sudo env DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null
