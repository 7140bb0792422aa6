"""What every lesson has, and how long it is."""

import re
from copy import copy

import pytest

from smcm.chapters.lessons.plans import MINUTES, plans
from smcm.paths import BOOK, ROOT
from smcm.rerun.contents import _files, read_contents
from smcm.text.printed import printed_facts
from tests.lessons.conftest import LESSONS, text_of
from tests.text.flaws import flaws

MOST_WORDS = 900
SECTIONS = ["Predict and look", "Say", "In the study", "Exercises"]
NOT_PROSE = "script, style, .teach, .highlight, .teach-data, .headerlink"


def article(page):
    return page.select_one("article.bd-article")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_its_parts_in_their_order(name, parsed):
    page = article(parsed[name])
    heads = [h.find(string=True, recursive=False) for h in page.select("h2")]
    assert heads == SECTIONS
    assert len(page.select("[data-teach]")) == 1
    assert len(page.select(".teach-asked")) == 1
    titles = [one.get_text(" ", strip=True) for one in page.select("details summary")]
    assert titles.count("Solution") >= 2
    assert titles[-1] == "For instructors"
    assert len(page.select(".admonition")) == titles.count("Solution")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_ends_at_a_chapter_of_the_study(name):
    source = (BOOK / "lessons" / f"{name}.md").read_text(encoding="utf-8")
    study = source.partition("## In the study")[2].partition("## Exercises")[0]
    assert re.search(r"\]\(\.\./\w+\.md\)", study)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_short(name, parsed):
    page = copy(article(parsed[name]))
    for left_out in page.select(NOT_PROSE):
        left_out.extract()
    assert len(page.get_text(" ").split()) <= MOST_WORDS


@pytest.mark.parametrize("name", LESSONS)
def test_its_text_is_finished(name, lessons):
    source = (BOOK / "lessons" / f"{name}.md").read_text(encoding="utf-8")
    told = text_of(name, lessons[name].facts | printed_facts())
    assert flaws(told, source) == []


def test_plans_hold_lessons_and_their_minutes():
    made = plans()
    (hour,) = made.hour
    assert hour.minutes == 50
    for sessions in (made.week, made.course):
        held = [step.lesson for session in sessions for step in session.steps]
        assert len(held) == len({*held})
    assert {step.lesson for s in made.course for step in s.steps} == {*MINUTES}


def test_the_contents_list_every_page_of_the_part():
    listed = [one for one in _files(read_contents(ROOT)) if "/lessons/" in one]
    pages = {f"book/lessons/{path.stem}" for path in (BOOK / "lessons").glob("*.md")}
    assert {*listed} == pages
    assert [one.rpartition("/")[2] for one in listed[1:-1]] == list(MINUTES)


def test_plans_name_lessons_by_their_titles(parsed):
    links = parsed["teaching"].select("article a.reference[href$='.html']")
    titles = {
        name: article(parsed[name]).h1.find(string=True, recursive=False)
        for name in LESSONS
    }
    found = {a["href"].removesuffix(".html"): a.get_text() for a in links}
    assert {name: found[name] for name in LESSONS} == titles
