"""Scores as Markdown tables, one per task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..metrics import Comparison
from .result import SetScores

TITLES = {
    "i2t_r1": "i2t R@1",
    "i2t_r5": "R@5",
    "i2t_r10": "R@10",
    "t2i_r1": "t2i R@1",
    "t2i_r5": "R@5",
    "t2i_r10": "R@10",
    "mean_recall": "mR",
    "bleu4": "BLEU-4",
    "meteor": "METEOR",
    "rouge_l": "ROUGE-L",
    "cider": "CIDEr",
    "accuracy": "all",
    "accuracy_presence": "presence",
    "accuracy_count": "count",
    "count_within_1": "count +-1",
    "accuracy_location": "location",
    "location_any_wording": "location, any wording",
    "accuracy_theme": "theme",
    "accuracy_rural_urban": "rural or urban",
    "coverage": "answered",
    "answered_accuracy": "right of these",
    "calibration_error": "ECE",
    "iou50_precision": "precision, IoU 0.5",
    "iou50_recall": "recall",
    "iou50_f1": "F1",
    "centre_precision": "precision, centre",
    "centre_recall": "recall",
    "centre_f1": "F1",
    "count_exact": "count",
    "count_error": "mean count error",
}
"""Metric -> column, in the order of columns; what is not here stays in the JSON."""

FULL_TITLES = TITLES | {
    "i2t_r5": "i2t R@5",
    "i2t_r10": "i2t R@10",
    "t2i_r5": "t2i R@5",
    "t2i_r10": "t2i R@10",
    "iou50_recall": "recall, IoU 0.5",
    "iou50_f1": "F1, IoU 0.5",
    "centre_recall": "recall, centre",
    "centre_f1": "F1, centre",
    "distinct_bleu4": "BLEU-4, distinct references",
    "distinct_cider": "CIDEr, distinct references",
}
"""Titles that do not lean on the column before them."""

UNITS_OF_ONE = ("calibration_error", "count_error")
"""Metrics that are no percentages: three digits say more than one."""


def table(results: Sequence[SetScores]) -> str:
    """Markdown: per task a line for the model, its variants and each floor, for every set."""
    by_task: dict[str, list[tuple[str, str, Mapping[str, float]]]] = {}
    for result in results:
        for task in result.tasks:
            where = f"{result.title} ({len(task.image_ids)})"
            lines = by_task.setdefault(task.task, [])
            lines += [(where, who, scores) for who, scores in task.rows.items()]
    return "\n\n".join(_task_table(task, lines) for task, lines in by_task.items())


def _task_table(task: str, lines: Sequence[tuple[str, str, Mapping[str, float]]]) -> str:
    columns = [key for key in TITLES if any(key in scores for _, _, scores in lines)]
    rows = [[task, "what", *(TITLES[key] for key in columns)]]
    for where, who, scores in lines:
        rows.append([where, who, *(cell(key, scores.get(key)) for key in columns)])
    return markdown(rows)


def cell(metric: str, value: float | None) -> str:
    """A score as a table shows it; empty where there is none."""
    if value is None or value != value:
        return ""
    return f"{value:.3f}" if metric in UNITS_OF_ONE else f"{value:.1f}"


def comparison_table(comparisons: Mapping[str, Mapping[str, Comparison]]) -> str:
    """Markdown of `compare_runs`: per set, task and metric both values, difference, intervals."""
    rows = [["where", "metric", "before", "after", "difference (95 %)", "relative % (95 %)"]]
    for where, metrics in comparisons.items():
        for metric, found in metrics.items():
            change, share = found.difference, found.relative
            rows.append(
                [
                    where,
                    FULL_TITLES.get(metric, metric),
                    cell(metric, found.before),
                    cell(metric, found.after),
                    f"{change.value:+.2f} ({change.low:+.2f} to {change.high:+.2f})"
                    + (" *" if found.differs else ""),
                    f"{share.value:+.1f} ({share.low:+.1f} to {share.high:+.1f})",
                ]
            )
    return markdown(rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a Markdown table; the first row is the head."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])
