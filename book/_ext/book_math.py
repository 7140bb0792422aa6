"""Formulas without a network: MathJax comes with the book.

One file of the installed package sphinx-mathjax-offline, about 2 MB, is copied beside
the pages. It draws formulas as SVG and so needs no fonts either.
"""

import shutil
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

SCRIPT = "mathjax/tex-svg.js"


def use_own_copy(app: Sphinx, config: Config) -> None:
    """Point the pages to the copy among the static files."""
    config.mathjax_path = SCRIPT
    config.mathjax3_config = {"options": {"enableMenu": False}}


def copy_script(app: Sphinx) -> None:
    """Put the script where `use_own_copy` points."""
    if app.builder.format != "html":
        return
    package = distribution("sphinx-mathjax-offline")
    source = Path(str(package.locate_file(f"sphinx-mathjax-offline/static/{SCRIPT}")))
    target = Path(app.outdir) / "_static" / SCRIPT
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", use_own_copy)
    app.connect("builder-inited", copy_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
