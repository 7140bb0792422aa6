"""The guide that lies in a new data folder, written from the schema."""

from smcm.cohort.schema import TableSchema, read_schema
from smcm.report.codebook import table as codebook_table
from smcm.report.starter_notes import NOTES, ORDER

OPENING = """\
# A data folder for the smcm living paper

This folder is ready to be filled in. Each table is a CSV file that so far has nothing
but its header. When all of them hold your data, the whole analysis and the book can be
built from them. Nothing leaves your computer on the way.

## Order of work

1. Fill in the tables in the order below. Leave the headers as they are; the order of
   rows is free.
2. Run `smcm check .` in this folder as often as you like. It changes nothing and lists
   every fault with its line and what to do about it. Faults are normal; go on until it
   says that the folder is sound.
3. Run the analysis, then build the book:

```sh
smcm check .
smcm study --data .
smcm book --data . --out ../my-book
smcm rerun --data . --out ../my-runs
```

   `smcm study` prints the main tables; with `--out` it also writes them, with figures,
   into a folder of its own. `smcm book` builds the whole book on your data, and
   `smcm rerun` sets windows and sites side by side. Output goes into folders outside of
   this one.

The book's chapter "Run it on your data" goes through the same steps at more length.

## What holds for every table

- Comma-separated text in UTF-8. In Excel choose *Save as*, *CSV UTF-8 (Comma
  delimited)*; where your settings separate by semicolons, `smcm check` will say so. In
  SPSS: `SAVE TRANSLATE OUTFILE='clients.csv' /TYPE=CSV /ENCODING='UTF8' /FIELDNAMES
  /CELLS=VALUES /REPLACE.` Turn user-missing codes into system-missing before, and a
  date into text: `STRING day (A10). COMPUTE day = CONCAT(STRING(XDATE.YEAR(entry), F4),
  '-', STRING(XDATE.MONTH(entry), N2), '-', STRING(XDATE.MDAY(entry), N2)).`
- A missing value is an empty cell: no 99, no NA, no full stop.
- Dates are written as 2015-03-31, numbers with a decimal point.
- Codes of clients, teams and case managers are text. Use codes that nobody can be
  recognized by, keep the list that leads from codes to names elsewhere, and write each
  code alike in all files: 012 and 12 are two clients.
- A cell has at most 100,000 characters. Text that begins with =, +, @, or a - before
  anything but a number, may have an apostrophe in front, so that no spreadsheet runs it
  as a formula: '=T1 is read as =T1, and `smcm study --out` writes it so again.
- No columns but those listed. Remarks and names have no place here.

## File by file
"""

CLOSING = """\
## If you like

- `manifest.json` lets you say in your own words what data these are; the sentence
  stands on every page of the book. Without it the book names this folder.

```json
{"synthetic": false, "statement": "Follow-up of three teams, 2019 to 2022."}
```

- A folder `completed/` with the five questionnaires once more, without a single gap and
  with every given answer unchanged, is analysed in place of an imputation. Leave it out
  and the gaps are imputed.
- `datapackage.json` and `schema/` describe the tables to other programs. They are not
  read by `smcm check`, and you need not touch them.
"""


def guide() -> str:
    """Write the guide, in Markdown that is also pleasant to read as plain text."""
    schema = read_schema()
    sections = [
        _section(k, schema.table(name)) for k, name in enumerate(ORDER, start=1)
    ]
    return "\n".join([OPENING, *sections, CLOSING])


def _section(number: int, table: TableSchema) -> str:
    body = codebook_table(table.name).body[["Column", "Values", "May be blank"]]
    rows = [list(body.columns), ["---"] * 3, *body.to_numpy().tolist()]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    note = f"\n{NOTES[table.name]}\n" if table.name in NOTES else ""
    heading = f"### {number}. `{table.path}`\n\n{table.description}\n"
    return "\n".join([heading + note, *lines, ""])
