"""Make the synthetic cohort: ``python -m generator``."""

import argparse
from pathlib import Path

from generator.agreement import print_agreement
from generator.design import published_design
from generator.pipeline import generate
from generator.printed import Printed
from smcm.paths import SYNTHETIC


def main() -> None:
    """Generate, write, and compare with the printed numbers."""
    parser = argparse.ArgumentParser(prog="generator", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=SYNTHETIC, help="folder to write to"
    )
    arguments = parser.parse_args()
    printed = Printed.load()
    generate(arguments.out, published_design(printed), printed)
    print_agreement(arguments.out)


if __name__ == "__main__":
    main()
