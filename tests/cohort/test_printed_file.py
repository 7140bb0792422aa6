"""A table of printed statistics: read as printed, or refused with every fault."""

import csv
import io

import pytest

from smcm.cohort.printed_file import printed_statistics
from smcm.errors import DataError
from smcm.report.audit_example import EXAMPLE
from smcm.stats.audit.quantities import QUANTITIES

HEADER = "claim,quantity,printed\n"


def faults_of(text):
    with pytest.raises(DataError) as refused:
        printed_statistics("mine.csv", text.encode())
    return refused.value.faults


def test_the_example_is_read_as_it_stands():
    rows = printed_statistics("example.csv", EXAMPLE.encode())
    assert len(rows) == len(EXAMPLE.splitlines()) - 1
    assert rows[0].number.text == "0.42"
    assert {row.quantity.name for row in rows} <= set(QUANTITIES)
    assert {row.part for row in rows} >= {"", "trained", "women"}


def test_digits_are_kept():
    rows = printed_statistics("a.csv", (HEADER + "x,estimate,0.10\n").encode())
    assert (rows[0].number.text, rows[0].number.decimals) == ("0.10", 2)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("x,estimte,0.1", "quantity", "Write estimate"),
        ("x,f,2.1", "quantity", "Write F"),
        ("x,,2.1", "quantity", "the names are"),
        (",t,2.1", "claim", "the same name"),
        ('x,t,"2,1"', "printed", "Write 2.1, with a decimal point"),
        ("x,p,ns", "printed", "bound such as >.05"),
        ("x,p,p=.03", "printed", "without its name"),
        ("x,t,", "printed", "Delete the row"),
        ("x,t,about 2", "printed", "digits as printed"),
        ("x,p,1.20", "printed", "misread sign"),
        ("x,p,-.03", "printed", "misread sign"),
        ("x,sd,-1.2", "printed", "misread sign"),
        ("x,n,31.5", "printed", "without decimals"),
        ("x,n,0", "printed", "misread sign"),
        ("x,percent,120%", "printed", "misread sign"),
        ("x,level,5", "printed", "misread sign"),
        ("x,level,100", "printed", "misread sign"),
        ("x,r2,5%", "printed", "such as 0.05"),
        ("x,t,<2.1", "printed", "Delete the row"),
        ("x,interval,boot", "printed", "Write one of them"),
        ("x,rounding,3", "printed", "Write one of them"),
        ("x,df,0", "printed", "misread sign"),
        ("*,t,2.1", "claim", "state a condition"),
    ],
)
def test_a_bad_line_gets_rule_and_cure(line, column, said):
    (fault,) = faults_of(f"{HEADER}{line}\n")
    assert (fault.file, fault.line, fault.column) == ("mine.csv", 2, column)
    assert said in fault.cure
    assert fault.rule.endswith(".")


def test_conditions_are_words_and_degrees_of_freedom_can_be_fractions():
    text = HEADER + "*,rounding,Nearest\nx,sd_by,n−1\nx,df1,1.62\nx,df2,48.70\n"
    rows = printed_statistics("a.csv", text.encode())
    assert [row.number.text for row in rows[:2]] == ["nearest", "n-1"]
    assert [row.exact for row in rows[2:]] == [False, False]


def test_every_fault_is_told_at_once():
    text = "claim,quantity,printed,part\nx,estimte,0.1,\n,t,ns,\nx,p,.04,one\nx,d,.1,\n"
    found = faults_of(text + "x,d,.2,\n")
    assert [(f.line, f.column) for f in found] == [
        (2, "quantity"),
        (3, "claim"),
        (3, "printed"),
        (4, "part"),
        (6, "quantity"),
    ]


def test_a_header_that_is_not_one():
    found = faults_of("claim,statistic,printed\nx,t,1\n")
    assert {f.column for f in found} == {"quantity", "statistic"}
    assert "--example" in found[0].cure
    (fault,) = faults_of("claim,quantity,printed,parts\nx,t,1,\n")
    assert "rename it to part" in fault.cure
    (fault,) = faults_of("claim,quantity,printed,printed\nx,t,1,1\n")
    assert "once" in fault.rule
    (fault,) = faults_of(HEADER)
    assert "rows" in fault.rule
    (fault,) = faults_of("")
    assert "empty" in fault.rule


def test_limits_that_have_changed_places():
    (fault,) = faults_of(HEADER + "x,ci_low,0.5\nx,ci_high,0.1\n")
    assert "0.5 and 0.1" in fault.value


def test_no_bytes_are_too_odd_to_be_refused():
    for content in (
        b"PK\x03\x04",
        b"\xff\xfeab",
        b"a;b;c\n1;2;3\n",
        b'a,"b\n',
        b"\x00",
    ):
        with pytest.raises(DataError):
            printed_statistics("mine.csv", content)


TABLE = (
    ("claim", "quantity", "printed", "note"),
    ("a", "estimate", "0.10", "from\nTable 2"),
    ("a", "se", "0.05", "été"),
)


@pytest.mark.parametrize("delimiter", ",;\t")
@pytest.mark.parametrize("first", ["", "\ufeff\ufeff", "sep={}\n", "{0}{0}{0}\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_a_table_is_read_however_it_was_saved(delimiter, first, codec):
    if codec == "cp1252" and first.startswith("\ufeff"):
        pytest.skip("this mark does not exist in cp1252")
    text = io.StringIO(first.format(delimiter), newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text, delimiter=delimiter).writerows([*TABLE, [""] * 4])
    found = printed_statistics("a.csv", text.getvalue().encode(codec))
    printed = [(row.claim, row.quantity.name, row.number.text) for row in found]
    assert printed == [row[:3] for row in TABLE[1:]]


def test_lines_are_counted_across_line_breaks_in_a_cell():
    text = 'claim,quantity,printed,note\na,t,2.1,"one\ntwo"\na,p,much,\n'
    (fault,) = faults_of(text)
    assert (fault.line, fault.value) == (4, "much")


def test_a_file_of_another_program_is_named():
    with pytest.raises(DataError) as refused:
        printed_statistics("mine.csv", b"$FL2@(#) SPSS DATA FILE")
    assert "SPSS" in refused.value.faults[0].rule


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_decimal_commas_are_read_where_commas_separate_nothing(mark):
    lines = ["claim,quantity,printed", "x,estimate,0#35", "x,p,<#001", "x,level,95%"]
    text = "\n".join(lines).replace(",", mark).replace("#", ",")
    rows = printed_statistics("a.csv", text.encode())
    assert [row.number.value for row in rows] == [0.35, 0.001, 95.0]
    assert [row.number.decimals for row in rows] == [2, 3, 0]
    assert rows[1].number.relation == "<"


def test_commas_of_thousands_stay_what_they_are():
    for first in ("0.35", "1,234"):
        text = f"claim;quantity;printed\nx;estimate;{first}\nx;n;5,678\n"
        rows = printed_statistics("a.csv", text.encode())
        assert rows[1].number.value == 5678.0


@pytest.mark.parametrize("text", ["x;t;0.35\ny;t;0,35\n", "x;t;1.234,5\n"])
def test_commas_that_leave_a_doubt_are_refused(text):
    with pytest.raises(DataError):
        printed_statistics("a.csv", f"claim;quantity;printed\n{text}".encode())
