"""Links between the chapters of an edition, whose files have other names."""

import posixpath
import re
from collections.abc import Collection

TARGET = re.compile(r"(?<=[(<:])([\w./-]+)\.md(?=[)>#])")


def follow(text: str, page: str, executed: Collection[str]) -> str:
    """Point links at executed chapters to their notebooks.

    Parameters
    ----------
    text : str
        Markdown.
    page : str
        Name of the chapter it stands in, for example ``"book/results"``.
    executed : collection of str
        Names of the chapters that are notebooks now.

    Examples
    --------
    >>> follow("see [here](methods.md#data)", "book/index", ["book/methods"])
    'see [here](methods.ipynb#data)'
    """

    def renamed(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), found[1]))
        return f"{found[1]}.ipynb" if target in executed else found[0]

    return TARGET.sub(renamed, text)
