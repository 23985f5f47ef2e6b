"""What `bundle.json` says of a model of three levels beside what it says of any model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..config import ExperimentConfig
from ..model.modelling import MsVlamModel
from ..vocabulary import BOS_ID, OBJECTS_PROMPT_ID, QUESTION_PROMPT_ID, REGION_PROMPT_ID
from .level_graphs import level_shapes


@dataclass(frozen=True)
class LevelCalibration:
    """How sure answers are: `answer_temperature`, or that of the question's kind, divides their
    logits; `answer_ece` is the expected calibration error after that, on the validation data that
    they were fitted on."""

    answer_temperature: float = 1.0
    answer_ece: float | None = None
    answer_temperature_by_kind: Mapping[str, float] = field(default_factory=dict)


UNFITTED_FIND_THRESHOLD = 0.5
"""Of a bundle that nobody ran `fit_thresholds` on. A score is trained to be the chance that an
object's centre is there."""


def level_sections(
    model: MsVlamModel, experiment: ExperimentConfig, calibration: LevelCalibration
) -> dict[str, Any]:
    """Manifest sections `levels`, `prompts`, `knowledge` and `answers`; none for a model of the
    global level only."""
    if model.levels is None:
        return {}
    config = model.config
    (whole, _, objects), fine = level_shapes(model)
    grounding = model.levels.grounding
    sections: dict[str, Any] = {
        "levels": {
            "whole": whole,
            "regions": [config.region_grid, config.region_grid],
            "objects": objects,
            "fine": list(fine),
            # The projection starts at zero and moves only by images whose metres are known.
            "metres": bool(model.levels.tokeniser.ground.project.weight.detach().any()),
            "grounding": {
                "scale": grounding.log_scale.exp().item(),
                "bias": grounding.bias.item(),
                "threshold": UNFITTED_FIND_THRESHOLD,
            },
        },
    }
    if config.language_model is None:
        sections["prompts"] = {
            "scene": BOS_ID,
            "region": REGION_PROMPT_ID,
            "objects": OBJECTS_PROMPT_ID,
            "question": QUESTION_PROMPT_ID,
        }
    if model.levels.fusion is not None:
        sections["knowledge"] = {
            "fusion": "knowledge_fusion.onnx",
            "file": "knowledge.json",
            "entries": experiment.knowledge.entries,
        }
    if model.answer_head is not None:
        sections["answers"] = {
            "file": "answers.onnx",
            "texts": config.answers,
            "temperature": calibration.answer_temperature,
            "temperature_by_kind": dict(calibration.answer_temperature_by_kind),
            "abstain_below": 0.0,
        }
    return sections


def level_actions(model: MsVlamModel) -> list[str]:
    """Actions beyond those of a conventional model."""
    if model.levels is None:
        return []
    return ["find"] if model.answer_head is None else ["find", "ask"]
