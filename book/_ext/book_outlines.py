"""Number tables and figures from outlines of the pages, not from the pages themselves.

To number tables and figures Sphinx unpickles every page at every build and looks at
each of its nodes, which takes a third of a build after one changed word. Sections,
tables, figures and lists of pages are all that counts there, so that much of a page is
kept in the environment until the page is read again.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

KEPT = "smcm_outlines"  # in the environment
HEADINGS = (nodes.caption, nodes.title)  # without one, nothing gets a number


def outlines(env: BuildEnvironment) -> dict[str, nodes.Element]:
    """Give the outlines that are kept, by the name of the page."""
    kept: dict[str, nodes.Element] = env.__dict__.setdefault(KEPT, {})
    return kept


def outline(env: BuildEnvironment, page: nodes.document) -> nodes.Element:
    """Copy what counts of a page, in the same order."""
    kept = nodes.container()
    kept.extend(_within(env, page))
    for node in kept.findall():
        node.document = None  # which would bring along the whole page
        node.rawsource = ""
    return kept


def _within(env: BuildEnvironment, node: nodes.Element) -> Iterator[nodes.Node]:
    for child in node.children:
        yield from _counting(env, child)


def _counting(env: BuildEnvironment, node: nodes.Node) -> Iterator[nodes.Node]:
    if not isinstance(node, nodes.Element):
        return
    if isinstance(node, (toctree, *HEADINGS)):
        yield node.deepcopy()
    elif isinstance(node, nodes.section | nodes.literal_block) or _numbered(env, node):
        kept = node.copy()
        kept.extend(_within(env, node))
        yield kept
    else:
        yield from _within(env, node)


def _numbered(env: BuildEnvironment, node: nodes.Element) -> bool:
    return any(domain.get_enumerable_node_type(node) for domain in env.domains.values())


def use_outlines(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx find outlines where it asks for pages."""
    kept = outlines(env)
    whole = type(env).get_doctree

    def get_outline(docname: str) -> nodes.Element:
        if docname not in kept:
            kept[docname] = outline(env, whole(env, docname))
        return kept[docname]

    env.get_doctree = get_outline
    return []


def use_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx find the pages again."""
    del env.get_doctree
    return []


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Let the outline of a page go that will be read again."""
    outlines(env).pop(docname, None)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, which numbers between the two."""
    app.connect("env-purge-doc", forget)
    app.connect("env-get-updated", use_outlines, priority=100)
    app.connect("env-get-updated", use_pages, priority=890)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
