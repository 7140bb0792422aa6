"""Make a synthetic cohort.

published: clients, teams and gaps like those of the study, calibrated until the
regenerated tables print as the published ones do. Takes some minutes, writes to
data/synthetic unless told otherwise, and compares itself with print at the end.

second: 180 clients of 9 teams at 5 sites, a quarter of the scale scores missing, and
effects that follow from the seed and stand in instructor.md alone. Takes seconds. It
serves to try the book on other data and to teach: estimates can be held against the
truth.
"""

import argparse
from pathlib import Path

from generator.agreement import print_agreement
from generator.design import published_design, second_design
from generator.pipeline import generate
from generator.printed import Printed
from generator.second import generate_second
from generator.writing import MANIFEST
from smcm.paths import SYNTHETIC

EXAMPLES = """\
examples:
  python -m generator
  python -m generator --design second --out ~/second
  python -m generator --design second --seed 7 --completed --out ~/seventh

then:
  smcm check ~/second
  smcm study --data ~/second
"""


def main() -> None:
    """Generate, write, and compare the calibrated cohort with the printed numbers."""
    parser = _parser()
    arguments = parser.parse_args()
    seed = {} if arguments.seed is None else {"seed": arguments.seed}
    if arguments.design == "second":
        if arguments.out is None:
            parser.error("--design second needs --out DIR, a folder of its own.")
        if _is_taken(arguments.out):
            parser.error(f"{arguments.out} holds other things; name an empty folder.")
        design = second_design(**seed)
        generate_second(arguments.out, design, completed=arguments.completed)
        print(f"Next: smcm check {arguments.out}")
        return
    if arguments.completed:
        parser.error("--completed is for --design second; the first has it anyway.")
    printed = Printed.load()
    folder = arguments.out or SYNTHETIC
    generate(folder, published_design(printed, **seed), printed)
    print_agreement(folder)


def _is_taken(folder: Path) -> bool:
    """Whether there is anything in the way but an earlier cohort."""
    if not folder.is_dir():
        return folder.exists()
    return any(folder.iterdir()) and not (folder / MANIFEST).is_file()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="generator",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--design",
        choices=("published", "second"),
        default="published",
        help="which cohort to make (default: published)",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to write to")
    parser.add_argument(
        "--seed", type=int, help="another seed makes other clients of the same kind"
    )
    parser.add_argument(
        "--completed",
        action="store_true",
        help="with second: also write the answers from before the gaps were cut",
    )
    return parser


if __name__ == "__main__":
    main()
