"""Time the homework of a class against plain fits of one model to the same files.

Run from the repository root: ``python -m benchmarks.teach``. A class is drawn, its keys
are made, and its files are written; the other side fits each file once, with the
resamples that a student is asked for. Times are CPU seconds of one process in one run.
"""

import tempfile
from pathlib import Path

import click
from click.testing import CliRunner
from threadpoolctl import threadpool_limits

from benchmarks.measured import timed
from smcm import mediate
from smcm.cli.main import main
from smcm.teach.keys import assign
from smcm.teach.limits import ASKED
from smcm.teach.worlds import COVARIATES, M, X, Y

STUDENTS = 200
MOST = 8.0  # times the plain fits
WORLD, HOMEWORK, SECRET = "mediated", "bench", b"of this benchmark"


def hand_out(students: int, place: Path) -> None:
    """Write the files of a class."""
    roster = place / "roster.csv"
    names = [f"student{k}" for k in range(students)]
    roster.write_text("\n".join(["student", *names]) + "\n", encoding="utf-8")
    out = place / "class"
    told = ["teach", "class", roster, "--homework", HOMEWORK, "--out", out]
    CliRunner().invoke(main, list(map(str, told)), catch_exceptions=False)
    assert len(list((out / "students").iterdir())) == students


def fit_plainly(students: int) -> None:
    """Fit one file as many times as there are students."""
    frame = assign(WORLD, SECRET, HOMEWORK, "student0").frame
    for _ in range(students):
        mediate(frame, x=X, m=M, y=Y, covariates=COVARIATES, n_boot=ASKED)


@click.command()
@click.option("--students", default=STUDENTS, show_default=True)
def compare(students: int) -> None:
    """Print both times and their ratio."""
    with threadpool_limits(1), tempfile.TemporaryDirectory() as place:
        _, ours = timed(lambda: hand_out(students, Path(place)), 1)
        _, plain = timed(lambda: fit_plainly(students), 1)
    click.echo(f"{students} students: {ours.cpu:.1f} s, plain fits {plain.cpu:.1f} s")
    click.echo(f"ratio {ours.cpu / plain.cpu:.2f}, at most {MOST:g}")


if __name__ == "__main__":
    compare()
