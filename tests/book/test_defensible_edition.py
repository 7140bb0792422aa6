"""Chapters in the defensible analysis: tables against loops over sets and teams."""

import json
import re

import nbformat
import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm import load_cohort
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.parameters import RunParameters
from smcm.paths import BOOK
from smcm.text import Text
from smcm.text.printed import printed_facts
from tests.by_team import cr2, design, rubin
from tests.kept import facts_kept

pytestmark = pytest.mark.slow
RUN = RunParameters(reading="defensible", n_boot=500, n_imputations=3)
OPTIONS = ("--n-boot", "500", "--n-imputations", "3", "--window-days", "180")
CHAPTERS = ("results", "discussion", "index", "methods", "introduction", "printed")
BOX = "Not the analysis of the article"
NUMBER = re.compile(r"[\u2212-]?\d*\.\d+|\d+")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    from click.testing import CliRunner  # noqa: PLC0415

    from smcm.cli.main import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("defensible") / "runs"
    typed = ["rerun", "--reading", "published,defensible", "--site", "all", *OPTIONS]
    chapters = ["--chapter", ",".join(CHAPTERS), "--no-book", "--out", str(folder)]
    result = CliRunner().invoke(main, [*typed, *chapters])
    assert result.exit_code == 0, result.output
    return folder


def shown(out, run, chapter):
    """All that the cells of a chapter put out, as Markdown."""
    notebook = nbformat.read(out / run.slug / f"{chapter}.ipynb", as_version=4)
    outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
    return [
        o["data"]["text/markdown"]
        for o in outputs
        if "text/markdown" in o.get("data", {})
    ]


def table(out, run, chapter, name):
    found = next(
        text for text in shown(out, run, chapter) if f":name: {name}\n" in text
    )
    rows = [line for line in found.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]


def read(cell):
    return [float(x.replace("\u2212", "-")) for x in NUMBER.findall(cell)]


@pytest.fixture(scope="module")
def frames():
    imputed = impute_cohort(load_cohort(RUN), n_imputations=3, seed=RUN.seed)
    return imputed_frames(imputed, RUN.window_days)


def test_the_printed_paths_are_those_of_a_loop(out, frames):
    rows = table(out, RUN, "results", "tab-paths")
    assert len(rows) == len(EIGHT_MODELS)
    for cells, model in zip(rows, EIGHT_MODELS, strict=True):
        spec = model.spec(RUN.window_days)
        baseline = spec.covariates[-1]
        for at, focal, y in ((1, [spec.x], spec.m), (3, [spec.m, spec.x], spec.y)):
            found = [
                cr2(
                    design(f, focal, baseline), f[y].to_numpy(), f["team"].to_numpy(), 1
                )
                for f in frames
            ]
            estimate, _, _, p = rubin(found)
            assert read(cells[at])[0] == pytest.approx(estimate, abs=0.0051)
            assert read(cells[at + 1])[0] == pytest.approx(p, abs=0.00051)


def test_the_means_in_table_2_are_those_of_all_sets(out, frames):
    rows = table(out, RUN, "results", "tab-change")
    alliance = next(cells for cells in rows if cells[0] == "RPRS")
    values = [read(cell)[0] for cell in alliance if "\u00b1" in cell]
    means = [np.mean([f[f"rprs_{m}"].mean() for f in frames]) for m in ("4.5", "13.5")]
    np.testing.assert_allclose(values, means, atol=0.051)


def text(out, run, chapter):
    """The chapter as its page says it."""
    source = (BOOK / f"{chapter}.md").read_text(encoding="utf-8")
    facts = facts_kept(out, run, chapter) | printed_facts()
    return Text().filled(source, f"book/{chapter}.md", facts)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_main_chapter_says_which_analysis_it_has(out, chapter):
    assert text(out, RUN, chapter).count(BOX) == 1
    assert BOX not in text(out, RUN.as_published, chapter)


def test_the_results_of_a_run_name_their_reading(out):
    for run in (RUN, RUN.as_published):
        kept = json.loads((out / run.slug / "results.json").read_text(encoding="utf-8"))
        assert kept["run"]["reading"] == run.reading
        levels = {row["alpha"] for row in kept["models"] if row["term"] == "b"}
        assert levels == ({0.05} if run is RUN else {0.05, 0.01})
        assert kept["completion"] == ("pooled" if run is RUN else "frozen")
