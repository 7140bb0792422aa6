"""Look up numbers of tables and figures in outlines of the pages.

For the number of each table and figure that a sentence names, Sphinx unpickles the
whole page that holds it, hundreds of times and for more than half of the time that a
build takes. Where it is only to find what a name stands for, an outline will do; see
`book_outlines`, which has them all when references are resolved.
"""

from dataclasses import dataclass
from typing import Any, Self

from book_outlines import outlines
from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

WITHOUT_NUMBER = nodes.Element()


class Names(dict[str, Element]):
    """What the ids of a page stand for, as far as it has a number."""

    def get(self, name: str, default: Element | None = WITHOUT_NUMBER) -> Any:  # noqa: ANN401
        """Give something without a number for all other ids."""
        return super().get(name, default)


@dataclass(frozen=True, slots=True)
class Outline:
    """What Sphinx reads of a page to find a number: its ids."""

    ids: Names

    @classmethod
    def of(cls, root: Element) -> Self:
        """Name what has ids in an outline."""
        found = root.findall(Element)
        return cls(Names({name: node for node in found for name in node["ids"]}))


class Outlines:
    """An environment that gives outlines in place of pages."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._pages = {k: Outline.of(root) for k, root in outlines(env).items()}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Give whatever else an environment has."""
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> Outline:
        """Give the outline of a page; one outside of the contents has no numbers."""
        return self._pages.get(docname) or Outline(Names())


class NumberDomain(StandardDomain):
    """The standard domain, with numbers looked up in outlines."""

    kept: Outlines | None = None

    def _resolve_numref_xref(  # noqa: PLR0917 (as in Sphinx)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        self.kept = self.kept or Outlines(env)
        return super()._resolve_numref_xref(
            self.kept, fromdocname, builder, typ, target, node, contnode
        )


def forget(app: Sphinx, *_: object) -> None:
    """Let the outlines go, which another build may find in another state."""
    app.env.get_domain("std").kept = None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_domain(NumberDomain, override=True)
    app.connect("env-updated", forget)
    app.connect("build-finished", forget)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
