"""Marks on numbers that the article prints differently, each a link to its row."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.article.regenerated import regenerated_values
from smcm.parameters import PUBLISHED, RunParameters
from smcm.published import Published
from smcm.report import format as fmt

MARK = "‡"
SETTINGS = ("data", "window_days", "site", "reading")


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed number and ours, both as they are written.

    Why they differ is for `smcm.article.comparison`, which audits what is printed.
    """

    printed: str
    own: str


Marks = Mapping[str, Difference]


def keeps_settings(run: RunParameters) -> bool:
    """Whether a run has the settings and the data behind the printed numbers."""
    default = RunParameters()
    return all(getattr(run, name) == getattr(default, name) for name in SETTINGS)


def printed_otherwise(study: Study) -> Marks:
    """Find numbers that an edition with the study's settings shows differently.

    Other editions have none: nearly every number differs there, as the chapter says.

    Returns
    -------
    mapping of str to Difference
        By the key of the printed number, in the order of the printed file.
    """
    if study.run.reading != PUBLISHED or not keeps_settings(study.run):
        return {}
    values = regenerated_values(study)
    return {
        entry.key: Difference(entry.text, entry.written(values[entry.key]))
        for entry in Published.read().of_kind("compare")
        if entry.key in values and entry.written(values[entry.key]) != entry.text
    }


def marked(text: str, key: str, marks: Marks) -> str:
    """Append the mark of a number, a link to its row, where it has one."""
    if key not in marks:
        return text
    return text + f"{{ref}}`{MARK} <{row_name(key)}>`"


def row_name(key: str) -> str:
    """Name of a row of the comparison with print, for links."""
    return f"printed-{key.replace('.', '-').lower()}"


def explained(study: Study, stem: str) -> tuple[str, ...]:
    """Explain the marks of one table, with what the article prints instead.

    Parameters
    ----------
    study : Study
    stem : str
        How the keys of the table's numbers begin.
    """
    found = [
        one for key, one in printed_otherwise(study).items() if key.startswith(stem)
    ]
    if not found:
        return ()
    printed = fmt.listed(f"{one.printed} instead of {one.own}" for one in found)
    return (
        f"{MARK} The article prints a different number: {printed}. Each mark links to "
        "its row in {numref}`tab-printed`; {numref}`tab-exceptions` gives the reasons.",
    )
