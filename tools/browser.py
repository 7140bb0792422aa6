"""Open built pages in Chromium, cut off from the network, and note what they do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
INSIDE = ("file:", "data:", "blob:", "about:")
WIDTHS = NARROW, MIDDLE, WIDE = 390, 768, 1280
PATIENCE = 120_000  # milliseconds for a page on a busy machine
SCHEMES = ("light", "dark")
# Formulas drawn, fonts loaded, and two frames painted after that.
STILL = """async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@dataclass(slots=True)
class Visit:
    """A page in the browser, and what it has done so far.

    Attributes
    ----------
    page : Page
    errors : list of str
        Messages of level error, and exceptions no script has caught.
    left : list of str
        Addresses outside of the book that the page asked for. They got no answer.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def open(self, path: Path) -> None:
        """Open a page in the same window, forget the one before, and wait."""
        self.errors, self.left = [], []
        self.page.goto(path.resolve().as_uri(), wait_until="load")
        self.page.evaluate(STILL)


def built_pages(html: Path) -> list[Path]:
    """List the pages of a built book: not the redirect at its root, no templates."""
    left_out = html / "index.html"
    found = (p for p in sorted(html.rglob("*.html")) if "_static" not in p.parts)
    return [path for path in found if path != left_out]


def find_chromium() -> Path | None:
    """Return the installed Chromium or Chrome; CHROMIUM=… names another one."""
    named = os.environ.get("CHROMIUM")
    found = [named, *map(shutil.which, NAMES), *APPLICATIONS]
    return next((Path(f) for f in found if f and Path(f).exists()), None)


@contextmanager
def launch(chromium: Path) -> Iterator[Browser]:
    """Start the browser and stop it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu"],
            timeout=PATIENCE,
        )
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Browser, path: Path, *, width: int = WIDE, scheme: str = "light"
) -> Iterator[Visit]:
    """Open one built page from the disk, as a reader does, and wait until it is still.

    Parameters
    ----------
    browser : Browser
    path : Path
        An HTML file.
    width : int
        Of the window, CSS pixels.
    scheme : {"light", "dark"}
        What the reader's system prefers.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    seen = Visit(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            seen.left.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on(
        "console",
        lambda said: seen.errors.append(said.text) if said.type == "error" else None,
    )
    seen.open(path)
    yield seen
    context.close()
