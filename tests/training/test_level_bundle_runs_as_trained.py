"""A bundle of three levels gives in onnxruntime what the model gives in torch: knowledge in its
tokens, answers, objects with boxes, captions with places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_training.checkpoint import Checkpoint
from model_training.config import ExperimentConfig, KnowledgeSettings
from model_training.export.bundle_writer import write_bundle
from model_training.export.calibrate import Calibration
from model_training.export.level_manifest import LevelCalibration
from model_training.knowledge.building import BuiltKnowledge, build_entries
from model_training.training_knowledge import remember
from model_training.vocabulary import BOS_ID, build_vocabulary
from rs_vlm_plugin.engine.errors import ActionUnsupported
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .small_model import SIZE, small_model

CAPTIONS = [
    "two white planes are parked near a building .",
    "a river goes through a green forest .",
    "some storage tanks stand beside the water .",
]
QUESTIONS = ["how many planes are there ?", "is there a river ?"]


def checkpoint(**changes: object) -> Checkpoint:
    vocabulary = build_vocabulary(None, [*CAPTIONS, *QUESTIONS], [], 400)
    model = small_model(
        text_config={
            "vocab_size": len(vocabulary.source_ids),
            "hidden_size": 32,
            "num_hidden_layers": 1,
            "num_attention_heads": 4,
            "intermediate_size": 64,
        },
        decoder_vocabulary_size=vocabulary.decoder_size,
        **changes,
    ).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("gate"):
                parameter.fill_(1.0)
            if name.endswith("ground.project.weight"):
                # Starts at zero; here distances shall mean something.
                parameter.normal_()
    experiment = ExperimentConfig("tiny", knowledge=KnowledgeSettings(enabled=True, entries=3))
    return Checkpoint(model, vocabulary.tokenizer, experiment, {})


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkpoint, VisionLanguageModel]:
    trained = checkpoint()
    built = build_entries([])
    folder = tmp_path_factory.mktemp("levels") / "bundle"
    write_bundle(
        trained,
        folder,
        "tiny",
        "0.1.0",
        Calibration(1.0, 10.0, 0.0, None),
        None,
        LevelCalibration(answer_temperature=2.0),
        built,
    )
    remember(trained, built)
    return trained, VisionLanguageModel(load_bundle(folder), device="cpu")


def images() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (2, SIZE, SIZE, 3), dtype=np.uint8)


def torch_images() -> torch.Tensor:
    return torch.from_numpy(images().transpose(0, 3, 1, 2)).float()


def test_tokens_hold_the_knowledge_that_was_retrieved(
    exported: tuple[Checkpoint, VisionLanguageModel],
) -> None:
    trained, model = exported
    encoding = model.encode_images(images())
    with torch.no_grad():
        seen = trained.model.encode_images(torch_images())
        levels = trained.model.read_levels(seen)
        assert levels is not None
        memory = trained.model.memory(seen, levels)
    # The bundle's vectors are int8, so nearly equal neighbours may change places.
    cosine = np.sum(encoding.tokens * memory.numpy()) / (
        np.linalg.norm(encoding.tokens) * np.linalg.norm(memory.numpy())
    )
    assert cosine > 0.99
    assert len(encoding.used) == 2
    assert {entry.level for entry in encoding.used[0]} == {"scene", "region", "object"}
    assert all(entry.text and entry.provenance for entry in encoding.used[0])


def test_answers_are_the_models(exported: tuple[Checkpoint, VisionLanguageModel]) -> None:
    trained, model = exported
    encoding = model.encode_images(images())
    answers = model.answer(QUESTIONS, encoding, [1, 0])
    assert encoding.levels is not None
    assert trained.model.answer_head is not None
    with torch.no_grad():
        logits, gate = trained.model.answer_head(
            torch.from_numpy(model.encode_texts(QUESTIONS)),
            torch.from_numpy(encoding.tokens[[1, 0]]),
            torch.from_numpy(encoding.levels.fine[[1, 0]]),
        )
    for answer, row, cells in zip(answers, (logits / 2.0).softmax(dim=1), gate, strict=True):
        assert answer.text == trained.model.config.answers[int(row.argmax())]
        assert answer.confidence == pytest.approx(row.max().item(), abs=1e-4)
        assert sum(answer.likelihoods.values()) == pytest.approx(1.0, abs=1e-5)
        np.testing.assert_allclose(answer.gate.ravel(), cells.numpy(), atol=1e-4)


def test_found_objects_are_peaks_of_the_models_scores(
    exported: tuple[Checkpoint, VisionLanguageModel],
) -> None:
    trained, model = exported
    encoding = model.encode_images(images())
    phrases = ["plane", "river"]
    found = model.find(phrases, encoding, 1, 0.0)
    with torch.no_grad():
        levels = trained.model.read_levels(trained.model.encode_images(torch_images()))
        assert levels is not None
        assert trained.model.levels is not None
        logits = trained.model.levels.grounding.logits(
            levels.grounding.cells, torch.from_numpy(model.encode_texts(phrases))
        )[1]
    best = torch.sigmoid(logits).max(dim=0).values
    for phrase in range(2):
        own = [item for item in found if item.phrase == phrase]
        assert own[0].score == pytest.approx(best[phrase].item(), abs=1e-4)
        assert all(0 <= low <= high <= 1 for low, high in zip(own[0].box[:2], own[0].box[2:]))
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert model.find(phrases, encoding, 1, 1.0) == []


def test_words_have_places_on_the_cells(exported: tuple[Checkpoint, VisionLanguageModel]) -> None:
    _, model = exported
    for caption in model.caption(model.encode_images(images()).tokens):
        for word in caption.words:
            assert word.attention.shape == model.bundle.manifest.vision.cells
            assert word.attention.sum() == pytest.approx(1.0, abs=1e-4)


def test_metres_per_pixel_change_what_is_seen_as_in_torch(
    exported: tuple[Checkpoint, VisionLanguageModel],
) -> None:
    trained, model = exported
    metres = np.array([0.3, 0.0], dtype=np.float32)
    known, unknown = (
        model.encode_images(images(), metres).levels,
        model.encode_images(images()).levels,
    )
    assert known is not None
    assert unknown is not None
    assert np.abs(known.fine[0] - unknown.fine[0]).max() > 0.1
    np.testing.assert_allclose(known.fine[1], unknown.fine[1], atol=1e-5)
    with torch.no_grad():
        seen = trained.model.encode_images(torch_images())
        wanted = trained.model.read_levels(seen, torch.from_numpy(metres))
    assert wanted is not None
    np.testing.assert_allclose(known.fine, wanted.fine.numpy(), atol=1e-3)


def test_a_model_without_answers_says_so(tmp_path: Path) -> None:
    trained = checkpoint(answers=(), knowledge=False)
    write_bundle(trained, tmp_path / "b", "tiny", "0.1.0", Calibration(1.0, 10.0, 0.0, None), None)
    model = VisionLanguageModel(load_bundle(tmp_path / "b"), device="cpu")
    assert model.bundle.manifest.actions == ("describe", "classify", "search", "find")
    assert model.knowledge is None
    with pytest.raises(ActionUnsupported, match="cannot ask"):
        model.answer(QUESTIONS, model.encode_images(images()), [0, 1])


def test_an_int8_bundle_stays_near(tmp_path: Path) -> None:
    from model_training.data.drawn import drawn_records

    records, _ = drawn_records(24, 1)
    trained = checkpoint()
    built = build_entries([])
    small = BuiltKnowledge(built.entries[:40], built.images[:40])
    report = write_bundle(
        trained,
        tmp_path / "b",
        "tiny",
        "0.1.0",
        Calibration(1.0, 10.0, 0.0, None),
        records,
        knowledge=small,
    )
    cosines = {key: value for key, value in report.items() if key.endswith("_cosine")}
    assert min(cosines.values()) > 0.95


def test_a_model_that_learnt_no_metres_is_not_told_them(tmp_path: Path) -> None:
    trained = checkpoint()
    assert trained.model.levels is not None
    torch.nn.init.zeros_(trained.model.levels.tokeniser.ground.project.weight)
    neutral = Calibration(1.0, 10.0, 0.0, None)
    built = build_entries([])
    write_bundle(trained, tmp_path / "bundle", "tiny", "0.1.0", neutral, None, None, built)
    model = VisionLanguageModel(load_bundle(tmp_path / "bundle"), device="cpu")
    told = model.encode_images(images(), np.array([0.3, 5.0], dtype=np.float32))
    np.testing.assert_array_equal(told.tokens, model.encode_images(images()).tokens)


def test_a_text_is_as_likely_as_in_torch(exported: tuple[Checkpoint, VisionLanguageModel]) -> None:
    trained, model = exported
    tokens = model.encode_images(images()).tokens
    ids = trained.tokenizer.encode(CAPTIONS[0], add_special_tokens=False).ids
    read = torch.tensor([[BOS_ID, *ids]] * 2)
    with torch.no_grad():
        logits = trained.model.decoder(read[:, :-1], torch.from_numpy(tokens))
        each = logits.log_softmax(dim=-1).gather(2, read[:, 1:, None]).sum(dim=(1, 2))
    together = model.log_likelihood([CAPTIONS[0]] * 2, tokens, [0, 1])
    alone = [model.log_likelihood([CAPTIONS[0]], tokens, [image])[0] for image in (0, 1)]
    np.testing.assert_allclose(together, each.numpy(), atol=2e-3)
    np.testing.assert_allclose(alone, together, atol=2e-3)


def test_a_text_is_as_likely_of_a_part_as_in_torch(
    exported: tuple[Checkpoint, VisionLanguageModel],
) -> None:
    """The decoder was trained to read any of an image's tokens, a quarter's regions among them."""
    trained, model = exported
    levels = model.bundle.manifest.levels
    assert levels is not None
    rows, columns = levels.regions
    grid = levels.whole + np.arange(rows * columns).reshape(rows, columns)
    ids = trained.tokenizer.encode(CAPTIONS[1], add_special_tokens=False).ids
    read = torch.tensor([[BOS_ID, *ids]] * 2)
    everything = model.encode_images(images()).tokens
    for part in (grid[: rows // 2, columns // 2 :].ravel(), grid[:1, 0]):
        tokens = everything[:, part]
        with torch.no_grad():
            logits = trained.model.decoder(read[:, :-1], torch.from_numpy(tokens))
            each = logits.log_softmax(dim=-1).gather(2, read[:, 1:, None]).sum(dim=(1, 2))
        found = model.log_likelihood([CAPTIONS[1]] * 2, tokens, [0, 1])
        np.testing.assert_allclose(found, each.numpy(), atol=2e-3)
