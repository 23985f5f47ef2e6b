"""Building and updating the project's index in the background: one `QgsTask`, no layer touched."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional, Sequence

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication

from ...background_task import BackgroundTask
from ...engine.errors import Cancelled, RsVlmError
from ...layers.web_area_name import raster_name
from ...spoken import error_text, spoken
from ...tasks import TaskFeedback
from .project_index import IndexPlan

if TYPE_CHECKING:
    from ...engine.feedback import Feedback
    from ...engine.index.building import OpenRaster
    from ...engine.index.outcome import BuildReport
    from ...engine.index.reading import RasterInput
    from ...engine.raster.raster_files import ResolvedRasters
    from ...layers.raster_file_source import Opener


class IndexTask(BackgroundTask):
    """Brings an index in line with its plan: new images are read, changed ones again, gone ones
    taken out, unfinished ones finished; with `add_regions` those without parts read again.

    Afterwards `report` says what became of each image. Whatever was stored stays, also when
    cancelled; the same task run again goes on from there.
    """

    def __init__(
        self, plan: IndexPlan, bundle_path: Path, device: str, add_regions: bool = False
    ) -> None:
        super().__init__(_tr("Build search index"), _tr("Building the index stopped unexpectedly."))
        self.plan = plan
        self.report: Optional[BuildReport] = None
        self._unresolved: Sequence[RsVlmError] = ()
        self._opener: Optional[Opener] = None
        self._bundle_path = bundle_path
        self._device = device
        self._add_regions = add_regions
        QgsProject.instance().cleared.connect(self.cancel)

    def cancel(self) -> None:
        """Stop soon, whatever a server is taking."""
        super().cancel()
        if self._opener is not None:
            self._opener.interrupt()

    def finished(self, succeeded: bool) -> None:
        """Watch the project no longer; on the main thread."""
        QgsProject.instance().cleared.disconnect(self.cancel)
        super().finished(succeeded)

    def failures(self) -> List[str]:
        """One sentence for each image, folder or list that could not be indexed, or in part."""
        unread = self.report.failures if self.report is not None else ()
        return [error_text(error) for error in self._unresolved] + [
            f"{raster_name(outcome.uri)}: {spoken(outcome.problem)}" for outcome in unread
        ]

    def notes(self) -> List[str]:
        """What a reader of places found in an image must know, one sentence each."""
        outcomes = self.report.outcomes if self.report is not None else ()
        return [
            f"{raster_name(outcome.uri)}: {spoken(note)}"
            for outcome in outcomes
            for note in outcome.notes
        ]

    def work(self) -> None:
        """Look at tile after tile; in the background thread."""
        from ...engine.index.building import NewRasters, identity, update
        from ...engine.index.geopackage import index_to_fill
        from ...layers.raster_file_source import Opener
        from ...model_cache import shared_model

        self.step_reached.emit(_tr("Looking for images…"))
        found = resolved(self.plan)
        self._unresolved = [error for _, error in found.problems]
        self.step_reached.emit(_tr("Loading the model…"))
        model = shared_model(self._bundle_path, self._device)
        if self.isCanceled():
            raise Cancelled
        model.bundle.require("search")
        _make_folder_of(self.plan.path)
        opener = self._opener = Opener()
        if self.isCanceled():
            raise Cancelled
        with index_to_fill(self.plan.path, identity(model)) as index:
            plan = self.plan
            self.report = update(
                index,
                opener,
                model,
                TaskFeedback(self),
                add_regions=self._add_regions,
                new=NewRasters(_inputs(found, opener), plan.policy, plan.budget),
            )


def raster_inputs(plan: IndexPlan) -> List[RasterInput]:
    """The plan's images as the engine takes them, opened through QGIS; errors as of `resolved`."""
    from ...layers.raster_file_source import open_raster_file

    return _inputs(resolved(plan), open_raster_file)


def resolved(plan: IndexPlan) -> ResolvedRasters:
    """The plan's images, and what is wrong with folders and lists beside them.

    Raises:
        RasterNotReadable: no image is left.
    """
    from ...engine.raster.raster_files import resolve_rasters

    found = resolve_rasters(plan.sources)
    if found.problems and not found.rasters:
        raise found.problems[0][1]
    return found


def _inputs(found: ResolvedRasters, open_raster: OpenRaster) -> List[RasterInput]:
    from ...engine.index.reading import RasterInput

    return [RasterInput(file, partial(open_raster, file)) for file in found.rasters]


def estimated(plan: IndexPlan, bundle_path: Path, device: str, feedback: Feedback) -> object:
    """What building would cost at most (`BuildEstimate`); not for the main thread.

    Raises:
        RsVlmError: no image, no model, or one that cannot search.
    """
    from ...engine.index.building import estimate
    from ...model_cache import shared_model

    inputs = raster_inputs(plan)
    model = shared_model(bundle_path, device)
    model.bundle.require("search")
    return estimate(inputs, model, plan.path, plan.budget, feedback)


def _make_folder_of(path: Path) -> None:
    from ...engine.errors import IndexNotWritable

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexNotWritable(
            _tr("The folder {folder} cannot be made: {reason}.").format(
                folder=path.parent, reason=error.strerror
            ),
            _tr("Choose another place for the index."),
        ) from error


def _tr(text: str) -> str:
    return QCoreApplication.translate("IndexTask", text)
