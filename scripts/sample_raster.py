"""Which raster to show: the user's, a real sample where there is one, else a scene drawn here."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DRAWN_SEED = 5


def shared_folder() -> Path:
    """Where optional real data lie: RSVLM_SHARED, or `shared` beside the checkout."""
    return Path(os.environ.get("RSVLM_SHARED", ROOT.parent / "shared"))


def real_sample() -> Path | None:
    """The aerial photograph among the samples, None where there are none."""
    path = shared_folder() / "samples" / "aerial_rgb_2048.tif"
    return path if path.exists() else None


def drawn_sample(folder: Path) -> Path:
    """The synthetic town as GeoTIFF in `folder`; drawn once."""
    path = folder / "synthetic_town.tif"
    if not path.exists():
        from model_training.synthetic import draw_mosaic, write_geotiff

        write_geotiff(draw_mosaic(DRAWN_SEED), path)
    return path


def drawn_later(folder: Path) -> Path:
    """The synthetic town some years later, beside `drawn_sample`: a field has been built over, and
    tanks have been taken down."""
    path = folder / "synthetic_town_later.tif"
    if not path.exists():
        from dataclasses import replace

        from model_training.synthetic import draw_mosaic, write_geotiff

        scene = draw_mosaic(DRAWN_SEED)
        image = scene.image.copy()
        # Quarters lie as `draw_mosaic` lays them: houses south-east, fields south-west, tanks west.
        image[1300:1720, 90:560] = scene.image[1300:1720, 1240:1710]
        image[760:960, 610:860] = scene.image[1800:2000, 610:860]
        write_geotiff(replace(scene, image=image), path)
    return path


def default_raster(folder: Path) -> Path:
    """A real sample, else the drawn one in `folder`."""
    return real_sample() or drawn_sample(folder)
