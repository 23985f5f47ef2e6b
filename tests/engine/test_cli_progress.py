from __future__ import annotations

import io

from rs_vlm_plugin.cli.progress import TerminalProgress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_terminal_sees_one_line_that_goes_away() -> None:
    stream = Terminal()
    progress = TerminalProgress(stream, "scene.tif")
    progress.report(0.5, "Looking at tile 2 of 4")
    assert "scene.tif:  50% Looking at tile 2 of 4" in stream.getvalue()
    progress.clear()
    assert stream.getvalue().endswith("\r\x1b[K")
    assert "\n" not in stream.getvalue()


def test_file_sees_nothing() -> None:
    stream = io.StringIO()
    progress = TerminalProgress(stream, "scene.tif")
    progress.report(0.5, "Looking")
    progress.clear()
    assert stream.getvalue() == ""
