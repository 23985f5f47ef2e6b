"""The repository holds nothing of the machine it was made on and keeps its README's promises."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.package import metadata
from scripts.screenshots import HELP

ROOT = Path(__file__).resolve().parents[1]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "root", "home")) + r")/\w")
REGISTRY_HOSTS = re.compile(
    "|".join((r"pypi\.(?:org|python)", r"pythonhosted", r"registry\.npmjs", r"download\.pytorch"))
)
LARGEST_FILE_BYTES = 16_000_000
TEXT = {".py", ".md", ".txt", ".toml", ".json", ".sh", ".yml", ".qml", ".svg", ".ts", ""}
THIS = Path(__file__).name
PLOTS = [
    ROOT / "model_training" / "results" / f"{name}.png"
    for name in (
        "ablation",
        "ablation_curves",
        "abstention",
        "data_share",
        "equal_budget",
        "equal_budget_curves",
        "learning_curves",
    )
]


def tracked_files() -> list[Path]:
    """Files git knows, or all outside ignored folders where this is no git checkout."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def tracked_text() -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in tracked_files()
        if path.suffix in TEXT and path.name != THIS and path.stat().st_size < 2_000_000
    ]


def test_no_path_of_this_machine_is_in_a_file():
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path, text in tracked_text()
        if (hit := MACHINE_PATHS.search(text))
    ]
    assert found == []


def test_no_package_registry_is_named():
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path, text in tracked_text()
        if (hit := REGISTRY_HOSTS.search(text))
    ]
    assert found == []


def test_no_file_is_too_large_to_review():
    # One checkpoint in half precision is kept, so that training can go on from it.
    files = [path for path in tracked_files() if path.suffix != ".safetensors"]
    large = [str(p) for p in files if p.stat().st_size > LARGEST_FILE_BYTES]
    assert large == []


def test_no_image_of_somebody_else_is_committed():
    pictures = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix.lower() in {".tif", ".tiff", ".jpg", ".jpeg", ".png", ".parquet"}
        and (ROOT / "docs" / "images") not in path.parents
        # Drawn by the same script, of the same made-up town.
        and path not in HELP.values()
        # Plots of scores.
        and path not in PLOTS
    ]
    assert pictures == []


def test_metadata_is_complete():
    general = metadata()
    assert general["name"] == "RS-VLM"
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "onnxruntime" in general["about"]
    assert "tokenizers" in general["about"]


def test_versions_agree():
    version = metadata()["version"]
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{version}"' in pyproject
    assert f"## {version}" in changelog


def test_plugin_folder_of_a_checkout_has_what_qgis_reads():
    for name in ("metadata.txt", "LICENSE"):
        here, there = ROOT / name, ROOT / "rs_vlm_plugin" / name
        assert there.read_bytes() == here.read_bytes()


def test_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_make_commands_of_the_readme_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    asked = set(re.findall(r"\bmake ([a-z]+)", readme))
    assert asked
    assert asked <= targets


def test_paths_of_the_readme_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert missing == []


def test_numpy_2_cannot_be_pulled_in():
    constraints = (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8")
    assert "numpy>=1.26,<2" in constraints.splitlines()
    for name in ("runtime", "test", "training"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert "-c constraints.txt" in lines


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "bandit", "-q", "-r", "rs_vlm_plugin"],
        ["scripts/find_secrets.py"],
    ],
    ids=["bandit", "detect-secrets"],
)
def test_plugin_repository_gate_finds_nothing(command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_bootstrap_refuses_an_unknown_purpose_in_one_sentence():
    done = subprocess.run(
        ["bash", "scripts/bootstrap.sh", "holiday"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "there is no purpose 'holiday'" in done.stderr
