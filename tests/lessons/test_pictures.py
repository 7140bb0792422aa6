"""Pictures from the disk: locked, then used with the keyboard alone to their end."""

import pytest
from playwright.sync_api import expect

from smcm.chapters.lessons.pictures import MOST_BYTES
from smcm.paths import BOOK
from tests.lessons.conftest import LESSONS, made
from tools.axe import SCRIPT, audit
from tools.browser import visit

LEAST_TYPE = 11.0  # CSS pixels
NARROWEST = 360
ONE_OF_EACH_KIND = ("parts", "adjusted", "product", "worlds")
SIZES = """() => [...document.querySelectorAll('.teach svg text')].map(text => {
  const svg = text.ownerSVGElement;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return scale * parseFloat(getComputedStyle(text).fontSize);
})"""
CONTROLS = ".teach-controls input, .teach-controls button"


def first_unused(page):
    """Choose the first prediction by the keyboard."""
    page.locator(".teach-asked input").first.focus()
    page.keyboard.press("Space")


def to_the_end(page, content, kind):
    """Use a picture until its end state, with keys alone."""
    first_unused(page)
    if kind == "heap":
        page.get_by_role("button", name="Draw all").focus()
        page.keyboard.press("Enter")
    elif kind == "cards":
        for card, right in enumerate(content.right):
            group = page.locator(".teach-card").nth(card)
            group.locator("input").nth(right).focus()
            page.keyboard.press("Space")
        page.get_by_role("button", name="Turn the cards").focus()
        page.keyboard.press("Enter")
    else:
        goal, wanted = content.goals[0], []
        for options in reversed(content.controls.values()):
            goal, place = divmod(goal, len(options))
            wanted.insert(0, place)
        for group, place in enumerate(wanted):
            fieldset = page.locator(".teach-controls fieldset").nth(group)
            fieldset.locator("input").nth(place).focus()
            page.keyboard.press("Space")


@pytest.mark.parametrize(
    ("width", "scheme"), [(NARROWEST, "light"), (1280, "dark")], ids=str
)
def test_a_picture_is_used_to_its_end_from_the_disk(
    browser, pages, lessons, width, scheme
):
    shown = lessons if width == NARROWEST else {k: lessons[k] for k in ONE_OF_EACH_KIND}
    for name, lesson in shown.items():
        picture = lesson.picture
        with visit(browser, pages / f"{name}.html", width=width, scheme=scheme) as seen:
            page = seen.page
            controls = page.locator(CONTROLS)
            assert controls.count() > 0, name
            for control in controls.all():
                expect(control).to_be_disabled()
            expect(page.locator(".teach-plain")).to_be_hidden()
            told = page.locator("section#say > p").first
            expect(told).to_be_hidden()
            to_the_end(page, picture.content, picture.kind)
            expect(told).to_be_visible()
            status = page.locator(".teach [role=status]")
            expect(status).to_contain_text(picture.end)
            expect(status).to_contain_text(next(iter(picture.replies.values())))
            if picture.height:
                expect(page.locator(".teach svg")).to_have_attribute(
                    "aria-label", status.inner_text()
                )
                assert min(page.evaluate(SIZES)) >= LEAST_TYPE, name
            wide = "e => e.scrollWidth > e.clientWidth"
            assert not page.locator(".teach").evaluate(wide), name
            assert seen.errors == [], name
            assert seen.left == [], name
            if SCRIPT.is_file():  # last, since it asks for style sheets itself
                assert audit(page, SCRIPT, ".teach") == [], name


def test_shapes_are_added_and_taken_away(browser, pages, lessons):
    base = len(lessons["teams"].picture.base)
    shapes = ".teach svg > *"
    with visit(browser, pages / "teams.html") as seen:
        page = seen.page
        first_unused(page)
        for name, count in (("Draw 1 study", 1), ("Draw 20 studies", 21)):
            page.get_by_role("button", name=name, exact=True).click()
            expect(page.locator(shapes)).to_have_count(base + count)
        said = lessons["teams"].picture.content.says[20]
        expect(page.locator(".teach [role=status]")).to_contain_text(said)
        page.get_by_role("button", name="Begin again").click()
        expect(page.locator(shapes)).to_have_count(base)


def test_wrong_guesses_are_told(browser, pages, lessons):
    content = lessons["worlds"].picture.content
    with visit(browser, pages / "worlds.html") as seen:
        page = seen.page
        line = page.locator(".teach-line").first
        expect(line).to_be_hidden()
        first_unused(page)
        expect(line).to_be_visible()
        turn = page.get_by_role("button", name="Turn the cards")
        for card, right in enumerate(content.right):
            expect(turn).to_be_disabled()
            wrong = (right + 1) % len(content.options)
            page.locator(".teach-card").nth(card).locator("input").nth(wrong).check()
        turn.click()
        expect(page.locator(".teach [role=status]")).to_contain_text(content.counts[0])
        for back in content.backs:
            expect(page.get_by_text(back)).to_be_visible()
        page.locator(".teach-card").first.locator("input").nth(content.right[0]).check()
        expect(page.locator(".teach-back")).to_have_count(0)
        turn.click()
        expect(page.locator(".teach [role=status]")).to_contain_text(content.counts[1])


def test_a_prediction_can_be_changed_until_one_has_looked(browser, pages, lessons):
    content = lessons["adjusted"].picture.content
    with visit(browser, pages / "adjusted.html") as seen:
        page, status = seen.page, seen.page.locator(".teach [role=status]")
        asked = page.locator(".teach-asked input")
        for k in range(asked.count()):
            asked.nth(k).check()
        expect(status).to_contain_text(content.says[0])  # of what is there to be seen
        page.locator(".teach-controls input").nth(1).check()
        for k in range(asked.count()):
            expect(asked.nth(k)).to_be_disabled()


def test_without_javascript_the_end_is_a_sentence(browser, pages, lessons):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, lesson in lessons.items():
        page.goto((pages / f"{name}.html").resolve().as_uri())
        expect(page.locator(".teach-plain")).to_be_visible()
        expect(page.locator(".teach-plain")).to_have_text(lesson.picture.end)
        expect(page.locator(".teach-live")).to_be_hidden()
        expect(page.locator("section#say > p").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_small_and_made_of_the_same_bytes(name, lessons):
    once, again = lessons[name], made(name)
    shown = once.picture._repr_html_()
    assert shown == again.picture._repr_html_()
    assert once.facts == again.facts
    code = once.code._repr_markdown_() if once.code else ""
    assert code == (again.code._repr_markdown_() if again.code else "")
    assert len((shown + code).encode()) <= MOST_BYTES


def test_script_and_styles_are_small():
    files = [BOOK / "_static" / name for name in ("teach.js", "teach.css")]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) <= 400
