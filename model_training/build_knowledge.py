"""Build the knowledge base of a bundle from taxonomies and training captions.

Usage: python model_training/build_knowledge.py --bundle DIR --data DIR

Captions come from the training images of the bundle's own experiment (what it held out for
validation stays out, test files are never opened) and from text-only files with --text. With
--caption-memory the bundle also remembers whole captions by what their training images look like;
--memory-only leaves the rest out, for a model that retrieves nothing else.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path[0] = str(ROOT)


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Command line of `build_knowledge.py`."""
    from model_training.knowledge import KnowledgeCounts
    from model_training.train import default_data_dir

    counts = KnowledgeCounts()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--bundle",
        type=Path,
        default=ROOT / "resources" / "model",
        help="bundle folder that gets the knowledge base; its text tower embeds the entries",
    )
    parser.add_argument("--data", type=Path, default=default_data_dir())
    parser.add_argument(
        "--text", default="", help="text-only parquet files beside the sets, comma-separated"
    )
    parser.add_argument("--sentences", type=int, default=counts.sentences)
    parser.add_argument("--relations", type=int, default=counts.relations)
    parser.add_argument("--things", type=int, default=counts.things)
    memory = parser.add_mutually_exclusive_group()
    memory.add_argument(
        "--caption-memory",
        action="store_true",
        help="also remember captions by their images; the bundle's captions are chosen by them",
    )
    memory.add_argument(
        "--memory-only", action="store_true", help="remember captions by their images only"
    )
    parser.add_argument(
        "--training-file", type=Path, help="also write all entries with their images to this file"
    )
    arguments = parser.parse_args(argv)
    if arguments.memory_only and arguments.training_file:
        parser.error("--training-file lists the entries that --memory-only leaves out")
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Build; returns the exit code. Errors a user can mend are one line on stderr."""
    arguments = parse_arguments(argv)
    from model_training.config import ExperimentConfig
    from model_training.data.corpus import load_corpus
    from model_training.data.records import DataMissing
    from model_training.knowledge import KnowledgeCounts, build_entries
    from model_training.knowledge.bundle_file import (
        knowledge_bytes,
        put_knowledge,
        write_training_file,
    )
    from model_training.knowledge.caption_memory import (
        SETTINGS,
        NothingShared,
        remember_captions,
    )
    from model_training.knowledge.training_text import captioned_images, text_only_images
    from rs_vlm_plugin.engine.errors import RsVlmError
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    try:
        bundle = load_bundle(arguments.bundle)
        experiment = bundle.manifest.training.get("experiment")
        if experiment is None:
            print(
                "build_knowledge.py: the bundle does not say what it was trained on, so test "
                "captions could not be told from training captions.",
                file=sys.stderr,
            )
            return 1
        corpus = load_corpus(ExperimentConfig.from_json(experiment), arguments.data)
        texts = [name.strip() for name in arguments.text.split(",") if name.strip()]
        images = captioned_images(corpus.train) + text_only_images(arguments.data, texts)
        counts = KnowledgeCounts(arguments.sentences, arguments.relations, arguments.things)
        built = None if arguments.memory_only else build_entries(images, counts)
        model = VisionLanguageModel(bundle, device="cpu")
        memory = None
        if arguments.caption_memory or arguments.memory_only:
            memory = remember_captions(model, corpus.train)
        data = knowledge_bytes(model, built, memory)
        put_knowledge(arguments.bundle, data, None if memory is None else SETTINGS)
        if arguments.training_file and built is not None:
            write_training_file(arguments.training_file, built)
    except (RsVlmError, DataMissing, NothingShared, FileNotFoundError) as error:
        print(f"build_knowledge.py: {error}", file=sys.stderr)
        return 1
    entries = () if built is None else built.entries
    for (level, kind), many in Counter((e.level, e.source.kind) for e in entries).items():
        print(f"{level:8} {kind:10} {many:6}")
    total = len(entries)
    if memory is not None:
        print(f"remembered captions {len(memory):6}")
        total += len(memory)
    zipped = len(zlib.compress(data, 9))
    print(
        f"{total} entries, {len(data) / 1e3:.0f} KB, {zipped / 1e3:.0f} KB in a zip "
        f"({zipped / total:.0f} KB per 1000 entries)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
