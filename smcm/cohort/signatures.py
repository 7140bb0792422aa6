"""What a file is that is no text, by its first bytes and whatever its name says."""

import bz2
import json
import lzma
import re
import zlib
from dataclasses import dataclass

FEW = 4096  # bytes that are looked at inside of a compressed file
TEXT_PACKED = "Unpack it first; the table is the file inside."
EXCEL = (
    "Open it in the spreadsheet and save the sheet as comma-separated CSV, UTF-8 "
    '(in Excel: Save As, "CSV UTF-8 (Comma delimited)").'
)
SPSS = (
    "In SPSS run SAVE TRANSLATE OUTFILE='data.csv' /TYPE=CSV /ENCODING='UTF8' "
    "/FIELDNAMES /CELLS=VALUES, in PSPP the same without /ENCODING; or in R: "
    'write.csv(haven::read_{}("data.{}"), "data.csv", row.names = FALSE).'
)
SAV, POR = SPSS.format("sav", "sav"), SPSS.format("por", "por")
STATA = (
    'In Stata: export delimited using "data.csv", nolabel; or in R: '
    'write.csv(haven::read_dta("data.dta"), "data.csv", row.names = FALSE).'
)
RDS = 'In R: write.csv(readRDS("data.rds"), "data.csv", row.names = FALSE).'
RDATA = (
    'In R: print(load("data.RData")) shows the names; then '
    'write.csv(name, "data.csv", row.names = FALSE).'
)
SAS = (
    'In SAS: PROC EXPORT DATA=name OUTFILE="data.csv" DBMS=CSV; or in R: '
    'write.csv(haven::read_sas("data.sas7bdat"), "data.csv", row.names = FALSE).'
)
XPORT = 'In R: write.csv(haven::read_xpt("data.xpt"), "data.csv", row.names = FALSE).'
PANDAS = "In Python: pandas.{}.to_csv('data.csv', index=False)."
PICKLE = "read_pickle('data.pkl')"
OTHER = (
    "Export the table as comma-separated CSV, UTF-8, from the program it comes from."
)
PICTURE = "Write the numbers into a table, and save it as comma-separated CSV, UTF-8."
MATLAB = "In MATLAB: writetable(name, 'data.csv'); of a matrix writematrix."
PAGE = (
    "A page of the web was saved, or a program named its page .xls. Open it in a "
    "spreadsheet and save the sheet as comma-separated CSV, UTF-8."
)
ANOTHER_R = "data that R has saved, an .rds file"
WORKSPACE = "data that R has saved, an .RData file"


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file is instead of a text table, and how its table becomes one."""

    what: str
    cure: str


MARKS = {
    b"$FL2": Foreign("an SPSS data file (.sav)", SAV),
    b"$FL3": Foreign("a compressed SPSS data file (.zsav)", SAV),
    b"<stata_dta>": Foreign("a Stata data file (.dta)", STATA),
    b"X\n\x00\x00": Foreign(ANOTHER_R, RDS),
    b"A\n2\n": Foreign(ANOTHER_R, RDS),
    b"A\n3\n": Foreign(ANOTHER_R, RDS),
    b"RDX": Foreign(WORKSPACE, RDATA),
    b"RDA": Foreign(WORKSPACE, RDATA),
    b"\x00" * 12 + b"\xc2\xea\x81\x60": Foreign("a SAS data set (.sas7bdat)", SAS),
    b"HEADER RECORD*******": Foreign("a SAS transport file (.xpt)", XPORT),
    b"PAR1": Foreign("a Parquet file", PANDAS.format("read_parquet('data.parquet')")),
    b"ARROW1": Foreign("an Arrow file", PANDAS.format("read_feather('data.feather')")),
    b"FEA1": Foreign("a Feather file", PANDAS.format("read_feather('data.feather')")),
    b"MATLAB 5.0 MAT-file": Foreign("a MATLAB file (.mat)", MATLAB),
    b"\x80\x04\x95": Foreign("a pickle of Python", PANDAS.format(PICKLE)),
    b"\x80\x05\x95": Foreign("a pickle of Python", PANDAS.format(PICKLE)),
    b"\x89HDF\r\n": Foreign("an HDF5 file", OTHER),
    b"\x93NUMPY": Foreign("a NumPy array (.npy)", OTHER),
    b"SQLite format 3\x00": Foreign("an SQLite data base", OTHER),
    b"\x00\x01\x00\x00Standard ": Foreign("an Access data base", OTHER),
    b"%PDF": Foreign("a PDF document", PICTURE),
    b"{\\rtf": Foreign("a document in Rich Text Format (.rtf)", PICTURE),
    b"\x89PNG": Foreign("a picture (.png)", PICTURE),
    b"\xff\xd8\xff": Foreign("a picture (.jpg)", PICTURE),
    b"7z\xbc\xaf": Foreign("a 7-Zip archive", TEXT_PACKED),
    b"Rar!": Foreign("a RAR archive", TEXT_PACKED),
    b"\x28\xb5\x2f\xfd": Foreign("a file packed by Zstandard (.zst)", TEXT_PACKED),
}
IN_ZIP = (  # what the names inside of a zip archive, or its first file, tell
    (b"application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet (.ods)", EXCEL),
    (b"application/vnd.oasis.opendocument", "a document of LibreOffice", PICTURE),
    (b"xl/", "an Excel workbook (.xlsx)", EXCEL),
    (b"word/document", "a Word document (.docx)", PICTURE),
    (b"ppt/", "a PowerPoint presentation (.pptx)", PICTURE),
    (b"Index/Document.iwa", "a Numbers spreadsheet", EXCEL),
    (b"jamovi", "a jamovi file (.omv)", "In jamovi: Export, as CSV."),
    (b"data.jaspdata", "a JASP file (.jasp)", "In JASP: File, Export Data, as CSV."),
    (b"internal.sqlite", "a JASP file (.jasp)", "In JASP: File, Export Data, as CSV."),
    (b"[Content_Types].xml", "an Excel workbook (.xlsx) or its like", EXCEL),
)
IN_OLD_OFFICE = (
    ("EncryptedPackage", "an Office file with a password", f"Take it off. {EXCEL}"),
    ("WordDocument", "a Word document (.doc)", PICTURE),
    ("Workbook", "an Excel workbook of the old kind (.xls)", EXCEL),
    ("Book", "an Excel workbook of the old kind (.xls)", EXCEL),
)
STATA_OLD = re.compile(rb"[\x69-\x73][\x01\x02]\x01\x00")  # releases 105 to 115
PAGE_MARK = re.compile(rb"\s*<(!doctype html|html|head|table|meta)\b", re.IGNORECASE)


def foreign_kind(content: bytes) -> Foreign | None:
    """Say what a file is that is no text table; None for anything else.

    Parameters
    ----------
    content : bytes
        The whole file; only a zip archive, an old Office file and JSON are searched
        beyond their beginning.
    """
    for mark, kind in MARKS.items():
        if content.startswith(mark):
            return kind
    if STATA_OLD.match(content):
        return MARKS[b"<stata_dta>"]
    if b"SPSS PORT FILE" in content[:500]:
        return Foreign("a portable SPSS file (.por)", POR)
    if content.startswith(b"PK\x03\x04"):
        return _zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(content)
    return _packed(content) or _markup(content)


def _zip(content: bytes) -> Foreign:
    """Tell by the first file's bytes, and by the list of names at the end."""
    shown = content[:FEW] + content[-16 * FEW :]
    for mark, what, cure in IN_ZIP:
        if mark in shown:
            return Foreign(what, cure)
    return Foreign(
        "a zip archive, which a spreadsheet (.xlsx, .ods) is too",
        f"Unpack it, if the table is a text file inside. Of a spreadsheet: {EXCEL}",
    )


def _old_office(content: bytes) -> Foreign:
    for name, what, cure in IN_OLD_OFFICE:
        if name.encode("utf-16-le") in content:
            return Foreign(what, cure)
    return Foreign("an Office file of the old kind, such as an .xls workbook", EXCEL)


def _packed(content: bytes) -> Foreign | None:
    """Look into a file that gzip, bzip2 or xz packed, as R does by default."""
    inner: bytes | None = None
    try:
        if content.startswith(b"\x1f\x8b"):
            inner = zlib.decompressobj(31).decompress(content[: 4 * FEW], FEW)
        elif content.startswith(b"BZh"):
            inner = bz2.BZ2Decompressor().decompress(content, FEW)
        elif content.startswith(b"\xfd7zXZ\x00"):
            inner = lzma.LZMADecompressor().decompress(content, FEW)
    except (zlib.error, OSError, lzma.LZMAError, EOFError):
        inner = b""
    if inner is None:
        return None
    within = foreign_kind(inner) if inner else None
    if within and within.what in (ANOTHER_R, WORKSPACE):
        return within
    return Foreign("a packed file (as .gz, .bz2 and .xz are)", TEXT_PACKED)


def _markup(content: bytes) -> Foreign | None:
    start = content[:FEW].removeprefix(b"\xef\xbb\xbf").lstrip()
    if PAGE_MARK.match(start):
        return Foreign("a page of HTML", PAGE)
    if start.startswith(b"<?xml"):
        return Foreign("a file of XML", EXCEL)
    if start[:1] in (b"[", b"{") and _is_json(content):
        return Foreign("a file of JSON", PANDAS.format("read_json('data.json')"))
    return None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
