"""Figures of one kind behind tabs."""

from dataclasses import dataclass

from smcm.report.show import Plate


@dataclass(frozen=True, slots=True)
class Tabs:
    """Figures behind tabs, one of them shown at a time.

    Attributes
    ----------
    plates : tuple of (str, Plate)
        Title of the tab, and what it shows.
    """

    plates: tuple[tuple[str, Plate], ...]

    def _repr_markdown_(self) -> str:
        tabs = [
            f"::::{{tab-item}} {title}\n\n"
            f"```{{raw}} html\n{plate.to_html()}\n```\n::::\n"
            for title, plate in self.plates
        ]
        inside = "\n".join(tabs)
        return f":::::{{tab-set}}\n\n{inside}\n:::::\n"
