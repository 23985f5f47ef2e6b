"""What may be asked on the command line, and what it means."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import List, Sequence

from ..engine.errors import BadRequest
from ..engine.geometry import Region
from ..engine.version import plugin_version
from ..resource_paths import default_bundle

_EXAMPLES = """\
examples:
  python -m rs_vlm_plugin describe scene.tif
  python -m rs_vlm_plugin describe archive/ --json > descriptions.jsonl
  python -m rs_vlm_plugin describe scene.tif --region 500000,4400000,501000,4401000 --budget 64
  python -m rs_vlm_plugin classify *.tif --labels "forest,farmland,city,water" --json

exit status: 0 all done; 1 some failed, each with a line on stderr; 2 wrong usage; 130 interrupted
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. Leaves the process with 2 and a usage line where they make no sense."""
    return _parser().parse_args(_joined(argv))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rs_vlm_plugin",
        description="Describe and classify rasters with a vision-language model, offline.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"RS-VLM {plugin_version()}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    describe = _command(commands, "describe", "say what a raster shows, with evidence")
    describe.add_argument(
        "--policy",
        choices=("fixed", "random", "content"),
        default="content",
        help="which parts are looked at closely (default: %(default)s)",
    )
    describe.add_argument(
        "--budget", type=_budget, default=32, help="most tile evaluations (default: %(default)s)"
    )
    classify = _command(commands, "classify", "score labels of your own for a raster")
    classify.add_argument(
        "--labels", type=_labels, required=True, help="names separated by commas: forest,water,city"
    )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "rasters", nargs="+", metavar="RASTER", help="raster file, or folder searched for rasters"
    )
    command.add_argument(
        "--region",
        type=_region,
        metavar="XMIN,YMIN,XMAX,YMAX",
        help="only this part, in the raster's CRS (pixels where it has none)",
    )
    command.add_argument(
        "--json", action="store_true", help="one JSON object a line instead of text"
    )
    command.add_argument(
        "--bundle",
        type=Path,
        default=default_bundle(),
        help="model bundle, folder or zip (default: the one that comes with the plugin)",
    )
    command.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="where the model runs (default: %(default)s, the graphics card where it works)",
    )
    return command


def _joined(argv: Sequence[str]) -> List[str]:
    """`--region -5,40,-4,41` as one word, or argparse takes the value for an option."""
    words: List[str] = []
    for word in argv:
        if words and words[-1] == "--region":
            words[-1] += "=" + word
        else:
            words.append(word)
    return words


def _region(text: str) -> Region:
    try:
        xmin, ymin, xmax, ymax = (float(part) for part in text.split(","))
        return Region.from_bounds(xmin, ymin, xmax, ymax)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not four numbers XMIN,YMIN,XMAX,YMAX"
        ) from error
    except BadRequest as error:
        raise argparse.ArgumentTypeError(error.sentence()) from error


def _budget(text: str) -> int:
    try:
        budget = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from error
    if not 1 <= budget <= 1_000_000:
        raise argparse.ArgumentTypeError("the budget must be from 1 to 1,000,000 tiles")
    return budget


def _labels(text: str) -> List[str]:
    labels = [label.strip() for label in text.split(",")]
    if not all(labels):
        raise argparse.ArgumentTypeError("a label is empty; give names like: forest,water,city")
    return labels
