"""The interface in other languages: texts out of the sources into .ts files, and .qm out of these.

    python3 scripts/translations.py            update resources/i18n/*.ts, compile them to .qm
    python3 scripts/translations.py --check    say what is missing or unfinished; change nothing

Not Qt's pylupdate: it takes the enclosing class for the context of every text, which is wrong for
the functions `_tr` that name a context of their own. Compiling needs lrelease (Debian:
qttools5-dev-tools); the zip does not, because the .qm are kept in the repository.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Iterator, Optional
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rs_vlm_plugin.engine import errors

PACKAGE = ROOT / "rs_vlm_plugin"
ENGINE = "Engine"
"""Context of what the engine says; `rs_vlm_plugin.spoken` looks there."""
SPEAKING = {"say"} | {
    name
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, errors.RsVlmError)
}
"""Whose literal arguments are sentences of the engine. What an f-string says stays English."""
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = {"de": 2, "es": 2}
"""Languages and how many forms a counted noun has in them."""

Key = tuple[str, str]


@dataclass
class Sources:
    """What the sources say: for each (context, text) where it stands, and which are counted."""

    places: dict[Key, str] = field(default_factory=dict)
    counted: set[Key] = field(default_factory=set)


def collect() -> Sources:
    """Every text of the plugin that is to be translated."""
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    family = _heirs(modules.values())
    found = Sources()
    for path, tree in sorted(modules.items()):
        _Collector(path, tree, modules, family, found).visit(tree)
    constants = _constants(modules.values())
    for path, tree in sorted(modules.items()):
        if path.is_relative_to(PACKAGE / "cli"):
            # The command line speaks English.
            continue
        for node, text in _sentences(tree, constants):
            found.places.setdefault((ENGINE, text), f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _sentences(
    tree: ast.Module, constants: dict[str, str]
) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """What a module says through `say`, an error or `notes.append`, and constants named ..._NOTE,
    where they are written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.targets and isinstance(node.targets[0], ast.Name):
            text = _literal(node.value)
            if text and node.targets[0].id.endswith("_NOTE"):
                yield node, text
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        speaks = isinstance(called, ast.Name) and called.id in SPEAKING
        notes = (
            isinstance(called, ast.Attribute)
            and called.attr == "append"
            and isinstance(called.value, (ast.Name, ast.Attribute))
            and getattr(called.value, "id", getattr(called.value, "attr", "")) == "notes"
        )
        if not (speaks or notes):
            continue
        for argument in node.args:
            choices = (
                (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
            )
            for choice in choices:
                named = constants.get(choice.id) if isinstance(choice, ast.Name) else None
                text = named or _literal(choice)
                if text:
                    yield node, text


def _constants(trees: Iterable[ast.Module]) -> dict[str, str]:
    """Texts that modules give a name in capitals, such as a hint that several errors share."""
    return {
        target.id: text
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
        for text in (_literal(node.value),)
        if text and " " in text
    }


def _heirs(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """For each class those that are derived from it, and itself.

    `QObject.tr` of PyQt takes the class of the object for the context, not that of the source; a
    class with a `tr` of its own is expected to look through its bases instead.
    """
    bases: dict[str, set[str]] = {}
    own_tr: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {b.id for b in node.bases if isinstance(b, ast.Name)}
                if any(
                    isinstance(each, ast.FunctionDef) and each.name == "tr" for each in node.body
                ):
                    own_tr.add(node.name)

    def above(name: str) -> set[str]:
        return {name}.union(*(above(base) for base in bases.get(name, ()) if base in bases))

    heirs: dict[str, set[str]] = {name: {name} for name in bases}
    for name in bases:
        for ancestor in above(name):
            if not above(ancestor) & own_tr:
                heirs[ancestor].add(name)
    return heirs


class _Collector(ast.NodeVisitor):
    """Finds `self.tr("...")`, `_tr("...")` and `QCoreApplication.translate("Context", "...")`."""

    def __init__(
        self,
        path: Path,
        tree: ast.Module,
        modules: dict[Path, ast.Module],
        heirs: dict[str, set[str]],
        found: Sources,
    ) -> None:
        self._path = path
        self._heirs = heirs
        self._found = found
        self._classes: list[str] = []
        self._functions = dict(_translating(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.level:
                source = path.parents[node.level - 1].joinpath(*node.module.split("."))
                theirs = dict(
                    _translating(modules.get(source.with_suffix(".py"), ast.Module([], [])))
                )
                for alias in node.names:
                    if alias.name in theirs:
                        self._functions[alias.asname or alias.name] = theirs[alias.name]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        texts = [_literal(each) for each in node.args]
        if isinstance(called, ast.Attribute) and called.attr == "tr" and self._classes:
            for context in sorted(self._heirs[self._classes[-1]]):
                self._add(node, context, texts[0] if texts else None, len(texts) > 2)
        elif isinstance(called, ast.Attribute) and called.attr == "translate" and len(texts) > 1:
            if texts[0] is not None and texts[1] is not None:
                self._add(node, texts[0], texts[1], len(texts) > 3)
        elif isinstance(called, ast.Name) and called.id in self._functions:
            context, counts = self._functions[called.id]
            if counts:
                texts = [text for text in texts if text and "%" in text]
            self._add(node, context, texts[0] if texts else None, counts)
        self.generic_visit(node)

    def _add(self, node: ast.Call, context: str, text: Optional[str], counted: bool) -> None:
        place = f"{self._path.relative_to(ROOT)}:{node.lineno}"
        if text is None:
            raise SystemExit(f"translations: {place} translates what is not a plain text.")
        key = (context, text)
        self._found.places.setdefault(key, place)
        if counted:
            self._found.counted.add(key)


def _translating(tree: ast.Module) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Functions of a module that translate: name, the context they name, whether they count."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        parameters = {each.arg for each in node.args.args}
        for call in ast.walk(node):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "translate"
                and len(call.args) > 1
                and isinstance(call.args[1], ast.Name)
                and call.args[1].id in parameters
            ):
                context = _literal(call.args[0])
                if context is not None:
                    yield node.name, (context, len(call.args) > 3)


def _literal(node: ast.AST) -> Optional[str]:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if constant else None  # type: ignore[attr-defined]


def ts_path(language: str) -> Path:
    """Where a language's texts are."""
    return FOLDER / f"rs_vlm_{language}.ts"


def read(language: str) -> dict[Key, tuple[str, ...]]:
    """The finished translations of a language; several forms for counted texts."""
    path = ts_path(language)
    known: dict[Key, tuple[str, ...]] = {}
    if not path.exists():
        return known
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            texts = tuple(forms or [translation.text or ""])
            if all(texts):
                known[(name, message.findtext("source") or "")] = texts
    return known


def write(language: str, found: Sources, known: dict[Key, tuple[str, ...]]) -> list[Key]:
    """Write a language's .ts anew with what is known; returns what is unfinished.

    A text that stands in another context too takes its translation from there.
    """
    by_text = {text: forms for (_, text), forms in sorted(known.items())}
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    unfinished = []
    contexts: dict[str, ElementTree.Element] = {}
    for key in sorted(found.places):
        name, text = key
        if name not in contexts:
            contexts[name] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[name], "name").text = name
        counted = key in found.counted
        numerus = {"numerus": "yes"} if counted else {}
        message = ElementTree.SubElement(contexts[name], "message", numerus)
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        forms = known.get(key) or by_text.get(text)
        wanted = LANGUAGES[language] if counted else 1
        if forms is None or len(forms) != wanted:
            unfinished.append(key)
            translation.set("type", "unfinished")
            forms = ("",) * wanted
        if counted:
            for form in forms:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    _save(ts_path(language), root)
    return unfinished


def _save(path: Path, root: ElementTree.Element) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")


def compile_all() -> None:
    """Make each .qm anew."""
    tool = shutil.which("lrelease") or shutil.which("lrelease", path="/usr/lib/qt5/bin")
    if tool is None:
        raise SystemExit("translations: there is no lrelease here (Debian: qttools5-dev-tools).")
    for language in LANGUAGES:
        source = ts_path(language)
        target = source.with_suffix(".qm")
        subprocess.run([tool, "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    """Update and compile, or check."""
    parser = argparse.ArgumentParser(description="Update the translations of the interface.")
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    found = collect()
    failed = False
    for language in LANGUAGES:
        known = read(language)
        missing = (
            [key for key in found.places if key not in known]
            if check
            else write(language, found, known)
        )
        failed = failed or bool(missing)
        print(f"{language}: {len(found.places)} texts, {len(missing)} unfinished")
        for context, text in missing:
            print(f"  {found.places[(context, text)]}: {context}: {text!r}")
    if not check:
        compile_all()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
