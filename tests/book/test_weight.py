"""What a page weighs with all that it loads, beside what draws formulas."""

import re
from urllib.parse import unquote

from tools.browser import visit

MOST = 1_500_000  # bytes
RESULTS = 250_000  # bytes of the page of results itself
LOADS = (("script[src]", "src"), ("link[rel=stylesheet]", "href"), ("img[src]", "src"))
FORMULAS = re.compile(r"/mathjax/")


def loaded(html, name, page):
    """Give the files of a page, itself the first, each once."""
    named = {tag[key] for found, key in LOADS for tag in page.select(found)}
    paths = {
        ((html / name).parent / unquote(re.split("[?#]", one)[0])).resolve()
        for one in named
        if not one.startswith("data:")
    }
    return [html / name, *sorted(p for p in paths if not FORMULAS.search(p.as_posix()))]


def weights(html, pages):
    return {
        name: sum(path.stat().st_size for path in loaded(html, name, page))
        for name, page in pages.items()
    }


def test_no_page_is_heavy(html, pages):
    found = weights(html, pages)
    assert not {name: weight for name, weight in found.items() if weight > MOST}
    assert (html / "book/results.html").stat().st_size < RESULTS


def test_all_that_a_page_loads_is_weighed(html, pages):
    paths = [
        path.name
        for path in loaded(html, "book/results.html", pages["book/results.html"])
    ]
    assert {"results.html", "smcm.css", "page.js", "bootstrap.js"} <= {*paths}
    assert "tex-svg.js" not in paths


def test_icons_are_drawn_and_their_script_is_small(browser, html):
    script = html / "_static/scripts/fontawesome.js"
    assert script.stat().st_size < 150_000
    with visit(browser, html / "book/results.html") as seen:
        outlines = seen.page.evaluate(
            "() => [...document.querySelectorAll('svg.svg-inline--fa')]"
            ".map(one => one.querySelector('path')?.getAttribute('d') ?? '')"
        )
        left = seen.page.locator("i[class*=fa-]").count()
    assert len(outlines) > 10
    assert all(outlines)
    assert left == 0
