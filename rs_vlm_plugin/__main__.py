"""`python -m rs_vlm_plugin`: the command line, without QGIS."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from rs_vlm_plugin.cli import main
    except KeyboardInterrupt:
        # Loading takes long enough to be interrupted; `main` minds what comes after.
        print("Cancelled.", file=sys.stderr)
        sys.exit(130)
    sys.exit(main(sys.argv[1:]))
