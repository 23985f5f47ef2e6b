"""Runs detect-secrets over what ships, as the plugin repository does, and fails on any finding."""

from __future__ import annotations

import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.package import plugin_files


def main() -> int:
    """Print each finding; exit 1 if there is one."""
    found = SecretsCollection()
    with default_settings():
        for _, path in plugin_files():
            if path.suffix != ".onnx":
                found.scan_file(str(path))
    for name, secret in found:
        print(f"{name}:{secret.line_number}: {secret.type}")
    return 1 if found.files else 0


if __name__ == "__main__":
    sys.exit(main())
