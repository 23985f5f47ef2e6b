"""Ctrl-C at a certain point of a command."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.cli.progress import TerminalProgress


def interrupt_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C when a command reports that it has done some of its work and begins more."""
    begun = []

    def report(self: TerminalProgress, fraction: float, message: str) -> None:
        if begun and fraction > begun[0] > 0:
            raise KeyboardInterrupt
        begun[:] = [fraction]

    monkeypatch.setattr(TerminalProgress, "report", report)
