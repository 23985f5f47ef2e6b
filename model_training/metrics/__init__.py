"""Scores, each a function of per-image sums, so that a bootstrap over images can redo any of them.

One module per kind: captions, retrieval, answers, boxes, calibration; `tally` and `bootstrap` are
common to all.
"""

from .answers import GivenAnswer, accuracy_by_coverage, answer_tallies, is_correct, parse_count
from .bootstrap import Comparison, Interval, RunsDiffer, compare, interval, known
from .boxes import FoundBox, Match, choose_threshold, count_errors, grounding_tallies, match_boxes
from .calibration import calibration_tally, expected_calibration_error
from .captions import (
    CaptionScores,
    JavaMissing,
    caption_scores,
    caption_scores_plain,
    plain_words,
    score_captions,
)
from .retrieval import RECALL_RANKS, ranking_tallies, recall_tallies, retrieval_recall
from .tally import Tally, pooled

__all__ = [
    "RECALL_RANKS",
    "CaptionScores",
    "Comparison",
    "FoundBox",
    "GivenAnswer",
    "Interval",
    "JavaMissing",
    "Match",
    "RunsDiffer",
    "Tally",
    "accuracy_by_coverage",
    "answer_tallies",
    "calibration_tally",
    "caption_scores",
    "caption_scores_plain",
    "choose_threshold",
    "compare",
    "count_errors",
    "expected_calibration_error",
    "grounding_tallies",
    "interval",
    "is_correct",
    "known",
    "match_boxes",
    "parse_count",
    "plain_words",
    "pooled",
    "ranking_tallies",
    "recall_tallies",
    "retrieval_recall",
    "score_captions",
]
