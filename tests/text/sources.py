"""The templates of the book, and what of them is text."""

import re

from jinja2 import nodes

from smcm.paths import BOOK
from smcm.text import Text

CHAPTERS = sorted(BOOK.rglob("*.md"))
MACROS = sorted((BOOK / "_text").glob("*.j2"))
FOLLOWED = {  # where a template keeps what it puts on a page, by the kind of node
    nodes.Template: ("body",),
    nodes.Macro: ("body",),
    nodes.If: ("body", "elif_", "else_"),
    nodes.For: ("body", "else_"),
    nodes.Output: ("nodes",),
    nodes.CondExpr: ("expr1", "expr2"),
    nodes.Concat: ("nodes",),
    nodes.Filter: ("node",),
}
CODE = re.compile(r"^```+\{code-cell\}.*?^```+$", re.DOTALL | re.MULTILINE)
CAPTION = re.compile(r"^ +(?:alt|caption): >-\n((?: {6}.*\n)+)", re.MULTILINE)
FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def file_of(path):
    """Name a chapter or a macro by its path below ``book/``."""
    return path.relative_to(BOOK).as_posix()


def text_alone(source):
    """Leave out the front matter and the cells, but for captions and alternatives."""

    def captions(found):
        return "\n".join(match[1] for match in CAPTION.finditer(found[0]))

    return CODE.sub(captions, FRONT.sub("", source))


def parsed(source):
    """Parse a template as the book does."""
    return Text()._environment.parse(source)


def typed(source, without=()):
    """Give what a template itself puts on a page: its text, and words of expressions.

    Words that an expression compares with, looks up or hands to a filter are left out,
    and so is every passage that a function in `without` finds.
    """
    return list(_typed(parsed(source), without))


def _typed(node, without):
    if any(leaves_out(node) for leaves_out in without):
        return
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for name in FOLLOWED.get(type(node), ()):
        held = getattr(node, name)
        for child in held if isinstance(held, list) else [held]:
            if child is not None:
                yield from _typed(child, without)
