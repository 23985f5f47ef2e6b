"""What may be asked on the command line, and what it means."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, List, Sequence, Tuple

from ..engine.compare.comparing import BUDGET as COMPARE_BUDGET
from ..engine.compare.comparing import MIN_CHANGE
from ..engine.dris.policies import POLICIES
from ..engine.errors import BadRequest
from ..engine.find.finding import FIND_POLICIES
from ..engine.find.finding import POLICY as FIND_POLICY
from ..engine.geometry import Region
from ..engine.search.searching import MOST_RESULTS
from ..engine.version import plugin_version
from ..resource_paths import default_bundle

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_EXAMPLES = """\
examples:
  python -m rs_vlm_plugin describe scene.tif
  python -m rs_vlm_plugin describe archive/ --json > descriptions.jsonl
  python -m rs_vlm_plugin describe scene.tif --region 500000,4400000,501000,4401000 --budget 64
  python -m rs_vlm_plugin classify *.tif --labels "forest,farmland,city,water" --json
  python -m rs_vlm_plugin ask scene.tif "how many planes are there?"
  python -m rs_vlm_plugin find scene.tif "storage tank" ship --json > found.geojson
  python -m rs_vlm_plugin compare 2019.tif 2024.tif --json > changes.json
  python -m rs_vlm_plugin index build archive/ -o archive.gpkg
  python -m rs_vlm_plugin search archive.gpkg "storage tanks not water" -k 20 --json

exit status: 0 all done; 1 some failed, each with a line on stderr; 2 wrong usage; 130 interrupted
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. Leaves the process with 2 and a usage line where they make no sense."""
    return _parser().parse_args(_joined(argv))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rs_vlm_plugin",
        description="Describe, ask about and search rasters with a vision-language model, offline.",
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
    _add_knowledge(describe)
    classify = _command(commands, "classify", "score labels of your own for a raster")
    classify.add_argument(
        "--labels", type=_labels, required=True, help="names separated by commas: forest,water,city"
    )
    _add_ask(commands)
    _add_find(commands)
    _add_compare(commands)
    _add_index(commands)
    _add_search(commands)
    return parser


def _add_ask(commands: Commands) -> None:
    command = _plain_command(commands, "ask", "answer a question about a raster, with evidence")
    command.add_argument("raster", metavar="RASTER", help="raster file")
    command.add_argument("question", metavar="QUESTION", help='in English: "is there a river?"')
    _add_region(command)
    _add_effort(command, 32)
    command.add_argument("--json", action="store_true", help="one JSON object instead of text")
    _add_knowledge(command)
    _add_model(command)


def _add_find(commands: Commands) -> None:
    command = _plain_command(commands, "find", "find every object that phrases name")
    command.add_argument("raster", metavar="RASTER", help="raster file")
    command.add_argument(
        "phrases",
        nargs="+",
        metavar="PHRASE",
        help='what to find: "storage tank", or several parted by commas',
    )
    _add_region(command)
    _add_effort(command, 64, FIND_POLICIES, FIND_POLICY)
    command.add_argument(
        "--min-score",
        type=_score,
        help="leave out objects below this score, 0..1 (default: the model's own threshold)",
    )
    command.add_argument(
        "--json", action="store_true", help="a GeoJSON FeatureCollection instead of text"
    )
    _add_model(command)


def _add_compare(commands: Commands) -> None:
    command = _plain_command(
        commands, "compare", "say what changed from one raster of a place to another"
    )
    command.add_argument("raster", metavar="BEFORE", help="raster file; results are in its CRS")
    command.add_argument(
        "after", metavar="AFTER", help="raster file; CRS, resolution and extent may differ"
    )
    _add_region(command)
    _add_effort(command, COMPARE_BUDGET)
    command.add_argument(
        "--min-change",
        type=_score,
        default=MIN_CHANGE,
        metavar="S",
        help="change from which a place counts as changed, 0..1 (default: %(default)s)",
    )
    command.add_argument("--json", action="store_true", help="one JSON object instead of text")
    _add_knowledge(command)
    _add_model(command)


def _add_effort(
    command: argparse.ArgumentParser,
    budget: int,
    policies: Sequence[str] = tuple(POLICIES),
    policy: str = "content",
) -> None:
    command.add_argument(
        "--policy",
        choices=tuple(policies),
        default=policy,
        help="which parts are looked at closely (default: %(default)s)",
    )
    command.add_argument(
        "--budget",
        type=_budget,
        default=budget,
        help="most tile evaluations (default: %(default)s)",
    )


def _add_index(commands: Commands) -> None:
    index = _plain_command(commands, "index", "build, update or look into a searchable tile index")
    actions = index.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = _plain_command(actions, "build", "look at rasters and store what the model sees")
    build.add_argument(
        "rasters",
        nargs="+",
        metavar="RASTER",
        help="raster file, folder searched for rasters, STAC item, collection or catalogue "
        "(.json), or text file with a raster a line (.txt)",
    )
    build.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="INDEX.gpkg",
        help="the index; one that is there is continued",
    )
    build.add_argument(
        "--policy",
        choices=tuple(POLICIES),
        default="content",
        help="which parts are looked at closely (default: %(default)s)",
    )
    build.add_argument(
        "--budget",
        type=_budget,
        help="most tile evaluations a raster (default: a quarter of the tiles of all scales)",
    )
    build.add_argument(
        "--estimate", action="store_true", help="only say how large and how long it would be"
    )
    _add_model(build)
    info = _plain_command(actions, "info", "say what an index holds")
    info.add_argument("index", type=Path, metavar="INDEX.gpkg")
    update = _plain_command(actions, "update", "read changed rasters again, drop those gone")
    update.add_argument("index", type=Path, metavar="INDEX.gpkg")
    update.add_argument(
        "--drop-unreachable",
        action="store_true",
        help="drop rasters of missing folders too, which may be on a drive that is not there",
    )
    update.add_argument(
        "--add-regions",
        action="store_true",
        help="read rasters again that were indexed without vectors of parts of tiles",
    )
    _add_model(update)
    for action in (build, info, update):
        action.add_argument("--json", action="store_true", help="one JSON object instead of text")


def _add_search(commands: Commands) -> None:
    search = _plain_command(commands, "search", "find places by what they show")
    search.add_argument("index", type=Path, metavar="INDEX.gpkg")
    search.add_argument("text", metavar="TEXT", help='what to look for: "storage tanks not water"')
    search.add_argument("-k", type=_count, default=10, help="most places (default: %(default)s)")
    _add_region(search)
    search.add_argument(
        "--raster", action="append", metavar="RASTER", help="only this raster (may be repeated)"
    )
    search.add_argument(
        "--min-score", type=_score, default=0.0, help="leave out places below this relevance, 0..1"
    )
    search.add_argument(
        "--gsd",
        type=_gsd_range,
        metavar="FINEST,COARSEST",
        help="only tiles seen at this many metres per model pixel",
    )
    search.add_argument(
        "--quick",
        action="store_true",
        help="do not read the rasters again: places are whole tiles",
    )
    search.add_argument("--json", action="store_true", help="one JSON array instead of text")
    _add_knowledge(search)
    _add_model(search)


def _command(commands: Commands, name: str, summary: str) -> argparse.ArgumentParser:
    command = _plain_command(commands, name, summary)
    command.add_argument(
        "rasters", nargs="+", metavar="RASTER", help="raster file, or folder searched for rasters"
    )
    _add_region(command)
    command.add_argument(
        "--json", action="store_true", help="one JSON object a line instead of text"
    )
    _add_model(command)
    return command


def _plain_command(commands: Commands, name: str, summary: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_region(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--region",
        type=_region,
        metavar="XMIN,YMIN,XMAX,YMAX",
        help="only this part, in the raster's CRS (pixels where it has none)",
    )


def _add_knowledge(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--knowledge",
        type=Path,
        metavar="FILE",
        help="JSON with entries of your own that the model may look up, see docs/knowledge-base.md",
    )


def _add_model(command: argparse.ArgumentParser) -> None:
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


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_RESULTS:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST_RESULTS:,}")
    return int(text)


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from error
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError("a score is from 0 to 1")
    return score


def _gsd_range(text: str) -> Tuple[float, float]:
    try:
        finest, coarsest = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not two numbers FINEST,COARSEST") from error
    if not 0 < finest <= coarsest:
        raise argparse.ArgumentTypeError("give the finer number first; both are above 0")
    return finest, coarsest


def _labels(text: str) -> List[str]:
    labels = [label.strip() for label in text.split(",")]
    if not all(labels):
        raise argparse.ArgumentTypeError("a label is empty; give names like: forest,water,city")
    return labels
