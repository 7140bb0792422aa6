"""LibreOffice runs no cell of the tables that we write."""

import re
import shutil
import subprocess

import pandas as pd
import pytest

from smcm.report.csv_text import write_frame
from tests.properties.test_formulas import RUN

OFFICE = shutil.which("soffice")
FORMULA = re.compile(r"table:formula=")
PATIENCE = 180
# comma, quotation mark, UTF-8, from line 1; detect numbers; evaluate formulas
FILTER = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"

pytestmark = [
    pytest.mark.faults,
    pytest.mark.fault("cells that a spreadsheet would run"),
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


@pytest.fixture
def opened(tmp_path):
    """Open a CSV file in LibreOffice, and return what it has made of it."""

    def convert(path):
        profile = (tmp_path / "profile").as_uri()
        subprocess.run(
            [
                *(OFFICE, f"-env:UserInstallation={profile}", "--headless"),
                *(f"--infilter={FILTER}", "--convert-to", "fods"),
                *("--outdir", tmp_path / "opened", path),
            ],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        made = tmp_path / "opened" / path.with_suffix(".fods").name
        return made.read_text(encoding="utf-8")

    return convert


def test_no_cell_that_we_write_is_run(opened, tmp_path):
    cells = [*RUN, "x\r=1", "x\n=1"]
    frame = pd.DataFrame({"=1+1": cells, "number": [-1.5] * len(cells)})
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    write_frame(frame, ours)
    frame.to_csv(theirs, index=False)
    assert FORMULA.search(opened(theirs))  # it would run them
    found = opened(ours)
    assert not FORMULA.search(found)
    assert found.count('office:value="-1.5"') == len(cells)
