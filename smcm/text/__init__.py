"""The text of chapters: templates in Markdown, filled from what a chapter has found.

No module that a chapter executes imports this package, so that a word, a filter or a
macro can change and nothing is executed again.
"""

from smcm.text.environment import Text

__all__ = ["Text"]
