"""Work on a region in the background: one `QgsTask` from a layer's pixels to a GeoPackage.

The main thread makes the source and gets the results; the model, the reading and the writing run in
the task's thread, which touches no layer, project or widget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsRasterLayer, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from .background_task import BackgroundTask
from .engine.errors import Cancelled, RsVlmError
from .spoken import spoken

if TYPE_CHECKING:
    from .engine.geometry import Region
    from .engine.model.vlm import VisionLanguageModel
    from .engine.results import Description
    from .layers.raster_layer_source import QgsRasterLayerSource


@dataclass(frozen=True)
class RegionRequest:
    """What to look at and how. `region` is in the source's CRS, None for all of it."""

    region: Optional[Region]
    policy: str
    budget: int
    bundle_path: Path
    device: str
    results_folder: Path


@dataclass(frozen=True)
class Wording:
    """What a task calls itself, and the sentences on what ended it early."""

    title: str
    layer_removed: str
    project_closed: str
    unexpected: str


class RegionTask(BackgroundTask):
    """Looks at a region; afterwards its public attributes say how it went.

    `database` is the GeoPackage that the result was written to; `ended_because` is a sentence where
    the layer or the project went away. `group` is for whoever adds the layers to the project, where
    that is `wanted_in_project`.
    """

    def __init__(
        self,
        layer: QgsRasterLayer,
        source: QgsRasterLayerSource,
        request: RegionRequest,
        words: Wording,
    ) -> None:
        """Prepare the task, on the main thread.

        Args:
            layer: watched only: when it is removed, the task ends and says so.
            source: read and closed in the background.
            request: what to look at and how.
            words: what to call it.
        """
        super().__init__(words.title, words.unexpected)
        self.ended_because = ""
        self.group: Optional[QgsLayerTreeGroup] = None
        self.database: Optional[Path] = None
        self._source = source
        self._request = request
        self._words = words
        self._layer_name = layer.name()
        self._layer = layer
        self._keep_out_of_project = False
        layer.willBeDeleted.connect(self._layer_removed)
        QgsProject.instance().cleared.connect(self._project_closed)

    def cancel(self) -> None:
        """Stop soon, whatever a server is taking."""
        super().cancel()
        self._source.interrupt()

    def let_go(self) -> None:
        """Close the source."""
        self._source.close()

    def finished(self, succeeded: bool) -> None:
        """Watch layer and project no longer; on the main thread."""
        self._stop_watching()
        super().finished(succeeded)

    @property
    def failure(self) -> Optional[RsVlmError]:
        """Why it failed or ended early; None where it ended well or the user stopped it."""
        if self.problem is None and self.ended_because:
            return RsVlmError(self.ended_because)
        return self.problem

    def worth_telling(self, error: RsVlmError) -> Optional[RsVlmError]:
        """What ended the work half-way, None where that was the user."""
        return None if isinstance(error, Cancelled) else error

    def wanted_in_project(self) -> bool:
        """Whether there are layers to add, and still the project they are meant for."""
        return self.database is not None and self.belongs_to_project()

    def belongs_to_project(self) -> bool:
        """Whether the project that is open is still the one that the task was started in."""
        return not self._keep_out_of_project

    def abandon(self) -> None:
        """Cancel, and leave the project alone whatever has been found."""
        self._keep_out_of_project = True
        self.cancel()

    def load_model(self) -> VisionLanguageModel:
        """The session's model; in the background thread.

        Raises:
            RsVlmError: as `shared_model`; `Cancelled` where that came meanwhile.
        """
        from .model_cache import shared_model

        self.step_reached.emit(_tr("Loading the model…"))
        model = shared_model(self._request.bundle_path, self._request.device)
        if self.isCanceled():
            raise Cancelled
        return model

    def free_path(self) -> Path:
        """Where to write the result."""
        return _free_path(self._request.results_folder, self._layer_name)

    def _layer_removed(self) -> None:
        if not self.ended_because:
            self.ended_because = self._words.layer_removed
        self.cancel()

    def _project_closed(self) -> None:
        self.ended_because = self._words.project_closed
        self.abandon()

    def _stop_watching(self) -> None:
        QgsProject.instance().cleared.disconnect(self._project_closed)
        if not sip.isdeleted(self._layer):
            self._layer.willBeDeleted.disconnect(self._layer_removed)
        self._layer = None


class DescribeTask(RegionTask):
    """Describes a region; `description` may be partial.

    `partial_found` is emitted from the background thread and so arrives queued.
    """

    partial_found = pyqtSignal(object)

    def __init__(
        self, layer: QgsRasterLayer, source: QgsRasterLayerSource, request: RegionRequest
    ) -> None:
        """As `RegionTask`."""
        name = layer.name()
        words = Wording(
            title=_tr("Describe {layer}").format(layer=name),
            layer_removed=_tr(
                "{layer} was removed while it was being described, so the description ended early."
            ).format(layer=name),
            project_closed=_tr(
                "The project was closed while {layer} was being described, "
                "so the description ended early."
            ).format(layer=name),
            unexpected=_tr("Describing {layer} stopped unexpectedly.").format(layer=name),
        )
        super().__init__(layer, source, request, words)
        self.description: Optional[Description] = None

    def work(self) -> None:
        """Describe, and write the result."""
        self._describe()
        self._write()

    def show_layers(self) -> None:
        """Put the result layers back where the user has removed them; usable afterwards too.

        Raises:
            RsVlmError: the GeoPackage is gone.
        """
        from .layers.result_layers import add_to_project

        if self.group is None or sip.isdeleted(self.group):
            self.group = add_to_project(self.database, QgsProject.instance())

    def _describe(self) -> None:
        from .engine.describe import describe
        from .layers.region_clipping import clipped_to_region

        request = self._request
        model = self.load_model()
        try:
            found = describe(
                self._source,
                request.region,
                model,
                policy=request.policy,
                budget=request.budget,
                feedback=TaskFeedback(self),
                on_partial=lambda partial: self._take_partial(clipped_to_region(partial)),
            )
            self.description = clipped_to_region(found)
        except RsVlmError as error:
            # A file that breaks off half way leaves what was seen until then.
            if self.description is None:
                raise
            self.description = replace(self.description, partial=True)
            self.problem = self.worth_telling(error)

    def _take_partial(self, description: Description) -> None:
        self.description = description
        self.partial_found.emit(description)

    def _write(self) -> None:
        from .layers.result_layers import write_description

        database = self.free_path()
        write_description(self.description, database)
        self.database = database


class TaskFeedback:
    """The engine's `Feedback`, forwarded to a task with a `step_reached` signal."""

    def __init__(self, task: QgsTask) -> None:
        self._task = task
        self._step = ""

    def report(self, fraction: float, message: str) -> None:
        """Move the task's bar, and say what happens now where it is something new."""
        self._task.setProgress(100.0 * fraction)
        if message != self._step:
            self._step = message
            self._task.step_reached.emit(spoken(message))

    def is_cancelled(self) -> bool:
        """Whether the task was cancelled, by whoever."""
        return self._task.isCanceled()


def _free_path(folder: Path, layer_name: str, now: Callable[[], datetime] = datetime.now) -> Path:
    """A GeoPackage path of its own for this run: "<layer>_<date>_<time>.gpkg"."""
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in layer_name)[:60] or "raster"
    base = f"{stem}_{now():%Y%m%d_%H%M%S}"
    path = folder / f"{base}.gpkg"
    number = 2
    while path.exists():
        path = folder / f"{base}_{number}.gpkg"
        number += 1
    return path


def _tr(text: str) -> str:
    return QCoreApplication.translate("DescribeTask", text)
