"""Printed and regenerated numbers, for the terminal and as JSON."""

from textwrap import fill, shorten

from smcm.analysis.study import Study
from smcm.article.comparison import Comparison, compare, counts
from smcm.parameters import RunParameters
from smcm.published import Published
from smcm.report.csv_text import plain
from smcm.report.show import Align
from smcm.report.terminal import grid, terminal_width
from smcm.report.words import beside

WORDS = {
    "equal": "equal",
    "cannot_hold": "cannot hold as printed",
    "by_rule": "equal by a rule the article does not state",
    "differs": "differs",
    "missing": "not in this run, or left out",
}
ALIGN: tuple[Align, ...] = ("left", "right", "right", "left")
IN_WORDS = "in words"


def printed_json(study: Study) -> dict[str, object]:
    """Count the rows by status and list them.

    Returns
    -------
    dict
        ``counts``, rows by status; ``rows``, each with ``key``, ``printed``,
        ``regenerated``, ``status`` and ``reason``; ``data``, what the numbers rest
        on. A finding in words holds or does not hold.
    """
    rows = compare(study, Published.read())
    return {
        "data": data_facts(study),
        "counts": counts(rows),
        "rows": [
            {
                "key": row.printed.key,
                "printed": row.printed.text or row.printed.meaning,
                "regenerated": row.regenerated or None,
                "status": row.status,
                "reason": row.reason,
            }
            for row in rows
        ],
    }


def data_facts(study: Study) -> dict[str, object]:
    """Say what data the numbers rest on, for any file that leaves the project."""
    cohort = study.cohort
    return {
        "name": cohort.name,
        "synthetic": cohort.synthetic,
        "statement": cohort.statement,
        "digest": cohort.digest,
    }


def printed_text(study: Study) -> str:
    """List every row, what it is, the exceptions with their reasons, and the counts."""
    rows = compare(study, Published.read())
    width = terminal_width()
    header = ("Key", *beside(study.cohort), "Status")
    cells = [_cells(row) for row in rows]
    exceptions = [row for row in rows if row.status != "equal"]
    parts = [grid(header, cells, ALIGN, width, [_meant(row, width) for row in rows])]
    if exceptions:
        parts += ["Not equal:", *(_explained(row, width) for row in exceptions)]
    parts += [counts_text(study, rows), fill(study.cohort.statement, width)]
    return "\n\n".join(parts)


def counts_text(study: Study, rows: tuple[Comparison, ...]) -> str:
    """Count the rows by status, a line each, in words."""
    found = counts(rows)
    lines = [f"{found[status]:5,}  {word}" for status, word in WORDS.items()]
    article = RunParameters()
    if (study.run.window_days, study.run.site) != (article.window_days, article.site):
        lines.append("This run has another window or other sites than the article.")
    if not study.cohort.calibrated:
        lines.append("The data are not the article's; its numbers are for comparison.")
    return "\n".join([f"{_heading(study)}:", *lines])


def _heading(study: Study) -> str:
    if study.cohort.calibrated:
        return "Printed numbers and findings"
    return "Numbers and findings of the published study"


def _cells(row: Comparison) -> tuple[str, ...]:
    text = row.printed.text if row.held is None else IN_WORDS
    shown = plain(row.regenerated or "–")
    return (row.printed.key, plain(text or IN_WORDS), shown, _short(row.status))


def _meant(row: Comparison, width: int) -> str:
    """Say where the number is printed and what it is, on one line."""
    text = plain(f"{row.printed.place}: {row.printed.meaning}")
    return f"  {shorten(text, width - 2, placeholder=' …')}"


def _short(status: str) -> str:
    return {"cannot_hold": "cannot hold", "by_rule": "by rule"}.get(status, status)


def _explained(row: Comparison, width: int) -> str:
    entry = row.printed
    beside = (
        f" (printed {entry.text}, here {row.regenerated or 'none'})"
        if entry.text and row.held is None
        else ""
    )
    reason = f" {row.reason}" if row.reason else ""
    text = f"{entry.key}: {entry.meaning}{beside}; {WORDS[row.status]}.{reason}"
    return fill(plain(text), width, subsequent_indent="  ", break_on_hyphens=False)
