"""A figure as inline SVG that takes its colours and its font from the page.

Each part of the figure, see `smcm.report.palette.new_panels`, becomes an element of its
own, so that a page lays them side by side or, on a phone, beneath each other.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure, SubFigure

from smcm.report.csv_text import csv_link, frame_csv

# The page's variable for each colour that figures have, in the light colour.
ROLES = {
    "#ffffff": "paper",
    "#1a1a1a": "ink",
    "#595959": "quiet",
    "#8c8c8c": "rule",
    "#e3e6ea": "faint",
    "#eef3f8": "tint",
    "#e1ecf5": "blue-faint",
    "#bfd7ea": "blue-light",
    "#a9c6de": "blue-mid",
    "#0072b2": "blue",
    "#c44e00": "red",
    "#00805a": "green",
    "#a0508c": "purple",
    "#a67600": "ochre",
    "#2f8fc4": "sky",
    "#4d4d4d": "grey",
}
COLOUR = re.compile(r"#[0-9a-f]{6}\b")
FINE = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is finer than any screen
LEVEL = re.compile(r"rotate\(-0 [^)]*\)")
FAMILY = re.compile(r"font-family: [^;]*;? ?")
ENDS = re.compile(r"; stroke-line(?:join|cap): [a-z]+")
NAMED = re.compile(r"url\(#([^)]*)\)")
POINTS, PIXELS = 72.0, 96.0  # in an inch, as CSS counts
MOST_ACROSS = 4.3 * POINTS  # of a key; more would be too small on a phone
READABLE = 0.83  # of the natural size, at which text of 10 points is 11 pixels high
KEY, PART = "key", "part"  # ids of what explains the marks, and of panels
SPACE = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
FONT = "var(--fig-font, 'DejaVu Sans', sans-serif)"


def element(figure: Figure, name: str, alt: str, frame: pd.DataFrame | None) -> str:
    """Write a figure as HTML: its parts, and a link to its numbers.

    The same figure gives the same text. What reads no variables sees light colours.

    Parameters
    ----------
    figure : Figure
    name : str
        Begins every id, so that none is on a page twice.
    alt : str
    frame : DataFrame, optional
        The numbers that the figure shows.
    """
    root = drawn(figure, name)
    width, height = figure.get_size_inches() * POINTS
    shown = [part for part in figure.subfigs if part.get_visible()]
    parts = [_panel(root, part, name) for part in shown]
    link = f" {csv_link(frame_csv(frame), name)}" if frame is not None else ""
    return (
        f'<div class="smcm-plate" data-name="{name}" '
        f'data-size="{width:g} {height:g}"><div class="smcm-panels" role="img" '
        f'aria-label="{escape(alt)}" style="--least: {_least(shown)}">{"".join(parts)}'
        f'</div><p class="smcm-take">{link}</p></div>'
    )


def _least(parts: Sequence[SubFigure]) -> str:
    """Width at which a part can stand beside another."""
    panels = [part for part in parts if part.get_gid() != KEY]
    if len({_box(part)[0] for part in panels}) == 1:
        return "100%"
    return f"{READABLE * PIXELS * _box(panels[0])[2] / POINTS:.0f}px"


def drawn(figure: Figure, name: str) -> ET.Element:
    """Draw once; words stay words, and colours become variables."""
    buffer = BytesIO()
    with (
        rc_context({"svg.hashsalt": name, "svg.fonttype": "none"}),
        rc_context({"text.parse_math": False}),
        with_dots(figure, figure.dpi),
    ):
        FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
            buffer, metadata={"Date": None}
        )
    root = ET.fromstring(buffer.getvalue())
    for one in root.iter():
        _tidy(one, name)
    _unwrap(root)
    return root


@contextmanager
def with_dots(figure: Figure, dots: float) -> Iterator[None]:
    """Draw with so many dots per inch, and leave the figure as it was."""
    own = figure.dpi
    figure.dpi = dots
    try:
        yield
    finally:
        figure.dpi = own


def _tidy(one: ET.Element, name: str) -> None:
    one.tag = one.tag.removeprefix(f"{{{SPACE}}}")
    one.tail = None
    if one.tag != "text":
        one.text = None
    if HREF in one.attrib:
        target = "".join(one.attrib.pop(HREF).split())  # a picture has line ends
        one.set(
            "href", target.replace("#", f"#{name}-") if target[0] == "#" else target
        )
    for key in {"style", "d", "transform", "x", "y", "clip-path"} & one.attrib.keys():
        one.set(key, _tidied(key, one.attrib[key], name))
        if not one.attrib[key]:
            del one.attrib[key]


def _tidied(key: str, value: str, name: str) -> str:
    if key == "clip-path":
        return value.replace("#", f"#{name}-")
    value = FINE.sub(r"\1", LEVEL.sub("", " ".join(value.split())))
    if key == "style":
        value = COLOUR.sub(_variable, ENDS.sub("", FAMILY.sub("", value))).rstrip("; ")
    return value


def _variable(found: re.Match[str]) -> str:
    role = ROLES.get(found[0])
    return f"var(--fig-{role}, {found[0]})" if role else found[0]


def _unwrap(one: ET.Element) -> None:
    """Leave out groups that say nothing."""
    kept: list[ET.Element] = []
    for child in one:
        _unwrap(child)
        spare = child.tag == "g" and not child.attrib.keys() - {"id"}
        said = child.get("id", "").startswith((KEY, PART, "figure"))
        kept += list(child) if spare and not said else [child]
    one[:] = kept


def _panel(root: ET.Element, part: SubFigure, name: str) -> str:
    """Cut a part out, with the definitions that it refers to."""
    left, top, width, height = _box(part)
    width = min(width, MOST_ACROSS)
    group = next(one for one in root.iter() if one.get("id") == part.get_gid())
    used = {NAMED.sub(r"\1", one.get("clip-path", "")) for one in group.iter()}
    defined = [
        one for one in root.iter("clipPath") if f"{name}-{one.get('id')}" in used
    ]
    svg = ET.Element(
        "svg",
        {
            "xmlns": SPACE,
            "viewBox": " ".join(f"{v:.2f}" for v in (left, top, width, height)),
            "width": f"{width * PIXELS / POINTS:.0f}",
            "height": f"{height * PIXELS / POINTS:.0f}",
            "style": f"font-family: {FONT}; stroke-linejoin: round; "
            f"--natural: {width * PIXELS / POINTS:.0f}px",
            "class": KEY if part.get_gid() == KEY else PART,
        },
    )
    ET.SubElement(svg, "defs").extend(defined)
    svg.extend(group)
    targets = used | {one.get("href", "")[1:] for one in group.iter("use")}
    for one in svg.iter():
        own = one.attrib.pop("id", None)
        if own is not None and f"{name}-{own}" in targets:
            one.set("id", f"{name}-{own}")
    return ET.tostring(svg, encoding="unicode")


def _box(part: SubFigure) -> tuple[float, float, float, float]:
    """Left, top, width and height within the figure, in points."""
    figure = part.get_figure(root=True)
    x, y, width, height = np.array(part.bbox.bounds) / figure.dpi * POINTS
    return x, figure.get_size_inches()[1] * POINTS - y - height, width, height
