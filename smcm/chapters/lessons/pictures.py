"""The picture of a lesson: finished shapes and sentences, locked until a prediction.

Nothing is computed in the browser. Without JavaScript a picture is the sentence of its
end state; with it, ``book/_static/teach.js`` shows the rest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from smcm.chapters.lessons.drawing import Shape

STATIC = "../../_static"  # seen from a lesson
MOST_BYTES = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A question that is answered before the picture can be used.

    Attributes
    ----------
    question : str
    replies : mapping of str to str
        What the end state says to whoever chose it, by the words of each choice.
    """

    question: str
    replies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture.

    Attributes
    ----------
    kind : str
        heap (shapes that are added), grid and scatter (views that are chosen), or cards
        (which are guessed and turned).
    prediction : Prediction
    prompt : str
        What to do once the prediction is made.
    end : str
        The sentence of the end state.
    height : int
        Of the sheet, in its units; 0 for cards.
    base : sequence of Shape
        What is there from the beginning.
    content : mapping
        What the script needs for its kind: see `heap`, `views` and `cards`.
    """

    kind: Literal["heap", "grid", "scatter", "cards"]
    prediction: Prediction
    prompt: str
    end: str
    height: int = 0
    base: Sequence[Shape] = ()
    content: Mapping[str, Any]

    def __repr__(self) -> str:
        """Say in a terminal what a page says without its script."""
        return self.end

    def _repr_html_(self) -> str:
        held = {
            "height": self.height,
            "base": self.base,
            "prompt": self.prompt,
            "end": self.end,
            "replies": list(self.prediction.replies.values()),
            **self.content,
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
            for place, choice in enumerate(self.prediction.replies)
        )
        question = escape(self.prediction.question)
        legend = f"<legend>{question}</legend>"
        return f'<fieldset class="teach-asked">{legend}{choices}</fieldset>'


def heap(
    drops: Sequence[Sequence[Shape]],
    says: Sequence[str],
    last: Sequence[Shape],
    nouns: tuple[str, str],
) -> dict[str, Any]:
    """Add shapes drop by drop.

    Parameters
    ----------
    drops : sequence of sequence of Shape
        What each drop adds.
    says : sequence of str
        What is said of each.
    last : sequence of Shape
        What is added when all are there.
    nouns : tuple of str
        What a drop is, for the buttons: ("study", "studies").
    """
    return {"drops": drops, "says": says, "last": last, "nouns": nouns}


def views(
    controls: Mapping[str, Sequence[str]],
    shapes: Sequence[Sequence[Shape]],
    says: Sequence[str],
    goals: Sequence[int],
    first: Sequence[int],
) -> dict[str, Any]:
    """Choose one view by one button of each group.

    Parameters
    ----------
    controls : mapping of str to sequence of str
        Words of the buttons by the legend of their group; the last group changes the
        view fastest.
    shapes, says : sequences
        Of each view.
    goals : sequence of int
        Views that are the end state.
    first : sequence of int
        What is chosen at first in each group.
    """
    groups = [[legend, list(options)] for legend, options in controls.items()]
    return {
        "controls": groups,
        "shapes": shapes,
        "says": says,
        "goals": list(goals),
        "first": list(first),
    }


def cards(
    fronts: Sequence[tuple[str, Sequence[str]]],
    options: Sequence[str],
    right: Sequence[int],
    backs: Sequence[str],
    counts: Sequence[str],
) -> dict[str, Any]:
    """Guess what is behind each card, then turn them all.

    Parameters
    ----------
    fronts : sequence of (str, sequence of str)
        Title and lines of each card.
    options : sequence of str
        What can be guessed.
    right : sequence of int
        The right option of each card.
    backs : sequence of str
        What a turned card says.
    counts : sequence of str
        What is said with none, one, two, … guessed right.
    """
    return {
        "fronts": [[title, list(lines)] for title, lines in fronts],
        "options": list(options),
        "right": list(right),
        "backs": list(backs),
        "counts": list(counts),
    }
