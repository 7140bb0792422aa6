"""Rows under the header that a survey program writes and that are no answers."""

from collections.abc import Sequence

IMPORT_ID = '{"ImportId":'
MOST = 3  # rows below the names, among which that of the ids stands


def rows_of_qualtrics(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows of question texts and import ids that follow the header.

    Parameters
    ----------
    rows : sequence of sequence of str
        The header and what follows. Qualtrics writes two rows of its own there, and the
        second holds nothing but ids, such as ``{"ImportId":"QID1"}``.
    """
    for number, row in enumerate(rows[1 : 1 + MOST], start=1):
        filled = [cell.strip() for cell in row if cell.strip()]
        if filled and all(_is_import_id(cell) for cell in filled):
            return number
    return 0


def _is_import_id(cell: str) -> bool:
    return cell.replace(" ", "").startswith(IMPORT_ID) and cell.endswith("}")
