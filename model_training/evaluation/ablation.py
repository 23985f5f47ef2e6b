"""Several stages of one model beside each other: what each step brings, with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..metrics import Comparison, interval
from .comparison import Run, compare_runs
from .curves import History
from .tables import FULL_TITLES, cell, comparison_table, markdown

HEADLINES = (
    ("captions", "bleu4"),
    ("captions", "cider"),
    ("captions", "distinct_bleu4"),
    ("captions", "distinct_cider"),
    ("retrieval", "t2i_r10"),
    ("retrieval", "mean_recall"),
    ("classification", "accuracy"),
    ("classification", "calibration_error"),
    ("transfer", "accuracy"),
    ("questions", "accuracy_presence"),
    ("questions", "accuracy_count"),
    ("questions", "count_within_1"),
    ("questions", "accuracy_location"),
    ("questions", "accuracy_theme"),
    ("questions", "calibration_error"),
    ("grounding", "iou50_f1"),
    ("grounding", "centre_f1"),
    ("grounding", "count_within_1"),
)
"""(task, metric) that the table shows, in this order; the JSON holds all."""


@dataclass(frozen=True)
class Stage:
    """One configuration after training, export and scoring; several seeds are pooled in `run`.

    `reports` are the evaluations' JSON, one per seed, with floors and details; `costs` likewise.
    `history` is what the first seed's training logged, empty where its checkpoints are gone.
    """

    name: str
    description: str
    run: Run
    reports: Sequence[Mapping[str, Any]]
    costs: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    history: History = field(default_factory=tuple)


Compared = dict[str, dict[str, Comparison]]


def against_previous(stages: Sequence[Stage]) -> list[Compared]:
    """Each stage but the first against the one before it. Raises `RunsDiffer`."""
    return [compare_runs(a.run, b.run) for a, b in zip(stages, stages[1:], strict=False)]


def against_reference(stages: Sequence[Stage]) -> list[Compared]:
    """Each stage but the first against the first. Raises `RunsDiffer`."""
    return [compare_runs(stages[0].run, stage.run) for stage in stages[1:]]


def ablation_report(stages: Sequence[Stage], split: str, seeds: Sequence[int]) -> dict[str, Any]:
    """Everything as plain values."""
    previous, reference = against_previous(stages), against_reference(stages)
    rows = []
    for index, stage in enumerate(stages):
        row: dict[str, Any] = {
            "name": stage.name,
            "description": stage.description,
            "scores": {
                where: {metric: interval(t).to_json() for metric, t in scored.tallies.items()}
                for where, scored in stage.run.items()
            },
            "cost": list(stage.costs),
            "learning": list(stage.history),
            "seeds": [_model_scores(report) for report in stage.reports],
        }
        if index:
            row["against_previous"] = _plain(previous[index - 1])
            row["against_reference"] = _plain(reference[index - 1])
        rows.append(row)
    return {"split": split, "seeds": list(seeds), "floors": _floors(stages[0]), "stages": rows}


def ablation_tables(stages: Sequence[Stage]) -> str:
    """Markdown: scores with floors, cost, and each step's differences with 95 % intervals."""
    parts = [*_score_tables(stages), _cost_table(stages)]
    steps = (
        ("the stage before", stages, against_previous(stages)),
        (f"{stages[0].name}", [stages[0]] * len(stages), against_reference(stages)),
    )
    for title, befores, comparisons in steps:
        for before, stage, compared in zip(befores, stages[1:], comparisons, strict=False):
            # Against the first stage, the second stage's table would be printed twice.
            if title != "the stage before" and stage is stages[1]:
                continue
            headlines = _headlines(compared)
            if headlines:
                parts.append(
                    f"{stage.name} against {before.name} (* where the interval leaves out 0)\n\n"
                    + comparison_table(headlines)
                )
    return "\n\n".join(part for part in parts if part)


def set_of(where: str) -> tuple[str, str]:
    """("ucm val", "captions") of "ucm val captions"."""
    title, _, task = where.rpartition(" ")
    return title, task


def _score_tables(stages: Sequence[Stage]) -> list[str]:
    titles = dict.fromkeys(set_of(where)[0] for stage in stages for where in stage.run)
    floors = _floors(stages[0])
    tables = []
    for title in titles:
        columns = [
            (task, metric)
            for task, metric in HEADLINES
            if any(metric in _tallies(stage, title, task) for stage in stages)
        ]
        rows = [
            [title, *(f"{task}: {FULL_TITLES.get(metric, metric)}" for task, metric in columns)]
        ]
        for stage in stages:
            values = (_tallies(stage, title, task).get(metric) for task, metric in columns)
            cells = (
                cell(metric, None if tally is None else tally.value)
                for (_, metric), tally in zip(columns, values, strict=True)
            )
            rows.append([stage.name, *cells])
        for name in dict.fromkeys(
            name for task, _ in columns for name in floors.get(f"{title} {task}", {})
        ):
            rows.append(
                [
                    name,
                    *(
                        cell(metric, floors.get(f"{title} {task}", {}).get(name, {}).get(metric))
                        for task, metric in columns
                    ),
                ]
            )
        tables.append(markdown(rows))
    return tables


def _cost_table(stages: Sequence[Stage]) -> str:
    rows = [
        [
            "stage",
            "MB",
            "M parameters",
            "M multiplications a tile",
            "ms a tile, vision",
            "ms a tile, with knowledge",
            "ms a caption",
        ]
    ]
    for stage in stages:
        # Seeds cost the same but for the noise of timing; the first stands for them.
        for cost in stage.costs[:1]:
            caption = cost["caption_ms"]
            rows.append(
                [
                    stage.name,
                    f"{cost['bundle_mb']:.1f}",
                    f"{cost['parameters'] / 1e6:.1f}",
                    f"{cost['graphs']['vision.onnx']['macs'] / 1e6:.0f}",
                    f"{cost['vision_ms']:.1f}",
                    f"{cost['tile_ms']:.1f}",
                    "" if caption is None else f"{caption:.0f}",
                ]
            )
    return markdown(rows) if len(rows) > 1 else ""


def _tallies(stage: Stage, title: str, task: str) -> Mapping[str, Any]:
    scored = stage.run.get(f"{title} {task}")
    return {} if scored is None else scored.tallies


def _headlines(compared: Compared) -> Compared:
    shown = {
        where: {
            metric: metrics[metric]
            for task, metric in HEADLINES
            if task == set_of(where)[1] and metric in metrics
        }
        for where, metrics in compared.items()
    }
    return {where: metrics for where, metrics in shown.items() if metrics}


def _plain(compared: Compared) -> dict[str, Any]:
    return {
        where: {metric: found.to_json() for metric, found in metrics.items()}
        for where, metrics in compared.items()
    }


def _floors(stage: Stage) -> dict[str, dict[str, dict[str, float]]]:
    """ "ucm val captions" -> "floor: class lookup" -> scores; the same for every stage."""
    return {
        f"{scored['name']} {scored['split']} {task}": {
            who: scores for who, scores in found["scores"].items() if who.startswith("floor: ")
        }
        for scored in stage.reports[0]["sets"]
        for task, found in scored["tasks"].items()
    }


def _model_scores(report: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    return {
        f"{scored['name']} {scored['split']} {task}": found["scores"]["model"]
        for scored in report["sets"]
        for task, found in scored["tasks"].items()
    }
