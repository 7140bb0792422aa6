"""The guide in a new data folder, written from the schema."""

from smcm.cohort.descriptors import read_schema
from smcm.cohort.schema import TableSchema
from smcm.design.study_file import shipped_study
from smcm.report.codebook import table as codebook_table
from smcm.report.starter_notes import notes, order

OPENING = """\
# A data folder for the smcm living paper

Each table in this folder is a CSV file with only its header. Once the tables hold your
data, the whole analysis and the book can be built from them. Nothing leaves your
computer.

## Order of work

1. Fill in the tables in the order below. Leave the headers as they are. Rows may be in
   any order.
2. Run `smcm check .` in this folder as often as you like. It changes nothing and lists
   every fault with its line and its remedy. Faults are normal; correct them until the
   folder is reported as sound.
3. Run the analysis, then build the book:

```sh
smcm check .
smcm study --data .
smcm book --data . --out ../my-book
smcm rerun --data . --out ../my-runs
```

   `smcm study` prints the main tables; with `--out` it also writes them, with figures,
   into another folder. `smcm book` builds the whole book from your data, and
   `smcm rerun` compares windows and sites. Write all output outside this folder.

The chapter "Using your own data" of the book describes these steps in more detail.

## All tables

- Comma-separated text in UTF-8. In Excel choose *Save as*, *CSV UTF-8 (Comma
  delimited)*; if your settings use semicolons, `smcm check` will say so. In
  SPSS: `SAVE TRANSLATE OUTFILE='clients.csv' /TYPE=CSV /ENCODING='UTF8' /FIELDNAMES
  /CELLS=VALUES /REPLACE.` First recode user-missing values as system-missing and
  dates as text: `STRING day (A10). COMPUTE day = CONCAT(STRING(XDATE.YEAR(entry), F4),
  '-', STRING(XDATE.MONTH(entry), N2), '-', STRING(XDATE.MDAY(entry), N2)).`
- A missing value is an empty cell: no 99, no NA, no full stop.
- Dates are written as 2015-03-31, numbers with a decimal point.
- Codes of clients, teams and case managers are text. Use codes that identify nobody,
  keep the list of codes and names elsewhere, and write each code in the same way in all
  files: 012 and 12 are two clients.
- A cell has at most 100,000 characters. Text that begins with =, +, @, or a - before
  anything but a number may have an apostrophe in front, so that no spreadsheet runs it
  as a formula: '=T1 is read as =T1, and `smcm study --out` writes the apostrophe again.
- Use only the columns listed. Do not add remarks or names.

## File by file
"""

CLOSING = """\
## Optional files

- `manifest.json` describes your data in your own words; the sentence is shown on every
  page of the book. Without it, the book names this folder.

```json
{"synthetic": false, "statement": "Follow-up of three teams, 2019 to 2022."}
```

- A folder `completed/` holds the five questionnaires with all missing values filled in
  and all given answers unchanged. It is analysed in place of an imputation. Without
  it, missing values are imputed.
- `datapackage.json` and `schema/` describe the tables to other programs. `smcm check`
  does not read them, and you need not change them.
"""


def guide() -> str:
    """Write the guide in Markdown that is also readable as plain text."""
    schema, study = read_schema(), shipped_study()
    told = notes(study)
    sections = [
        _section(k, schema.table(name), told.get(name, ""))
        for k, name in enumerate(order(study), start=1)
    ]
    return "\n".join([OPENING, *sections, CLOSING])


def _section(number: int, table: TableSchema, told: str) -> str:
    body = codebook_table(table.name).body[["Column", "Values", "May be blank"]]
    rows = [list(body.columns), ["---"] * 3, *body.to_numpy().tolist()]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    note = f"\n{told}\n" if told else ""
    heading = f"### {number}. `{table.path}`\n\n{table.description}\n"
    return "\n".join([heading + note, *lines, ""])
