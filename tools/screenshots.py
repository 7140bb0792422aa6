"""Photograph the built pages: narrow and wide, light and dark.

``python -m tools.screenshots FOLDER`` takes every page in every way;
``--page book/results.html --readme`` takes one, for the README.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser

from smcm.paths import BUILD
from tools.browser import (
    NARROW,
    SCHEMES,
    WIDE,
    built_pages,
    find_chromium,
    launch,
    visit,
)

HTML = BUILD / "html"


def main() -> int:
    """Take the pictures; the exit code is 1 without a browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", type=Path, help="one page, relative to the book")
    parser.add_argument("--readme", action="store_true", help="only wide and light")
    options = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found; CHROMIUM=/path/to/it names one.", file=sys.stderr)
        return 1
    pages = [HTML / options.page] if options.page else built_pages(HTML)
    options.folder.mkdir(parents=True, exist_ok=True)
    with launch(chromium) as browser:
        for page in pages:
            if options.readme:
                photograph_top(browser, page, options.folder / f"{page.stem}.png")
            else:
                photograph(browser, page, options.folder)
    return 0


def photograph(browser: Browser, page: Path, folder: Path) -> None:
    """Take one page whole, at each width and in each scheme."""
    for width in (NARROW, WIDE):
        for scheme in SCHEMES:
            target = folder / f"{page.stem}-{width}-{scheme}.png"
            with visit(browser, page, width=width, scheme=scheme) as seen:
                seen.page.screenshot(path=target, full_page=True)
            print(target)


def photograph_top(browser: Browser, page: Path, target: Path) -> None:
    """Take what a reader sees first."""
    with visit(browser, page) as seen:
        seen.page.screenshot(path=target)
    print(target)


if __name__ == "__main__":
    sys.exit(main())
