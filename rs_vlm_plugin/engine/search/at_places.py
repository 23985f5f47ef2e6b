"""How relevant a query is at a given place, from what indexes hold: the search, the other way."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..familiarity import familiarity_of
from ..geometry import PolygonRings
from ..index.building import check_model
from ..index.geopackage import GeoPackageIndex
from ..index.meeting import meets
from ..index.nearest import VectorMatrix
from ..index.records import LEVELS
from ..index.tile_places import TilePlaces
from ..model.encoding import unit_rows
from ..model.vlm import VisionLanguageModel
from .known_words import query_in_known_words
from .query import Query
from .relevance import TextScorer

# Relevance orders tiles otherwise than similarity does; the best of so many is the best there is.
_LOOKED_AT = 64


class PlaceRelevance:
    """The relevance of one query at any number of places.

    The model is asked once, when this is made, and no raster is touched. Afterwards it may be used
    from any thread, and needs neither the indexes nor the model.

    Args:
        indexes: where to look; what is added to them later is not seen.
        query: in words.
        model: that the indexes were built with.

    Raises:
        IndexOfAnotherModel: an index of another model.
        IndexInvalid, IndexBusy: an index cannot be read.
        ActionUnsupported: the bundle cannot search.

    Note:
        O(N D) time once for N tiles; keeps N products and the vectors that the index keeps anyway.
    """

    def __init__(
        self, indexes: Sequence[GeoPackageIndex], query: Query, model: VisionLanguageModel
    ) -> None:
        model.bundle.require("search")
        for index in indexes:
            check_model(index, model)
        self._scorer = TextScorer(query_in_known_words(query, model)[0], model)
        self._trained = model.bundle.manifest.gsd_range_m
        self._stored: List[Tuple[VectorMatrix, TilePlaces, NDArray[np.float32]]] = []
        for index in indexes:
            for level in LEVELS:
                matrix, places = index.stored(level)
                self._stored.append((matrix, places, matrix.products(self._scorer.vector)))

    def at(self, polygons: Sequence[PolygonRings]) -> Optional[float]:
        """Relevance in 0..1 of the best tile or part of one that shares area with some polygons;
        None where no image was indexed.

        Only the closest look at each place counts: a coarse tile holds much that lies elsewhere.

        Args:
            polygons: in longitude and latitude, each an outer ring and its holes.
        """
        best: Optional[float] = None
        for matrix, places, products in self._stored:
            rows = np.flatnonzero(meets(places.lonlat, polygons) & places.leaves)
            if not len(rows):
                continue
            rows = rows[np.argsort(-products[rows], kind="stable")[:_LOOKED_AT]]
            relevance = self._scorer.relevance(unit_rows(matrix.vectors(rows)))
            for score, gsd_m in zip(relevance.tolist(), places.gsd_m[rows].tolist()):
                worth = 1.0 if np.isnan(gsd_m) else familiarity_of(gsd_m, self._trained)
                best = max(best or 0.0, score * worth)
        return best
