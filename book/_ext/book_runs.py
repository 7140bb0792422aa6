"""Number the tables and figures of a rerun as those of the chapter it repeats.

Sphinx counts through the whole book, and the pages of the reruns would bear numbers in
the hundreds. A label on such a page is the chapter's own label with the name of the
page behind it, which tells what it repeats.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

RUNS = "book/runs/"


def number_alike(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give each label on a page of a run the number that its model has."""
    chapters = {
        label: number
        for page, kinds in env.toc_fignumbers.items()
        if not page.startswith(RUNS)
        for numbers in kinds.values()
        for label, number in numbers.items()
    }
    for page, kinds in env.toc_fignumbers.items():
        if page.startswith(RUNS):
            suffix = page.removeprefix(RUNS)
            for numbers in kinds.values():
                for label in numbers:
                    model = label.removesuffix(f"-{suffix}")
                    numbers[label] = chapters.get(model, numbers[label])
    return []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after it has numbered everything itself."""
    app.connect("env-get-updated", number_alike, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
