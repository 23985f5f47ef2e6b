"""Train, export and score a list of configurations and print what each step brings.

Usage: python model_training/ablation.py [--configs FILE ...] [--seeds 1,2,3] [--split val]

The first configuration is the reference; each is compared with the one before it and with the
reference by a paired bootstrap over images. What is trained, exported or scored already is taken as
it is, so that an interrupted ablation goes on where it stopped. Tables are printed; JSON and plots
go to model_training/results.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model_training.config import ExperimentConfig
    from model_training.evaluation.ablation import Stage
    from model_training.evaluation.comparison import Run
    from model_training.evaluation.curves import History

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)

CONFIGS = ROOT / "model_training" / "configs" / "ablation"
RESULTS = ROOT / "model_training" / "results"
BUDGET = {
    "optimisation": ("batch_size",),
    "data": ("sets", "holdout_sets", "holdout_per_class", "synthetic_scenes", "captions_per_image"),
}
"""Settings in which the stages may not differ, besides how many captioned images are looked at:
what is seen and what is held out."""


class AblationError(RuntimeError):
    """The stages cannot be compared, or one of them cannot be made."""


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `ablation.py`."""
    from model_training.train import default_data_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--configs",
        type=Path,
        nargs="+",
        help="experiments in order, the reference first (default: configs/ablation by file name)",
    )
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument(
        "--weights",
        type=Path,
        help="folder of initial weights (default: weights beside the data folder)",
    )
    parser.add_argument(
        "--runs", type=Path, default=ROOT / "runs" / "ablation", help="a folder per stage and seed"
    )
    parser.add_argument(
        "--results", type=Path, default=RESULTS, help="where JSON and plots are written"
    )
    parser.add_argument("--sets", default="rsicd_aid,ucm,vhr10", help="sets to score")
    parser.add_argument("--split", default="val", choices=["val", "test"])
    parser.add_argument("--seeds", default="1", help="comma-separated; pooled in the scores")
    parser.add_argument(
        "--epochs", type=float, help="train every stage for so many instead, on a small budget"
    )
    parser.add_argument(
        "--image-size", type=int, help="input side in pixels of every stage instead, likewise"
    )
    parser.add_argument("--batch-size", type=int, help="images of a step of every stage instead")
    parser.add_argument(
        "--warm-start",
        type=Path,
        help="checkpoint folder that every stage starts from, taking what fits (a reference)",
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="CPU threads")
    parser.add_argument(
        "--float32", action="store_true", help="export float32 graphs instead of int8"
    )
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Run the ablation; returns the exit code. Errors a user can mend are one line on stderr."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    arguments = parse_arguments(argv)
    from model_training.config import ConfigError, load_config
    from model_training.evaluation.ablation import ablation_report, ablation_tables
    from model_training.evaluation.curves import plot_curves
    from model_training.evaluation.plots import plot_abstention, plot_scores
    from model_training.metrics import JavaMissing, RunsDiffer
    from rs_vlm_plugin.engine.errors import RsVlmError

    try:
        seeds = _seeds(arguments.seeds)
        configs = [
            on_budget(
                load_config(path), arguments.epochs, arguments.image_size, arguments.batch_size
            )
            for path in _config_files(arguments.configs)
        ]
        check_equal_budget(configs)
        stages = [_stage(config, seeds, arguments) for config in configs]
        report = ablation_report(stages, arguments.split, seeds)
        tables = ablation_tables(stages)
    except (
        AblationError,
        ConfigError,
        FileNotFoundError,
        JavaMissing,
        RsVlmError,
        RunsDiffer,
    ) as error:
        print(f"ablation.py: {error}", file=sys.stderr)
        return 1
    print(tables)
    arguments.results.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=1)
    (arguments.results / "ablation.json").write_text(text + "\n", encoding="utf-8")
    plot_scores(stages, arguments.results / "ablation.png")
    histories = {stage.name: stage.history for stage in stages if stage.history}
    if histories:
        plot_curves(histories, arguments.results / "ablation_curves.png")
    plot_abstention(stages, arguments.results / "abstention.png")
    print(f"JSON and plots are in {arguments.results}.")
    return 0


def check_equal_budget(configs: list[ExperimentConfig]) -> None:
    """Raise `AblationError` naming the first setting of `BUDGET` that is not the reference's."""
    names = [config.name for config in configs]
    if len(set(names)) < len(names):
        raise AblationError("Two configurations have the same name, so one would hide the other.")
    for config in configs[1:]:
        own, first = (_looks(c) for c in (config, configs[0]))
        if not math.isclose(own, first):
            raise AblationError(
                f"{config.name} looks at all captioned images {own:g} times, {configs[0].name} "
                f"{first:g} times: stages are compared at equal budget."
            )
        for section, settings in BUDGET.items():
            for setting in settings:
                own, first = (getattr(getattr(c, section), setting) for c in (config, configs[0]))
                if own != first:
                    raise AblationError(
                        f"{config.name} has {section}.{setting} {own}, {configs[0].name} {first}: "
                        "stages are compared at equal budget on the same images."
                    )


def _looks(config: ExperimentConfig) -> float:
    """Captioned images looked at, in rounds over all of them: half of them twice is one."""
    return config.optimisation.epochs * config.data.train_share


def on_budget(
    config: ExperimentConfig,
    epochs: float | None = None,
    image_size: int | None = None,
    batch_size: int | None = None,
) -> ExperimentConfig:
    """A configuration with another budget; None leaves its own."""
    optimisation, vision = config.optimisation, config.vision
    if epochs is not None:
        optimisation = replace(optimisation, epochs=epochs)
    if batch_size is not None:
        optimisation = replace(optimisation, batch_size=batch_size)
    if image_size is not None:
        vision = replace(vision, image_size=image_size)
    return replace(config, optimisation=optimisation, vision=vision)


def is_finished(output: Path, config: ExperimentConfig) -> bool:
    """Whether a run folder holds the finished training of this very configuration.

    Raises:
        AblationError: it holds that of another one.
    """
    from model_training.config import ExperimentConfig

    started = output / "experiment.json"
    if started.is_file():
        # Through the dataclass, so that settings added since have their defaults on both sides.
        trained = ExperimentConfig.from_json(json.loads(started.read_text(encoding="utf-8")))
        if trained != config:
            raise AblationError(
                f"{output} was trained with other settings than {config.name} has now; "
                "move it away to train anew."
            )
    # Written last of all.
    return (output / "best" / "metrics.json").is_file()


def _config_files(given: list[Path] | None) -> list[Path]:
    files = given or sorted(CONFIGS.glob("*.json"))
    if len(files) < 2:
        raise AblationError(f"There are fewer than two configurations; {CONFIGS} should hold them.")
    return files


def _seeds(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise AblationError(f"--seeds takes whole numbers parted by commas, not {text}.") from error


def _stage(config: ExperimentConfig, seeds: list[int], arguments: argparse.Namespace) -> Stage:
    from model_training.evaluation.ablation import Stage
    from model_training.evaluation.comparison import pool_runs

    runs, reports = [], []
    for seed in seeds:
        seeded = replace(config, optimisation=replace(config.optimisation, seed=seed))
        output = arguments.runs / f"{config.name}-seed{seed}"
        if not is_finished(output, seeded):
            _train(seeded, output, arguments)
        bundle = _bundle(output, config.name, arguments)
        report, run = _scores(bundle, output, arguments)
        reports.append(report)
        runs.append(run)
    costs = [report["cost"] for report in reports]
    history = _history(arguments.runs / f"{config.name}-seed{seeds[0]}")
    return Stage(config.name, config.description, pool_runs(runs), reports, costs, history)


def _history(output: Path) -> History:
    from model_training.evaluation.curves import read_history

    try:
        return read_history(output)
    except FileNotFoundError:
        # Only the weights were kept.
        return ()


def _train(config: ExperimentConfig, output: Path, arguments: argparse.Namespace) -> None:
    from model_training.run import train

    print(f"Training {config.name}, seed {config.optimisation.seed}.", flush=True)
    train(
        config,
        data_dir=arguments.data,
        weights_dir=arguments.weights or arguments.data.parent / "weights",
        output=output,
        threads=arguments.threads,
        related=arguments.warm_start,
    )


def _bundle(output: Path, name: str, arguments: argparse.Namespace) -> Path:
    """The run's bundle, exported where it is missing or older than the weights."""
    from model_training.export_onnx import main as export

    folder = output / ("bundle-float32" if arguments.float32 else "bundle")
    weights = output / "best" / "model.safetensors"
    manifest = folder / "bundle.json"
    if not manifest.is_file() or manifest.stat().st_mtime < weights.stat().st_mtime:
        wanted = ["--checkpoint", output / "best", "--output", folder, "--data", arguments.data]
        wanted += ["--name", f"rsvlm-{name}", *(["--float32"] if arguments.float32 else [])]
        if export([str(item) for item in wanted]) != 0:
            raise AblationError(f"{name} could not be exported.")
    return folder


def _scores(
    bundle: Path, output: Path, arguments: argparse.Namespace
) -> tuple[dict[str, Any], Run]:
    """The evaluation of a bundle; read from the run folder where it was scored alike before."""
    from model_training.evaluation import evaluate_set, measure_cost, read_tallies, write_tallies
    from model_training.evaluation.comparison import tallies_of
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    sets = [name.strip() for name in arguments.sets.split(",")]
    digest = hashlib.sha256((bundle / "bundle.json").read_bytes()).hexdigest()
    scored = {"bundle": f"sha256:{digest}", "sets": sets, "split": arguments.split}
    scores, tallies = (output / f"{arguments.split}-{what}.json" for what in ("scores", "images"))
    if scores.is_file() and tallies.is_file():
        report = json.loads(scores.read_text(encoding="utf-8"))
        if report["scored"] == scored:
            return report, read_tallies(tallies)
    model = VisionLanguageModel(load_bundle(bundle), device="auto")
    results = [evaluate_set(model, arguments.data, name, arguments.split) for name in sets]
    cost = measure_cost(model)
    model.close()
    for sentence in (sentence for result in results for sentence in result.skipped):
        print(sentence, flush=True)
    report = {
        "scored": scored,
        "cost": cost.to_json(),
        "sets": [result.to_json() for result in results],
    }
    write_tallies(tallies_of(results), tallies)
    scores.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    # Read back, so that the first and the next time print the same digits.
    return report, read_tallies(tallies)


if __name__ == "__main__":
    sys.exit(main())
