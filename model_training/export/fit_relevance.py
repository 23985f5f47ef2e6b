"""What a search's evidence is worth: fitted on which things people mention of validation images.

A query is a noun chunk of the validation captions; it is true of the images that a caption mentions
it of. Captions leave out much that is there, so the fitted probability is that of being mentioned.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.relevance_spec import RelevanceSpec, log_odds
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.noun_chunks import noun_chunks
from rs_vlm_plugin.engine.search.query import parse_query
from rs_vlm_plugin.engine.search.relevance import TextScorer

from ..data.image_text import ImageText
from ..evaluation.encoding import EncodedImages, encode_records, encode_turned
from ..metrics import expected_calibration_error
from .bundle_folder import amended_manifest

QUERIES = 200
HITS = 20
"""Of each query as many images are looked at as a search shows."""

LEAST_IMAGES = 3
LARGEST_SHARE = 0.2
"""Chunks of fewer images are mostly odd wording; of more, they tell no images apart."""

PENALTY = 1e-3
"""On squared weights, so that a fit on few examples stays finite."""

SEED = 11


@dataclass(frozen=True)
class RelevanceFit:
    """The fitted functions; of the first and the second look on the same data the mean average
    precision of a query's `HITS` images, in 0..1, and the expected calibration error."""

    spec: RelevanceSpec
    precision: tuple[float, ...]
    calibration_error: tuple[float, float]
    queries: int


def fit_relevance(folder: Path, records: Sequence[ImageText]) -> RelevanceFit | None:
    """Fit and write into the manifest of a written bundle.

    Args:
        folder: of a bundle that can search.
        records: validation images; of those with captions the queries are made.

    Returns:
        What was fitted; None, and nothing written, where captions share no noun chunk.
    """
    captioned = [record for record in records if record.captions]
    # An earlier fit must not colour this one.
    with amended_manifest(folder) as manifest:
        manifest["calibration"].pop("relevance", None)
    model = VisionLanguageModel(load_bundle(folder), device="cpu")
    images, _ = encode_records(model, captioned)
    turned = encode_turned(model, captioned, images.embeddings)
    seen = (_looked_at(model, images, turned, *chunk) for chunk in mentioned_chunks(captioned))
    examples = [example for example in seen if example is not None]
    model.close()
    if not examples:
        return None
    odds, closer, gains, truth = (np.concatenate(parts) for parts in zip(*examples, strict=True))
    first_weights = logistic_fit(odds[:, None], truth)
    first_look = (float(first_weights[0]), float(first_weights[1]))
    second_look = None
    if not np.isnan(gains).any():
        weights = logistic_fit(np.stack([closer, gains], axis=1), truth)
        second_look = (float(weights[0]), float(weights[1]), float(weights[2]))
    spec = RelevanceSpec(first_look, second_look)
    with amended_manifest(folder) as manifest:
        manifest["calibration"]["relevance"] = _section(spec)
    first = spec.first(_shares(odds))
    second = first if second_look is None else spec.second(_shares(closer), gains)
    return RelevanceFit(
        spec,
        tuple(_precision(found, truth, len(examples)) for found in (first, second)),
        (_error(first, truth), _error(second, truth)),
        len(examples),
    )


def mentioned_chunks(records: Sequence[ImageText]) -> list[tuple[str, NDArray[np.bool_]]]:
    """Noun chunks that several but not most images' captions have, and which images those are."""
    images: dict[str, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        for caption in record.captions:
            for start, end in noun_chunks(caption):
                images[caption[start:end].lower()].add(number)
    most = LARGEST_SHARE * len(records)
    usable = sorted(text for text, own in images.items() if LEAST_IMAGES <= len(own) <= most)
    drawn = random.Random(SEED).sample(usable, min(QUERIES, len(usable)))  # noqa: S311
    return [(text, np.isin(np.arange(len(records)), list(images[text]))) for text in drawn]


def _looked_at(
    model: VisionLanguageModel,
    images: EncodedImages,
    turned: NDArray[np.float32],
    text: str,
    mentioned: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], ...] | None:
    """Of a query's nearest images: log-odds at the first and at the second look, gains (not a
    number without a decoder), truth."""
    try:
        scorer = TextScorer(parse_query(text), model)
    except BadRequest:
        return None
    near = np.argsort(-(images.embeddings @ scorer.vector), kind="stable")[:HITS]
    odds, closer = (
        log_odds(scorer.shares(embeddings[near])) for embeddings in (images.embeddings, turned)
    )
    gains = np.full(len(near), np.nan)
    if "describe" in model.bundle.manifest.actions:
        gains = scorer.gains(images.tokens[near])
    return odds, closer, gains, mentioned[near].astype(np.float64)


def logistic_fit(features: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression [N, F] on [N]: F weights, none below 0, and a bias."""
    inputs, targets = torch.from_numpy(features), torch.from_numpy(truth)
    weights = torch.zeros(features.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(inputs @ weights + bias, targets)
        loss = loss + PENALTY * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call, arg-type]
    found: NDArray[np.float64] = torch.cat([weights, bias]).detach().numpy()
    found[:-1] = np.maximum(found[:-1], 0.0)
    return found


def _section(spec: RelevanceSpec) -> dict[str, dict[str, float]]:
    """As `bundle.json` has it."""
    section = {"first_look": {"log_odds": spec.first_look[0], "bias": spec.first_look[1]}}
    if spec.second_look is not None:
        odds, gain, bias = spec.second_look
        section["second_look"] = {"log_odds": odds, "likelihood": gain, "bias": bias}
    return {
        look: {name: round(value, 4) for name, value in values.items()}
        for look, values in section.items()
    }


def _shares(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return shares


def _precision(
    probabilities: NDArray[np.float64], truth: NDArray[np.float64], queries: int
) -> float:
    """Mean over the queries that any of their images is true of; ties keep the order of cosines."""
    found = []
    by_query = (values.reshape(queries, -1) for values in (probabilities, truth))
    for scores, hits in zip(*by_query, strict=True):
        ranked = hits[np.argsort(-scores, kind="stable")]
        if ranked.any():
            at_each = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
            found.append(float(at_each[ranked > 0].mean()))
    return float(np.mean(found)) if found else 0.0


def _error(probabilities: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    return expected_calibration_error(probabilities.tolist(), truth.astype(bool).tolist())
