"""Learning curves from what `Trainer` logged: each part of the loss, and validation."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from transformers.trainer_utils import get_last_checkpoint

COLUMNS = 4
NOT_LEARNT = ("step", "epoch", "learning_rate", "total_flos")
TIMING = ("_runtime", "_per_second")

History = Sequence[Mapping[str, Any]]


def read_history(run: Path) -> History:
    """What the newest checkpoint of a run folder says was logged.

    Raises:
        FileNotFoundError: the folder holds no checkpoint.
    """
    folder = run / "checkpoints"
    newest = get_last_checkpoint(str(folder)) if folder.is_dir() else None
    if newest is None:
        raise FileNotFoundError(f"{run} holds no checkpoint of a training run.")
    state = json.loads((Path(newest) / "trainer_state.json").read_text(encoding="utf-8"))
    history: History = state["log_history"]
    return history


def plot_curves(histories: Mapping[str, History], path: Path) -> None:
    """A panel for everything that was logged, a line per run; epochs along the x axis.

    Args:
        histories: by name of the run, from `read_history`.
        path: the picture to write.
    """
    logged = [entry for history in histories.values() for entry in history]
    names = [name for name in dict.fromkeys(k for entry in logged for k in entry) if _learnt(name)]
    # Validation last: what is chosen by stands together.
    names.sort(key=lambda name: name.startswith("eval_"))
    lines = -(-(len(names) + 1) // COLUMNS)
    figure = Figure(figsize=(3.2 * COLUMNS, 2.2 * lines), layout="constrained")
    axes = figure.subplots(lines, COLUMNS, squeeze=False)
    for axis in axes.flat[len(names) :]:
        axis.set_visible(False)
    for axis, name in zip(axes.flat, names, strict=False):
        for number, (run, history) in enumerate(histories.items()):
            points = [
                (entry["epoch"], entry[name])
                for entry in history
                if name in entry and "epoch" in entry and math.isfinite(entry[name])
            ]
            if points:
                # A colour is a run's in every panel, also where another has nothing to show.
                axis.plot(*zip(*points, strict=True), marker=".", label=run, color=f"C{number}")
        axis.set_title(name.removeprefix("eval_"), fontsize=8)
        axis.tick_params(labelsize=7)
    legend = axes.flat[len(names)]
    legend.set_visible(True)
    legend.axis("off")
    handles = [Line2D([], [], color=f"C{number}") for number in range(len(histories))]
    legend.legend(handles, list(histories), loc="center", fontsize=8)
    figure.savefig(path, dpi=120)


def _learnt(name: str) -> bool:
    return name not in NOT_LEARNT and not name.endswith(TIMING) and name != "train_loss"
