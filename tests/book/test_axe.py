"""Every page against WCAG 2.2, levels A and AA, narrow and wide, light and dark."""

from itertools import product

import pytest

from tools.axe import SCRIPT, audit
from tools.browser import NARROW, SCHEMES, WIDE, visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script():
    """axe-core, or a skipped test."""
    if not SCRIPT.is_file():
        pytest.skip("axe-core is not installed: npm ci --prefix tools")
    return SCRIPT


@pytest.mark.parametrize(("width", "scheme"), list(product((NARROW, WIDE), SCHEMES)))
def test_no_page_violates_a_rule(browser, paths, script, width, scheme):
    found = []
    for path in paths:
        with visit(browser, path, width=width, scheme=scheme) as seen:
            found += [f"{path.name}: {said}" for said in audit(seen.page, script)]
    assert not found


def test_a_violation_is_found(browser, script, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><html><body><img src=''></body></html>", "utf-8")
    with visit(browser, path) as seen:
        rules = {said.partition(":")[0] for said in audit(seen.page, script)}
    assert {"image-alt", "html-has-lang", "document-title"} <= rules
