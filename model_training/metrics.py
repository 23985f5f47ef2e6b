"""Scores: retrieval recall, and captions by pycocoevalcap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider

RECALL_RANKS = (1, 5, 10)


def retrieval_recall(
    images: NDArray[np.float32], texts: NDArray[np.float32], owner: NDArray[np.int64]
) -> dict[str, float]:
    """Recall at 1, 5 and 10 in percent, both ways, and their mean.

    Image to text counts a hit when any of the image's own captions is among the first k; text to
    image when the caption's own image is. Equal captions of other images count as misses, as
    published figures do.

    Args:
        images: [B, D].
        texts: [N, D].
        owner: [N], index of the image each text belongs to.
    """
    similarity = images @ texts.T
    own = owner[None, :] == np.arange(len(images))[:, None]
    best_own = np.where(own, similarity, -np.inf).max(axis=1)
    image_rank = (similarity > best_own[:, None]).sum(axis=1)
    own_image = similarity[owner, np.arange(len(texts))]
    text_rank = (similarity > own_image[None, :]).sum(axis=0)
    scores = {f"i2t_r{k}": 100 * float((image_rank < k).mean()) for k in RECALL_RANKS}
    scores |= {f"t2i_r{k}": 100 * float((text_rank < k).mean()) for k in RECALL_RANKS}
    scores["mean_recall"] = float(np.mean(list(scores.values())))
    return scores


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
    # Imported here: both start a Java process, which validation during training does without.
    from pycocoevalcap.meteor.meteor import Meteor
    from pycocoevalcap.rouge.rouge import Rouge
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

    tokenizer = PTBTokenizer(verbose=False)
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
