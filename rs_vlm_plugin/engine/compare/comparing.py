"""Compare two images of a region: look at the same windows in both, say what is different."""

from __future__ import annotations

from contextlib import closing
from typing import Callable, Optional

from ..errors import BadRequest, Cancelled
from ..feedback import Feedback, Silent
from ..geometry import Region
from ..model.vlm import VisionLanguageModel
from ..sentence import say
from .common_grid import PlacedSource
from .pair import Pair
from .result_of_views import comparison_of
from .results import Comparison
from .viewing import Viewer

POLICY = "content"
BUDGET = 64
MIN_CHANGE = 0.2
PROMPT = "compare"
SMALLEST_BUDGET = 3
"""One tile before, after, and rendered again to know what no change looks like."""

# Tiles rendered again; so many that the extreme of their cells means something.
_RENDERED_AGAIN = 4


def compare(
    before: PlacedSource,
    after: PlacedSource,
    region: Optional[Region],
    model: VisionLanguageModel,
    policy: str = POLICY,
    budget: int = BUDGET,
    min_change: float = MIN_CHANGE,
    feedback: Optional[Feedback] = None,
    on_partial: Optional[Callable[[Comparison], None]] = None,
) -> Comparison:
    """Say what each of two images shows of a region, what was gained and lost, and where.

    Both are put on one grid and in one tone (see `common_grid` and `tone`); DRIS chooses windows by
    what either shows; the model looks at each window in both. A cell of a window changed by the
    cosine distance between its two embeddings, on a scale from two renderings of one place to two
    places of the region (see `change`). Objects are found one by one where the model can, else
    taken from the captions of the windows that changed.

    Args:
        before: the first image, read by one background thread at a time; results are in its CRS.
        after: the second one; CRS, resolution and extent may differ.
        region: area of interest in the CRS of `before`; None for all that both cover.
        model: a bundle that can describe.
        policy: which windows are looked at closely; see `dris.policies`.
        budget: most tile evaluations, those of both images together, at least 3.
        min_change: score from which a cell counts as changed, 0..1.
        feedback: hears of progress, and may cancel.
        on_partial: gets the comparison so far after each batch of windows.

    Returns:
        The comparison; `partial` where it was cancelled after the first windows.

    Raises:
        EmptyRegion: the images do not overlap, or have no valid pixel of the region in common.
        BadRequest: only one of them has a CRS; an unknown policy, a budget below 3, a score outside
            0..1.
        ActionUnsupported: the bundle cannot describe.
        RasterNotReadable: a file refuses.
        InferenceFailed: onnxruntime failed on every provider.
        Cancelled: cancelled before anything was seen.

    Note:
        Costs at most `budget` tile evaluations and holds two batches of tiles of each image.
    """
    model.bundle.require("describe")
    if budget < SMALLEST_BUDGET:
        raise BadRequest(
            "The budget must be at least {least} tiles: each image is looked at, and "
            "one of them twice to know what no change looks like.",
            least=SMALLEST_BUDGET,
        )
    if not 0 <= min_change <= 1:
        raise BadRequest("The least change must be from 0 to 1.")
    again = min(_RENDERED_AGAIN, max(1, budget // 8))
    pair = Pair.begin(before, after, region, model, policy, (budget - again) // 2)
    viewer = Viewer(pair, again)
    feedback = feedback or Silent()
    total, done, stopped = len(viewer.order), 0, False
    with closing(pair.batches(viewer.order, margins=viewer.finds)) as batches:
        for batch in batches:
            if feedback.is_cancelled():
                stopped = True
                break
            feedback.report(
                done / total,
                say("Comparing window {number} of {total}", number=done + 1, total=total),
            )
            try:
                viewer.look(batch, feedback.is_cancelled)
            except Cancelled:
                stopped = True
                break
            done += len(batch)
            feedback.report(
                done / total, say("{done} of {total} windows compared", done=done, total=total)
            )
            if on_partial is not None and done < total:
                on_partial(comparison_of(viewer, min_change, budget, partial=True))
    if not viewer.views:
        raise Cancelled()
    return comparison_of(viewer, min_change, budget, partial=stopped)
