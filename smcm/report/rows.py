"""The rows of a study: the one output with a line for each client."""

import json
from pathlib import Path

from smcm.analysis.study import Study
from smcm.article.printed_text import data_facts
from smcm.report.csv_text import write_frame
from smcm.report.export import DESCRIPTOR, file_hash, run_facts
from smcm.report.tidy_tables import rows_of_clients

ROWS = "analysis.csv"
NOTE = "README.md"
TEXT = """\
# Rows of clients

`{rows}` is the scored file that the models ran on: one row for each client, with the
code, the day of entry, the scores and the covariates.

{statement}
{caution}
"""
REAL = """
These rows are data of real people. Protect this folder like the one that they are
from. Do not publish it, do not put it beside the pages of a book, and do not send it
to anybody who must not see the data. Delete it when you are done.
"""
INVENTED = """
The clients are invented; nobody has to be protected. For data of real people, this
folder would have to be.
"""


def write_rows(study: Study, folder: Path) -> None:
    """Write the rows of all clients, a note, and what lists them.

    Parameters
    ----------
    study : Study
    folder : Path
        Exists and is empty.
    """
    write_frame(rows_of_clients(study), folder / ROWS)
    note = TEXT.format(
        rows=ROWS,
        statement=study.cohort.statement,
        caution=REAL if study.cohort.real else INVENTED,
    )
    (folder / NOTE).write_text(note, encoding="utf-8", newline="\n")
    described = {
        "name": "smcm-rows",
        "title": "A row for each client, as the models ran on",
        "description": study.cohort.statement,
        "synthetic": study.cohort.synthetic,
        "data": data_facts(study),
        "run": run_facts(study),
        "resources": [
            {
                "name": name.lower().replace(".", "-"),
                "path": name,
                "hash": file_hash(folder / name),
            }
            for name in (ROWS, NOTE)
        ],
    }
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
