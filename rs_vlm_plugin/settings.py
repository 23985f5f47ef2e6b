"""What the user chose once and expects to find again, kept in QGIS's own settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

SECTION = "rs_vlm"
POLICIES = ("content", "fixed", "random")
FIND_POLICIES = ("query", *POLICIES)
"""Who looks for something may also go by what was seen so far; the first is the default."""
FIND_BUDGET = 64
DEVICES = ("auto", "cpu", "cuda")
SMALLEST_BUDGET, LARGEST_BUDGET = 1, 4096


@dataclass(frozen=True)
class Settings:
    """The plugin's settings; empty paths mean the default place.

    `budget` is tile evaluations per description; 32 takes a few seconds on a laptop CPU.
    `find_policy` and `find_budget` are those of finding objects. `knowledge_path` is a file with
    entries of the user's own that the model may look up; empty for none.
    """

    policy: str = "content"
    budget: int = 32
    find_policy: str = FIND_POLICIES[0]
    find_budget: int = FIND_BUDGET
    device: str = "auto"
    bundle_path: str = ""
    results_folder: str = ""
    knowledge_path: str = ""

    def bundle(self) -> Path:
        """Folder or zip of the model: the one chosen, else RSVLM_BUNDLE, else the bundled one."""
        chosen = self.bundle_path or os.environ.get("RSVLM_BUNDLE", "")
        if chosen:
            return Path(chosen)
        from .resource_paths import default_bundle

        return default_bundle()

    def results(self) -> Path:
        """Folder that result GeoPackages are written to; it may not exist yet."""
        if self.results_folder:
            return Path(self.results_folder)
        return Path(QgsApplication.qgisSettingsDirPath()) / "rs_vlm" / "results"


def load_settings() -> Settings:
    """Read the settings; whatever is missing or makes no sense is its default."""
    store = QgsSettings()
    stored = {
        field.name: str(store.value(f"{SECTION}/{field.name}", field.default))
        for field in fields(Settings)
    }
    defaults = Settings()
    return Settings(
        policy=stored["policy"] if stored["policy"] in POLICIES else defaults.policy,
        budget=_budget(stored["budget"], defaults.budget),
        find_policy=(
            stored["find_policy"]
            if stored["find_policy"] in FIND_POLICIES
            else defaults.find_policy
        ),
        find_budget=_budget(stored["find_budget"], defaults.find_budget),
        device=stored["device"] if stored["device"] in DEVICES else defaults.device,
        bundle_path=stored["bundle_path"],
        results_folder=stored["results_folder"],
        knowledge_path=stored["knowledge_path"],
    )


def save_settings(settings: Settings) -> None:
    """Keep the settings for the next session."""
    store = QgsSettings()
    for field in fields(Settings):
        store.setValue(f"{SECTION}/{field.name}", getattr(settings, field.name))


def _budget(text: str, default: int) -> int:
    if not text.isdigit():
        return default
    return min(max(int(text), SMALLEST_BUDGET), LARGEST_BUDGET)
