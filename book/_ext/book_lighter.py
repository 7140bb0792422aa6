"""Write figures in fewer bytes: they look the same.

Matplotlib repeats the style of every mark and writes pictures in four channels. Here
neighbours of one style become a group that has it, lines along an axis take one
number, and pictures of few colours get a palette.
"""

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from xml.etree import ElementTree as ET

import numpy as np
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx

SPACE = "http://www.w3.org/2000/svg"
PLATE = '<div class="smcm-plate"'
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
ZEROS = re.compile(r"(\.\d*?)0+(?!\d)")
IDLE = re.compile(r"; (?:stroke-dashoffset: 0|text-anchor: start)\b")
OF_THE_WHOLE = re.compile(r"(?:^|;)opacity")  # a group would have it once, not each
PICTURE = "data:image/png;base64,"
MOST_COLOURS = 256  # of a palette
SHARED = "style", "clip-path"
Look = tuple[str | None, ...]


def lighten(app: Sphinx, document: nodes.document) -> None:
    """Rewrite the figures of a page."""
    for raw in document.findall(nodes.raw):
        text = raw.astext()
        if PLATE in text:
            told = SVG.sub(lambda found: lighter(found[0]), text)
            raw.children[:] = [nodes.Text(told)]


def lighter(svg: str) -> str:
    """Rewrite a drawing.

    Parameters
    ----------
    svg : str
        As `smcm.report.vector` writes it.
    """
    root = ET.fromstring(svg)
    for one in root.iter():
        one.tag = one.tag.removeprefix(f"{{{SPACE}}}")
        _shorten(one)
    _define_first(root)
    _gather(root)
    root.attrib = {"xmlns": SPACE, **root.attrib}
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def _shorten(one: ET.Element) -> None:
    if "d" in one.attrib:
        one.set("d", shorter(one.attrib["d"]))
    if "style" in one.attrib and one.tag != "svg":
        style = IDLE.sub("", one.attrib["style"])
        one.set("style", re.sub(r"([:;,]) ", r"\1", style))
    if one.get("href", "").startswith(PICTURE):
        one.set("href", with_palette(one.attrib["href"]))


def shorter(path: str) -> str:
    """Rewrite the steps of a path: along an axis by one number, no letter twice.

    Examples
    --------
    >>> shorter("M 0 1.50 L 2 1.50 L 2 3 L 4 -5 L 5 6 z")
    'M0 1.5H2V3L4-5 5 6z'
    """
    made, last, at = [], "", ("", "")
    for letter, numbers in STEP.findall(ZEROS.sub(_without_zeros, path)):
        given = numbers.split()
        kind, shown = letter, given
        if letter == "L" and given[1] == at[1]:
            kind, shown = "H", given[:1]
        elif letter == "L" and given[0] == at[0]:
            kind, shown = "V", given[1:]
        follows = kind == last or (kind == "L" and last == "M")
        made.append((" " if follows else kind) + " ".join(shown))
        last, at = kind, tuple(given[-2:]) if given else at
    return "".join(made).replace(" -", "-")


def _without_zeros(found: re.Match[str]) -> str:
    return found[1].rstrip(".")


def with_palette(picture: str) -> str:
    """Write a picture of few colours with a palette; pixels stay the same.

    Parameters
    ----------
    picture : str
        PNG as a data URI.
    """
    content = base64.b64decode(picture.removeprefix(PICTURE))
    with Image.open(BytesIO(content)) as image:
        pixels = np.ascontiguousarray(image.convert("RGBA"))
    colours, places = np.unique(pixels.view("<u4"), return_inverse=True)
    if len(colours) > MOST_COLOURS:
        return picture
    palette = colours.view(np.uint8).reshape(-1, 4)
    small = Image.fromarray(places.reshape(pixels.shape[:2]).astype(np.uint8), "P")
    small.putpalette(palette[:, :3].tobytes())
    buffer = BytesIO()
    small.save(buffer, "PNG", transparency=palette[:, 3].tobytes(), optimize=True)
    return PICTURE + base64.b64encode(buffer.getvalue()).decode()


def _define_first(root: ET.Element) -> None:
    """Put what is referred to in one place, and leave out what nobody sees."""
    defined = [one for defs in root.iter("defs") for one in defs]
    for parent in list(root.iter()):
        parent[:] = [
            one
            for one in parent
            if one.tag != "defs" and dict(one.attrib, d="") != {"d": "", **UNSEEN}
        ]
    if defined:
        defs = ET.Element("defs")
        defs.extend(defined)
        root.insert(0, defs)


UNSEEN = {"style": "fill:none"}


def _gather(parent: ET.Element) -> None:
    """Group neighbours of one look; ticks come before the words beside them."""
    for child in parent:
        if child.tag != "defs":
            _gather(child)
    parent[:] = _grouped(list(_ticks_first(list(parent))))
    only = parent[0] if len(parent) == 1 and parent.tag == "g" else None
    if only is not None and only.tag == "g" and not {*only.attrib} & {*parent.attrib}:
        parent.attrib |= only.attrib
        parent[:] = list(only)


def _ticks_first(children: list[ET.Element]) -> Iterator[ET.Element]:
    for of_axis, run in groupby(children, lambda one: one.tag in {"use", "text"}):
        found = list(run)
        yield from sorted(found, key=lambda one: one.tag == "text" and of_axis)


def _grouped(children: list[ET.Element]) -> list[ET.Element]:
    made: list[ET.Element] = []
    for look, run in groupby(children, _look):
        found = list(run)
        if len(found) == 1 or look is None:
            made += found
            continue
        group = ET.Element("g", {k: v for k, v in zip(SHARED, look, strict=True) if v})
        for one in found:
            for name in SHARED:
                one.attrib.pop(name, None)
        group.extend(found)
        made.append(group)
    return made


def _look(one: ET.Element) -> Look | None:
    """Say what neighbours may have in common; None of what stays as it is."""
    if one.tag in {"defs", "g", "svg"} or OF_THE_WHOLE.search(one.get("style", "")):
        return None
    return tuple(one.get(name) for name in SHARED)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
