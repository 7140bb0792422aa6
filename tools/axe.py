"""Audit every built page with axe-core against WCAG 2.2, levels A and AA.

``python -m tools.axe PATH/TO/axe.min.js``; the exit code is 1 on any violation.
"""

import sys
from itertools import product
from pathlib import Path

from tqdm import tqdm

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

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async rules => (await axe.run({runOnly: rules})).violations.map(
    v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`)"""


def main() -> int:
    """Print each violation with its page."""
    script = Path(sys.argv[1])
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found; CHROMIUM=/path/to/it names one.", file=sys.stderr)
        return 1
    ways = list(product(built_pages(BUILD / "html"), (NARROW, WIDE), SCHEMES))
    found = 0
    with launch(chromium) as browser:
        for page, width, scheme in tqdm(ways, unit="view"):
            with visit(browser, page, width=width, scheme=scheme) as seen:
                seen.page.add_script_tag(path=script)
                violations = seen.page.evaluate(RUN, RULES)
            for violation in violations:
                tqdm.write(f"{page.name} {width} {scheme}: {violation}")
            found += len(violations)
    print(f"{found} violations in {len(ways)} views")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
