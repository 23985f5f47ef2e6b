"""The demo: describes a raster in a headless QGIS and leaves layers, project, picture and report.

python scripts/demo.py [--raster PATH] [--output DIR] [--policy NAME] [--budget N] [--bundle PATH]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rs_vlm_plugin.engine.errors import OutputNotWritable, RasterNotReadable, RsVlmError
from scripts.headless_qgis import headless_qgis
from scripts.sample_raster import default_raster

PICTURE_DPI = 160
PICTURE_PX = 1600
"""Longer side of the picture."""


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Describe a raster in a headless QGIS.")
    parser.add_argument("--raster", type=Path, help="raster to describe; default: a sample")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--policy", default="content", choices=("fixed", "random", "content"))
    parser.add_argument("--budget", type=int, default=32, help="most tile evaluations")
    parser.add_argument("--bundle", type=Path, help="model bundle; default: the bundled one")
    return parser.parse_args()


def describe_layer(layer: Any, options: argparse.Namespace) -> Any:
    """The description of the whole layer, by the engine, as the plugin would ask for it."""
    from rs_vlm_plugin.engine.describe import describe
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
    from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
    from rs_vlm_plugin.resource_paths import default_bundle

    model = VisionLanguageModel(load_bundle(options.bundle or default_bundle()))
    source = QgsRasterLayerSource.from_layer(layer)
    try:
        return describe(source, None, model, policy=options.policy, budget=options.budget)
    finally:
        source.close()
        model.close()


def picture(layers: list[Any], extent: Any, path: Path) -> None:
    """Render the layers, first on top, over that extent."""
    from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsProject
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsProject.instance().crs())
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setBackgroundColor(QColor(255, 255, 255))
    extent.scale(1.06)
    longer = max(extent.width(), extent.height())
    sides = [max(1, round(PICTURE_PX * s / longer)) for s in (extent.width(), extent.height())]
    settings.setOutputSize(QSize(*sides))
    # Text is sized in points: at a screen's 96 dots an inch it would be tiny on so large a picture.
    settings.setOutputDpi(PICTURE_DPI)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if not job.renderedImage().save(str(path)):
        raise OutputNotWritable(f"The picture {path} cannot be written.")


def run(options: argparse.Namespace) -> int:
    """Everything between a started QGIS and its end; no layer outlives this function."""
    from qgis.core import Qgis, QgsProject, QgsRasterLayer

    from rs_vlm_plugin.layers.result_layers import add_to_project, write_description
    from rs_vlm_plugin.report import save_report

    raster = (options.raster or default_raster(options.output)).resolve()
    layer = QgsRasterLayer(str(raster), raster.stem)
    if not layer.isValid():
        raise RasterNotReadable(f"QGIS cannot open {raster} as a raster.")
    project = QgsProject.instance()
    project.setCrs(layer.crs())
    project.addMapLayer(layer)
    print(f"Describing {raster.name} ({layer.width():,} x {layer.height():,} px) ...", flush=True)
    description = describe_layer(layer, options)

    package = options.output / "description.gpkg"
    package.unlink(missing_ok=True)
    write_description(description, package)
    group = add_to_project(package, project)
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    saved = options.output / "description.qgz"
    if not project.write(str(saved)):
        raise OutputNotWritable(f"The project {saved} cannot be written.")
    results = [node.layer() for node in group.findLayers()]
    drawn = options.output / "map.png"
    picture([*results, layer], layer.extent(), drawn)
    save_report(options.output / "report.html", description, drawn.read_bytes())
    say(description, options.output)
    return 0


def say(description: Any, output: Path) -> None:
    """The answer in words and where the rest lies."""
    scene, provenance = description.scene, description.provenance
    print(f"\n  {scene.text}  (confidence {scene.confidence:.2f})\n")
    for region in description.regions:
        print(f"  {region.place:>12}: {region.text}")
    for item in description.objects:
        print(f"  {item.name}: {item.count} place{'' if item.count == 1 else 's'}")
    print(
        f"\n{provenance.tile_evaluations} tiles in {provenance.duration_s:.1f} s by "
        f"{provenance.model} {provenance.model_version} on {', '.join(provenance.providers)}"
    )
    if output.is_relative_to(Path.cwd()):
        output = output.relative_to(Path.cwd())
    print("Look at:")
    for name in ("report.html", "map.png", "description.qgz", "description.gpkg"):
        print(f"  {output / name}")


def main() -> int:
    """Start QGIS, describe, stop QGIS. Returns the exit code."""
    options = arguments()
    if options.raster is not None and not options.raster.exists():
        print(f"demo: there is no raster {options.raster}.", file=sys.stderr)
        return 1
    options.output.mkdir(parents=True, exist_ok=True)
    with headless_qgis():
        try:
            return run(options)
        except RsVlmError as err:
            print(f"demo: {err.sentence()}", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
