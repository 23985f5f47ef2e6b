"""How long work reports progress and learns that it should stop, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Feedback(Protocol):
    """What a task, an algorithm or a command passes down. Called from the working thread, often."""

    def report(self, fraction: float, message: str) -> None:
        """Say how much is done: `fraction` in 0..1, `message` a few words on what happens now."""

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop. Long loops ask at least once a tile."""


class Silent:
    """A `Feedback` nobody listens to; never cancelled."""

    def report(self, fraction: float, message: str) -> None:
        """Ignore."""

    def is_cancelled(self) -> bool:
        """Never."""
        return False
