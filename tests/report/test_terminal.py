"""Tables in a terminal: nothing is parted that belongs together."""

import pandas as pd
import pytest

from smcm.report.show import Table
from smcm.report.terminal import grid, plain, table_text
from tests.shown import tables


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("call", [tables.change, tables.paths, tables.sensitivity])
def test_no_number_is_parted(study, call, width):
    table = call(study)
    text = table_text(table, width)
    assert max(map(len, text.splitlines())) <= width
    for cell in table.body.iloc[:, 1:].to_numpy().ravel():
        assert plain(cell) in text


def test_columns_that_do_not_fit_follow_with_the_first_again():
    wide = {f"Column{k}": ["1.00 ± 2.00"] for k in range(8)}
    table = Table(pd.DataFrame({"Name": ["one"], **wide}), name="t", caption="C")
    lines = table_text(table, 80).splitlines()
    heads = [line for line in lines if line.startswith("Name")]
    assert len(heads) == 2
    assert [line[:3] for line in lines].count("one") == 2


def test_a_column_wider_than_the_terminal_still_shows():
    table = Table(pd.DataFrame({"A": ["x"], "B": ["1 " * 60]}), name="t", caption="C")
    assert "1 1 1" in table_text(table, 80)


def test_lines_beneath_follow_their_rows():
    text = grid(["A"], [["x"], ["y"]], ["left"], 80, ["  one", "  two"])
    assert text.splitlines()[3:7] == ["x", "  one", "y", "  two"]
