"""The same few lines in Python and R, and the output as PROCESS writes it, in tabs.

The lines are static text, which students copy; `tests/lessons` runs them.
"""

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd

from smcm import process_text
from smcm.analysis.mediate import mediate
from smcm.report.csv_text import LEFT, frame_csv
from smcm.teach.worlds import M, X, Y

READ = {
    "python": """\
import pandas as pd
import statsmodels.formula.api as smf

data = pd.read_csv("{file}.csv")
""",
    "r": 'data <- read.csv("{file}.csv")\n',
}
FIT = {
    "python": """\
m = smf.ols("alliance ~ fidelity", data).fit()
y = smf.ols("hope ~ alliance + fidelity", data).fit()
a, b, direct = m.params["fidelity"], y.params["alliance"], y.params["fidelity"]
print(f"a {a:.3f}, b {b:.3f}, ab {a * b:.3f}, c' {direct:.3f}, c {direct + a * b:.3f}")
""",
    "r": """\
m <- lm(alliance ~ fidelity, data)
y <- lm(hope ~ alliance + fidelity, data)
a <- coef(m)["fidelity"]; b <- coef(y)["alliance"]; direct <- coef(y)["fidelity"]
cat(sprintf("a %.3f, b %.3f, ab %.3f, c' %.3f, c %.3f\\n",
            a, b, a * b, direct, direct + a * b))
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTabs:
    """Code and output of one lesson.

    Attributes
    ----------
    files : mapping of str to DataFrame
        Data by the names of their files; the code reads the first.
    python, r : str
        What follows the lines that read the data.
    process : bool
        Whether the model of the first file is shown as PROCESS writes it.
    """

    files: dict[str, pd.DataFrame]
    python: str = FIT["python"]
    r: str = FIT["r"]
    process: bool = True

    def code(self, language: str) -> str:
        """Give the whole program in ``"python"`` or ``"r"``."""
        rest = self.python if language == "python" else self.r
        numbers = (
            "import numpy as np\n" if language == "python" and "np." in rest else ""
        )
        return numbers + READ[language].format(file=next(iter(self.files))) + rest

    def _repr_markdown_(self) -> str:
        tabs = [
            ("Python", f"```python\n{self.code('python')}```"),
            ("R", f"```r\n{self.code('r')}```"),
        ]
        if self.process:
            text = process_text(mediate(next(iter(self.files.values())), x=X, m=M, y=Y))
            shown, _, _ = text.partition("*" * 28 + " ANALYSIS NOTES")
            tabs.append(("PROCESS", f"```text\n{shown.rstrip('* ')}```"))
        items = "".join(
            f"::::{{tab-item}} {title}\n\n{body}\n::::\n" for title, body in tabs
        )
        links = ", ".join(_link(name, frame) for name, frame in self.files.items())
        return (
            f'<p class="teach-data">Data: {links}</p>\n\n'
            f":::::{{tab-set}}\n{items}:::::\n"
        )


def _link(name: str, frame: pd.DataFrame) -> str:
    """Link to a file that the link holds, without the mark that R takes for letters."""
    held = quote(frame_csv(frame), safe=LEFT)
    return f'<a download="{name}.csv" href="data:text/csv,{held}">{name}.csv</a>'
