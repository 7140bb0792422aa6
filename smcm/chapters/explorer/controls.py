"""The questions to the reader, as native controls of a form."""

from collections.abc import Sequence
from html import escape

from smcm.chapters.explorer.choices import Choice

MOST_BUTTONS = 4  # more values are found faster in a list


def controls(asked: Sequence[Choice]) -> str:
    """Write one group of buttons, or a list, for each choice."""
    return "\n".join(
        _list(choice) if len(choice.options) > MOST_BUTTONS else _buttons(choice)
        for choice in asked
    )


def _buttons(choice: Choice) -> str:
    key = escape(choice.key)
    labels = "".join(
        f'<label><input type="radio" name="{key}" value="{escape(value)}"/>'
        f"<span>{escape(words)}</span></label>"
        for value, words in choice.options.items()
    )
    return (
        f'<fieldset class="explorer-choice" data-choice="{key}">'
        f"<legend>{escape(choice.legend)}</legend>"
        f'<div class="explorer-buttons">{labels}</div></fieldset>'
    )


def _list(choice: Choice) -> str:
    key = escape(choice.key)
    options = "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>'
        for value, words in choice.options.items()
    )
    return (
        f'<div class="explorer-choice" data-choice="{key}">'
        f'<label for="explorer-{key}">{escape(choice.legend)}</label>'
        f'<select id="explorer-{key}" name="{key}">{options}</select></div>'
    )
