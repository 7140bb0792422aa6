"""``smcm check``: the faults of a data folder, or a summary of a sound one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smcm.cli.path_options import Place
from smcm.errors import DataError, ImpossibleRunError
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.rerun.outputs import OutputError, require_writable
from smcm.rerun.parts import holds_others, write_whole
from smcm.rerun.preflight import require_folder
from smcm.rerun.saying import say
from smcm.shown import named, shown, visible

if TYPE_CHECKING:
    from smcm.design.study import StudyDesign


@click.command(short_help="Check a data folder for faults.")
@click.argument("data", default=SYNTHETIC, type=Place(str))
@click.option("--all", "everything", is_flag=True, help="Show all faults of each file.")
@click.option(
    "--schema",
    "schema",
    type=Place(Path, made=True),
    metavar="DIR",
    help="Write the tables' schemas into DIR, for programs that read Frictionless.",
)
@click.pass_context
def check(ctx: click.Context, data: str, everything: bool, schema: Path | None) -> None:
    """Check a data folder and list every fault with its remedy.

    DATA is the path of a folder, or the word synthetic (the default) for the shipped
    cohort. Nothing is changed. The exit code is 2 if there are faults, or if the models
    cannot be fitted to the data. A sound folder is summarized column by column, with
    remarks on values that look like slips, and its study file is read back in words.
    A folder without a file study.toml has the shipped design.

    \b
    Examples:
      smcm check
      smcm check ~/my-study
      smcm check ~/my-study --all
      smcm check --schema my-schemas
    """  # noqa: D301 (click reads the sign)
    require_folder(data, "DATA")
    from smcm import load_cohort, selected_clients  # noqa: PLC0415 (slow to import)
    from smcm.paths import STUDY_FILE  # noqa: PLC0415
    from smcm.report.check_text import sound_text  # noqa: PLC0415
    from smcm.report.faults import SHOWN_PER_FILE, fault_report  # noqa: PLC0415
    from smcm.report.study_words import study_in_words  # noqa: PLC0415

    try:
        cohort = load_cohort(data)
        window = cohort.design.exposure.main_window
        selected_clients(cohort, RunParameters(data=data, window_days=window))
    except DataError as error:
        most = None if everything else SHOWN_PER_FILE
        say(fault_report(data, error.faults, most))
        ctx.exit(2)
    except ImpossibleRunError as error:
        say(
            f"The files of {named(data)} have no faults, but the models cannot be "
            f"fitted to them: {error}"
        )
        ctx.exit(2)
    say(sound_text(data, cohort))
    say(f"\n{STUDY_FILE}: {study_in_words(cohort.design)}")
    if schema is not None:
        _write_schemas(schema, data, cohort.design)


def _write_schemas(folder: Path, data: str, study: "StudyDesign") -> None:
    """Write the descriptor and the schemas into a folder that is empty or new."""
    from smcm.report.frictionless import DESCRIPTOR, descriptor_files  # noqa: PLC0415

    place = require_writable(folder, data, named="--schema")
    if holds_others(place):
        raise OutputError(
            f"--schema is {shown(folder)}, which holds files already; name a folder "
            "that is empty or does not exist yet."
        )

    def write(part: Path) -> None:
        for name, text in descriptor_files(study).items():
            (part / name).write_text(text, encoding="utf-8", newline="\n")

    files = write_whole(place, DESCRIPTOR, write)
    say(f"Wrote {len(files)} files in {visible(str(place))}.")
