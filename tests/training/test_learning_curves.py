"""Learning curves are drawn from what a run logged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from model_training.evaluation.curves import read_history
from model_training.learning_curves import main


def test_every_part_and_every_run_has_its_line(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    shutil.copytree(trained, other)
    drawn: list[Figure] = []
    save = Figure.savefig
    monkeypatch.setattr(
        Figure, "savefig", lambda self, *a, **k: (drawn.append(self), save(self, *a, **k))
    )
    picture = tmp_path / "curves.png"
    assert main([str(trained), str(other), "--output", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    panels = {axis.get_title(): axis for axis in drawn[0].axes if axis.get_visible()}
    assert {"loss", "contrastive", "caption", "drawn_mean_recall", "drawn_cider"} <= set(panels)
    assert not {"epoch", "learning_rate", "train_runtime"} & set(panels)
    lines = panels["caption"].lines
    assert len(lines) == 2
    (legend,) = [axis.get_legend() for axis in drawn[0].axes if axis.get_legend()]
    assert [text.get_text() for text in legend.get_texts()] == [trained.name, "other"]
    logged = [entry["caption"] for entry in read_history(trained) if "caption" in entry]
    assert list(lines[0].get_ydata()) == logged


def test_a_folder_that_is_no_run_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--output", str(tmp_path / "x.png")]) == 1
    assert "no checkpoint" in capsys.readouterr().err
