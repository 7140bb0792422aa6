"""No page shows the rows of clients that a cell may have printed."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smcm.errors import BuildError
from smcm.shown import named

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

WORD = re.compile(r"\w[\w-]*")
LETTERED = re.compile(r"(?=.*[^\W\d_])(?=.*\d)...")  # a letter, a digit, three signs
MOST_CODES = 2  # of clients in one output; more are rows
CUT = re.compile(r"\b([\d,]+) rows (?:×|x) [\d,]+ columns")  # beneath a frame of pandas
HEAD = re.compile(r"<th>client_id</th>|\A[^\n]*\bclient_id\b")  # of a frame
ROW = re.compile(r"^\| *client_id *\|", re.MULTILINE)  # heads a table in Markdown
PLAIN, MARKDOWN = "text/plain", "text/markdown"
WORDS = (PLAIN, "text/html", MARKDOWN, "text/latex")


@dataclass(frozen=True, slots=True)
class Rows:
    """What tells rows of clients in an output.

    Attributes
    ----------
    codes : frozenset of str
        Of clients; those with a letter and a digit, which no sentence has by chance.
    n : int
        Clients.
    """

    codes: frozenset[str]
    n: int

    @classmethod
    def of(cls, cohort: "Cohort") -> "Rows":
        """Take the codes of a cohort."""
        codes = map(str, cohort.clients["client_id"])
        return cls(frozenset(filter(LETTERED.match, codes)), cohort.n)

    def are_in(self, text: str) -> bool:
        """Whether a text shows codes of clients, or a table with their column."""
        codes = self.codes.intersection(WORD.findall(text))
        return len(codes) > MOST_CODES or bool(ROW.search(text))

    def is_frame(self, text: str) -> bool:
        """Whether a text is a frame with the codes, or with as many rows as clients."""
        cut = (int(found.replace(",", "")) for found in CUT.findall(text))
        return bool(HEAD.search(text)) or any(rows >= self.n // 2 for rows in cut)

    def require_none(self, chapter: str, outputs: Iterable[Any]) -> None:
        """Refuse outputs of a cell that would put rows of clients on a page.

        Raises
        ------
        BuildError
        """
        found = [_texts(output) for output in outputs]
        if any(
            any(map(self.are_in, kinds.values()))
            or any(self.is_frame(kinds[kind]) for kind in _raw(kinds))
            for kinds in found
        ):
            raise BuildError(
                f"A cell of {named(chapter)} shows rows of clients; a page and its "
                "notebook may be published. Show a count, a mean or a model in that "
                "cell, or give it the tag remove-output."
            )


def _texts(output: Any) -> dict[str, str]:  # noqa: ANN401 (nbformat has no types)
    """Give the texts of an output, by their kind."""
    data = output.get("data", {})
    found = {kind: "".join(data[kind]) for kind in WORDS if kind in data}
    return found | ({PLAIN: "".join(output["text"])} if "text" in output else {})


def _raw(kinds: Collection[str]) -> list[str]:
    """Name the kinds that a frame has which was laid out by nobody.

    A table of a chapter shows itself as Markdown; its plain text has a frame within.
    """
    return [kind for kind in kinds if kind != PLAIN or MARKDOWN not in kinds]
