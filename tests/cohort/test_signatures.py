"""Files of other programs, written by these or by their published first bytes."""

import bz2
import gzip
import io
import lzma
import zipfile

import numpy as np
import pandas as pd
import pytest

from smcm.cohort.number_file import read_numbers
from smcm.cohort.signatures import foreign_kind
from smcm.errors import DataError

pytestmark = pytest.mark.fault("files of data that are no text tables")

FRAME = pd.DataFrame({"x": [1, 2], "m": [0.5, 2.0], "y": [3, 1]})


def archive(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name in names:
            packed.writestr(name, b"mimetype of nothing" * 9)
    return written.getvalue()


def ods():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", "<x/>")
    return written.getvalue()


def stata(version):
    written = io.BytesIO()
    FRAME.to_stata(written, version=version)
    return written.getvalue()


def npy():
    written = io.BytesIO()
    np.save(written, FRAME.to_numpy())
    return written.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORKBOOK = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
RDS = b"X\n\x00\x00\x00\x03\x00\x04"
FILES = {
    "sav": (b"$FL2@(#) SPSS DATA FILE", "SPSS data file (.sav)", "SAVE TRANSLATE"),
    "zsav": (b"$FL3@(#) SPSS DATA FILE", "(.zsav)", "SAVE TRANSLATE"),
    "por": (b"x" * 200 + b"ASCII SPSS PORT FILE", "(.por)", "read_por"),
    **{f"dta-{v}": (stata(v), "Stata", "export delimited") for v in (114, 117, 118)},
    "rds": (RDS, ".rds", "readRDS"),
    "rds-gzip": (gzip.compress(RDS + bytes(99)), ".rds", "readRDS"),
    "rds-bzip2": (bz2.compress(RDS), ".rds", "readRDS"),
    "rds-xz": (lzma.compress(RDS), ".rds", "readRDS"),
    "rds-text": (gzip.compress(b"A\n3\n262147\n"), ".rds", "readRDS"),
    "RData": (gzip.compress(b"RDX3\nX\n"), ".RData", "load("),
    "xlsx": (archive(*WORKBOOK), "Excel workbook (.xlsx)", "CSV UTF-8"),
    "xlsx-cut": (archive(*WORKBOOK)[:60], ".xlsx", "CSV UTF-8"),
    "xls": (OLD_OFFICE + "Workbook".encode("utf-16-le"), "(.xls)", "CSV UTF-8"),
    "locked": (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password", "CSV"),
    "ods": (ods(), ".ods", "CSV, UTF-8"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "Word", "a table"),
    "zip": (archive("data.csv"), "zip archive", "Unpack"),
    "gz": (gzip.compress(b"x,m,y\n1,2,3\n"), "packed", "Unpack"),
    "sas": (bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "SAS", "PROC EXPORT"),
    "xpt": (b"HEADER RECORD*******LIBRARY HEADER", ".xpt", "read_xpt"),
    "parquet": (b"PAR1\x15\x04", "Parquet", "read_parquet"),
    "feather": (b"ARROW1\x00\x00", "Arrow", "read_feather"),
    "npy": (npy(), "NumPy", "Export"),
    "pdf": (b"%PDF-1.7\n", "PDF", "a table"),
    "sqlite": (b"SQLite format 3\x00" + bytes(90), "SQLite", "Export"),
    "html": (FRAME.to_html().encode(), "HTML", "spreadsheet"),
    "json": (FRAME.to_json().encode(), "JSON", "read_json"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "XML", "spreadsheet"),
    "noise": (bytes(range(256)) * 9, "no text", "Export"),
}


@pytest.mark.parametrize("extension", [".csv", ".sav", ""])
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_named_by_its_first_bytes(tmp_path, name, extension):
    content, what, cure = FILES[name]
    path = tmp_path / f"data{extension}"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        read_numbers(path, [("--x", "x")])
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (path.name, None)
    assert what in fault.rule
    assert cure in fault.cure


@pytest.mark.parametrize(
    "text", ["x,m,y\n1,2,3\n", "[x],m\n1,2\n", "{x},m\n1,2\n", "PK,m\n1,2\n", "X\n1\n"]
)
def test_a_text_table_is_no_file_of_another_program(text):
    assert foreign_kind(text.encode()) is None
