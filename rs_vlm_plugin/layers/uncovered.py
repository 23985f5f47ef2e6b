"""How much of each outline is not covered by those before it. Any thread."""

from __future__ import annotations

from typing import List, Sequence

from qgis.core import QgsGeometry, QgsSpatialIndex


def uncovered_shares(outlines: Sequence[QgsGeometry]) -> List[float]:
    """The share of each outline's area, 0 to 1, that no earlier one covers; 1 without an area.

    Args:
        outlines: polygons in one CRS, the most important first.

    Note:
        Looks at the neighbours of each only.
    """
    near = QgsSpatialIndex()
    shares: List[float] = []
    for number, outline in enumerate(outlines):
        box, area = outline.boundingBox(), outline.area()
        left = outline
        # Outlines that merely touch are many, and cover nothing.
        for other in near.intersects(box) if area else ():
            common = box.intersect(outlines[other].boundingBox())
            if common.width() and common.height():
                left = left.difference(outlines[other])
        shares.append(left.area() / area if area else 1.0)
        if not outline.isEmpty():
            near.addFeature(number, box)
    return shares
