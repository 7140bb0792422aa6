"""What must hold on every built page, whoever wrote it."""

import re
from collections import Counter

import pytest

from smcm.cohort.loading import load_cohort
from smcm.design.study_file import shipped_study
from smcm.parameters import DEFENSIBLE, RunParameters
from smcm.paths import RUNS
from smcm.report.format import number
from smcm.report.runs import read_runs
from smcm.rerun.grid import Grid
from tests.windows import WINDOWS_DAYS

MOST_OF_RESULTS = 300_000  # bytes, of which the CSV of its numbers is a fifth
# What a page shows when an object did not know how to show itself, when a cell
# failed, or when a reference led nowhere.
LEAKS = (
    "<Figure size",
    "np.float64(",
    "np.int64(",
    "<IPython",
    "Traceback (most recent",
    "{glue:",
    "{numref}",
    "{cite}",
    "{ref}",
    "??",
    "[mystnb",
    "nan%",
)
LOADED = (
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
)
NO_RESOURCE = {"next", "prev", "index", "search", "canonical", "author"}


def article_text(page):
    article = page.find("article")
    for code in article.find_all("pre"):
        code.extract()
    return article.get_text(" ")


def test_the_root_leads_to_the_first_chapter(html):
    redirect = (html / "index.html").read_text(encoding="utf-8")
    target = re.search(r"url=([^\"]+)\"", redirect)[1]
    assert target == "book/index.html"
    assert (html / target).is_file()


def test_no_empty_index_is_built(html):
    assert not (html / "genindex.html").exists()


def test_every_chapter_of_the_contents_is_built(chapters):
    titles = {name: page.find("h1").get_text() for name, page in chapters.items()}
    assert len(titles) == len(set(titles.values())) > 1


def test_every_figure_says_what_it_shows(chapters):
    silent = [
        (name, figure.get("id"))
        for name, page in chapters.items()
        for figure in page.find_all("figure")
        if len(figure.select_one("[role=img]").get("aria-label", "").split()) < 3
    ]
    assert not silent


def test_figures_are_elements_of_the_page(html, chapters):
    """Words and colours are the page's; pictures are dense layers within them."""
    assert sum(len(page.select("figure svg")) for page in chapters.values()) > 100
    assert not [name for name, page in chapters.items() if page.select("figure img")]
    assert not list(html.glob("_images/*"))


def test_no_id_is_on_a_page_twice(chapters):
    twice = {
        (name, one)
        for name, page in chapters.items()
        for one, count in Counter(e["id"] for e in page.select("[id]")).items()
        if count > 1
    }
    assert not twice


def test_results_are_light(html):
    assert len((html / "book/results.html").read_bytes()) < MOST_OF_RESULTS


def test_every_table_of_an_article_has_a_header(chapters):
    headless = [
        (name, table.get("id"))
        for name, page in chapters.items()
        for table in page.select("article table")
        if not table.find("th")
    ]
    assert not headless


@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_raw_shows(chapters, leak):
    showing = [name for name, page in chapters.items() if leak in article_text(page)]
    assert not showing


def test_no_page_loads_anything_from_elsewhere(pages):
    foreign = [
        (name, tag, element[key])
        for name, page in pages.items()
        for tag, key in LOADED
        for element in page.find_all(tag)
        if re.match(r"(https?:)?//", element.get(key, ""))
        and not NO_RESOURCE & set(element.get("rel") or ())
    ]
    assert not foreign


def test_no_stylesheet_loads_anything_from_elsewhere(html):
    foreign = [
        (sheet.name, found)
        for sheet in html.rglob("*.css")
        for found in re.findall(
            r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]+)",
            sheet.read_text(encoding="utf-8"),
        )
    ]
    assert not foreign


def test_no_page_tells_where_it_was_built(html, pytestconfig):
    here = str(pytestconfig.rootpath)
    telling = [
        path.relative_to(html).as_posix()
        for path in html.rglob("*")
        if path.suffix in {".html", ".js", ".ipynb", ".md", ".txt"}
        and here in path.read_text(encoding="utf-8")
    ]
    assert not telling


def test_every_page_says_what_data_it_was_built_from(pages):
    cohort = load_cohort(RunParameters())
    for name, page in pages.items():
        banner = " ".join(page.select_one("aside.smcm-banner").get_text().split())
        assert banner == cohort.statement, name


def test_every_page_tells_machines_the_data_and_the_run(pages):
    cohort = load_cohort(RunParameters())
    for name, page in pages.items():
        facts = {
            tag["name"].removeprefix("smcm:"): tag["content"]
            for tag in page.find_all("meta", attrs={"name": re.compile("^smcm:")})
        }
        assert facts["statement"] == cohort.statement, name
        assert facts["data-sha256"] == cohort.digest, name
        assert facts["synthetic"] == str(cohort.synthetic).lower(), name
        own = re.fullmatch(r"book/runs/w(\d+)-(.+?)(-reading-\w+)?\.html", name)
        window, site = own.groups()[:2] if own else (RunParameters().window_days, "all")
        assert int(facts["window-days"]) == int(window), name
        assert facts["site"] == site, name


def test_the_pages_of_the_reruns_are_the_grid_of_the_book(pages):
    shown = {name for name in pages if name.startswith("book/runs/")}
    grid = Grid.of([{"window_days": WINDOWS_DAYS, "site": ("all", "without-each")}])
    sites = range(1, load_cohort().teams["site"].nunique() + 1)
    runs, left_out = grid.runs("synthetic", sites, lambda _run: None)
    assert not left_out
    other = f"book/runs/{RunParameters(reading=DEFENSIBLE).slug}.html"
    assert shown == {f"book/runs/{run.slug}.html" for run in runs} | {other}
    assert len(shown) == len(WINDOWS_DAYS) * (1 + len(sites)) + 1


def test_a_rerun_numbers_its_tables_and_figures_as_the_chapter_does(pages):
    def numbers(page):
        captions = page.select("article .caption-number")
        return [caption.get_text(strip=True) for caption in captions]

    found = pages["book/results.html"].select("article .caption-number")
    both = {  # of the book alone
        caption.get_text(strip=True)
        for caption in found
        if caption.find_parent(id=re.compile("^tab-both-"))
    }
    whole = numbers(pages["book/results.html"])
    chapter = [number for number in whole if number not in both]
    assert len(both) == 2
    assert len(chapter) > 5
    for name, page in pages.items():
        if name.startswith("book/runs/"):
            assert numbers(page) == chapter, name


def test_a_rerun_shows_the_numbers_of_its_own_results(pages):
    records = {
        record.slug: record for record in read_runs(shipped_study(), RUNS / "synthetic")
    }
    for slug, record in records.items():
        page = pages[f"book/runs/{slug}.html"]
        table = page.find(id=f"tab-paths-{slug}")
        rows = [row.get_text(" ").split() for row in table.select("tbody tr")]
        shown = [row[row.index("mo") + 1] for row in rows]
        assert shown == [number(m.terms["a"].estimate) for m in record.models], slug
        box = page.select_one(".smcm-run").get_text(" ")
        assert f"{record.n}" in box
        assert f"{record.run.window_days} days" in box
        assert page.find("h1").get_text(strip=True).startswith(record.run.title)


def test_links_within_the_book_lead_somewhere(html, chapters):
    broken = []
    for name, page in chapters.items():
        ids = {element["id"] for element in page.find_all(id=True)}
        for link in page.select("article a[href]"):
            target, _, anchor = link["href"].partition("#")
            if re.match(r"\w+:", target):
                continue
            found = (html / name).parent / target if target else html / name
            if not found.is_file() or (not target and anchor and anchor not in ids):
                broken.append((name, link["href"]))
    assert not broken
