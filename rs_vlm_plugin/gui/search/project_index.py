"""Which indexes belong to a project: kept in the project file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Tuple

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...layers.web_area_name import is_web_area
from ...settings import POLICIES, load_settings

SCOPE = "rs_vlm"
_INDEX, _SOURCES, _OTHERS = "index/own", "index/sources", "index/others"
_POLICY, _BUDGET = "index/policy", "index/budget"
# An empty text in a list does not survive the project file.
_NOWHERE = "?"


class IndexChoice(QObject):
    """Tells on the main thread that a project searches other indexes than before; reading or
    clearing a project says so itself."""

    changed = pyqtSignal()


choice = IndexChoice()


@dataclass(frozen=True)
class IndexPlan:
    """The project's own index: its file, what is to be in it, and how closely that is looked at.

    `sources` are raster files, folders and lists of them, absolute, and names of web layers' areas
    (`layers.web_area`); `budget` is tile evaluations an image,
    None for the engine's choice.
    """

    path: Path
    sources: Tuple[str, ...]
    policy: str = POLICIES[0]
    budget: Optional[int] = None


def index_plan(project: QgsProject) -> Optional[IndexPlan]:
    """The index built for this project; None where there is none yet."""
    paths = _read_paths(project, _INDEX)
    if not paths:
        return None
    policy = project.readEntry(SCOPE, _POLICY)[0]
    budget = project.readNumEntry(SCOPE, _BUDGET)[0]
    return IndexPlan(
        path=paths[0],
        sources=tuple(str(path) for path in _read_paths(project, _SOURCES)),
        policy=policy if policy in POLICIES else POLICIES[0],
        budget=budget if budget > 0 else None,
    )


def remember_plan(project: QgsProject, plan: IndexPlan) -> None:
    """Keep the plan in the project, to be found again when both have been moved together."""
    _write_paths(project, _INDEX, (plan.path,))
    _write_paths(project, _SOURCES, tuple(Path(source) for source in plan.sources))
    project.writeEntry(SCOPE, _POLICY, plan.policy)
    project.writeEntry(SCOPE, _BUDGET, plan.budget or 0)
    choice.changed.emit()


def forget_plan(project: QgsProject) -> None:
    """Have no index of its own any more; others that the project searches stay."""
    for key in (_INDEX, _SOURCES, _POLICY, _BUDGET):
        project.removeEntry(SCOPE, key)
    choice.changed.emit()


def other_indexes(project: QgsProject) -> Tuple[Path, ...]:
    """Indexes made elsewhere that this project searches too."""
    return _read_paths(project, _OTHERS)


def remember_others(project: QgsProject, paths: Tuple[Path, ...]) -> None:
    """Keep which other indexes are searched."""
    _write_paths(project, _OTHERS, paths)
    choice.changed.emit()


def forget_indexes(project: QgsProject) -> None:
    """Search none any more; the files stay."""
    project.removeEntry(SCOPE, "index")
    choice.changed.emit()


def searched_indexes(project: QgsProject) -> Tuple[Path, ...]:
    """All index files that this project searches, its own first."""
    plan = index_plan(project)
    own = (plan.path,) if plan is not None else ()
    return tuple(dict.fromkeys((*own, *other_indexes(project))))


def suggested_path(project: QgsProject) -> Path:
    """Where a new index may lie: beside the project file, else in the profile; nothing is there."""
    if project.fileName():
        folder, stem = Path(project.absolutePath()), Path(project.fileName()).stem
    else:
        folder, stem = load_settings().results().parent / "indexes", "project"
    path, number = folder / f"{stem}_search.gpkg", 2
    while path.exists():
        path, number = folder / f"{stem}_search_{number}.gpkg", number + 1
    return path


def raster_file(layer: QgsRasterLayer) -> str:
    """The absolute path of the layer's file; empty where it is drawn by a server or a database."""
    if layer.providerType() != "gdal":
        return ""
    path = layer.source().split("|", 1)[0]
    return os.path.abspath(path) if os.path.isfile(path) else ""


def _write_paths(project: QgsProject, key: str, paths: Tuple[Path, ...]) -> None:
    """Both ways: relative outlives a move of the folder, absolute a "Save as" somewhere else."""
    project.writeEntry(SCOPE, f"{key}/absolute", [str(path) for path in paths])
    project.writeEntry(SCOPE, f"{key}/relative", [_relative(project, path) for path in paths])


def _read_paths(project: QgsProject, key: str) -> Tuple[Path, ...]:
    absolute = project.readListEntry(SCOPE, f"{key}/absolute")[0]
    relative = project.readListEntry(SCOPE, f"{key}/relative")[0]
    relative += [_NOWHERE] * (len(absolute) - len(relative))
    return tuple(_found(project, beside, Path(there)) for there, beside in zip(absolute, relative))


def _relative(project: QgsProject, path: Path) -> str:
    if not project.fileName() or is_web_area(str(path)):
        return _NOWHERE
    try:
        return Path(os.path.relpath(path, project.absolutePath())).as_posix()
    except ValueError:
        # Another drive of a Windows machine.
        return _NOWHERE


def _found(project: QgsProject, beside: str, there: Path) -> Path:
    # The name of a web layer's area is longer than file systems can be asked about.
    if beside != _NOWHERE and project.fileName() and not is_web_area(str(there)):
        path = Path(os.path.normpath(os.path.join(project.absolutePath(), beside)))
        if path.exists() or not there.exists():
            return path
    return there
