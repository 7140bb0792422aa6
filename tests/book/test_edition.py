"""An edition with a 90-day window and without site 3: nothing of the default in it.

The small one is of the second cohort, on few samples; the whole one, of the shipped
cohort, takes minutes.
"""

import json
import re

import pytest
from bs4 import BeautifulSoup

from smcm import load_cohort, run_study
from smcm.chapters.nesting import nesting_facts
from smcm.chapters.nesting.nested import describe_nested
from smcm.chapters.printed import tables as printed_tables
from smcm.chapters.results.both import both_analyses
from smcm.chapters.results.facts import facts_of_both
from smcm.parameters import RunParameters
from smcm.paths import BOOK
from tests.filled import facts_of, filled
from tests.shown import figures, tables

pytestmark = pytest.mark.usefixtures("pages_kept_aside")
CHOICES = {"window_days": 90, "site": "without-3"}
FEW = {"n_boot": 200, "n_imputations": 2}
RERUNS = ("compare", "explorer")  # their own tests look at them
CHAPTERS = [path for path in sorted(BOOK.glob("*.md")) if path.stem not in RERUNS]
TABLES = (
    *("characteristics", "change", "nesting", "paths", "indirect_effects"),
    *("reciprocity", "measures", "missing", "printed_exceptions", "printed"),
)
FIGURES = {
    "fig-paths-9": lambda study: figures.path_diagrams(study, 9),
    "fig-paths-18": lambda study: figures.path_diagrams(study, 18),
    "fig-missing": figures.missingness_map,
    "fig-outcomes": figures.outcomes_over_time,
    "fig-bootstrap": figures.bootstrap_distribution,
    "fig-indirect": figures.indirect_effects,
    "fig-model": figures.mediation_diagram,
}
UNLIKE = set(FIGURES) - {"fig-model"}  # the diagram holds no numbers

FROM_A_STUDY = ("methods", "results", "nesting")
MARKUP = re.compile(r"```.*?```|[{}`\[\]()*$|<>:]+|\.(?= )")
SHORTEST = 15  # characters of a passage that can hardly stand there by chance
LEAST_CHANGED = 3
DECIMAL = re.compile(r"\.\d")


@pytest.fixture(
    scope="module", params=["small", pytest.param("whole", marks=pytest.mark.slow)]
)
def run(request, second_folder):
    if request.param == "small":
        return RunParameters(**CHOICES, **FEW, data=str(second_folder))
    return RunParameters(**CHOICES)


@pytest.fixture(scope="module")
def study(run):
    return run_study(load_cohort(run), run)


@pytest.fixture(scope="module")
def default(run):
    usual = RunParameters(n_boot=run.n_boot, n_imputations=run.n_imputations)
    return run_study(load_cohort(), usual)


@pytest.fixture(scope="module")
def out(run, tmp_path_factory):
    from click.testing import CliRunner  # noqa: PLC0415

    from smcm.cli.main import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("edition") / "pages"
    options = {"--window-days": run.window_days, "--site": run.site, "--data": run.data}
    options |= {"--n-boot": run.n_boot, "--n-imputations": run.n_imputations}
    typed = [word for pair in options.items() for word in map(str, pair)]
    typed = ["book", "--no-reruns", *typed, "--out", str(folder)]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Open {folder / 'index.html'}\n"
    assert list(folder.parent.iterdir()) == [folder]
    return folder


@pytest.fixture(scope="module")
def chapters(out):
    return {
        path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted((out / "book").glob("*.html"))
    }


def words(element):
    return plain(element.get_text(" "))


def plain(text):
    """The words as somebody types them."""
    return " ".join(text.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_every_chapter_is_there_and_says_which_edition_it_is(chapters):
    assert set(chapters) == {path.stem for path in CHAPTERS}
    for name, page in chapters.items():
        banner = words(page.select_one("aside.smcm-banner"))
        assert "window-days 90, site without-3" in banner, name
        facts = {
            tag["name"].removeprefix("smcm:"): tag["content"]
            for tag in page.find_all("meta", attrs={"name": re.compile("^smcm:")})
        }
        assert (facts["window-days"], facts["site"]) == ("90", "without-3"), name


def test_the_folder_says_what_it_is(out, study):
    label = json.loads((out / "edition.json").read_text(encoding="utf-8"))
    assert label["run"]["window_days"] == study.run.window_days
    assert label["run"]["site"] == study.run.site
    assert label["data"]["statement"] == study.cohort.statement
    assert label["data"]["synthetic"] is True


def numbers_in_sentences(study):
    """Passages with numbers, by chapter, as they are filled in from a study here."""
    parts = facts_of(study) | {"both": facts_of_both(both_analyses(study))}
    parts["nesting"] = nesting_facts(describe_nested(study))
    return {
        stem: [
            plain(part)
            for part in MARKUP.split(filled(stem, **parts))
            if len(part) > SHORTEST and re.search(r"\d", part)
        ]
        for stem in FROM_A_STUDY
    }


def test_every_number_in_a_sentence_is_of_this_edition(chapters, study, default):
    ours, theirs = numbers_in_sentences(study), numbers_in_sentences(default)
    for stem in FROM_A_STUDY:
        text = words(chapters[stem].select_one("article"))
        told = [part for part in ours[stem] if part.strip() in text]
        changed = set(told) - set(theirs[stem])
        assert len(told) > 0.8 * len(ours[stem]), stem
        assert len(changed) > LEAST_CHANGED, stem
        foreign = set(theirs[stem]) - set(ours[stem])
        assert not [part for part in foreign if DECIMAL.search(part) and part in text]


def digits(text):
    return re.findall(r"\d+(?:[.,]\d+)*|\.\d+", text)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_of_this_edition(chapters, study, default, name):
    lay_out = getattr(printed_tables if "printed" in name else tables, name)
    ours, theirs = lay_out(study), lay_out(default)
    found = [t for page in chapters.values() if (t := page.find(id=ours.name))]
    assert found
    body = " ".join(" ".join(map(str, row)) for row in ours.body.to_numpy())
    body = re.sub(r"\{#[^}]*\}", "", body)  # names of rows, which no reader sees
    body = re.sub(r"\{numref\}`[^`]*`", "", body)
    html = " ".join(words(row) for row in found[0].select("tbody tr"))
    html, body = (re.sub(r"(?:Table|Figure) S?\d+", "", one) for one in (html, body))
    assert digits(html) == digits(body)
    if name != "measures":
        assert not ours.body.equals(theirs.body)


@pytest.fixture(scope="module")
def lighter():
    """Write a drawing as pages have it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BOOK / "_ext"))
        from book_lighter import lighter  # noqa: PLC0415

        yield lighter


def test_every_figure_is_of_this_edition(out, study, default, lighter):
    told = "".join(path.read_text("utf-8") for path in out.glob("book/*.html"))
    for name, draw in FIGURES.items():
        assert all(lighter(one) in told for one in panels(draw(study))), name
        if name in UNLIKE:
            assert any(lighter(one) not in told for one in panels(draw(default))), name


def panels(plate):
    """Give the drawings of a figure, without the words that describe it."""
    return re.findall(r"<svg .*?</svg>", plate.to_html(), re.DOTALL)


def test_no_file_tells_where_it_was_built(out, pytestconfig):
    here = (str(pytestconfig.rootpath), str(out.parent))
    telling = [
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.suffix in {".html", ".js", ".ipynb", ".md", ".txt", ".json"}
        and any(place in path.read_text(encoding="utf-8") for place in here)
    ]
    assert not telling


def test_links_lead_from_chapter_to_chapter(out, chapters):
    for name, page in chapters.items():
        for link in page.select("article a.internal[href]"):
            target = link["href"].partition("#")[0]
            assert not target or (out / "book" / target).is_file(), (name, target)
