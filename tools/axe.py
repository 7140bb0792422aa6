"""Audit every built page with axe-core against WCAG 2.2, levels A and AA.

Each page is audited as it opens, with each of its dialogs open, then scrolled with
everything unfolded. Contrasts that axe leaves open are computed. Run ``python -m
tools.axe`` after ``npm ci --prefix tools``; the exit code is 1 on any violation.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tqdm import tqdm

from smcm.paths import BUILD, ROOT
from tools.browser import (
    SCHEMES,
    STILL,
    WIDTHS,
    built_pages,
    find_chromium,
    launch,
    visit,
)

SCRIPT = ROOT / "tools" / "node_modules" / "axe-core" / "axe.min.js"
CONTRAST = ROOT / "tools" / "contrast.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A target beneath the bar that stays has been scrolled away, like one above the window.
# Colours are judged when they have come to rest; what moves for ever is not waited for.
# One element's transition may set off that of the next, which inherits from it.
RUN = """async ([rules, within]) => {
  const moving = () => document.getAnimations()
    .filter(one => one.effect?.getComputedTiming().endTime < Infinity);
  do {
    await Promise.allSettled(moving().map(one => one.finished));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  } while (moving().length);
  const bar = document.querySelector('.bd-header-article');
  const beneath = one => bar && !bar.contains(one)
    && one.getBoundingClientRect().top < bar.getBoundingClientRect().bottom
    && one.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
  const found = await axe.run(within, {runOnly: rules, elementRef: true});
  const open = found.incomplete.filter(v => v.id === 'color-contrast')
    .flatMap(v => v.nodes.map(n => n.element));
  for (const one of found.violations.filter(v => v.id === 'target-size'))
    one.nodes = one.nodes.filter(n => !beneath(n.element));
  return [
    ...found.violations.filter(v => v.nodes.length).map(
      v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`),
    ...window.tooFaint(open).map(where => `contrast computed: ${where}`),
  ];
}"""
# The button back to the top shows when a page that was scrolled down goes up again.
SCROLL = """async () => {
  document.querySelectorAll('details').forEach(one => { one.open = true; });
  scrollTo({top: document.documentElement.scrollHeight / 2, behavior: 'instant'});
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  scrollBy({top: -200, behavior: 'instant'});
}"""
OPEN = "dialog[open]"
OPENERS = {  # what a dialog shows -> the button, and what stands there without a dialog
    "search": (
        "button.search-button-field, button.search-button",
        "main form.bd-search",
    ),
    "contents": ("button.primary-toggle", "#pst-primary-sidebar"),
    "sections": ("button.secondary-toggle", "#pst-secondary-sidebar"),
}
ENLARGE = re.compile("^Enlarge")  # a figure


def audit(page: Page, script: Path = SCRIPT, within: str = "html") -> list[str]:
    """Name the rules that a page violates, each with what it means and where."""
    if not page.evaluate("() => 'tooFaint' in window"):
        page.add_script_tag(path=script)
        computing = CONTRAST.read_text(encoding="utf-8")
        page.evaluate(f"() => {{ window.tooFaint = {computing} }}")
    return list(page.evaluate(RUN, [RULES, within]))


def audit_states(page: Page, script: Path = SCRIPT) -> list[str]:
    """Audit a page in every state that a reader can bring it into."""
    return [
        f"{state}: {found}"
        for state, within in states(page)
        for found in audit(page, script, within)
    ]


def states(page: Page) -> Iterator[tuple[str, str]]:
    """Bring a page into one state after the other; give its name and what to audit."""
    yield "as opened", "html"
    yield from _with_dialogs(page)
    page.evaluate(SCROLL)
    page.evaluate(STILL)
    yield "scrolled, all unfolded", "html"


def _with_dialogs(page: Page) -> Iterator[tuple[str, str]]:
    for name, button in _openers(page):
        button.click()
        expect(page.locator(OPEN)).to_have_count(1)
        page.evaluate(STILL)
        yield f"with the dialog of {name}", OPEN
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)


def _openers(page: Page) -> Iterator[tuple[str, Locator]]:
    """Give a button for each dialog that this page has at this width."""
    for name, (where, instead) in OPENERS.items():
        shown = [one for one in page.locator(where).all() if one.is_visible()]
        if shown and not page.locator(instead).first.is_visible():
            yield name, shown[0]
    figures = page.get_by_role("button", name=ENLARGE)
    if figures.count():
        yield "a figure", figures.first


def main() -> int:
    """Print each violation with its page."""
    if not SCRIPT.is_file():
        print("axe-core is not installed: npm ci --prefix tools", file=sys.stderr)
        return 1
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found; CHROMIUM=/path/to/it names one.", file=sys.stderr)
        return 1
    ways = list(product(built_pages(BUILD / "html"), WIDTHS, SCHEMES))
    found = 0
    with launch(chromium) as browser:
        for page, width, scheme in tqdm(ways, unit="view"):
            with visit(browser, page, width=width, scheme=scheme) as seen:
                violations = audit_states(seen.page)
            for violation in violations:
                tqdm.write(f"{page.name} {width} {scheme}: {violation}")
            found += len(violations)
    print(f"{found} violations in {len(ways)} views")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
