"""What is wrong with the columns of a model, in sentences."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isfinite, isnan

from smcm.cohort.characters import plain_name
from smcm.cohort.number_cells import WORD, WORDS, NumberCells
from smcm.cohort.sheets import Sheet
from smcm.errors import Fault

NUMBERS_ONLY = "A variable of the model holds numbers only"
WORDS_SHOWN = 5
FEW = 3  # cells of one kind that are named one by one
LINES_SHOWN = 5
MOST_HEADERS = 3  # rows of words below the header that can be a second one


def header_faults(sheet: Sheet, used: Collection[str]) -> Iterator[Fault]:
    """Names of the model that occur twice, and a header without rows."""
    names = [plain_name(name) for name in sheet.header]
    for name, count in Counter(names).items():
        if count > 1 and name in used:
            places = [str(k) for k, other in enumerate(names, 1) if other == name]
            yield Fault(
                file=sheet.file,
                line=sheet.header_line,
                column=name,
                rule="A column name occurs once; this one heads columns "
                f"{' and '.join(places)}.",
                cure="Rename or delete all but one of them.",
            )
    if sheet.header and not sheet.rows and not sheet.faults:
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            rule="There are rows below the header; here are none.",
            cure="Export the table again.",
        )


def column_place(sheet: Sheet, name: str) -> int:
    """Find a column that is there by its name as names are compared."""
    return next(k for k, other in enumerate(sheet.header) if plain_name(other) == name)


def blank_column(sheet: Sheet, name: str, rows: int) -> Fault:
    """Say of a column that it has no value at all."""
    return Fault(
        file=sheet.file,
        column=name,
        rule=f"A variable of the model has values; {name} is blank in all {rows} rows.",
        cure="Fill it in, or leave it out of the model.",
    )


def rows_of_words(sheet: Sheet, cells: Mapping[str, NumberCells]) -> list[Fault]:
    """Name rows below the header that hold words where all others hold numbers."""
    if len(cells) < 2:
        return []
    header = [plain_name(name) for name in sheet.header]
    places = [header.index(name) for name in cells]
    again = [
        line
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
        if all(plain_name(row[place]) == header[place] for place in places)
        and [plain_name(cell) for cell in row] == header
    ]
    if again:
        return [_repeated(sheet, again)]
    ends = {_words_end(sheet, name, column) for name, column in cells.items()}
    end = ends.pop() if len(ends) == 1 else 0
    if not 0 < end <= MOST_HEADERS or end >= len(sheet.rows):
        return []
    lines = [str(line) for line in sheet.lines[:end]]
    which = f"lines {lines[0]} to {lines[-1]} hold" if end > 1 else "this line holds"
    return [
        Fault(
            file=sheet.file,
            line=sheet.lines[0],
            value=sheet.rows[0][places[0]].strip()[:60],
            rule=f"One line names the columns, and rows of numbers follow; {which} "
            "words in all columns of the model, as a second header does.",
            cure=f"Delete line{'s' * (end > 1)} {' and '.join(lines)}.",
        )
    ]


def _repeated(sheet: Sheet, again: Sequence[int]) -> Fault:
    several = len(again) > 1
    lines = ", ".join(map(str, again[:LINES_SHOWN]))
    more = ", …" if len(again) > LINES_SHOWN else ""
    return Fault(
        file=sheet.file,
        line=again[0],
        rule="One line names the columns; here the header stands once more, as where "
        "files were put under one another.",
        cure=f"Delete line{'s' * several} {lines}{more}.",
    )


def _words_end(sheet: Sheet, name: str, column: NumberCells) -> int:
    """Count the rows of words at the top; 0 where there are words below them too."""
    if not column.cures:
        return 0
    place = column_place(sheet, name)
    texts = [row[place].strip() for row in sheet.rows]
    end = next((k for k, text in enumerate(texts) if text not in column.cures), 0)
    words = all(column.cures[text] == WORDS for text in texts[:end])
    rest = any(text in column.cures for text in texts[end:])
    return end if words and not rest else 0


def cell_faults(sheet: Sheet, name: str, column: NumberCells) -> Iterator[Fault]:
    """Name the cells of a column that are no numbers; what is alike, together."""
    if not column.cures:
        return
    place = column_place(sheet, name)
    texts = [row[place].strip() for row in sheet.rows]
    if len(column.cures) > 1 and _only_words(column):
        yield _words_fault(sheet, name, list(column.cures))
        return
    kinds: dict[str, list[tuple[int, str]]] = {}
    for line, text in zip(sheet.lines, texts, strict=True):
        if text in column.cures and line not in sheet.torn:
            kinds.setdefault(_kind(column.cures[text]), []).append((line, text))
    cures = {t: WORD if cure == WORDS else cure for t, cure in column.cures.items()}
    numbers = any(map(isfinite, column.numbers))
    for alike in kinds.values():
        yield from _alike(sheet.file, name, alike, cures if numbers else column.cures)


def _alike(
    file: str, name: str, cells: Sequence[tuple[int, str]], cures: Mapping[str, str]
) -> Iterator[Fault]:
    for line, text in cells if len(cells) <= FEW else cells[:1]:
        rule = f"{NUMBERS_ONLY}."
        if len(cells) > FEW:
            lines = ", ".join(str(line) for line, _ in cells[1 : 1 + LINES_SHOWN])
            more = ", …" if len(cells) > 1 + LINES_SHOWN else ""
            rule = (
                f"{NUMBERS_ONLY}; {len(cells) - 1} more cells of this column are like "
                f"this one (lines {lines}{more})."
            )
        yield Fault(
            file=file, line=line, column=name, value=text, rule=rule, cure=cures[text]
        )


def _kind(cure: str) -> str:
    """Words of a cure without the numbers of its cell."""
    return " ".join(word for word in cure.split() if word.strip(",;.").isalpha())


def _only_words(column: NumberCells) -> bool:
    """Whether a column has words in it and no number at all."""
    return set(column.cures.values()) == {WORDS} and all(map(isnan, column.numbers))


def _words_fault(sheet: Sheet, name: str, distinct: Sequence[str]) -> Fault:
    """Say once of a column of words what would else be said of every line."""
    more = ", …" if len(distinct) > WORDS_SHOWN else ""
    return Fault(
        file=sheet.file,
        column=name,
        value=", ".join(distinct[:WORDS_SHOWN]) + more,
        rule=f"{NUMBERS_ONLY}; this column holds words.",
        cure=WORDS,
    )
