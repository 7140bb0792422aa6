#!/bin/sh
# Make a virtual environment and install the lock into it, with uv where it is there.
# Usage: sh tools/setup.sh FOLDER   (PYTHON=… chooses the interpreter)
set -eu

venv=$1
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python; do
        if "$candidate" -c "$new_enough" >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "No Python from 3.11 on was found. Install one, or name it: make PYTHON=/path/to/python3.12 …" >&2
    exit 1
}

# An environment made by an older Python, or moved here from elsewhere, starts anew.
if ! "$venv/bin/python" -c "$new_enough" >/dev/null 2>&1; then
    rm -rf "$venv"
    python=$(find_python)
    echo "Setting up $venv with $("$python" --version)"
    "$python" -m venv "$venv"
fi

if uv --version >/dev/null 2>&1; then
    export VIRTUAL_ENV="$PWD/$venv"
    # Compiled at once, since not every Python may write what it compiles.
    uv pip sync --quiet --compile-bytecode --require-hashes requirements.txt
    uv pip install --quiet --no-deps --no-build-isolation --editable .
else
    echo "Installing the locked packages (about a minute)"
    pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
    $pip install --quiet --require-hashes --requirement requirements.txt
    $pip install --quiet --no-deps --no-build-isolation --editable .
fi
