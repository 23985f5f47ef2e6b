"""One training run from configuration to best checkpoint."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from accelerate import PartialState
from transformers import TrainingArguments, set_seed
from transformers.trainer_utils import get_last_checkpoint

from .checkpoint import continue_from, save_checkpoint, warm_start
from .config import ConfigError, ExperimentConfig, OptimisationSettings
from .data.batches import Collator
from .data.corpus import load_corpus
from .data.training_set import training_set
from .knowledge.building import build_entries
from .knowledge.training_text import captioned_images
from .model.gather import synchronise_batch_norm
from .model.initialise import build_model
from .model.language_weights import load_language
from .trainer import SELECTION_METRIC, MsVlamTrainer
from .training_knowledge import TrainingKnowledge
from .validation import ValidationSet

SEED_STRIDE = 100_003
"""Between the random numbers of training processes."""


def train(
    config: ExperimentConfig,
    data_dir: Path,
    weights_dir: Path,
    output: Path,
    threads: int,
    workers: int = 0,
    restart: bool = False,
    max_steps: int = -1,
    start: Path | None = None,
    related: Path | None = None,
) -> dict[str, float]:
    """Train, validate, keep the best; resumes from `output` unless `restart`.

    `start` is a checkpoint folder whose weights replace the initial ones, for a second stage;
    `related` is one of another architecture, of which is taken what fits. `workers` processes
    prepare batches.

    Returns:
        Validation metrics of the best checkpoint, which is left in `output/best`.

    Raises:
        DataMissing, WeightsMissing: something to start from is not there.
        ConfigError: the batch cannot be shared by the processes, or the decoder that is asked for
            does not exist.
        CheckpointMismatch: `start` is of another architecture or vocabulary.
    """
    torch.set_num_threads(threads)
    settings = config.optimisation
    # Under `torchrun` this is where the processes find each other.
    processes = PartialState(cpu=not torch.cuda.is_available())
    share = per_process_batch(settings, processes.num_processes)
    set_seed(settings.seed)
    with processes.main_process_first():
        if restart and processes.is_main_process and output.exists():
            shutil.rmtree(output)
    language = load_language(config.decoder, weights_dir)
    corpus = load_corpus(config, data_dir)
    tokenizer = corpus.vocabulary.tokenizer
    model = build_model(
        config,
        corpus.vocabulary,
        weights_dir,
        corpus.scenes,
        corpus.answers,
        None if language is None else language.model,
    )
    spoken = None if language is None else language.tokens
    if start is not None:
        continue_from(start, model, corpus.vocabulary, weights_dir)
    if related is not None:
        fresh = warm_start(related, model, corpus.vocabulary, weights_dir)
        print(f"Taken from {related}: all but {len(fresh)} of {len(model.state_dict())} tensors.")
    if processes.num_processes > 1:
        synchronise_batch_norm(model)
    max_tokens = min(config.text.max_tokens, config.decoder.max_tokens)
    validation = {
        name: ValidationSet(records, config.vision.image_size, tokenizer, max_tokens, spoken)
        for name, records in corpus.validation.items()
    }
    dataset = training_set(config, corpus)
    steps_per_epoch = max(1, len(dataset) // settings.batch_size)
    every = max(1, round(steps_per_epoch * settings.evaluate_every_epochs))
    total = max_steps if max_steps > 0 else round(steps_per_epoch * settings.epochs)
    knowledge = None
    if config.knowledge.enabled:
        built = build_entries(captioned_images(corpus.train))
        ids = [record.image_id for record in corpus.train]
        knowledge = TrainingKnowledge(model, tokenizer, built, ids, max_tokens, config.knowledge)
    trainer = MsVlamTrainer(
        knowledge=knowledge,
        experiment=config,
        validation=validation,
        model=model,
        items=dataset,
        data_collator=Collator(
            tokenizer,
            max_tokens,
            answers={answer: i for i, answer in enumerate(corpus.answers)},
            categories=dataset.categories,
            chunks=config.levels.enabled,
            language=spoken,
            language_max_tokens=config.decoder.max_tokens,
        ),
        args=TrainingArguments(
            output_dir=str(output / "checkpoints"),
            max_steps=total,
            per_device_train_batch_size=share,
            gradient_accumulation_steps=settings.accumulated_parts,
            dataloader_num_workers=workers,
            dataloader_persistent_workers=workers > 0,
            dataloader_drop_last=len(dataset) >= settings.batch_size,
            remove_unused_columns=False,
            use_cpu=not torch.cuda.is_available(),
            bf16=settings.bf16,
            lr_scheduler_type="cosine",
            warmup_steps=round(settings.warmup_fraction * total),
            max_grad_norm=settings.max_gradient_norm,
            eval_strategy="steps",
            eval_steps=every,
            save_steps=every,
            save_total_limit=2,
            metric_for_best_model=SELECTION_METRIC,
            greater_is_better=True,
            load_best_model_at_end=True,
            logging_steps=max(1, min(20, every)),
            # Filtering waits for the device at every step, and hides what should be seen.
            logging_nan_inf_filter=False,
            report_to=["tensorboard"],
            seed=settings.seed,
        ),
        # `eval_dataset` only satisfies the argument check: `evaluate` uses `validation`.
        eval_dataset=dataset,
    )
    if processes.is_main_process:
        (output / "experiment.json").write_text(
            json.dumps(config.to_json(), indent=1), encoding="utf-8"
        )
    if processes.num_processes > 1:
        # Else every process would change its images and drop its units in the same way.
        torch.manual_seed(settings.seed + SEED_STRIDE * processes.process_index)
    trainer.train(resume_from_checkpoint=_last_checkpoint(output))
    metrics = trainer.evaluate()
    if processes.is_main_process:
        save_checkpoint(model, config, corpus.vocabulary, metrics, output / "best")
    processes.wait_for_everyone()
    return metrics


def per_process_batch(settings: OptimisationSettings, processes: int) -> int:
    """Images that one process takes at a time. Raises `ConfigError` where they do not divide."""
    share, rest = divmod(settings.batch_size, processes * settings.accumulated_parts)
    if rest or not share:
        raise ConfigError(
            f"A batch of {settings.batch_size} images cannot be shared by {processes} processes "
            f"in {settings.accumulated_parts} parts."
        )
    return share


def _last_checkpoint(output: Path) -> str | None:
    folder = output / "checkpoints"
    return get_last_checkpoint(str(folder)) if folder.is_dir() else None
