"""`make check` runs the tests that are near to a change, and no book."""

import pytest

from smcm.paths import ROOT
from tools.changed import LONGEST, changed, near


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ("smcm/stats/pooling.py", {"tests/stats", "tests/stats/test_pooling.py"}),
        ("smcm/analysis/pooled.py", {"tests/analysis", "tests/report/test_pooled.py"}),
        ("smcm/published.py", {"tests/test_published.py"}),
        ("generator/design.py", {"tests/generator", "tests/cohort/test_remarks.py"}),
        ("book/_static/sortable.js", {"tests/book/test_sortable.py"}),
        ("tests/stats/exact.py", {"tests/stats/test_degenerate.py"}),
        ("tests/test_parameters.py", {"tests/test_parameters.py"}),
        ("tests/book/test_pages.py", set()),
        ("book/results.md", set()),
    ],
)
def test_the_tests_of_a_change(path, some):
    assert (ROOT / path).is_file()
    found = near(path)
    assert found >= some
    assert bool(found) == bool(some)
    assert all((ROOT / place).exists() for place in found)


def test_what_draws_every_figure_is_near_to_figures_alone():
    assert LONGEST not in near("smcm/report/format.py")
    assert LONGEST in near("smcm/report/figures/forest.py")


def test_every_change_is_a_file_that_there_is():
    assert all((ROOT / path).is_file() for path in changed())
