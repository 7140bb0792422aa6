"""``smcm new``: a folder of empty tables for an author's own data."""

import os
import shlex
import subprocess
from pathlib import Path

import click

from smcm.cli.path_options import Place
from smcm.parameters import SYNTHETIC
from smcm.rerun.outputs import OutputError, require_writable
from smcm.rerun.parts import holds_others, write_whole
from smcm.rerun.saying import say
from smcm.shown import shown, visible

WINDOWS = os.name == "nt"


@click.command(short_help="Create a folder of empty tables for your own data.")
@click.argument("folder", metavar="DIR", type=Place(Path, made=True))
def new(folder: Path) -> None:
    """Create a data folder to fill in: empty tables, their schemas, and a guide.

    DIR is a folder that is empty or does not exist yet. It receives CSV files with
    their headers, a data package descriptor with a schema for every table, and a
    README.md that describes the files in the order in which to fill them in. If
    anything fails, nothing is written.

    \b
    Examples:
      smcm new my-study
      smcm new "~/Études/suivi de l’équipe"
    """  # noqa: D301 (click reads the sign)
    place = require_writable(folder, SYNTHETIC, named="DIR")
    if holds_others(place):
        raise OutputError(
            f"DIR is {shown(folder)}, which holds files already; name a folder "
            "that is empty or does not exist yet."
        )
    from smcm.design.study_file import shipped_study  # noqa: PLC0415
    from smcm.report.starter import DESCRIPTOR, GUIDE, starter_files  # noqa: PLC0415

    def write(part: Path) -> None:
        for name, text in starter_files(shipped_study()).items():
            (part / name).parent.mkdir(exist_ok=True)
            (part / name).write_text(text, encoding="utf-8", newline="\n")

    files = write_whole(place, DESCRIPTOR, write)
    quoted = subprocess.list2cmdline if WINDOWS else shlex.join
    typed = quoted([str(place)])
    say(f"Wrote {len(files)} files in {visible(str(place))}.")
    say(f"Next: read {GUIDE} there, fill in the tables, and check them:")
    say(f"  smcm check {typed}")
