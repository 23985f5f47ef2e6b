"""What an evaluation found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..metrics import Tally, known

MODEL = "model"


@dataclass(frozen=True)
class TaskResult:
    """One task on one set.

    `rows` holds scores by who got them: "model" first, then variants and floors ("floor: ...").
    `tallies` are the model's scores per image of `image_ids`, for bootstraps. `details` are plain
    values worth keeping that are no scores.
    """

    task: str
    image_ids: tuple[str, ...]
    rows: dict[str, dict[str, float]]
    tallies: dict[str, Tally]
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, float]:
        """The model's own."""
        return self.rows[MODEL]

    def to_json(self) -> dict[str, Any]:
        """Plain values, without what is kept per image."""
        rows = {
            who: {metric: known(value) for metric, value in scores.items()}
            for who, scores in self.rows.items()
        }
        return {"images": len(self.image_ids), "scores": rows, **self.details}


@dataclass(frozen=True)
class SetScores:
    """One set and split; `skipped` says in sentences which tasks were left out and why."""

    name: str
    split: str
    tasks: tuple[TaskResult, ...]
    skipped: tuple[str, ...]

    @property
    def title(self) -> str:
        """ "ucm test"."""
        return f"{self.name} {self.split}"

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        tasks = {result.task: result.to_json() for result in self.tasks}
        return {
            "name": self.name,
            "split": self.split,
            "tasks": tasks,
            "skipped": list(self.skipped),
        }

    def scores(self) -> dict[str, dict[str, float]]:
        """The model's scores by set, split and task, as a bundle's manifest keeps them."""
        return {
            f"{self.title} {result.task}": {
                metric: value for metric, value in result.scores.items() if known(value) is not None
            }
            for result in self.tasks
        }
