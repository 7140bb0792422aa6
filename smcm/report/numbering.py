"""Numbers of tables and figures: the article's own, and S1, S2, … for all else.

The book, its downloads and ``smcm study`` take their numbers from here.
"""

from collections.abc import Iterable

ARTICLE = {
    "tab-characteristics": "1",
    "tab-change": "2",
    "fig-model": "1",
    "fig-paths-9": "2",
    "fig-paths-18": "3",
}
# Tables of the first chapters in reading order, so that their numbers are known without
# the book: what ``smcm study`` prints is among them.
FIRST_TABLES = (
    "tab-measures",
    "tab-missing",
    "tab-nesting",
    "tab-characteristics",
    "tab-participants",
    "tab-change",
    "tab-paths",
    "tab-indirect",
    "tab-both-9",
    "tab-both-18",
    "tab-sensitivity",
    "tab-reciprocity",
)


def table_numbers(labels: Iterable[str] = (), *, of_article: bool) -> dict[str, str]:
    """Give the tables of an edition their numbers.

    Parameters
    ----------
    labels : iterable of str
        Labels of the tables in reading order; `FIRST_TABLES` keep their places.
    of_article : bool
        Whether the data are those that ship with the book; tables of other data are
        never called by a number of the article.

    Examples
    --------
    >>> found = table_numbers(["tab-paths", "tab-new"], of_article=True)
    >>> found["tab-change"], found["tab-measures"], found["tab-new"]
    ('2', 'S1', 'S11')
    >>> table_numbers(of_article=False)["tab-characteristics"]
    'S4'
    """
    return figure_numbers([*FIRST_TABLES, *labels], of_article=of_article)


def figure_numbers(labels: Iterable[str], *, of_article: bool) -> dict[str, str]:
    """Give numbers to the figures of an edition, in reading order."""
    numbers: dict[str, str] = {}
    supplement = 0
    for label in dict.fromkeys(labels):
        if of_article and label in ARTICLE:
            numbers[label] = ARTICLE[label]
        else:
            supplement += 1
            numbers[label] = f"S{supplement}"
    return numbers
