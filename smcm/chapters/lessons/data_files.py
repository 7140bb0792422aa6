"""The data of a lesson as links that hold them, and the first file's output of PROCESS.

The page itself has the code in Python and R, which students copy; `tests/lessons` runs
it.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd

from smcm import process_text
from smcm.analysis.mediate import mediate
from smcm.report.csv_text import LEFT, frame_csv
from smcm.teach.worlds import M, X, Y

GLUE = {"scrapbook": {"name": "process", "mime_prefix": ""}}  # as MyST-NB names it


@dataclass(frozen=True, slots=True)
class DataFiles:
    """Files of one lesson.

    Attributes
    ----------
    files : mapping of str to DataFrame
        Data by the names of their files; the code reads the first.
    process : bool
        Whether a tab of the page shows the model of the first as PROCESS writes it.
    """

    files: dict[str, pd.DataFrame]
    process: bool = True

    def _repr_mimebundle_(
        self, **_asked: object
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """Show the links; what PROCESS writes goes where the page glues it in."""
        links = ", ".join(_link(name, frame) for name, frame in self.files.items())
        shown = {"text/html": f'<p class="teach-data">Data: {links}</p>\n'}
        if not self.process:
            return shown, {}
        text = process_text(mediate(next(iter(self.files.values())), x=X, m=M, y=Y))
        output, _, _ = text.partition("*" * 28 + " ANALYSIS NOTES")
        return shown | {"text/markdown": f"```text\n{output.rstrip('* ')}```"}, GLUE


def _link(name: str, frame: pd.DataFrame) -> str:
    """Link to a file that the link holds, without the mark that R takes for letters."""
    held = quote(frame_csv(frame), safe=LEFT)
    return f'<a download="{name}.csv" href="data:text/csv,{held}">{name}.csv</a>'
