"""Scoring a bundle on data sets: what runs in the plugin is what is scored.

One module per task; a bundle is scored on the tasks its actions and the set's labels allow.
"""

from .answering import evaluate_answers
from .bundle_actions import BundleAnswerer, BundleGrounder
from .classification import evaluate_classes
from .comparison import ScoredSet, compare_runs, read_tallies, write_tallies
from .cost import Cost, measure_cost
from .grounding import evaluate_grounding
from .interfaces import Answerer, Grounder
from .result import SetScores, TaskResult
from .scoring import evaluate_set
from .tables import comparison_table, table

__all__ = [
    "Answerer",
    "BundleAnswerer",
    "BundleGrounder",
    "Cost",
    "Grounder",
    "ScoredSet",
    "SetScores",
    "TaskResult",
    "compare_runs",
    "comparison_table",
    "evaluate_answers",
    "evaluate_classes",
    "evaluate_grounding",
    "evaluate_set",
    "measure_cost",
    "read_tallies",
    "table",
    "write_tallies",
]
