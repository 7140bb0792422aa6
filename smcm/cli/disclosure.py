"""What a command says at its end where the data are of real people."""

from pathlib import Path
from typing import TYPE_CHECKING

from smcm.report.of_clients import left_out
from smcm.shown import visible

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

NO_PERMISSION = (
    "This is a help and no permission: whether anybody may see the results is for "
    "your ethics board and your partners to decide."
)


def words_for_files() -> str:
    """Say what `smcm study --out` leaves out of its files."""
    return (
        "The data are not marked as synthetic. The files have no row and no mark for "
        "a client, and show no small count; what they say of small sites and teams can "
        "still identify people. "
        f"{NO_PERMISSION}"
    )


def words_for_pages(pages: Path, data: str, cohort: "Cohort") -> str:
    """Say what a book on real data leaves out, and what to check before it is shown.

    Parameters
    ----------
    pages : Path
        Folder of the pages.
    data : str
        As it was typed.
    cohort : Cohort
    """
    said = left_out(cohort.design, cohort.fewest_clients)
    return "\n".join(
        [
            "The data are not marked as synthetic, so the pages show no single client.",
            "Left out:",
            *(f"  - {sentence}" for sentence in said),
            "Check before anybody else sees the pages:",
            f"  - smcm scan {_quoted(str(pages))} --data {_quoted(data)}",
            "  - what tables, figures and sentences say of sites and teams with few "
            "clients",
            "  - the words of your own: manifest.json, and the codes of sites and "
            "teams",
            "  - what else is public about the study, such as an earlier edition on "
            "fewer clients",
            NO_PERMISSION,
        ]
    )


def _quoted(path: str) -> str:
    """Write a path so that a shell reads it as one word."""
    shown = visible(path)
    return f'"{shown}"' if any(sign.isspace() for sign in shown) else shown
