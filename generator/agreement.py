"""The last word of a run: every printed number beside the one the cohort gives."""

from pathlib import Path

from smcm.analysis.study import run_study
from smcm.article.comparison import compare, counts
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.published import Published

WIDTHS = (28, 12, 14)


def print_agreement(folder: Path) -> None:
    """Analyse the cohort in a folder and print the comparison.

    Parameters
    ----------
    folder : Path
        A data folder, for example ``data/synthetic``.
    """
    run = RunParameters(data=str(folder))
    rows = compare(run_study(load_cohort(str(folder)), run), Published.read())
    print("\n" + _line("key", "printed", "regenerated", "status"))
    for row in rows:
        text = row.printed.text or "in words"
        print(_line(row.printed.key, text, row.regenerated, row.status))
    summary = ", ".join(f"{n} {status}" for status, n in counts(rows).items())
    print(f"\n{len(rows)} rows: {summary}.")


def _line(key: str, printed: str, regenerated: str, status: str) -> str:
    cells = zip((key, printed, regenerated), WIDTHS, strict=True)
    return "".join(text.ljust(width) for text, width in cells) + status
