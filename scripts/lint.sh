#!/usr/bin/env bash
# Every static check; runs them all and fails if one did.
set -uo pipefail
cd "$(dirname "$0")/.."
BIN=.venv/bin
failed=0
check() {
    local name=$1
    shift
    if "$@"; then echo "lint: $name passed"; else echo "lint: $name FAILED" >&2; failed=1; fi
}
check "ruff check" $BIN/ruff check .
check "ruff format" $BIN/ruff format --check .
check mypy $BIN/mypy
check bandit $BIN/bandit -q -r rs_vlm_plugin
# What the plugin repository scans: the shipped package, with the default plugins.
check detect-secrets $BIN/python scripts/find_secrets.py
exit $failed
