"""Keep the pages that are read for their numbers while references are resolved.

For the number of each table and figure that a sentence names, Sphinx unpickles the
whole page that holds it, hundreds of times and for more than half of the time that a
build takes. The lookup only reads, so here a page is unpickled once for all of them.
Pages that are resolved and written are still read afresh, since that changes them.
"""

from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


class KeptPages:
    """An environment whose pages are unpickled once; for reading only."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._pages: dict[str, nodes.document] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Give whatever else an environment has."""
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        """Give a page, which must not be changed."""
        if docname not in self._pages:
            self._pages[docname] = self._env.get_doctree(docname)
        return self._pages[docname]


class NumberDomain(StandardDomain):
    """The standard domain, with numbers looked up in kept pages."""

    kept: KeptPages | None = None

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
        self.kept = self.kept or KeptPages(env)
        return super()._resolve_numref_xref(
            self.kept, fromdocname, builder, typ, target, node, contnode
        )


def forget(app: Sphinx, *_: object) -> None:
    """Let the pages go, which another build may read in another state."""
    app.env.get_domain("std").kept = None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_domain(NumberDomain, override=True)
    app.connect("env-updated", forget)
    app.connect("build-finished", forget)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
