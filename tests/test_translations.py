"""Every text of the interface is translated, in its form, and the compiled files are of today."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from scripts import translations

PLACEHOLDER = re.compile(r"\{\w*\}|%L?n")
TAG = re.compile(r"</?\w+>")


@pytest.fixture(scope="module")
def found():
    return translations.collect()


@pytest.fixture(params=sorted(translations.LANGUAGES))
def language(request):
    return request.param


def test_every_text_is_translated(found, language):
    known = translations.read(language)
    missing = {found.places[key]: key for key in found.places if key not in known}
    assert not missing, "run make translations, then fill in what it names"


def test_no_text_is_kept_that_is_gone(found, language):
    assert set(translations.read(language)) <= set(found.places)


def test_translations_keep_what_is_filled_in_and_marked_up(language):
    for (_, text), forms in translations.read(language).items():
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(text)), text
            assert TAG.findall(form) == TAG.findall(text), text
            assert form.count("&") == text.count("&"), text
            assert (form[0].isspace(), form[-1].isspace()) == (
                text[0].isspace(),
                text[-1].isspace(),
            )


def test_counted_texts_have_a_form_for_one_and_for_many(found, language):
    assert found.counted
    known = translations.read(language)
    for key in found.counted:
        assert len(set(known[key])) == 2


def test_contexts_are_those_that_the_program_asks_for(found):
    contexts = {context for context, _ in found.places}
    assert {"RsVlmPlugin", "DescribeDock", "Report", "Counted", "RsVlmAlgorithm"} <= contexts


def test_an_untranslated_text_is_named_by_the_check(capsys, monkeypatch):
    found = translations.collect()
    found.places["DescribeDock", "A text of tomorrow"] = "rs_vlm_plugin/gui/dock.py:1"
    monkeypatch.setattr(translations, "collect", lambda: found)
    monkeypatch.setattr("sys.argv", ["translations.py", "--check"])
    assert translations.main() == 1
    assert (
        "rs_vlm_plugin/gui/dock.py:1: DescribeDock: 'A text of tomorrow'" in capsys.readouterr().out
    )


def test_compiled_files_are_those_of_the_texts(language, tmp_path):
    tool = shutil.which("lrelease") or shutil.which("lrelease", path="/usr/lib/qt5/bin")
    if tool is None:
        pytest.skip("lrelease (Debian: qttools5-dev-tools) is not installed")
    source = translations.ts_path(language)
    target = tmp_path / "fresh.qm"
    subprocess.run([tool, "-silent", str(source), "-qm", str(target)], check=True)
    assert target.read_bytes() == source.with_suffix(".qm").read_bytes()
