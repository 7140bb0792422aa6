"""Reading takes no more than in proportion to columns, rows and faults.

What is compared is the number of calls of Python and C functions at two sizes, and
not time, which depends on the machine.
"""

import sys

import pytest

from smcm.cohort.checking import check_folder
from smcm.cohort.number_file import read_numbers
from smcm.cohort.printed_file import read_printed_statistics
from smcm.errors import SmcmError
from tests.cohort.small import write_small

SMALL, TIMES = 500, 8
MARGIN = 1.5  # a part in proportion to the square would give a ratio of 8
ROLES = [("--x", "x"), ("--m", "m"), ("--y", "y")]


def calls(work):
    """Count the calls of functions; a list that is searched counts its items."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    except SmcmError:
        pass
    finally:
        sys.setprofile(before)
    return count


def table(folder, header, rows):
    path = folder / f"table-{len(header)}-{len(rows)}.csv"
    lines = [",".join(row) for row in (header, *rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def columns(n):
    return [f"c{k}" for k in range(n)]


def wide(folder, n):
    rows = [[str(k), str(k * k), "3", *["1"] * n] for k in range(12)]
    path = table(folder, ["x", "m", "y", *columns(n)], rows)
    return lambda: read_numbers(path, ROLES)


def wide_without_a_column(folder, n):
    path = table(folder, ["x", "m", *columns(n)], [["1"] * (n + 2)] * 3)
    return lambda: read_numbers(path, ROLES)


def wide_with_one_name(folder, n):
    path = table(folder, ["x", "m", "y", *["x"] * n], [["1"] * (n + 3)] * 3)
    return lambda: read_numbers(path, ROLES)


def long(folder, n):
    path = table(folder, ["x", "m", "y"], [[str(k), "2", "3"] for k in range(n)])
    return lambda: read_numbers(path, ROLES)


def long_with_faults(folder, n):
    path = table(folder, ["x", "m", "y"], [[f"a{k}", "", "1,5x"] for k in range(n)])
    return lambda: read_numbers(path, ROLES)


def long_and_ragged(folder, n):
    path = table(folder, ["x", "m", "y"], [["1", "2"], ["1", "2", "3"]] * (n // 2))
    return lambda: read_numbers(path, ROLES)


def long_with_open_quotes(folder, n):
    path = table(folder, ["x", "m", "y"], [['"1', "2", "3"]] * n)
    return lambda: read_numbers(path, ROLES)


def audited(folder, n):
    rows = [[f"c{k}", "whatever", "1x"] for k in range(n)]
    path = table(folder, ["claim", "quantity", "printed"], rows)
    return lambda: read_printed_statistics(path)


def audited_wide(folder, n):
    path = table(folder, ["claim", "printed", *columns(n)], [["1"] * (n + 2)] * 3)
    return lambda: read_printed_statistics(path)


def checked(file, change):
    def at_size(folder, n):
        made = write_small(folder / f"small-{n}")
        made.save(file, change(made.rows(file), n))
        return lambda: check_folder(made.path)

    return at_size


CASES = {
    "columns": wide,
    "columns, one lacking": wide_without_a_column,
    "columns of one name": wide_with_one_name,
    "rows": long,
    "faults of cells": long_with_faults,
    "faults of lines": long_and_ragged,
    "open quotes": long_with_open_quotes,
    "claims": audited,
    "columns of claims": audited_wide,
    "columns of a table": checked(
        "clients.csv",
        lambda rows, n: [rows[0] + columns(n), *([*r, *["1"] * n] for r in rows[1:])],
    ),
    "columns of a table, each twice": checked(
        "clients.csv",
        lambda rows, n: [
            rows[0] + columns(n // 2) * 2,
            *([*r, *["1"] * (n // 2 * 2)] for r in rows[1:]),
        ],
    ),
    "faults of clients": checked(
        "clients.csv",
        lambda rows, n: [
            rows[0],
            *([f"X{k}", "T1", "M1", *["?"] * (len(rows[0]) - 3)] for k in range(n)),
        ],
    ),
    "faults of interviews": checked(
        "interviews.csv",
        lambda rows, n: [
            rows[0],
            *([f"X{k}", str(k % 7), "2015-99-01", "7", "?", "?"] for k in range(n)),
        ],
    ),
    "faults of fidelity": checked(
        "fidelity.csv",
        lambda rows, n: [
            rows[0],
            *(["T9", f"2015-01-0{k % 9 + 1}", f"z{k}", "i", "99"] for k in range(n)),
        ],
    ),
    "faults of answers": checked(
        "rprs.csv",
        lambda rows, n: [
            rows[0],
            *([f"X{k}", str(k % 7), *["77"] * (len(rows[0]) - 2)] for k in range(n)),
        ],
    ),
    "rows twice": checked("rprs.csv", lambda rows, n: [*rows, *[rows[1]] * n]),
}


@pytest.mark.parametrize("case", CASES)
def test_calls_grow_in_proportion(case, tmp_path):
    build = CASES[case]
    calls(build(tmp_path, SMALL))  # what is done once is done
    few = calls(build(tmp_path, SMALL + 2))
    many = calls(build(tmp_path, (SMALL + 2) * TIMES))
    assert many / few < TIMES * MARGIN
    assert many > few
