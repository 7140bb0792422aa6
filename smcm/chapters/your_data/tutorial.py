"""Tables and listings of the chapter on using your own data."""

from textwrap import fill

import pandas as pd

from smcm.cohort import cures, header_faults
from smcm.cohort.descriptors import read_schema
from smcm.cohort.sheets import read_text_sheet
from smcm.cohort.typed import read_table
from smcm.design.study_file import shipped_study
from smcm.errors import Fault
from smcm.report.faults import fault_report
from smcm.report.format import cell, spelled
from smcm.report.of_clients import OfClients, of_clients
from smcm.report.show import Listing, Table
from smcm.report.starter import starter_files
from smcm.report.starter_notes import order

WORDS = (cures, header_faults)  # shown on the page, whose digest so has them
PLACE = "my-study"
WIDTH = 84  # characters of code in the text column of a page
SLIPS = (  # clients as a spreadsheet leaves them: date, code, decimal comma, word
    {"entry": "05/06/2019", "age": "41", "gender": "female"},
    {"entry": "2019-06-11", "age": "36,5", "gender": "F"},
    {"entry": "2019-07-02", "age": "NA", "gender": "male"},
)


def new_files() -> Table:
    """List the tables of a new folder in the order in which to fill them in."""
    schema = read_schema()
    rows = [
        {
            "File": f"`{cell(table.path)}`",
            "Columns": str(len(table.columns)),
            "Content": cell(table.description),
        }
        for table in map(schema.table, order(shipped_study()))
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-new-files",
        caption="Tables of a new data folder, in the order in which to fill them in",
        align=("left", "right", "left"),
        wide=True,
    )


def figures_of_clients(fewest: int) -> Table:
    """List the figures that show single clients, and what real data show instead.

    Parameters
    ----------
    fewest : int
        Fewest clients that real data show together, `Cohort.fewest_clients`.
    """
    rows = [
        {
            "Figure": _figure(found),
            "Synthetic data": found.shows,
            "Real data": found.in_words(fewest),
        }
        for found in of_clients(shipped_study())
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-individuals",
        caption="Figures that show single clients of synthetic data",
        notes=("All other figures show counts, means, estimates or random draws.",),
        align=("left", "left", "left"),
        wide=True,
    )


def _figure(found: OfClients) -> str:
    """Refer to a figure, or to several beneath a table."""
    reference = f"{{numref}}`{found.beside}`"
    if len(found.names) == 1:
        return reference
    many = spelled(len(found.names)).capitalize()
    return f"{many} figures of model checks, below {reference}"


def faults_when_new() -> Listing:
    """Show what `smcm check` finds in a new, empty folder."""
    files = starter_files()
    faults = [
        fault
        for table in read_schema().tables
        for fault in read_table(
            table, read_text_sheet(table.path, files[table.path].encode())
        ).faults
    ]
    return Listing(_folded(fault_report(PLACE, faults)))


def example_faults() -> Listing:
    """Show what `smcm check` finds in three clients with typical spreadsheet slips."""
    return Listing(_folded(fault_report(PLACE, _found())))


def _folded(text: str) -> str:
    """Wrap long lines with a hanging indent."""
    return "\n".join(
        fill(
            line,
            WIDTH,
            subsequent_indent=" " * (len(line) - len(line.lstrip(" →"))),
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )


def _found() -> tuple[Fault, ...]:
    schema = read_schema().table("clients")
    lines = [schema.names]
    for number, slip in enumerate(SLIPS, start=1):
        row = {"client_id": f"K{number}", "team": "North", "case_manager": "M1", **slip}
        lines.append(tuple(row.get(name, "") for name in schema.names))
    text = "\n".join(",".join(_quoted(cell) for cell in line) for line in lines)
    faults = read_table(schema, read_text_sheet(schema.path, text.encode())).faults
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text
