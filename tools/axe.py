"""Audit every built page with axe-core against WCAG 2.2, levels A and AA.

``python -m tools.axe`` after ``npm ci --prefix tools``; the exit code is 1 on any
violation.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Page
from tqdm import tqdm

from smcm.paths import BUILD, ROOT
from tools.browser import (
    NARROW,
    SCHEMES,
    WIDE,
    built_pages,
    find_chromium,
    launch,
    visit,
)

SCRIPT = ROOT / "tools" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async rules => (await axe.run({runOnly: rules})).violations.map(
    v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`)"""


def audit(page: Page, script: Path = SCRIPT) -> list[str]:
    """Name the rules that a page violates, each with what it means and where."""
    page.add_script_tag(path=script)
    return list(page.evaluate(RUN, RULES))


def main() -> int:
    """Print each violation with its page."""
    if not SCRIPT.is_file():
        print("axe-core is not installed: npm ci --prefix tools", file=sys.stderr)
        return 1
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found; CHROMIUM=/path/to/it names one.", file=sys.stderr)
        return 1
    ways = list(product(built_pages(BUILD / "html"), (NARROW, WIDE), SCHEMES))
    found = 0
    with launch(chromium) as browser:
        for page, width, scheme in tqdm(ways, unit="view"):
            with visit(browser, page, width=width, scheme=scheme) as seen:
                violations = audit(seen.page)
            for violation in violations:
                tqdm.write(f"{page.name} {width} {scheme}: {violation}")
            found += len(violations)
    print(f"{found} violations in {len(ways)} views")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
