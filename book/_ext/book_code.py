"""Put the code of a cell beneath what it shows, under the name of that."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

NODES = {"table": nodes.table, "figure": nodes.figure}


class CodeBeneath(SphinxPostTransform):
    """Move what MyST-NB has hidden above an output."""

    default_priority = 210  # after MyST-NB has hidden it, at 199
    formats = ("html",)

    def run(self, **_: object) -> None:
        """Go through the cells of a page."""
        for hidden in list(self.document.findall(HideCodeCellNode)):
            if "above-input" not in hidden["classes"]:
                continue
            cell = hidden.parent
            hidden["prompt_show"] = hidden["prompt_hide"] = self._title(cell)
            cell.remove(hidden)
            cell.append(hidden)

    def _title(self, cell: nodes.Element) -> str:
        """Write "Code for Table S6", or "Code" for what has no number."""
        numbered = self.env.toc_fignumbers.get(self.env.docname, {})
        for kind, node_type in NODES.items():
            numbers = numbered.get(kind, {})
            for node in cell.findall(node_type):
                for label in node["ids"]:
                    if label in numbers:
                        number = ".".join(map(str, numbers[label]))
                        return f"Code for {self.config.numfig_format[kind] % number}"
        return "Code"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_post_transform(CodeBeneath)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
