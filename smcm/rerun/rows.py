"""No page shows the rows of clients that a cell may have printed."""

import re
from collections.abc import Iterable, Iterator
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
HEAD = re.compile(r"<th>client_id</th>|^\W*client_id\b", re.MULTILINE)
WORDS = ("text/plain", "text/html", "text/markdown", "text/latex")


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
        """Whether a text shows rows: codes, their column, or a frame cut for length."""
        if len(self.codes.intersection(WORD.findall(text))) > MOST_CODES:
            return True
        cut = (int(found.replace(",", "")) for found in CUT.findall(text))
        return any(rows >= self.n // 2 for rows in cut) or bool(HEAD.search(text))

    def require_none(self, chapter: str, outputs: Iterable[Any]) -> None:
        """Refuse outputs of a cell that would put rows of clients on a page.

        Raises
        ------
        BuildError
        """
        if any(self.are_in(text) for text in _texts(outputs)):
            raise BuildError(
                f"A cell of {named(chapter)} shows rows of clients; a page and its "
                "notebook may be published. Show a count, a mean or a model in that "
                "cell, or give it the tag remove-output."
            )


def _texts(outputs: Iterable[Any]) -> Iterator[str]:
    for output in outputs:
        yield "".join(output.get("text", ""))
        for kind in WORDS:
            yield "".join(output.get("data", {}).get(kind, ""))
