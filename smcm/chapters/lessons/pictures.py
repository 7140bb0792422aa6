"""The picture of a lesson: finished shapes and sentences, locked until a prediction.

Nothing is computed in the browser. Without JavaScript a picture is the sentence of its
end state; with it, ``book/_static/teach.js`` shows the rest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, NamedTuple

from smcm.chapters.lessons.drawing import Shape

STATIC = "../../_static"  # seen from a lesson
MOST_BYTES = 40_000


class Heap(NamedTuple):
    """Shapes are added drop by drop."""

    drops: Sequence[Sequence[Shape]]  # what each adds
    says: Sequence[str]  # of each
    last: Sequence[Shape]  # added when all are there
    nouns: tuple[str, str]  # what a drop is: ("study", "studies")


class Views(NamedTuple):
    """One of several views is chosen, by one button of each group."""

    controls: Mapping[str, Sequence[str]]  # buttons by legend; the last changes fastest
    shapes: Sequence[Sequence[Shape]]  # of each view
    says: Sequence[str]
    goals: Sequence[int]  # the views that are the end state
    first: Sequence[int]  # what is chosen at first in each group


class Cards(NamedTuple):
    """What is behind each card is guessed, then all are turned."""

    fronts: Sequence[tuple[str, Sequence[str]]]  # title and lines
    options: Sequence[str]  # of a guess
    right: Sequence[int]  # option of each card
    backs: Sequence[str]
    counts: Sequence[str]  # what is said with none, one, two, … guessed right


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture.

    Attributes
    ----------
    kind : str
        heap (shapes that are added), grid and scatter (views that are chosen), or cards
        (which are guessed and turned).
    question : str
        Answered before the picture can be used.
    replies : mapping of str to str
        What the end state says to whoever chose it, by the words of each choice.
    prompt : str
        What to do once the prediction is made.
    end : str
        The sentence of the end state.
    height : int
        Of the sheet, in its units; 0 for cards.
    base : sequence of Shape
        What is there from the beginning.
    content : Heap, Views or Cards
    """

    kind: Literal["heap", "grid", "scatter", "cards"]
    question: str
    replies: Mapping[str, str]
    prompt: str
    end: str
    height: int = 0
    base: Sequence[Shape] = ()
    content: Heap | Views | Cards

    def __repr__(self) -> str:
        """Say in a terminal what a page says without its script."""
        return self.end

    def _repr_html_(self) -> str:
        held = {
            "height": self.height,
            "base": self.base,
            "prompt": self.prompt,
            "end": self.end,
            "replies": list(self.replies.values()),
            **self.content._asdict(),
        }
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
        sheet = '<svg role="img" aria-label="Nothing is drawn yet."></svg>'
        return (
            f'<link rel="stylesheet" href="{STATIC}/teach.css"/>\n'
            f'<div class="teach" role="group" aria-label="Picture" '
            f'data-teach="{self.kind}">\n'
            f'<div class="teach-live" hidden>\n{self._asked()}\n'
            f'<div class="teach-controls"></div>\n{sheet if self.height else ""}\n'
            '<p class="teach-says" role="status"></p>\n</div>\n'
            f'<p class="teach-plain">{escape(self.end)}</p>\n'
            f'<script type="application/json">{text.replace("<", chr(92) + "u003c")}'
            f'</script>\n</div>\n<script src="{STATIC}/teach.js"></script>\n'
        )

    def _asked(self) -> str:
        """Write the prediction as a group of buttons of which one is chosen."""
        choices = "".join(
            f'<label><input type="radio" name="teach-predicted" value="{place}"/> '
            f"{escape(choice)}</label>"
            for place, choice in enumerate(self.replies)
        )
        question = escape(self.question)
        legend = f"<legend>{question}</legend>"
        return f'<fieldset class="teach-asked">{legend}{choices}</fieldset>'
