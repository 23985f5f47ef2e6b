"""Caption scores by pycocoevalcap."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.bleu.bleu_scorer import cook_refs, cook_test
from pycocoevalcap.cider.cider import Cider

from .tally import Tally


class JavaMissing(RuntimeError):
    """METEOR and the PTB tokenizer are Java programs, and there is no `java` to run them."""


@dataclass(frozen=True)
class CaptionScores:
    """`corpus` holds BLEU-1..4, METEOR, ROUGE-L and CIDEr in percent; `tallies` what a bootstrap
    needs.

    Corpus METEOR cannot be had from per-image sums, so its tally is the mean over sentences, called
    `meteor_sentence`. CIDEr's word weights stay those of the whole reference corpus when images are
    drawn again.
    """

    corpus: dict[str, float]
    tallies: dict[str, Tally]


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
    """The corpus scores of `score_captions`."""
    return score_captions(captions, references).corpus


def score_captions(captions: Sequence[str], references: Sequence[Sequence[str]]) -> CaptionScores:
    """Corpus BLEU-1..4, METEOR, ROUGE-L and CIDEr in percent, on PTB tokens. Needs a Java runtime.

    An empty caption crashes METEOR's process, so it stands as a single full stop, which scores
    nothing.

    Raises:
        JavaMissing: there is no `java`.
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
    corpus = {f"bleu{n + 1}": 100 * float(value) for n, value in enumerate(bleu)}
    meteor, meteor_each = Meteor().compute_score(wanted, found)
    rouge, rouge_each = Rouge().compute_score(wanted, found)
    cider, cider_each = Cider().compute_score(wanted, found)
    corpus |= {"meteor": 100 * meteor, "rouge_l": 100 * float(rouge), "cider": 100 * float(cider)}
    once = np.ones(len(captions))
    tallies = {
        "bleu4": bleu_tally([found[i][0] for i in found], [wanted[i] for i in found]),
        "meteor_sentence": Tally.ratio(meteor_each, once),
        "rouge_l": Tally.ratio(rouge_each, once),
        "cider": Tally.ratio(cider_each, once),
    }
    return CaptionScores(corpus, tallies)


def bleu_tally(captions: Sequence[str], references: Sequence[Sequence[str]]) -> Tally:
    """Corpus BLEU-4's statistics per image, from tokens parted by blanks, closest reference
    length."""
    rows = []
    for caption, texts in zip(captions, references, strict=True):
        lengths, counts = cook_refs(list(texts))
        seen = cook_test(caption, (lengths, counts))
        length = seen["testlen"]
        closest = min((abs(other - length), other) for other in lengths)[1]
        rows.append([*seen["correct"], *seen["guess"], length, closest])
    return Tally("bleu4", np.array(rows, dtype=np.float64).reshape(-1, 10))


def plain_words(text: str) -> str:
    """Lower-case letters and digits, single blanks."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
