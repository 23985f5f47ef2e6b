"""One result of any kind as a section of a report: what was done, what it says, its origin."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Dict, List, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ..engine.ask import Reply
from ..engine.compare import Comparison
from ..engine.errors import BadRequest
from ..engine.find import FindResult
from ..engine.geometry import GeoJson
from ..engine.results import Description, Provenance
from ..engine.search import SearchResult
from ..gui.search.counted import places_text
from ..layers.geojson import geometry_from_geojson
from ..layers.web_area_name import raster_name
from ..spoken import spoken
from .answers import comparison_html, found_html, reply_html, search_html
from .description import PAGE, description_html
from .wording import cells, table
from .wording import tr as _tr


@dataclass(frozen=True)
class Section:
    """Texts as they are, but for `body`, which is HTML.

    Attributes:
        kind: what was done: "Description".
        about: what it was done to or with: a raster's name, a query, a question.
        answer: the result in a few words, for the list at the top.
        body: the result.
        facts: names and values of where it comes from.
        provenance: the same in full, for JSON.
    """

    kind: str
    about: str
    answer: str
    body: str
    facts: Tuple[Tuple[str, str], ...]
    provenance: Dict[str, Any]


def section_of(result: Any) -> Section:
    """The section of a result.

    Raises:
        BadRequest: a kind of result that reports do not know.
    """
    if isinstance(result, Description):
        return _of_run(
            _tr("Description"),
            raster_name(result.provenance.raster),
            result.scene.text,
            description_html(result, PAGE),
            result.provenance,
        )
    if isinstance(result, Reply):
        body = reply_html(result)
        return _of_run(
            _tr("Question"), result.question, spoken(result.text), body, result.provenance
        )
    if isinstance(result, FindResult):
        counts = ", ".join(f"{phrase}: {len(result.of(phrase))}" for phrase in result.phrases)
        phrases = ", ".join(result.phrases)
        return _of_run(_tr("Find"), phrases, counts, found_html(result), result.provenance)
    if isinstance(result, SearchResult):
        return _of_search(result)
    if isinstance(result, Comparison):
        return _of_comparison(result)
    raise BadRequest(f"A report knows no result of the kind {type(result).__name__}.")


def facts_html(facts: Tuple[Tuple[str, str], ...]) -> str:
    """Facts as a table of names and values."""
    return table((_tr("Where this comes from"), ""), (cells(*fact) for fact in facts))


def _of_run(kind: str, about: str, answer: str, body: str, provenance: Provenance) -> Section:
    return Section(kind, about, answer, body, _facts(provenance), asdict(provenance))


def _of_comparison(result: Comparison) -> Section:
    before, after = result.provenance, result.after_provenance
    names = f"{raster_name(before.raster)} \N{RIGHTWARDS ARROW} {raster_name(after.raster)}"
    facts = ((_tr("Image after"), after.raster), *_facts(before))
    full = {**asdict(before), "after": asdict(after), "min_change": result.min_change}
    body = comparison_html(result)
    return Section(_tr("Comparison"), names, spoken(result.extent()), body, facts, full)


def _of_search(result: SearchResult) -> Section:
    count = len(result.hits)
    found = places_text(count)
    rasters = sorted({raster_name(hit.raster) for hit in result.hits})
    facts = [
        (_tr("Images"), ", ".join(rasters)),
        (_tr("Model"), f"{result.model} {result.model_version}"),
        (_tr("Model bundle (SHA-256)"), result.bundle_sha256),
        (_tr("Tiles searched"), str(result.rows)),
        (_tr("Tiles looked at again"), str(result.tile_evaluations)),
        (_tr("How often the decoder was asked"), str(result.text_evaluations)),
    ]
    provenance: Dict[str, Any] = {
        "query": result.query,
        "model": result.model,
        "model_version": result.model_version,
        "bundle_sha256": result.bundle_sha256,
        "rows": result.rows,
        "tile_evaluations": result.tile_evaluations,
        "text_evaluations": result.text_evaluations,
        "duration_s": result.duration_s,
        "hits": [hit.to_json() for hit in result.hits],
    }
    return Section(
        _tr("Search"), result.query, found, search_html(result), tuple(facts), provenance
    )


def _facts(provenance: Provenance) -> Tuple[Tuple[str, str], ...]:
    facts: List[Tuple[str, str]] = [
        (_tr("Image"), provenance.raster),
        (_tr("Region"), _bounds(provenance.region, provenance.crs_wkt)),
    ]
    if provenance.ground_sample_distance_m is not None:
        metres = f"{provenance.ground_sample_distance_m:.3g}"
        facts.append((_tr("Ground sample distance"), _tr("{metres} m").format(metres=metres)))
    stretch = ", ".join(
        f"{band}: {low:g}–{high:g}"
        for band, (low, high) in zip(provenance.bands, provenance.stretch)
    )
    facts += [
        (_tr("Bands and the values stretched"), stretch),
        (
            _tr("Model"),
            f"{provenance.model} {provenance.model_version}, {provenance.model_licence}",
        ),
        (_tr("Model bundle (SHA-256)"), provenance.bundle_sha256),
        (
            _tr("Tiles looked at"),
            _tr("{used} of {budget} tiles").format(
                used=provenance.tile_evaluations, budget=provenance.budget
            )
            + f" ({provenance.policy})",
        ),
        (_tr("Started"), provenance.started),
        (_tr("Made with"), f"RS-VLM {provenance.plugin_version}"),
    ]
    return tuple(facts)


def _bounds(region: GeoJson, crs_wkt: str) -> str:
    box: QgsRectangle = geometry_from_geojson(region).boundingBox()
    crs = QgsCoordinateReferenceSystem.fromWkt(crs_wkt)
    decimals = 6 if crs.isValid() and crs.isGeographic() else 1
    name = crs.userFriendlyIdentifier() if crs.isValid() else _tr("pixels")
    return f"{box.toString(decimals)} ({name})"
