"""Audit every built page with axe-core against WCAG 2.2, levels A and AA.

``python -m tools.axe PATH/TO/axe.min.js``; the exit code is 1 on any violation.
"""

import sys
from pathlib import Path

from smcm.paths import BUILD
from tools.browser import NARROW, SCHEMES, WIDE, find_chromium, launch, visit

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
    found = 0
    with launch(chromium) as browser:
        for page in sorted((BUILD / "html").rglob("*.html")):
            for width in (NARROW, WIDE):
                for scheme in SCHEMES:
                    with visit(browser, page, width=width, scheme=scheme) as seen:
                        seen.page.add_script_tag(path=script)
                        for violation in seen.page.evaluate(RUN, RULES):
                            print(f"{page.name} {width} {scheme}: {violation}")
                            found += 1
    print(f"{found} violations")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
