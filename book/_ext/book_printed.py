"""Link each table and figure of the article to its rows of "Printed and regenerated".

The rows refer to them; this finds the first row of each and links back, in the line
beneath.
"""

from html import escape

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

COMPARISON = "tab-printed"
FOUND = "smcm_printed_rows"  # in the environment: page and row by the label of a table
LINE = '<p class="smcm-take">'
OPTIONAL = "smcm_optional"  # of a reference to what a book may do without


def _rows(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = env.__dict__.setdefault(FOUND, {})
    return found


def find_rows(app: Sphinx, doctree: nodes.document) -> None:
    """Note the first row that refers to each table or figure."""
    for table in doctree.findall(nodes.table):
        if COMPARISON not in table["ids"]:
            continue
        for row in table.findall(nodes.row):
            ids = [name for node in row.findall(nodes.Element) for name in node["ids"]]
            for reference in row.findall(pending_xref):
                reference[OPTIONAL] = True
                if reference["reftype"] == "numref" and ids:
                    place = app.env.docname, ids[0]
                    _rows(app.env).setdefault(reference["reftarget"], place)


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Let the rows of a page go that will be read again."""
    found = _rows(env)
    for label in [label for label, (page, _) in found.items() if page == docname]:
        del found[label]


def join(
    app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over what another process has found."""
    _rows(env).update(_rows(other))


def leave_blank(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Node
) -> nodes.Node | None:
    """Show nothing where a table is in a chapter that this book does without."""
    return nodes.inline() if node.get(OPTIONAL) else None


class LinkToPrinted(SphinxPostTransform):
    """Add the link to the line that holds the numbers as CSV."""

    default_priority = 220
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Go through the lines beneath the tables and figures of a page."""
        for node in self.document.findall(nodes.raw):
            before, line, beneath = node.astext().rpartition(LINE)
            for label, (page, row) in _rows(self.env).items():
                if f'download="{label}.csv"' in beneath:
                    link = self._link(page, row)
                    told = beneath.replace("</p>", f" {link}</p>")
                    node.children = [nodes.Text(before + line + told)]

    def _link(self, page: str, row: str) -> str:
        target = self.app.builder.get_relative_uri(self.env.docname, page)
        title = escape(self.env.titles[page].astext())
        return f'<a class="reference internal" href="{target}#{row}">{title}</a>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", find_rows)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", join)
    app.connect("missing-reference", leave_blank)
    app.add_post_transform(LinkToPrinted)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
