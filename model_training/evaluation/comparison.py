"""What two evaluations kept per image, written, read and set against each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..metrics import Comparison, Tally, compare, pooled
from ..metrics.bootstrap import same_images
from ..metrics.tally import TallyInvalid
from .result import SetScores


class TalliesMissing(FileNotFoundError):
    """A file of per-image scores is not there or holds none."""


@dataclass(frozen=True)
class ScoredSet:
    """The per-image scores of one task on one set."""

    image_ids: tuple[str, ...]
    tallies: dict[str, Tally]


Run = Mapping[str, ScoredSet]
""""ucm test captions" -> its per-image scores."""


def tallies_of(results: Sequence[SetScores]) -> dict[str, ScoredSet]:
    """The per-image scores of an evaluation."""
    return {
        f"{result.title} {task.task}": ScoredSet(task.image_ids, task.tallies)
        for result in results
        for task in result.tasks
    }


def write_tallies(run: Run, path: Path) -> None:
    """Write per-image scores as JSON, one line per metric: what `read_tallies` reads."""
    entries = []
    for name, scored in run.items():
        metrics = ",\n".join(
            f"   {json.dumps(metric)}: {json.dumps(tally.to_json(), separators=(',', ':'))}"
            for metric, tally in scored.tallies.items()
        )
        ids = json.dumps(list(scored.image_ids), separators=(",", ":"))
        entries.append(
            f' {json.dumps(name)}: {{\n  "image_ids": {ids},\n  "metrics": {{\n{metrics}\n  }}\n }}'
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")


def read_tallies(path: Path) -> dict[str, ScoredSet]:
    """Read per-image scores.

    Raises:
        TalliesMissing: there is no such file, or it is not one of these.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: ScoredSet(
                tuple(entry["image_ids"]),
                {key: Tally.from_json(tally) for key, tally in entry["metrics"].items()},
            )
            for name, entry in values.items()
        }
    except FileNotFoundError as error:
        raise TalliesMissing(f"There are no per-image scores in {path}.") from error
    except (json.JSONDecodeError, AttributeError, KeyError, TypeError, TallyInvalid) as error:
        raise TalliesMissing(f"{path} does not hold per-image scores: {error}.") from error


def pool_runs(runs: Sequence[Run]) -> dict[str, ScoredSet]:
    """Several seeds of one configuration as one run: each image counts once for every seed.

    Raises:
        RunsDiffer: the seeds were scored on different images.
    """
    first, *others = runs
    for other in others:
        for name in first:
            same_images(first[name].image_ids, other[name].image_ids if name in other else ())
    return {
        name: ScoredSet(
            scored.image_ids,
            {
                metric: pooled([run[name].tallies[metric] for run in runs])
                for metric in scored.tallies
                if all(metric in run[name].tallies for run in runs)
            },
        )
        for name, scored in first.items()
    }


def compare_runs(before: Run, after: Run) -> dict[str, dict[str, Comparison]]:
    """Paired bootstrap of every metric that both runs have.

    Raises:
        RunsDiffer: a set was scored on different images, or the runs share no set at all.
    """
    shared = [name for name in before if name in after]
    if not shared:
        same_images(sorted(before), sorted(after))
    comparisons = {}
    for name in shared:
        same_images(before[name].image_ids, after[name].image_ids)
        first, second = before[name].tallies, after[name].tallies
        comparisons[name] = {
            metric: compare(first[metric], second[metric]) for metric in first if metric in second
        }
    return comparisons
