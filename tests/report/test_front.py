"""The front page: it says what chapters conclude, and can be read in a minute."""

import re
from dataclasses import replace

import pytest

from generator.shipped import EIGHT_MODELS, HORIZONS
from smcm.chapters import index
from smcm.chapters.index.facts import (
    ORDER,
    about_data,
    about_edition,
    front_facts,
    print_facts,
)
from smcm.chapters.results import conclusions as of_both
from smcm.chapters.results.both import BothAnalyses
from smcm.design.instruments import label
from smcm.errors import MissingRunsError
from smcm.facts import plain
from smcm.published import Published
from smcm.report.conclusions import (
    PART,
    Agreement,
    Analysis,
    Conclusion,
    Conclusions,
    counted,
    shared,
)
from smcm.rerun.conclusions import write_conclusions
from tests.filled import filled
from tests.report.states import STATES

OTHER = tuple(name for name in ORDER if name not in ("published", "defensible"))
MOST_WORDS = 600
WAYS = {"windows": 2, "sites": 7}


def concluded(name, k):
    """One conclusion of each extent, whatever the analysis."""
    key = EIGHT_MODELS[k].key
    if name in WAYS:
        return counted(key, [place < k for place in range(WAYS[name])])
    if name == "multiverse":
        return shared(key, k / 7)
    p = 0.01 * (k + 1) if name == "adjusted" else None
    return Conclusion(model=key, extent=("yes", "part", "no")[k % 3], p=p)


def left_by(study, names=OTHER, *, defensible=()):
    """What chapters leave, by their stems."""
    both = BothAnalyses(
        published=study.models,
        defensible=defensible,
        level=study.design.alpha.level,
        n_sets=2,
    )
    others = {
        name: Conclusions(
            analyses=(
                Analysis(name=name, models=tuple(concluded(name, k) for k in range(8))),
            )
        )
        for name in names
    }
    agreement = Conclusions(agreement=Agreement(n=197, equal=180))
    return {"results": of_both(study, both), "printed": agreement} | others


def page(found):
    return filled(
        "index",
        data=about_data(found),
        edition=about_edition(found),
        front=front_facts(found),
        article=print_facts(found),
    )


@pytest.fixture(scope="module", params=STATES)
def state(request, study):
    return STATES[request.param](study)


def finding(text):
    return re.search(
        r"In synthetic clients, the published analysis finds mediation in [^.]*\.", text
    )[0]


def test_the_finding_counts_both_analyses(state):
    found = [r for r in state.models if r.mediated]
    none = [replace(r, alpha_mediator=0.0) for r in state.models]
    told = finding(page(left_by(state, defensible=tuple(none))))
    how_many = (
        *("none", "one", "two", "three", "four", "five", "six", "seven", "all"),
    )[len(found)]
    assert f"finds mediation in {how_many} " in told
    assert told.endswith("in none of the eight.")
    same = finding(page(left_by(state, defensible=state.models)))
    assert same.count(how_many) == 2


def test_a_defensible_analysis_that_is_impossible_is_not_counted(study):
    told = page(left_by(study))
    assert "cannot be examined, since too few teams are left" in finding(told)
    assert "[Defensible]" not in told


def heads(text):
    grid = text.partition("<thead>")[2].partition("</thead>")[0]
    return re.findall(r"\[([\w ]+)\]\((\w+)\.md\)", grid)


def test_the_grid_has_the_columns_that_apply(study):
    everything = page(left_by(study, defensible=study.models))
    assert [chapter for _, chapter in heads(everything)] == [
        *("results", "compare", "compare", "missing", "nesting", "coding"),
        *("missing", "multiverse", "results"),
    ]
    few = page(left_by(study, ("pooled",)))
    assert heads(few) == [("Published", "results"), ("Pooled", "missing")]
    for word, _ in heads(everything):
        assert (f"[{word}](" in few.partition("</table>")[2]) == (
            word in ("Published", "Pooled")
        )


def test_a_cell_has_the_mark_and_the_words_of_its_conclusion(study):
    found = left_by(study, defensible=study.models)
    cells = re.findall(
        r'<td class="(\w+)" data-brief=".*?">.*?#front-(\w+)".*?'
        r'<span class="said">(.*?)</span></td>',
        page(found),
    )
    held = {one.name: one for each in found.values() for one in each.analyses}
    expected = [held[name].models[k] for k in range(8) for name in ORDER]
    assert len(cells) == len(expected) == 8 * len(ORDER)
    for (kind, mark, said), one in zip(cells, expected, strict=True):
        assert kind == mark == one.extent
        if one.among:
            assert said == f"{one.count} of {one.among}"
        elif one.share is not None:
            assert said == f"{100 * one.share:.0f}%"
        elif one.p is not None:
            assert said.startswith("p")
        else:
            assert said == {"part": "CI only"}.get(one.extent, one.extent)


def test_the_diagram_says_its_numbers_aloud(state):
    text = page(left_by(state))
    aloud = re.search(r'aria-label="(Path a[^"]*)"', text)[1]
    shown = re.findall(r"</tspan> ([−.\d]+ to [−.\d]+)</text>", text)
    assert shown == re.findall(r": ([−.\d]+ to [−.\d]+), significant", aloud)
    counts = [sum(r.significant(p) for r in state.models) for p in ("a", "b", "direct")]
    assert re.findall(r"significant in (\d) of 8", aloud) == [str(n) for n in counts]
    lines = re.findall(r'<path class="(\w+)" d="M\d', text)
    assert lines == ["solid" if n else "dashed" for n in counts]


@pytest.mark.parametrize(
    ("synthetic", "calibrated", "name"),
    [(True, True, "article"), (True, False, "study"), (False, False, "study")],
)
def test_it_says_whose_data_these_are(study, synthetic, calibrated, name):
    cohort = replace(study.cohort, synthetic=synthetic, name="Ours")
    found = left_by(study)
    data = replace(
        about_data(found), synthetic=synthetic, calibrated=calibrated, name="Ours"
    )
    main = replace(found["results"].main, data=data)
    text = page(found | {"results": replace(found["results"], main=main)})
    assert cohort.name in text or calibrated
    assert ("**synthetic**" in text) == synthetic
    assert ("In the article" in text) == calibrated
    assert ("In the published study" in text) == (not calibrated)
    assert ("180 of 197" in text) == calibrated
    assert name in text


def test_the_page_computes_nothing(study, tmp_path, monkeypatch):
    """It needs no data, no model and no run: files of conclusions do."""
    left = {stem: {PART: plain(one)} for stem, one in left_by(study).items()}
    write_conclusions(tmp_path, study.run, left)
    monkeypatch.setenv("SMCM_RUNS", str(tmp_path))
    published = []
    monkeypatch.setattr(index, "leave", lambda **parts: published.append(parts))
    given = {name: getattr(study.run, name) for name in study.run.__slots__}
    index.prepare({**given, "data": str(tmp_path / "no such folder")})
    (parts,) = published
    assert parts["front"] == front_facts(left_by(study))
    assert parts["edition"].n == study.n


def test_without_the_results_it_is_refused(study):
    found = left_by(study)
    del found["results"]
    with pytest.raises(MissingRunsError, match="results"):
        about_edition(found)


# ---- the test of one minute: from the words of the front page alone ----------------


@pytest.fixture(scope="module")
def article(study):
    """What a reader sees of the page, as text."""
    found = left_by(study, defensible=study.models)
    text = page(found).partition("index.prepare(vars()) ```")[2]
    text = re.sub(r"<svg[^>]*>.*?</svg>|<[^>]+>", " ", text)
    text = re.sub(r"\]\([^)]*\)|[\[*]|:{3,}(\{container\} [\w-]+)?", " ", text)
    return " ".join(re.sub(r"\{\w+\}`[^`]*`", "X", text).split())


def test_what_is_the_question(article):
    assert re.match(r"[^?.]*fidelity|Do clients do better", article)
    assert article.index("?") < 250


def test_what_did_the_article_find(article):
    told = article.partition("In the article")[2].partition("In this rerun")[0]
    assert "Higher fidelity to SMCM was associated with a stronger alliance" in told
    printed = Published.read().by_key
    for horizon in HORIZONS:
        listed = re.search(rf"(?:outcome: |; )([^;:]+) at {horizon:g} months", told)[1]
        assert re.split(r", and | and |, ", listed) == [
            model.outcome.measures
            for model in EIGHT_MODELS
            if f"ab.{model.outcome.short}.{label(horizon)}.ab" in printed
            and model.horizon == horizon
        ]


def test_what_is_synthetic(article):
    told = article.partition("In this rerun")[2].partition("Does the finding")[0]
    assert "computed from 311 synthetic clients" in told
    assert "says nothing about real clients" in told


def test_what_stays_under_which_analysis(article):
    grid = article.partition("Mediation in eight models")[2]
    notes = grid.partition("Yes : both paths")[2]
    for name in (
        *("Published", "Windows", "Sites", "Pooled", "Teams", "Categories"),
        *("Multiplicity", "Multiverse", "Defensible"),
    ):
        assert name in grid.partition("Yes : both paths")[0]
        assert f"{name} : " in notes
    for model in EIGHT_MODELS:
        assert f"{model.outcome.short}, {label(model.horizon)} mo" in grid


def test_where_is_table_2(article):
    assert "Table 2: change over the study | X, Results" in article


def test_every_abbreviation_is_spelled_out(article):
    for scale in {model.outcome for model in EIGHT_MODELS}:
        assert f"{scale.short}: {scale.name}" in article
    for words in ("(SMCM)", "confidence interval (CI)", "mo: months", "(CR2)"):
        assert words in article


def test_it_takes_a_minute_or_two(article):
    words = [word for word in article.split() if re.search(r"\w", word)]
    assert len(words) <= MOST_WORDS
