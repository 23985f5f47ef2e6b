"""How long work reports progress and learns that it should stop, without knowing who listens."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Part:
    """The feedback of one of several jobs, which are done one after the other.

    Attributes:
        whole: hears of all of them.
        number: of this one, from 0.
        count: how many there are, each as long as the others.
    """

    whole: Feedback
    number: int
    count: int

    def report(self, fraction: float, message: str) -> None:
        """Say how much is done of this one."""
        self.whole.report((self.number + fraction) / self.count, message)

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self.whole.is_cancelled()
