"""Scores: retrieval recall, and captions by pycocoevalcap."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider

RECALL_RANKS = (1, 5, 10)


class JavaMissing(RuntimeError):
    """METEOR and the PTB tokenizer are Java programs, and there is no `java` to run them."""


def retrieval_recall(
    images: NDArray[np.float32], texts: NDArray[np.float32], owner: NDArray[np.int64]
) -> dict[str, float]:
    """Recall at 1, 5 and 10 in percent, both ways, and their mean.

    Image to text counts a hit when any of the image's own captions is among the first k; text to
    image when the caption's own image is. Equal captions of other images count as misses, as in
    published figures; where they tie with an own one, every order is as likely, and the expected
    recall over all orders is given.

    Args:
        images: [B, D].
        texts: [N, D]; equal captions have equal rows.
        owner: [N], index of the image each text belongs to.
    """
    similarity = images @ texts.T
    own = owner[None, :] == np.arange(len(images))[:, None]
    scores = {f"i2t_r{k}": _expected_recall(similarity, own, k) for k in RECALL_RANKS}
    scores |= {f"t2i_r{k}": _expected_recall(similarity.T, own.T, k) for k in RECALL_RANKS}
    scores["mean_recall"] = float(np.mean(list(scores.values())))
    return scores


def _expected_recall(similarity: NDArray[np.float32], own: NDArray[np.bool_], k: int) -> float:
    """Percent of rows whose best own column is among the first k, ties in random order."""
    best = np.where(own, similarity, -np.inf).max(axis=1, keepdims=True)
    better = (similarity > best).sum(axis=1)
    tied = similarity == best
    own_tied, other_tied = (tied & own).sum(axis=1), (tied & ~own).sum(axis=1)
    missed = np.ones(len(similarity))
    for place in range(k):
        # The chance that this place among the tied ones goes to another's, given all before did.
        open_place = place < k - better
        left = np.maximum(other_tied - place, 0) / np.maximum(own_tied + other_tied - place, 1)
        missed *= np.where(open_place, left, 1.0)
    return 100 * float((1 - missed).mean())


def caption_scores_plain(
    captions: Sequence[str], references: Sequence[Sequence[str]]
) -> dict[str, float]:
    """BLEU-4 and CIDEr, in percent, on lower-cased words; for validation during training (no Java
    needed)."""
    found = {i: [plain_words(caption)] for i, caption in enumerate(captions)}
    wanted = {i: [plain_words(text) for text in texts] for i, texts in enumerate(references)}
    bleu, _ = Bleu(4).compute_score(wanted, found, verbose=0)
    cider, _ = Cider().compute_score(wanted, found)
    return {"bleu4": 100 * float(bleu[3]), "cider": 100 * float(cider)}


def caption_scores(
    captions: Sequence[str], references: Sequence[Sequence[str]]
) -> dict[str, float]:
    """Corpus BLEU-1..4, METEOR, ROUGE-L and CIDEr in percent, on PTB tokens. Needs a Java runtime.

    An empty caption crashes METEOR's process, so it stands as a single full stop, which scores
    nothing.
    """
    if shutil.which("java") is None:
        raise JavaMissing("Caption scores need a Java runtime; install one (default-jre-headless).")
    # Imported here: both start a Java process, which validation during training does without.
    from pycocoevalcap.meteor.meteor import Meteor
    from pycocoevalcap.rouge.rouge import Rouge
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

    tokenizer = PTBTokenizer()
    found = tokenizer.tokenize(
        {i: [{"caption": caption.strip() or "."}] for i, caption in enumerate(captions)}
    )
    found = {i: [text[0] or "."] for i, text in found.items()}
    wanted = tokenizer.tokenize(
        {i: [{"caption": text} for text in texts] for i, texts in enumerate(references)}
    )
    bleu, _ = Bleu(4).compute_score(wanted, found, verbose=0)
    scores = {f"bleu{n + 1}": 100 * float(value) for n, value in enumerate(bleu)}
    meteor = Meteor()
    scores["meteor"] = 100 * float(meteor.compute_score(wanted, found)[0])
    scores["rouge_l"] = 100 * float(Rouge().compute_score(wanted, found)[0])
    scores["cider"] = 100 * float(Cider().compute_score(wanted, found)[0])
    return scores


def plain_words(text: str) -> str:
    """Lower-case letters and digits, single blanks."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
