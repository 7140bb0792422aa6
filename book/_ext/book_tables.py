"""Give tables row headers, and numbers beneath each other by their decimal points.

Markdown cannot say that the first column of a table heads its rows; here every table
with a head gets that. In columns of numbers, spaces as wide as a digit bring the
decimal points beneath each other, those of limits in parentheses too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

NUMBER = re.compile(r"[−<±]?(?:\d[\d,]*)?(?:\.\d+|(?<=\d))")
MARKS = re.compile(r"[†‡*]*$")
DIGIT, POINT = "\N{FIGURE SPACE}", "\N{PUNCTUATION SPACE}"
SHORT = 24  # characters of a first column that is never broken
UNBROKEN = "unbroken"


class Columns(SphinxTransform):
    """Head the rows, and align the numbers."""

    default_priority = 750

    def apply(self, **_: object) -> None:
        """Go through the tables of a page."""
        for group in self.document.findall(nodes.tgroup):
            if group.next_node(nodes.thead) and group["cols"] > 1:
                _head_rows(group)
                _align(group)


def _head_rows(group: nodes.Element) -> None:
    next(group.findall(nodes.colspec))["stub"] = 1
    first = [row[0] for row in group.findall(nodes.row)]
    if max(len(entry.astext()) for entry in first) <= SHORT:
        for entry in first:
            entry["classes"].append(UNBROKEN)


def _align(group: nodes.Element) -> None:
    rows = list(group.next_node(nodes.tbody).findall(nodes.row))
    for column in zip(*rows, strict=False):
        cells = [cell for entry in column for cell in Cell.within(entry)]
        marks = max((cell.marks for cell in cells), default=0)
        for cell, padded in zip(cells, aligned([c.text for c in cells]), strict=True):
            cell.show(padded + DIGIT * (marks - cell.marks))


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell with its numbers in them.

    Attributes
    ----------
    node : nodes.Text
    text : str
    marks : int
        Characters of what follows, such as a mark that is a link.
    """

    node: nodes.Text
    text: str
    marks: int

    @classmethod
    def within(cls, entry: nodes.Element) -> Iterator["Cell"]:
        """Find it in a column that is aligned to the right."""
        if "text-right" not in entry["classes"]:
            return
        shown = [
            n for n in entry.findall(nodes.Text) if not isinstance(n.parent, nodes.raw)
        ]
        for place, node in enumerate(shown):
            if any(sign.isdigit() for sign in node):
                behind = sum(map(len, shown[place + 1 :]))
                yield cls(node, node.astext(), behind)
                return

    def show(self, padded: str) -> None:
        """Take padded words; the padding stands outside of what is set off or bold."""
        words = padded.strip(DIGIT + POINT)
        front, _, end = padded.partition(words)
        whole = self.node
        while not isinstance(whole.parent, nodes.paragraph):
            whole = whole.parent
        around, place = whole.parent, whole.parent.index(whole)
        if words != self.text:
            self.node.parent.replace(self.node, nodes.Text(words))
        for padding, at in ((end, place + 1), (front, place)):
            if padding:
                around.insert(at, nodes.Text(padding))


def aligned(texts: Sequence[str]) -> list[str]:
    """Pad the texts that have the commonest form, such as "0.07 (0.005 to 0.17)".

    Examples
    --------
    >>> [text.replace(DIGIT, "_") for text in aligned(["1.25", "10.5†", "n/a"])]
    ['_1.25_', '10.5_†', 'n/a']
    >>> [t.replace(DIGIT, "_") for t in aligned(["0.1 (−0.2 to 1)", "0.1 (0.2 to 1)"])]
    ['0.1 (−0.2 to 1)', '0.1 _(0.2 to 1)']
    """
    forms = Counter(map(_form, texts))
    form = max(forms, key=lambda one: forms[one], default="")
    alike = [text for text in texts if _form(text) == form]
    found = [[_parts(number) for number in NUMBER.findall(text)] for text in alike]
    widths = [
        tuple(max(len(parts[side]) for parts in numbers) for side in (0, 1))
        for numbers in zip(*found, strict=True)
    ]
    marks = max((len(_mark(text)) for text in alike), default=0)
    return [_padded(t, widths, marks) if _form(t) == form else t for t in texts]


def _form(text: str) -> str:
    return NUMBER.sub("#", MARKS.sub("", text))


def _mark(text: str) -> str:
    found = MARKS.search(text)
    return found[0] if found else ""


def _parts(number: str) -> tuple[str, str]:
    before, point, after = number.partition(".")
    return before, point + after


def _padded(text: str, widths: Sequence[tuple[int, ...]], marks: int) -> str:
    mark = _mark(text)
    pieces = NUMBER.split(text.removesuffix(mark))
    made = pieces[0]
    for number, behind, (left, right) in zip(
        NUMBER.findall(text), pieces[1:], widths, strict=True
    ):
        before, after = _parts(number)
        front = DIGIT * (left - len(before))
        end = DIGIT * (right - len(after))
        if end and not after:
            end = POINT + end[1:]
        opened = "(" * made.endswith("(")
        closed = ")" * behind.startswith(")")
        made = made.removesuffix("(") + front + opened + number + closed + end
        made += behind.removeprefix(")")
    return made + mark + DIGIT * (marks - len(mark))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_transform(Columns)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
