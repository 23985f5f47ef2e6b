"""Hugging Face's `Trainer`, told how this model is fed, optimised, logged and validated."""

from __future__ import annotations

from typing import Any

import torch
from transformers import Trainer

from .augment import augment
from .config import ExperimentConfig
from .model.modelling import MsVlamModel
from .sensor import SensorSettings
from .validation import ValidationSet

SELECTION_METRIC = "eval_selection"


class MsVlamTrainer(Trainer):
    """Adds per-tower learning rates, augmentation on the device, loss curves per part, and
    validation."""

    def __init__(
        self,
        experiment: ExperimentConfig,
        validation: dict[str, ValidationSet],
        model: MsVlamModel,
        **kwargs: Any,
    ) -> None:
        super().__init__(model=model, **kwargs)
        # The bare model: `self.model` may be typed, or wrapped, as something more general.
        self._vlam = model
        self._experiment = experiment
        self._validation = validation
        self._parts: dict[str, list[torch.Tensor]] = {}

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
        data, settings = self._experiment.data, self._experiment.optimisation
        images = augment(
            inputs["images"],
            self._experiment.vision.image_size,
            data.min_crop,
            data.colour_jitter,
            SensorSettings(data.sensor_share, data.sensor_strength, data.sensor_coarsest),
        )
        outputs = model(
            images=images,
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            caption_image=inputs["caption_image"],
            label_smoothing=settings.label_smoothing,
            contrastive_weight=settings.contrastive_weight,
            caption_weight=settings.caption_weight,
            scene=inputs["scene"],
            scene_weight=settings.scene_weight,
        )
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
            }
            self._parts = {}
        super().log(logs, *args, **kwargs)

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """Score every validation set; the mean of mean recall and CIDEr / 4 over sets selects the
        checkpoint."""
        self._vlam.eval()
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
