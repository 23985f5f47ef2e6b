"""A rectangle drawn on the map as an example: what the model sees there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, List, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
)

from ...engine.errors import BadRequest, EmptyRegion, RsVlmError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def embed_drawn(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    files: Sequence[str],
    bundle_path: Path,
    device: str,
    context: QgsCoordinateTransformContext,
) -> NDArray[np.float32]:
    """What the model sees in a drawn rectangle, unit length `[D]`. Not for the main thread.

    Args:
        geometry: drawn in `crs`.
        crs: of the map.
        files: raster files to look in, the likeliest first; the first with pixels there counts.
        bundle_path: the model.
        device: what it runs on.
        context: the project's.

    Raises:
        EmptyRegion: none of the files shows anything there.
        RsVlmError: the model cannot be used.
    """
    from ...engine.search import embed_place
    from ...layers.raster_file_source import open_raster_file
    from ...layers.region import region_from_geometry
    from ...model_cache import shared_model

    model = shared_model(bundle_path, device)
    problems: List[RsVlmError] = []
    for file in files:
        try:
            with closing(open_raster_file(file)) as source:
                raster_crs = QgsCoordinateReferenceSystem.fromWkt(source.info.crs_wkt)
                region = region_from_geometry(geometry, crs, raster_crs, context)
                return embed_place(source, region, model)
        except (BadRequest, EmptyRegion):
            continue
        except RsVlmError as error:
            problems.append(error)
    if problems:
        raise problems[0]
    raise EmptyRegion(
        "None of the indexed images shows anything in this rectangle.",
        "Draw it where an indexed image lies.",
    )
