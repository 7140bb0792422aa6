"""``smcm scan``: whether a book gives anybody away."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smcm.cli.path_options import Place
from smcm.errors import SmcmError
from smcm.input_files import FILE, FOLDER, kind_of
from smcm.parameters import SYNTHETIC
from smcm.paths import DATA, home_expanded
from smcm.rerun.preflight import require_folder
from smcm.rerun.progress import counted
from smcm.rerun.saying import say
from smcm.shown import named, shown

if TYPE_CHECKING:
    from smcm.scan.findings import Scanned

FOUND = 1  # exit code
MOST_LINES = 40


@click.command(short_help="Look for clients and places of your data in a book.")
@click.argument("book", type=Place(Path))
@click.option("--data", required=True, type=Place(str), help="The data of the book.")
@click.pass_context
def scan(ctx: click.Context, book: Path, data: str) -> None:
    """Look into every file of a book for what would give somebody away.

    BOOK is a folder, such as _build/html, or one file; DATA is the folder of the data,
    or synthetic. The scan looks for codes of clients and case managers, days of entry
    and of interviews, names for which an import put codes, files with a row for each
    client, and folders of this machine: in pages, sources, notebooks, JSON, SVG, the
    texts of images, archives and Office files, and in PDF where pdftotext is installed.
    Codes that are plain numbers count from 10% of them in one file, for a few turn up
    by chance. Files of the theme, and those of the code of this book with its invented
    cohort, are passed over where they are the same as here.

    The exit code is 0 if nothing is found, and 1 otherwise. That nothing is found is no
    permission: the scan shows that these words are absent, not that nobody can be
    recognized.

    \b
    Examples:
      smcm scan _build/html --data ~/my-study
      smcm scan results.docx --data ~/my-study
    """  # noqa: D301 (click reads the sign)
    kind = kind_of(book)
    if kind not in (FILE, FOLDER):
        raise SmcmError(f"BOOK is {shown(str(book))}, which is {kind}.")
    require_folder(data, "--data")
    from smcm.scan.findings import files_of  # noqa: PLC0415 (slow to import)
    from smcm.scan.findings import scan as look  # noqa: PLC0415
    from smcm.scan.secrets import secrets_of  # noqa: PLC0415

    own = data == SYNTHETIC
    folder = DATA / SYNTHETIC if own else home_expanded(Path(data), "--data")
    secrets = secrets_of(folder)
    with counted(len(files_of(book)), "Scanning") as step:
        scanned = look(book, secrets, step)
    say(_text(scanned))
    if scanned.findings:
        ctx.exit(FOUND)


def _text(scanned: "Scanned") -> str:
    """Write findings, then what could not be read, then the sum."""
    found, unread = scanned.findings, scanned.not_vouched_for
    lines = [f"  {finding}" for finding in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(f"  … and {len(found) - MOST_LINES:,} more.")
    lines += [f"Not vouched for: {named(file)}: {why}." for file, why in unread]
    findings = "1 finding" if len(found) == 1 else f"{len(found):,} findings"
    lines.append(f"{scanned.files:,} files, {findings}.")
    if not found:
        lines.append(
            "None of these codes, names, days and folders is there. Whether somebody "
            "can be recognized all the same is for you to judge."
        )
    return "\n".join(lines)
