"""Teach a bundle where a closer look pays: a detail head on its frozen embeddings.

Usage: python model_training/train_detail.py --bundle DIR --output DIR [--data DIR]

Mosaics of training images are seen as a whole and cell by cell; the head learns the measured
reduction of the alignment loss. `--output` is the bundle with `detail.onnx` beside its graphs.
Prints the rank correlation on mosaics of validation images; benchmarks/dris_policies.py says what
the policy `learned` makes of it. Where there is no data, scenes that the project draws stand in.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model_training.data.records import ImageText
    from model_training.detail_targets import DetailExamples
    from model_training.model.detail import DetailHead
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)

BATCH = 32
# Reductions above this share of the training mosaics' count as the full one.
FULL_PERCENTILE = 95
DETAIL_FILE = "detail.onnx"


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `train_detail.py`."""
    from model_training.train import default_data_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", type=Path, default=ROOT / "resources" / "model")
    parser.add_argument("--output", type=Path, required=True, help="bundle folder to write")
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument("--sets", default="ucm,rsicd_aid", help="comma-separated")
    parser.add_argument("--images", type=int, default=1000, help="most images of a set and split")
    parser.add_argument("--mosaics", type=int, default=900, help="to learn from; a third to check")
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Measure, train, check and write; returns the exit code."""
    arguments = parse_arguments(argv)
    import torch

    from model_training.data.records import DataError
    from model_training.detail_targets import measure_examples
    from rs_vlm_plugin.engine.errors import RsVlmError
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    torch.set_num_threads(arguments.threads)
    try:
        bundle = load_bundle(arguments.bundle)
        model = VisionLanguageModel(bundle, device="cpu", threads=arguments.threads)
        data, sets = arguments.data, arguments.sets.split(",")
        examples = [
            measure_examples(
                images(data, sets, split, arguments.images, arguments.seed),
                model,
                max(3, count),
                arguments.seed + number,
            )
            for number, (split, count) in enumerate(
                (("train", arguments.mosaics), ("val", arguments.mosaics // 3))
            )
        ]
    except (DataError, RsVlmError) as error:
        print(error, file=sys.stderr)
        return 2
    learnt, held = examples
    head = train_head(learnt, arguments.epochs, arguments.seed)
    report = rank_correlation(head, held)
    write_head(head, learnt, model, arguments.bundle, arguments.output, report)
    print(json.dumps(report))
    return 0


def images(data_dir: Path, sets: list[str], split: str, most: int, seed: int) -> list[ImageText]:
    """At most so many images of each set, drawn; scenes of our own where there is no data."""
    import torch

    from model_training.data.drawn import drawn_records
    from model_training.data.records import read_split

    if not data_dir.is_dir():
        kept, held = drawn_records(max(200, most), seed)
        return kept if split == "train" else held["drawn"]
    generator = torch.Generator().manual_seed(seed)
    found: list[ImageText] = []
    for name in sets:
        records = read_split(data_dir, name, split)
        order = torch.randperm(len(records), generator=generator)[:most]
        found += [records[index] for index in order.tolist()]
    return found


def train_head(examples: DetailExamples, epochs: int, seed: int) -> DetailHead:
    """Fit a head to measured reductions; the same for the same input on the same machine."""
    import torch
    from torch.nn import functional

    from model_training.model.detail import DetailHead

    torch.manual_seed(seed)
    cells, reduction = (torch.from_numpy(a) for a in (examples.cells, examples.reduction))
    head = DetailHead(cells.shape[-1])
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 2e-3, total_steps=epochs * -(-len(cells) // BATCH)
    )
    for _ in range(epochs):
        for chosen in torch.randperm(len(cells)).split(BATCH):
            # Few mosaics gain very much; squared errors would be about those alone.
            loss = functional.smooth_l1_loss(head(cells[chosen]), reduction[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return head.eval()


def rank_correlation(head: DetailHead, examples: DetailExamples) -> dict[str, float]:
    """Spearman's rank correlation of predicted and measured reduction: over all cells, and the mean
    within mosaics, which is what orders a search; and how many mosaics that is."""
    import numpy as np
    import torch

    def ranks(values: Any) -> Any:
        # Cells over the same image gain alike but for rounding: ties share their mean rank.
        _, place, count = np.unique(values.round(3), return_inverse=True, return_counts=True)
        return (np.cumsum(count) - (count - 1) / 2)[place.ravel()]

    with torch.no_grad():
        predicted = head(torch.from_numpy(examples.cells)).numpy()
    measured = examples.reduction
    overall = np.corrcoef(ranks(predicted.ravel()), ranks(measured.ravel()))[0, 1]
    with np.errstate(invalid="ignore"):
        within = [
            np.corrcoef(ranks(one), ranks(other))[0, 1]
            for one, other in zip(predicted, measured, strict=True)
        ]
    return {
        "rank_correlation": float(overall),
        "rank_correlation_within": float(np.nan_to_num(within).mean()),
        "mosaics": float(len(measured)),
        "odd": examples.odd,
        "mean_reduction_nats": float(measured.mean()),
    }


def write_head(
    head: DetailHead,
    examples: DetailExamples,
    model: VisionLanguageModel,
    bundle: Path,
    output: Path,
    report: dict[str, float],
) -> None:
    """Write the bundle's files and the head to `output`, replacing it as a whole."""
    import numpy as np
    import torch

    from model_training.detail_targets import read_name
    from model_training.export.bundle_folder import replacing, write_manifest
    from model_training.export.graphs import Graph, export_graph
    from model_training.export.parity import check_parity

    count, size = examples.cells.shape[1:]
    graph = Graph(
        DETAIL_FILE,
        head,
        lambda: (torch.randn(2, count, size),),
        ("cells",),
        ("reduction",),
        {"cells": {0: "batch"}, "reduction": {0: "batch"}},
    )
    manifest = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    files = manifest.pop("files")
    full = float(np.percentile(np.maximum(examples.reduction, 0), FULL_PERCENTILE))
    manifest["detail"] = {
        "file": DETAIL_FILE,
        "reads": read_name(model),
        "full": max(full, 1e-3),
    }
    manifest["metrics"] = {**manifest["metrics"], "detail": report}
    with replacing(output) as staging:
        for name in files:
            if name != DETAIL_FILE:
                shutil.copyfile(bundle / name, staging / name)
        check_parity(graph, export_graph(graph, staging), quantised=False)
        write_manifest(staging, manifest)


if __name__ == "__main__":
    sys.exit(main())
