"""The example of the audit chapter: an input table, its audit, and the columns."""

from smcm.cohort.printed_file import COLUMNS, printed_statistics
from smcm.report.audit_example import EXAMPLE, quantity_list
from smcm.report.audit_text import audit_text
from smcm.report.show import Listing

NAME = "my-audit.csv"


def example_file() -> Listing:
    """Show the table that ``smcm audit --example`` writes."""
    return Listing(EXAMPLE.rstrip("\n"))


def example_audit() -> Listing:
    """Show what ``smcm audit`` writes about that table."""
    return Listing(audit_text(printed_statistics(NAME, EXAMPLE.encode()), NAME))


def columns() -> Listing:
    """List the columns of a file and the names allowed in `quantity`."""
    width = max(map(len, COLUMNS))
    lines = [f"  {name:<{width}}  {text}" for name, text in COLUMNS.items()]
    return Listing("\n".join(["columns:", *lines, "quantities:", quantity_list()]))
