"""Marks on numbers that the article prints differently, each a link to its row."""

from collections.abc import Mapping

from smcm.analysis.study import Study
from smcm.article.comparison import Comparison, compare
from smcm.parameters import PUBLISHED, RunParameters
from smcm.published import Published
from smcm.report import format as fmt

MARK = "‡"
SETTINGS = ("data", "window_days", "site", "reading")
Marks = Mapping[str, Comparison]
ITEMS = {  # label of a table or figure, by how the keys of its printed numbers begin
    "t1": "tab-characteristics",
    "t2": "tab-change",
    "t2n": "tab-change",
    "a": "tab-paths",
    "b": "tab-paths",
    "cprime": "tab-paths",
    "ab": "tab-indirect",
    "cs": "tab-indirect",
    "f2": "fig-paths-9",
    "f3": "fig-paths-18",
    "icc": "tab-nesting",
    "da": "tab-missing",
    "pow": "tab-power",
    "rec": "tab-reciprocity",
    "sens": "tab-sensitivity",
}


def keeps_settings(run: RunParameters) -> bool:
    """Whether a run has the settings and the data behind the printed numbers."""
    default = RunParameters()
    return all(getattr(run, name) == getattr(default, name) for name in SETTINGS)


def printed_otherwise(study: Study) -> Marks:
    """Find numbers that an edition with the study's settings shows differently.

    Other editions have none: nearly every number differs there, as the chapter says.

    Returns
    -------
    mapping of str to Comparison
        By the key of the printed number.
    """
    if study.run.reading != PUBLISHED or not keeps_settings(study.run):
        return {}
    return {
        row.printed.key: row
        for row in compare(study, Published.read())
        if row.value is not None and row.own != row.printed.text
    }


def marked(text: str, key: str, marks: Marks) -> str:
    """Append the mark of a number, a link to its row, where it has one."""
    if key not in marks:
        return text
    return text + f"{{ref}}`{MARK} <{row_name(key)}>`"


def row_name(key: str) -> str:
    """Name of a row of the comparison with print, for links."""
    return f"printed-{key.replace('.', '-').lower()}"


def item_of(key: str) -> str:
    """Label of the table or figure that shows a printed number; "" for none.

    Examples
    --------
    >>> item_of("t1.n"), item_of("fid.domains")
    ('tab-characteristics', '')
    """
    return ITEMS.get(key.partition(".")[0], "")


def explained(study: Study, stem: str) -> tuple[str, ...]:
    """Explain the marks of one table, with what the article prints instead.

    Parameters
    ----------
    study : Study
    stem : str
        How the keys of the table's numbers begin.
    """
    found = [r for key, r in printed_otherwise(study).items() if key.startswith(stem)]
    if not found:
        return ()
    printed = fmt.listed(f"{row.printed.text} instead of {row.own}" for row in found)
    return (
        f"{MARK} The article prints a different number: {printed}. Each mark links to "
        "its row in {numref}`tab-printed`; {numref}`tab-exceptions` gives the reasons.",
    )
