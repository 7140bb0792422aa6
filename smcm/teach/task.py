"""What students are told, the same words in a folder, in Moodle and in a notebook."""

from pathlib import Path

from smcm.teach.limits import ASKED
from smcm.teach.questions import DECIMALS
from smcm.teach.worlds import COVARIATES, M, X, Y

AIM = (
    "Does the working alliance between client and case manager carry the effect of "
    "fidelity on hope?"
)
COLUMNS = (
    f"{X}: fidelity of a client's care to the model, in points; it differs more "
    "between teams than within them",
    f"{M}: working alliance, in points (mediator)",
    f"{Y}: hope, in points (outcome)",
    f"covariates in both equations: {' and '.join(COVARIATES)} (hope before)",
    "leave team out",
)
RULES = (
    "All paths are unstandardized.",
    f"Give {DECIMALS} decimals, with a point or a comma.",
    f"For the limits, take at least {ASKED:,} bootstrap samples.",
    "Each answer counts one point. A path or an effect is right to its last decimal; "
    "limits may differ by what chance does to so many samples.",
)
THREE_SENTENCES = (
    "In three sentences: which further data would tell whether the alliance acts on "
    "hope, hope acts on the alliance, or something else raises both?"
)
READ_BY = "Your instructor reads this answer; it is not part of the points."


def listed(lines: tuple[str, ...]) -> str:
    """Write a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def listed_html(lines: tuple[str, ...]) -> str:
    """Write a list in HTML."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def text_of(name: str) -> str:
    """Read a text that stands beside this module, with gaps in braces."""
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
