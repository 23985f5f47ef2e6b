"""Hugging Face's `Trainer`, told how this model is fed, optimised, logged and validated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch.utils.data import Dataset, Sampler
from transformers import (
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from .augment import augment_with_views, transform_boxes
from .config import ExperimentConfig
from .data.boxed import LEAST_VISIBLE
from .data.draws import RoundSampler, SeededItems
from .data.training_set import TrainingSet
from .model.modelling import MsVlamModel
from .model.objectives import Batch, Boxes, LossWeights
from .sensor import SensorSettings
from .training_knowledge import TrainingKnowledge
from .validation import ValidationSet

SELECTION_METRIC = "eval_selection"
KNOWN_SHARE = 0.5
"""Of the images whose ground sample distance is known, those that the model is told it of."""


class MsVlamTrainer(Trainer):
    """Adds per-tower learning rates, augmentation on the device, loss curves per part, and
    validation."""

    def __init__(
        self,
        experiment: ExperimentConfig,
        validation: dict[str, ValidationSet],
        model: MsVlamModel,
        items: TrainingSet,
        knowledge: TrainingKnowledge | None = None,
        **kwargs: Any,
    ) -> None:
        seed = experiment.optimisation.seed
        self._sampler = RoundSampler(len(items), seed)
        super().__init__(
            model=model,
            train_dataset=SeededItems(items, len(items), seed),
            callbacks=[_RoundBegins(self._sampler)],
            **kwargs,
        )
        self._knowledge = knowledge
        self._weights = loss_weights(experiment)
        # The bare model: `self.model` may be typed, or wrapped, as something more general.
        self._vlam = model
        self._experiment = experiment
        self._validation = validation
        self._parts: dict[str, list[torch.Tensor]] = {}

    def _get_train_sampler(self, train_dataset: Dataset[Any] | None = None) -> Sampler[int]:
        return self._sampler

    def create_optimizer(self, model: torch.nn.Module | None = None) -> torch.optim.Optimizer:
        """AdamW; norms, biases and the temperature without weight decay."""
        if self.optimizer is None:
            settings = self._experiment.optimisation
            rates = {
                "vision.backbone.": settings.backbone_learning_rate,
                "text.": settings.text_learning_rate,
            }
            groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
            for name, parameter in self._vlam.named_parameters():
                if not parameter.requires_grad:
                    continue
                rate = next((r for prefix, r in rates.items() if name.startswith(prefix)), None)
                decay = settings.weight_decay if parameter.ndim > 1 else 0.0
                key = (rate if rate is not None else settings.head_learning_rate, decay)
                groups.setdefault(key, []).append(parameter)
            self.optimizer = torch.optim.AdamW(
                [
                    {"params": parameters, "lr": rate, "weight_decay": decay}
                    for (rate, decay), parameters in groups.items()
                ],
                betas=(0.9, 0.98),
            )
        return self.optimizer

    def compute_loss(
        self,
        model: torch.nn.Module,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> Any:
        """Augment on the device, then the model's weighted losses; parts are kept for the log."""
        batch: Batch = inputs["batch"]
        data = self._experiment.data
        upright = torch.full((len(batch.images),), not data.symmetries, device=batch.images.device)
        if batch.upright is not None:
            upright |= batch.upright
        images, views = augment_with_views(
            batch.images,
            self._experiment.vision.image_size,
            data.min_crop,
            data.colour_jitter,
            SensorSettings(data.sensor_share, data.sensor_strength, data.sensor_coarsest),
            upright=upright if upright.any() else None,
        )
        batch = replace(
            batch,
            images=images,
            metres=metres_seen(batch.metres, batch.images.shape[-1], views, images.shape[-1]),
            boxes=_moved(batch.boxes, views) if batch.boxes is not None else None,
            excluded=self._knowledge.excluded(batch.records) if self._knowledge else None,
            weights=self._weights,
        )
        if self._knowledge is not None and self._vlam.training:
            self._knowledge.keep_fresh(self._vlam, self.state.global_step)
        outputs = model(batch)
        for part in outputs.keys() - {"loss"}:
            self._parts.setdefault(part, []).append(outputs[part])
        return (outputs["loss"], outputs) if return_outputs else outputs["loss"]

    def log(self, logs: dict[str, float], *args: Any, **kwargs: Any) -> None:
        """Add the mean of each loss part since the last log."""
        if "loss" in logs and self._parts:
            logs = {
                **logs,
                **{part: torch.stack(v).mean().item() for part, v in self._parts.items()},
                "logit_scale": self._vlam.logit_scale.item(),
                **(self._vlam.levels.usage_log() if self._vlam.levels is not None else {}),
            }
            self._parts = {}
        super().log(logs, *args, **kwargs)

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """Score every validation set; the mean of mean recall and CIDEr / 4 over sets selects the
        checkpoint."""
        self._vlam.eval()
        if self._knowledge is not None:
            self._knowledge.refresh(self._vlam)
        metrics: dict[str, float] = {}
        selection = []
        for name, validation in self._validation.items():
            with torch.autocast(
                self.args.device.type, torch.bfloat16, enabled=self._experiment.optimisation.bf16
            ):
                scores = validation.scores(self._vlam)
            metrics |= {f"eval_{name}_{key}": value for key, value in scores.items()}
            selection.append((scores["mean_recall"] + scores["cider"] / 4) / 2)
        metrics[SELECTION_METRIC] = sum(selection) / len(selection)
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(
            self.args, self.state, self.control, metrics
        )
        return metrics


class _RoundBegins(TrainerCallback):
    """Tells the sampler the round. Its `set_epoch` would not be reached through all wrappers that a
    resumed run of several processes puts around it."""

    def __init__(self, sampler: RoundSampler) -> None:
        self._sampler = sampler

    def on_epoch_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **_: Any,
    ) -> None:
        # Exact: what a round's last step adds to the rounds before is steps / steps.
        self._sampler.begin(int(state.epoch or 0))


def loss_weights(experiment: ExperimentConfig) -> LossWeights:
    """The weights that an experiment gives each part of the loss."""
    settings, levels, answers = experiment.optimisation, experiment.levels, experiment.answers
    boxed, asked = bool(experiment.data.boxed_sets), answers.enabled
    return LossWeights(
        contrastive=settings.contrastive_weight,
        caption=settings.caption_weight,
        scene=settings.scene_weight,
        local=levels.local_weight,
        mosaic=levels.mosaic_weight if experiment.data.mosaics else 0.0,
        centre=levels.centre_weight if boxed else 0.0,
        box=levels.box_weight if boxed else 0.0,
        closed_answer=answers.closed_weight if asked else 0.0,
        written=answers.written_weight if asked else 0.0,
        label_smoothing=settings.label_smoothing,
    )


def metres_seen(
    metres: torch.Tensor | None, side: int, views: torch.Tensor, size: int
) -> torch.Tensor | None:
    """Metres per pixel of what augmentation made of images; half of those known become unknown, so
    that the model can do without.

    Args:
        metres: [B] per pixel of the images, 0 where unknown.
        side: of the images in pixels.
        views: affine [B, 2, 3] of `augment_with_views`.
        size: side in pixels of what they became.
    """
    if metres is None or not metres.any():
        return metres
    crop = views[:, 0, :2].norm(dim=1)
    told = torch.rand(len(metres), device=metres.device) < KNOWN_SHARE
    return metres * crop * (side / size) * told


def _moved(boxes: Boxes, views: torch.Tensor) -> Boxes:
    """Boxes where augmentation put them; those it cut away too much of are left out."""
    targets = boxes.targets
    moved, left = transform_boxes(targets.boxes, views[targets.image])
    kept = left >= LEAST_VISIBLE
    return replace(
        boxes,
        targets=targets._replace(
            image=targets.image[kept], phrase=targets.phrase[kept], boxes=moved[kept]
        ),
    )
