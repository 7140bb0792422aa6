"""Boxes and arrows, measured in inches on the page."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from smcm.report.palette import BLUE, DASHES, INK, LINE, PAPER, RULE, TEXT, TINT

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rounded rectangle with centred text.

    Attributes
    ----------
    x, y : float
        Centre, in inches from the lower left corner of the sheet.
    width, height : float
    text : str
    """

    x: float
    y: float
    width: float
    height: float
    text: str

    @property
    def left(self) -> Point:
        """Middle of the left edge."""
        return self.x - self.width / 2, self.y

    @property
    def right(self) -> Point:
        """Middle of the right edge."""
        return self.x + self.width / 2, self.y

    @property
    def top(self) -> Point:
        """Middle of the upper edge."""
        return self.x, self.y + self.height / 2

    def below_left(self, share: float) -> Point:
        """Point on the lower edge, `share` of the width from the left corner."""
        return self.x + (share - 0.5) * self.width, self.y - self.height / 2


def lay_sheet(ax: Axes, width: float, height: float) -> None:
    """Make the axes a blank sheet measured in inches."""
    ax.set(xlim=(0.0, width), ylim=(0.0, height), aspect="equal")
    ax.set(xticks=[], yticks=[])  # they would be made, which takes long, and not shown
    ax.set_axis_off()


def draw_box(ax: Axes, box: Box, *, size: float = TEXT, firm: bool = True) -> None:
    """Draw the box; one that is not `firm` gets a thin dashed edge."""
    corner = box.left[0], box.y - box.height / 2
    ax.add_patch(
        FancyBboxPatch(
            corner,
            box.width,
            box.height,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=PAPER if not firm else TINT,
            edgecolor=INK if firm else RULE,
            linewidth=LINE if firm else 1.0,
            linestyle="-" if firm else DASHES,
        )
    )
    ax.text(box.x, box.y, box.text, ha="center", va="center", fontsize=size, color=INK)


def draw_arrow(
    ax: Axes, start: Point, end: Point, *, solid: bool = True, color: str = BLUE
) -> None:
    """Draw an arrow, dashed where it is not `solid`."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=6,head_width=3",
            mutation_scale=1.0,
            shrinkA=1.5,
            shrinkB=1.5,
            linewidth=2.0 if solid else LINE,
            linestyle="-" if solid else DASHES,
            color=color,
        )
    )
