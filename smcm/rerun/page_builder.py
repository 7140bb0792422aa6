"""Build the pages of a laid-out book on all cores: a program of its own.

``python -m smcm.rerun.page_builder SOURCE FOLDER`` does the work of ``jupyter-book
build SOURCE --path-output FOLDER -W -n --keep-going``, which has no option for cores.
"""

import gc
import os
import sys
from functools import partial

from smcm.rerun.ending import end_with_input

LOT = 2  # Sphinx's 10 makes three unequal lots of the book, and one core waits
# A page is a tree with links back to its root. Python looks through all of them for
# garbage after every 700 new objects, which took half of the time.
OBJECTS = 2_000_000


def main() -> None:
    """Call Jupyter Book's own command with Sphinx told to use all cores."""
    end_with_input()
    gc.set_threshold(OBJECTS)
    import jupyter_book.sphinx  # type: ignore[import-untyped]  # noqa: PLC0415
    import sphinx.builders  # noqa: PLC0415
    from jupyter_book.cli.main import (  # type: ignore[import-untyped]  # noqa: PLC0415
        build,
    )
    from sphinx.util.parallel import make_chunks  # noqa: PLC0415

    vars(sphinx.builders)["make_chunks"] = partial(make_chunks, maxbatch=LOT)
    source, folder = sys.argv[1:]
    jupyter_book.sphinx.build_sphinx = partial(
        jupyter_book.sphinx.build_sphinx, jobs=os.cpu_count() or 1
    )
    build([source, "--path-output", folder, "-W", "-n", "--keep-going"])


if __name__ == "__main__":
    main()
