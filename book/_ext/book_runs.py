"""Number tables and figures: reruns as the chapter that they repeat.

Sphinx counts through the whole book, the pages of the reruns included. Here the other
pages get the numbers of `smcm.report.numbering`, in reading order. A label on the page
of a run is the chapter's own label with the name of the page behind it, which tells
what it repeats.
"""

from copy import deepcopy

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from smcm.report.numbering import figure_numbers, table_numbers

RUNS = "book/runs/"
COUNTED = "smcm_counted"  # in the environment: the numbers as Sphinx has counted them
NUMBERED = {"table": table_numbers, "figure": figure_numbers}


def give_back(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx compare its numbers with its own of the last build, not with ours.

    It writes again every page whose numbers differ, which would be all of them.
    """
    env.toc_fignumbers = getattr(env, COUNTED, env.toc_fignumbers)
    return []


def number_alike(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give numbers to what is no rerun, and to the reruns those of their chapter."""
    setattr(env, COUNTED, deepcopy(env.toc_fignumbers))
    shipped: bool = app.config.html_context["data_shipped"]
    for kind, number in NUMBERED.items():
        counted = {
            label: place
            for page, kinds in env.toc_fignumbers.items()
            if not page.startswith(RUNS)
            for label, place in kinds.get(kind, {}).items()
        }
        ordered = sorted(counted, key=lambda label: counted[label])
        numbers = number(ordered, of_article=shipped)
        for page, kinds in env.toc_fignumbers.items():
            for label, place in kinds.get(kind, {}).items():
                own = numbers.get(_repeated(label, page))
                kinds[kind][label] = (own,) if own else place
    return []


def _repeated(label: str, page: str) -> str:
    """Name what an item repeats, which is itself where its page is no rerun."""
    if not page.startswith(RUNS):
        return label
    return label.removesuffix(f"-{page.removeprefix(RUNS)}")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, before and after it numbers everything itself."""
    app.connect("env-get-updated", give_back, priority=100)
    app.connect("env-get-updated", number_alike, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
