"""Reading takes no more than in proportion to columns, rows and faults.

What is compared is the number of steps of the program at two sizes, and not time, which
depends on the machine.
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest

from smcm.audit.printed_file import read_printed_statistics
from smcm.cohort.checking import check_folder
from smcm.cohort.number_file import read_numbers
from smcm.errors import SmcmError
from tests.cohort.small import write_small

SMALL, TIMES = 120, 8
MARGIN = 1.5  # what grows with the square gives 9 at these sizes
ROLES = [("--x", "x"), ("--m", "m"), ("--y", "y")]


def steps(work):
    """Count lines, rounds of loops, and calls of functions."""
    count = 0

    def traced(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "line", "c_call")
        return traced

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(traced)
    sys.setprofile(traced)
    try:
        work()
    except SmcmError:
        pass
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
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
        made = write_small(Path(mkdtemp(dir=folder)))
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
def test_steps_grow_in_proportion(case, tmp_path):
    build = CASES[case]
    steps(build(tmp_path, 2))  # what is done once is done
    none, few, many = (steps(build(tmp_path, n)) for n in (2, SMALL, TIMES * SMALL))
    assert none < few < many
    assert many - few < MARGIN * (TIMES - 1) * (few - none)
