"""Export a checkpoint as a bundle.

Usage: python model_training/export_onnx.py [--checkpoint DIR] [--output DIR]
       python model_training/export_onnx.py --from-pretrained NAME_OR_DIR [--output DIR]

The first writes the ONNX graphs of a model trained here in int8, fits confidence temperatures on
validation images, checks every graph against torch, and writes a manifest with the files' digests.
The second makes any CLIP or SigLIP a bundle that classifies and searches
(docs/pretrained-models.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model_training.config import ExperimentConfig

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)

CALIBRATION_IMAGES = 256
LABEL_PROMPT = "an aerial image of {label}"
"""How a label is put to somebody else's model unless the user says otherwise."""


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `export_onnx.py`."""
    from model_training.train import default_data_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--checkpoint", type=Path, default=ROOT / "model_training" / "checkpoints" / "ms_vlam"
    )
    parser.add_argument(
        "--output",
        type=Path,
        help="bundle folder to write (default: resources/model, the plugin's own; with "
        "--from-pretrained, runs/bundles/<name>)",
    )
    parser.add_argument(
        "--data", type=Path, default=default_data_dir(), help="images to calibrate on"
    )
    parser.add_argument(
        "--name", help="name of the bundle (default: rsvlm-<experiment>, or the checkpoint's)"
    )
    parser.add_argument("--bundle-version", default="0.1.0")
    parser.add_argument(
        "--float32", action="store_true", help="keep float32 graphs (larger, for comparison)"
    )
    parser.add_argument(
        "--caption-memory",
        action=argparse.BooleanOptionalAction,
        help="let the bundle choose its captions by those of similar training images, see "
        "docs/knowledge-base.md (default: where the model was trained with a knowledge base)",
    )
    _add_pretrained(parser)
    return parser.parse_args(argv)


def _add_pretrained(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("somebody else's checkpoint")
    group.add_argument(
        "--from-pretrained",
        metavar="NAME_OR_DIR",
        help="CLIP or SigLIP: a hub name or a folder; or a .pt file of OpenCLIP, with --like",
    )
    group.add_argument(
        "--like",
        metavar="NAME_OR_DIR",
        help="CLIP in Hugging Face format whose sizes, activation, pixel statistics and tokenizer "
        "a .pt file is used with",
    )
    group.add_argument("--int8", action="store_true", help="int8 weights: a quarter of the size")
    group.add_argument("--licence", default="see the checkpoint's model card")
    group.add_argument(
        "--label-prompt",
        action="append",
        help="how a label is put to the model, with {label}; may be given several times",
    )
    group.add_argument(
        "--gsd-range",
        type=float,
        nargs=2,
        default=(0.1, 100.0),
        metavar=("FINEST", "COARSEST"),
        help="metres per model pixel that its training images showed, where known",
    )


def main(argv: list[str] | None = None) -> int:
    """Export; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    if arguments.from_pretrained:
        return _export_pretrained(arguments)
    output = arguments.output or ROOT / "resources" / "model"
    from model_training.checkpoint import load_checkpoint
    from model_training.config import ConfigError
    from model_training.data.corpus import boxed_validation, load_corpus
    from model_training.export.bundle_writer import write_bundle
    from model_training.export.calibrate import calibrate
    from model_training.export.calibrate_levels import calibrate_levels
    from model_training.export.fit_relevance import fit_relevance
    from model_training.export.fit_thresholds import fit_thresholds
    from model_training.export.parity import ParityError
    from model_training.knowledge.building import build_entries
    from model_training.knowledge.caption_memory import NothingShared
    from model_training.knowledge.training_text import captioned_images
    from model_training.training_knowledge import remember

    try:
        checkpoint = load_checkpoint(arguments.checkpoint, arguments.data.parent / "weights")
        experiment = checkpoint.experiment
        remembers = _remembers(arguments, experiment)
        corpus = load_corpus(experiment, arguments.data)
        held_out = [record for records in corpus.validation.values() for record in records]
        max_tokens = min(experiment.text.max_tokens, experiment.decoder.max_tokens)
        built = None
        if experiment.knowledge.enabled:
            built = build_entries(captioned_images(corpus.train))
            remember(checkpoint, built)
        calibration = calibrate(checkpoint.model, checkpoint.tokenizer, held_out, max_tokens)
        boxed = boxed_validation(experiment.data, arguments.data)
        levels = calibrate_levels(checkpoint, [*held_out, *boxed], max_tokens)
        step = max(1, len(corpus.train) // CALIBRATION_IMAGES)
        report = write_bundle(
            checkpoint,
            output,
            name=arguments.name or f"rsvlm-{experiment.name}",
            version=arguments.bundle_version,
            calibration=calibration,
            calibration_images=None if arguments.float32 else corpus.train[::step],
            levels=levels,
            knowledge=built,
            remembered=corpus.train if remembers else None,
        )
        thresholds = {}
        if experiment.levels.enabled:
            kinds = {box.category for record in corpus.boxed for box in record.boxes}
            thresholds = fit_thresholds(output, boxed, [*held_out, *boxed], sorted(kinds))
        relevance = fit_relevance(output, held_out)
    except (ConfigError, FileNotFoundError, NothingShared, ParityError) as error:
        print(f"export_onnx.py: {error}", file=sys.stderr)
        return 1
    print(calibration)
    print(levels)
    print(relevance or "Too few shared noun chunks to fit the relevance of search results.")
    if thresholds:
        print("Thresholds: " + ", ".join(f"{kind} {at:.2f}" for kind, at in thresholds.items()))
    if checkpoint.language is not None:
        print(
            "This bundle does not describe: a bundle holds the small decoder, no language model "
            f"such as {experiment.decoder.weights}. evaluate.py --checkpoint scores its captions."
        )
    _tell(report, output)
    return 0


def _remembers(arguments: argparse.Namespace, experiment: ExperimentConfig) -> bool:
    from model_training.config import ConfigError
    from model_training.model.language_weights import SMALL

    writes = experiment.decoder.kind == SMALL
    if arguments.caption_memory is None:
        return experiment.knowledge.enabled and writes
    if arguments.caption_memory and not writes:
        raise ConfigError(
            "--caption-memory is for bundles that write captions, and this one cannot."
        )
    return bool(arguments.caption_memory)


def _export_pretrained(arguments: argparse.Namespace) -> int:
    from model_training.export.parity import ParityError
    from model_training.export.pretrained import BundleFacts, load_pair, write_pretrained_bundle
    from model_training.export.pretrained_errors import PretrainedUnsupported

    try:
        pair = load_pair(arguments.from_pretrained, arguments.like)
        name = arguments.name or pair.source.lower()
        output = arguments.output or ROOT / "runs" / "bundles" / name
        facts = BundleFacts(
            name=name,
            version=arguments.bundle_version,
            licence=arguments.licence,
            label_prompts=tuple(arguments.label_prompt or (LABEL_PROMPT,)),
            gsd_range_m=tuple(arguments.gsd_range),
        )
        report = write_pretrained_bundle(pair, output, facts, arguments.int8)
    except (PretrainedUnsupported, ParityError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        print(f"export_onnx.py: {reason}", file=sys.stderr)
        return 1
    _tell(report, output)
    print(f'Next: python -m rs_vlm_plugin classify RASTER --labels "..." --bundle {output}')
    return 0


def _tell(report: dict[str, float], output: Path) -> None:
    """Print how far the graphs are from the model, and what was written."""
    for key, value in report.items():
        print(f"{key:48} {value:.5f}")
    size = sum(path.stat().st_size for path in output.iterdir())
    print(f"Wrote {output} ({size / 1e6:.1f} MB).")


if __name__ == "__main__":
    sys.exit(main())
