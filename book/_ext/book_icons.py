"""Leave in the theme's script of icons those that pages use; it has some two thousand.

Whole, it is heavier than everything else that a page loads.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

SCRIPT = "_static/scripts/fontawesome.js"
USED = re.compile(r"\bfa-([a-z0-9-]+)")
# A name, its size, other names, a code, and its outline: one, or two of two shades.
ICON = (
    r'(?:"([\w-]+)"|([\w$]+)):\[\d+,\d+,\[([^\]]*)\],"[0-9a-f]+",'
    r'(?:"[^"\\]*"|\[[^\]]*\])\]'
)
ONE, SEVERAL = re.compile(ICON), re.compile(f"{ICON}(?:,{ICON})*")


def names_used(folder: Path) -> set[str]:
    """Find the icons that the pages name, or the scripts that add something to them."""
    files = [*folder.rglob("*.html"), *(folder / "_static").rglob("*.js")]
    return {
        name
        for path in files
        if path != folder / SCRIPT
        for name in USED.findall(path.read_text(encoding="utf-8"))
    }


def with_icons(script: str, names: set[str]) -> str:
    """Take every icon out of a script that has none of these names."""

    def kept(found: re.Match[str]) -> str:
        icons = ONE.finditer(found[0])
        return ",".join(icon[0] for icon in icons if names & set(_names(icon)))

    return SEVERAL.sub(kept, script)


def _names(icon: re.Match[str]) -> Iterator[str]:
    yield icon[1] or icon[2]
    yield from re.findall(r'"([\w-]+)"', icon[3])


def lighten(app: Sphinx, exception: Exception | None) -> None:
    """Write the script anew when all pages are there."""
    script = Path(app.outdir) / SCRIPT
    if exception is None and app.builder.format == "html" and script.is_file():
        names = names_used(Path(app.outdir))
        text = with_icons(script.read_text(encoding="utf-8"), names)
        script.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
