"""Links and labels of chapters that become notebooks, under the same or other names."""

import posixpath
import re
from collections.abc import Collection

TARGET = re.compile(r"(?<=[(<:])([\w./-]+)\.md(?=[)>#])")
LINK = re.compile(r"\[([^\]]+)\]\(([\w./-]+)\.md(?:#[^)]*)?\)")
LABELS = (  # where a label is given, in Markdown
    re.compile(r"^:name: +(\S+)", re.MULTILINE),
    re.compile(r"^:label: +(\S+)", re.MULTILINE),
    re.compile(r"^\((\S+)\)=", re.MULTILINE),
    re.compile(r"\]\{#([\w-]+)\}"),
)
REFERENCE = re.compile(r"(\{(?:numref|ref|eq)\}`(?:[^`<]*<)?)([^`>]+)(>?`)")


def follow(text: str, page: str, executed: Collection[str], *, to: str = "") -> str:
    """Point links at executed chapters to their notebooks.

    Parameters
    ----------
    text : str
        Markdown.
    page : str
        Name of the chapter it stands in, for example ``"book/results"``.
    executed : collection of str
        Names of the chapters that are notebooks now.
    to : str
        Name of the page that it becomes; by default the same.

    Examples
    --------
    >>> follow("see [here](methods.md#data)", "book/index", ["book/methods"])
    'see [here](methods.ipynb#data)'
    >>> follow("[it](methods.md)", "book/index", ["book/methods"], to="book/runs/a")
    '[it](../methods.ipynb)'
    """
    folder = posixpath.dirname(to or page)

    def renamed(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), found[1]))
        ending = "ipynb" if target in executed else "md"
        return f"{posixpath.relpath(target, folder)}.{ending}"

    return TARGET.sub(renamed, text)


def without_links(text: str, page: str, absent: Collection[str]) -> str:
    """Leave only the words of links to chapters that a book does without.

    Examples
    --------
    >>> without_links("see [Compare](compare.md)", "book/index", ["book/compare"])
    'see Compare'
    """

    def kept(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), found[2]))
        return found[1] if target in absent else found[0]

    return LINK.sub(kept, text)


def linked(text: str, page: str) -> set[str]:
    """Name the chapters that a chapter links to.

    Examples
    --------
    >>> sorted(linked("[a](methods.md#data), [b](../c/d.md)", "book/index"))
    ['book/methods', 'c/d']
    """
    folder = posixpath.dirname(page)
    found = (target for _, target in LINK.findall(text))
    return {posixpath.normpath(posixpath.join(folder, target)) for target in found}


def labels_in(text: str) -> set[str]:
    r"""Find the labels that Markdown gives.

    Examples
    --------
    >>> sorted(labels_in(":name: tab-a\n\n(part)=\n# Part\n\n| [cell]{#row-a} |"))
    ['part', 'row-a', 'tab-a']
    """
    return {found for pattern in LABELS for found in pattern.findall(text)}


def suffixed(text: str, labels: Collection[str], suffix: str) -> str:
    """Give some labels another ending, where they are given and where referred to.

    Examples
    --------
    >>> suffixed("{numref}`tab-a` and {numref}`tab-b`", ["tab-a"], "-x")
    '{numref}`tab-a-x` and {numref}`tab-b`'
    """

    def given(found: re.Match[str]) -> str:
        name = found[1]
        return found[0].replace(name, name + suffix) if name in labels else found[0]

    def referred(found: re.Match[str]) -> str:
        ending = suffix if found[2] in labels else ""
        return f"{found[1]}{found[2]}{ending}{found[3]}"

    for pattern in LABELS:
        text = pattern.sub(given, text)
    return REFERENCE.sub(referred, text)
