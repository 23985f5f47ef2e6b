"""Plots of an ablation: every headline score with its interval, and what abstaining gains."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from ..metrics import interval
from .ablation import HEADLINES, Stage, set_of
from .tables import FULL_TITLES

COLUMNS = 4
FLATTEST = 1e-3
"""Differences that are rounding, not a score."""


def plot_scores(stages: Sequence[Stage], path: Path) -> None:
    """One panel per set and headline score: a dot per stage, its 95 % bootstrap interval as bar."""
    panels = [
        (where, metric)
        for where in dict.fromkeys(where for stage in stages for where in stage.run)
        for task, metric in HEADLINES
        if task == set_of(where)[1]
        and any(where in s.run and metric in s.run[where].tallies for s in stages)
    ]
    lines = -(-len(panels) // COLUMNS)
    # Not through pyplot, which would look for a display.
    figure = Figure(figsize=(3.2 * COLUMNS, 2.2 * lines), layout="constrained")
    axes = figure.subplots(lines, COLUMNS, squeeze=False)
    for axis in axes.flat[len(panels) :]:
        axis.set_visible(False)
    for axis, (where, metric) in zip(axes.flat, panels, strict=False):
        for place, stage in enumerate(stages):
            scored = stage.run.get(where)
            if scored is None or metric not in scored.tallies:
                continue
            found = interval(scored.tallies[metric])
            below, above = found.value - found.low, found.high - found.value
            # A percentile interval can leave out the value itself by rounding.
            axis.errorbar(
                place,
                found.value,
                [[max(0.0, below)], [max(0.0, above)]],
                fmt="o",
                capsize=3,
                # A stage's in every panel, also where another has no such score.
                color=f"C{place}",
            )
        axis.set_xlim(-0.5, len(stages) - 0.5)
        low, high = axis.get_ylim()
        if high - low < FLATTEST:
            # A score of nought for all, such as a BLEU without one common 4-gram.
            axis.set_ylim(low - FLATTEST, high + FLATTEST)
        axis.set_title(f"{where}: {FULL_TITLES.get(metric, metric)}", fontsize=8)
        axis.set_xticks(range(len(stages)), [stage.name for stage in stages], rotation=20)
        axis.tick_params(labelsize=7)
    figure.savefig(path, dpi=120)


def plot_abstention(stages: Sequence[Stage], path: Path) -> bool:
    """Accuracy over the share of questions answered, first seed of each stage, a panel per set.

    Returns:
        Whether there was anything to plot: no stage may be able to answer.
    """
    curves: dict[str, list[tuple[str, list[tuple[float, float]]]]] = {}
    for stage in stages:
        for scored in stage.reports[0]["sets"]:
            found = scored["tasks"].get("questions")
            if found is not None:
                title = f"{scored['name']} {scored['split']}"
                curves.setdefault(title, []).append((stage.name, found["accuracy_by_coverage"]))
    if not curves:
        return False
    figure = Figure(figsize=(4 * len(curves), 3.2), layout="constrained")
    axes = figure.subplots(1, len(curves), squeeze=False)
    for axis, (title, lines) in zip(axes.flat, curves.items(), strict=True):
        for name, points in lines:
            axis.plot([share for share, _ in points], [right for _, right in points], label=name)
        axis.set_title(title, fontsize=9)
        axis.set_xlabel("share of questions answered, surest first")
        axis.set_ylabel("right, %")
        axis.legend(fontsize=7)
    figure.savefig(path, dpi=120)
    return True
