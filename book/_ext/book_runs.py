"""Number the tables and figures of a rerun as those of the chapter it repeats.

Sphinx counts through the whole book, the pages of the reruns included, and whatever
comes after them would bear numbers in the hundreds. Here the other pages are counted
without them. A label on the page of a run is the chapter's own label with the name of
the page behind it, which tells what it repeats.
"""

from itertools import groupby

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

RUNS = "book/runs/"


def number_alike(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Count what is no rerun, and give the reruns the numbers of their chapter."""
    others = [
        (kind, number, page, label)
        for page, kinds in env.toc_fignumbers.items()
        if not page.startswith(RUNS)
        for kind, numbers in kinds.items()
        for label, number in numbers.items()
    ]
    chapters = {}
    for _, found in groupby(sorted(others), key=lambda entry: entry[0]):
        for place, (kind, _number, page, label) in enumerate(found, start=1):
            env.toc_fignumbers[page][kind][label] = chapters[kind, label] = (place,)
    for page, kinds in env.toc_fignumbers.items():
        if page.startswith(RUNS):
            suffix = f"-{page.removeprefix(RUNS)}"
            for kind, numbers in kinds.items():
                for label, number in numbers.items():
                    model = kind, label.removesuffix(suffix)
                    numbers[label] = chapters.get(model, number)
    return []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after it has numbered everything itself."""
    app.connect("env-get-updated", number_alike, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
