"""`python -m rs_vlm_plugin`: the command line, without QGIS."""

from __future__ import annotations

import sys

from rs_vlm_plugin.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
