"""Resolve the roles of the sources that the pages offer for download.

Outside of the book nothing knows which table is ``tab-paths`` or which reference is
``bell2002``. Here their numbers take the place of the roles, as on the page, and
formulas stand between dollar signs, which every notebook shows.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from sphinx.application import Sphinx

# No quotation mark, which ends a line of a notebook; no backtick before, as in code.
ROLE = re.compile(r"(?<!`)\{(numref|ref|eq|cite|math)\}`([^`\"]+)`")
TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<label>[^<>]+)>", re.DOTALL)


def resolve(app: Sphinx, exception: Exception | None) -> None:
    """Write the sources again, with numbers for names."""
    folder = Path(app.outdir) / "_sources"
    if exception is not None or app.builder.format != "html" or not folder.is_dir():
        return
    numbers, labels, equations = _numbers(app), _reference_labels(app), _equations(app)
    write: Mapping[str, Callable[[str], str]] = {
        "numref": lambda name: _numbered(name, numbers),
        "ref": lambda name: _titled(name, app),
        "eq": lambda name: f"({equations[name]})",
        "cite": lambda names: f"[{', '.join(labels[n] for n in names.split(','))}]",
        "math": lambda formula: f"${formula}$",
    }

    def written(found: re.Match[str]) -> str:
        try:
            return write[found[1]](found[2])
        except KeyError:  # no name of the book's: words of somebody else
            return found[0]

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        # Notebooks too are read as text: no role holds anything that JSON escapes anew.
        resolved = ROLE.sub(written, text)
        if resolved != text:
            path.write_text(resolved, encoding="utf-8")


def _numbered(name: str, numbers: Mapping[str, tuple[str, str]]) -> str:
    """Write "Table 6", or a title with the number in it."""
    titled = TITLED.fullmatch(name)
    form, number = numbers[titled["label"] if titled else name]
    if titled is None:
        return form % number
    title = titled["title"].replace("{number}", number)
    return title % number if "%s" in title else title


def _titled(name: str, app: Sphinx) -> str:
    """Write the words of a link, or the title of the place that it leads to."""
    titled = TITLED.fullmatch(name)
    if titled is not None:
        return titled["title"]
    title: str = app.env.domaindata["std"]["labels"][name][2]
    return title


def _numbers(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Give the form and the number of every table and figure, by its label."""
    forms, numbers = app.config.numfig_format, app.env.toc_fignumbers
    found = {}
    for label, (page, place, *_) in app.env.domaindata["std"]["anonlabels"].items():
        for kind, places in numbers.get(page, {}).items():
            if place in places:
                found[label] = forms[kind], ".".join(map(str, places[place]))
    return found


def _equations(app: Sphinx) -> dict[str, int]:
    objects = app.env.domaindata["math"]["objects"]
    return {label: number for label, (_, number) in objects.items()}


def _reference_labels(app: Sphinx) -> dict[str, str]:
    citations = app.env.get_domain("cite").citations  # type: ignore[attr-defined]
    return {one.key: one.formatted_entry.label for one in citations}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
