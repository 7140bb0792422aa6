"""What is planted in data of real people stands in no file that is made from them."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from smcm.analysis.study import run_study
from smcm.cli.main import main
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.published import Published
from smcm.stats.small_counts import FEWEST_CLIENTS
from tests.claimed_counts import kind_of
from tests.disclosed import Attack, truth, with_site
from tests.planted import CODES, plant, shown_in
from tests.printed_counts import csv_files, numbers, of_page
from tests.printed_sources import beyond, descriptions, notebooks
from tests.printed_tables import PrintedTables

FEW = ("--n-boot", "100", "--n-imputations", "2")
RAISED = 25  # clients


@pytest.fixture(scope="module", params=[FEWEST_CLIENTS])
def planted(request, tmp_path_factory):
    found = plant(tmp_path_factory.mktemp("real"))
    path = found.folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said | {"fewest_clients": request.param}), "utf-8")
    return found


both_thresholds = pytest.mark.parametrize(
    "planted", [FEWEST_CLIENTS, RAISED], indirect=True, scope="module"
)


def run(planted, *words):
    typed = [*map(str, words), "--data", str(planted.folder)]
    return CliRunner(env=planted.environment).invoke(main, typed)


def scanned(planted, place):
    return run(planted, "scan", place)


@pytest.fixture(scope="module")
def written(planted, tmp_path_factory):
    """Results and rows of a study, in folders of their own."""
    place = tmp_path_factory.mktemp("out")
    out, rows = place / "results", place / "rows"
    done = run(planted, "study", "--n-boot", "100", "--out", out, "--rows", rows)
    assert done.exit_code == 0, done.output
    return done.stdout, out, rows


def test_two_hundred_words_are_planted(planted):
    assert len(set(planted.canaries)) == len(planted.canaries) == 200


def test_no_result_holds_a_planted_word_and_the_rows_do(planted, written):
    said, out, rows = written
    assert not shown_in(out, planted.canaries)
    found = shown_in(rows, planted.canaries)
    assert len(set(planted.words[:CODES]) & set(found)) == CODES
    assert scanned(planted, out).exit_code == 0
    assert scanned(planted, rows).exit_code == 1
    assert "a help and no permission" in said
    assert not [word for word in planted.environment.values() if word in said]


def test_a_planted_word_is_found_in_a_page(planted, tmp_path):
    code, day = planted.words[0], planted.words[CODES + 25]
    (tmp_path / "page.html").write_text(f"<p>{code}</p>", encoding="utf-8")
    (tmp_path / "data.json").write_text(json.dumps([day]), encoding="utf-8")
    assert shown_in(tmp_path, planted.canaries) == {
        code: {"page.html"},
        day: {"data.json"},
    }


@pytest.fixture(scope="module")
def book(planted, tmp_path_factory):
    out = tmp_path_factory.mktemp("published") / "book"
    done = run(planted, "book", *FEW, "--out", out)
    assert done.exit_code == 0, done.output
    return done.stdout, out


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_no_file_of_a_book_holds_a_planted_word(planted, book):
    said, out = book
    kinds = {path.suffix for path in out.rglob("*")}
    assert {".html", ".ipynb", ".json", ".js", ".zip", ".png"} <= kinds
    assert not shown_in(out, planted.canaries)
    done = scanned(planted, out)
    assert done.exit_code == 0, done.output
    assert "0 findings" in done.output
    for words in ("Left out:", f"smcm scan {out} --data", "a help and no permission"):
        assert words in said


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_a_book_on_real_data_offers_no_data(book):
    _, out = book
    pages = [
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in Path(out).rglob("*.html")
    ]
    links = {a["href"] for page in pages for a in page.select("a[download]")}
    assert not [link for link in links if "smcm-data" in link]
    assert [link for link in links if "smcm-code" in link]
    assert not (out / "book" / "smcm-data.zip").exists()


def test_a_count_that_nobody_claims_is_found():
    page = BeautifulSoup(
        "<article><p>Of these, 3 clients live alone.</p><p>It takes 9 months.</p>"
        "<table><tr><th>Home</th><th>N</th></tr><tr><td>Alone</td><td>3</td></tr>"
        "</table></article>",
        "html.parser",
    )
    found = [kind_of(number) for number in of_page("book/results", page)]
    assert sorted(map(str, found)) == ["", "None", "None"]


def notebook(*texts):
    data = [{"text/plain": "Table()", "text/html": text} for text in texts]
    outputs = [{"output_type": "execute_result", "data": one} for one in data]
    return json.dumps({"cells": [{"cell_type": "code", "outputs": outputs}]})


def test_what_a_notebook_has_beyond_its_page_is_found(tmp_path):
    page, source = tmp_path / "page.html", tmp_path / "page.ipynb"
    link = '<a download="a.csv" href="data:text/csv,level,n%0Aalone,{}"></a>'
    page.write_text(f"<p>Of 50, 12 live alone.</p>{link.format(12)}", "utf-8")
    source.write_text(notebook("Of 50, 12 live alone.", link.format(12)), "utf-8")
    assert list(beyond(source, page)) == []
    source.write_text(notebook("Of 50, 3 live alone.", link.format(3)), "utf-8")
    assert list(beyond(source, page)) == ["Of 50, 3 live alone.", "a.csv"]


@pytest.fixture(scope="module")
def cohort(planted):
    return load_cohort(str(planted.folder))


@pytest.fixture(scope="module")
def shown(book):
    """Every whole number of the book, by what it counts."""
    found = {}
    for number in chain(numbers(book[1]), descriptions(book[1])):
        found.setdefault(kind_of(number), []).append(number)
    return found


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_it_is_known_of_every_number_what_it_counts(shown):
    assert [number.words for number in shown.get(None, ())] == []
    assert {"block", "missing", "missing, total", "pattern", "n", "site"} <= set(shown)


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_no_notebook_tells_more_than_its_page_and_its_figures(book, shown):
    found = list(notebooks(book[1]))
    assert len(found) > 20
    assert {
        path.name: told for path, page in found if (told := [*beyond(path, page)])
    } == {}
    assert {number.value for number in shown["imputed"]} <= {
        number.value for number in shown["missing"]
    }
    assert not list(book[1].rglob("conclusions.json"))


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_no_small_count_follows_from_the_files_of_a_book(book, shown, cohort):
    study = run_study(cohort, RunParameters(n_boot=100))
    counts = truth(cohort, study.observed[list(cohort.design.score_columns)])
    attack = Attack(cohort, counts, frozenset(sites_alone(book)))
    tables = PrintedTables(attack)
    for kind, found in shown.items():
        for number in found:
            tables.read(kind, number)
    tables.read_patterns(csv_files(book[1])["book/methods", "fig-missing.csv"])
    assert tables.taken["block"] > 20
    assert tables.taken["missing"] > 4
    fewest = cohort.fewest_clients
    ranges = [attack.range(keys) for keys, _ in attack.secrets(fewest)]
    assert len(ranges) > 100
    assert min(high for _, high in ranges) >= fewest - 1e-6
    assert min(high - low for low, high in ranges) >= fewest - 1e-6


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_other_counts_are_those_of_editions_and_sites(book, shown, cohort):
    alone = sites_alone(book)
    sizes = with_site(cohort)["site"].value_counts().to_dict()
    assert alone.items() <= sizes.items()
    assert min(alone.values()) >= cohort.fewest_clients
    whole = sum(sizes.values())
    editions = {whole, *(whole - n for n in alone.values())}
    assert {number.value for number in shown["n"]} <= editions
    assert {number.value for number in shown["site"]} <= {*alone.values()}
    assert {number.value for number in shown["threshold"]} == {cohort.fewest_clients}
    printed = {entry.text for entry in Published.read().by_key.values()}
    assert {str(number.value) for number in shown["printed"]} <= printed
    own = {number.value for number in shown["block"]}
    rows = csv_files(book[1])["book/printed", "tab-printed.csv"][1:]
    counts = {
        int(row[4]) for row in rows if row[2].endswith(", N") and row[4].isdigit()
    }
    assert counts
    assert counts <= own


def sites_alone(book):
    """Read the clients of each site that some page counts or leaves out."""
    found = {}
    for (_, name), (titles, *rows) in csv_files(book[1]).items():
        for row in rows if name == "tab-characteristics.csv" else ():
            if row[0].startswith("Site "):
                found[int(row[0].split()[1])] = int(row[titles.index("N, count")])
    runs = (book[1] / "book" / "runs").glob("*.html")
    left_out = {int(k) for path in runs for k in re.findall(r"out-(\d+)", path.name)}
    assert left_out <= set(found)
    return found


@both_thresholds
@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_no_mean_has_digits_that_tell_a_withheld_number(book):
    files = csv_files(book[1])
    titles, *rows = files["book/missing", "tab-imputed.csv"]
    few = {row[0] for row in rows if row[titles.index("Missing")] == "not shown"}
    for row in rows:
        exact = row[0] not in few
        for name in ("Observed, mean", "Observed, sd"):
            assert (decimals(row[titles.index(name)]) > 1) == exact
    drawn = {row[0] for row in files["book/missing", "fig-traces.csv"][1:]}
    assert len(drawn) == len(rows) - len(few)
    parts = [
        rows
        for (page, name), rows in files.items()
        if "without-" in page and name == "tab-characteristics.csv"
    ]
    assert len(parts) > 6
    for _, age, ace, *_rest in parts:
        assert max(decimals(cell) for cell in (*age[1:3], *ace[1:3])) <= 1


def decimals(text):
    return len(text.partition(".")[2])
