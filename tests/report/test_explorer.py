"""The explorer holds the numbers of the runs, and no string can break out of it."""

import json
import math
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import pytest
from bs4 import BeautifulSoup

from generator.shipped import EIGHT_MODELS
from smcm.chapters import explorer
from smcm.chapters.explorer import explorer_facts
from smcm.chapters.explorer.choices import choices, in_order
from smcm.chapters.explorer.numbers import NO_TEST, TERMS, cells, reason
from smcm.chapters.explorer.payload import embedded, payload
from smcm.parameters import RunParameters
from smcm.report import format as fmt
from smcm.report.export import results
from smcm.report.format import MINUS
from smcm.report.runs import RunRecord
from smcm.report.tidy_tables import tidy_tables
from smcm.report.words import coefficient, indirect
from tests.filled import filled, written

SIZE = 400_000  # bytes of the runs of a book in the page
HOSTILE = '</script><!-- "it\'s" & <b>\u2028\u2029'


@pytest.fixture(scope="module")
def page(runs):
    return BeautifulSoup(explorer.view(runs)._repr_html_(), "html.parser")


@pytest.fixture(scope="module")
def data(page):
    return json.loads(page.find("script", type="application/json").string)


def with_run(record, **changes):
    return replace(record, run=replace(record.run, **changes))


# ---- numbers ----------------------------------------------------------------------


def test_every_number_to_draw_is_the_number_of_its_run(runs, data):
    for record, shown in zip(runs, data["runs"], strict=True):
        for found, model in zip(record.models, shown["models"], strict=True):
            for term, numbers in model["drawn"].items():
                row = found.terms[term]
                assert numbers == [row.estimate, *row.limits]


def test_every_number_to_read_is_that_of_its_run_once_rounded(runs, data):
    decimals = dict.fromkeys(("a", "b", "direct", "total"), 2)
    for record, shown in zip(runs, data["runs"], strict=True):
        for found, model in zip(record.models, shown["models"], strict=True):
            for term, (estimate, between, p, *_) in zip(
                TERMS, model["rows"], strict=True
            ):
                row, places = found.terms[term], decimals.get(term, 3)
                assert number(estimate) == pytest.approx(
                    row.estimate, abs=0.51 / 10**places
                )
                for text, limit in zip(between.split(" to "), row.limits, strict=True):
                    assert number(text) == pytest.approx(limit, abs=0.51 / 10**places)
                    assert (number(text) < 0) == (limit < 0)
                assert p == (NO_TEST if math.isnan(row.p) else fmt.p_value(row.p))


def number(text):
    return float(text.replace(MINUS, "-"))


def test_conclusions_are_those_of_the_rule(runs, data):
    for record, shown in zip(runs, data["runs"], strict=True):
        for found, model in zip(record.models, shown["models"], strict=True):
            assert model["mediated"] == found.mediated
            said = dict(zip(TERMS, model["rows"], strict=True))
            for term in ("a", "b", "direct", "total"):
                kept = found.significant(term)
                assert (said[term][4] == "significant") == kept
            assert model["solid"] == [
                found.significant(t) for t in ("a", "b", "direct")
            ]
            assert (said["indirect"][4] == "excludes zero") == found.excludes_zero
            assert model["reason"].startswith("No ") == (not found.mediated)


def test_levels_are_those_of_the_equations(runs):
    found = runs[0].model("mcas_9")
    assert found.alpha_mediator != found.alpha_outcome
    assert cells(found, "a").level == fmt.bare(found.alpha_mediator)
    for term in ("b", "direct", "total"):
        assert cells(found, term).level == fmt.bare(found.alpha_outcome)
    assert cells(found, "indirect").level == NO_TEST


def test_numbers_read_as_in_the_sentences_of_the_results(study):
    """The same words come from a study here and from its record there."""
    written = json.dumps(results(study, tidy_tables(study)))
    record = RunRecord.from_results(json.loads(written), study.design)
    for result, found in zip(study.models, record.models, strict=True):
        for term in ("a", "b"):
            shown = cells(found, term)
            p = fmt.p_phrase(found.terms[term].p)
            words = f"{term}={shown.estimate}, 95% CI {shown.interval}, {p}"
            assert words == coefficient(result, term, term)
        shown = cells(found, "indirect")
        words = f"ab={shown.estimate}, 95% CI {shown.interval}"
        assert words == indirect(result)


def test_a_reason_names_each_condition_that_fails(runs):
    found = next(m for r in runs for m in r.models if m.mediated)
    flat = replace(found.terms["b"], p=0.4)
    crossing = replace(found.terms["indirect"], ci_low=-0.1, ci_high=0.1)
    spoilt = replace(
        found, mediated=False, terms={**found.terms, "b": flat, "indirect": crossing}
    )
    level = fmt.bare(found.alpha_outcome)
    assert reason(spoilt) == (
        f"No mediation by the rule of the study: b is not significant at {level} "
        "(p=.400) and the interval of ab includes zero."
    )


def test_the_words_over_all_runs_count_them(runs, data):
    for k, model in enumerate(EIGHT_MODELS):
        found = [record.models[k] for record in runs]
        effects = [fmt.number(m.terms["indirect"].estimate, 3) for m in found]
        said = data["models"][k]["across"]
        assert f"from {min(effects)} to {max(effects)}" in said
        assert (
            f"mediation by the rule in {sum(m.mediated for m in found)} of {len(runs)}"
            in said
        )
        excluding = sum(m.excludes_zero for m in found)
        assert f"excludes zero in {excluding} of {len(runs)}" in said
        assert model.title in said


def test_every_interval_and_zero_lie_on_their_axis(data):
    axes = [(model["axis"], [k], "indirect") for k, model in enumerate(data["models"])]
    for axis, places, term in [*axes, (data["axis"], range(8), "indirect_cs")]:
        low, high = axis["span"]
        for run, k in product(data["runs"], places):
            assert low <= run["models"][k]["drawn"][term][1]
            assert run["models"][k]["drawn"][term][2] <= high
        assert low <= 0 <= high
        ticks = [tick for tick, _ in axis["ticks"]]
        assert len(ticks) >= 2
        assert 0 in ticks
        assert [number(words) for _, words in axis["ticks"]] == pytest.approx(ticks)


def test_each_run_brings_its_n_its_statement_and_its_page(runs, data):
    for record, shown in zip(runs, data["runs"], strict=True):
        assert shown["n"] == str(record.n)
        assert shown["statement"] == record.statement
        assert shown["page"] == f"runs/{record.slug}.html"


def test_the_abstracts_stand_in_the_order_of_the_data(runs, data):
    """The script finds the abstract of a run by its place."""
    text = filled("explorer", explorer=explorer_facts(runs[::-1]))
    _, *told = text.partition("## What to look at")[0].split("explorer-abstract **")
    assert len(told) == len(data["runs"])
    for shown, said in zip(data["runs"], told, strict=True):
        own = next(r for r in runs if r.run.title == shown["title"])
        call = ("findings.j2", "abstract", "abstract()")
        assert said.startswith(f"{shown['title']}** ")
        assert written(*call, **own.abstract_facts) in said


# ---- the plain table ----------------------------------------------------------------


def test_the_plain_table_holds_the_same_numbers(runs, page):
    bodies = page.select("table.explorer-plain tbody")
    for record, body in zip(runs, bodies, strict=True):
        head, *rows = body.find_all("tr")
        assert head.a["href"] == f"runs/{record.slug}.html"
        assert head.a.get_text() == record.run.title
        assert f"N={record.n}," in head.get_text()
        for found, row in zip(record.models, rows, strict=True):
            shown = [cell.get_text() for cell in row.find_all("td")]
            expected = ["yes" if found.mediated else "no"]
            for term in ("indirect", "indirect_cs", "a", "b", "direct", "total"):
                own = cells(found, term)
                expected.append(f"{own.estimate} ({own.interval})")
                expected += [] if own.p == NO_TEST else [own.p]
            assert shown == expected


def test_every_row_of_the_plain_table_is_as_wide_as_its_head(page):
    table = page.select_one("table.explorer-plain")
    width = len(table.thead.find_all("th"))
    for row in table.select("tbody tr"):
        found = row.find_all(["th", "td"])
        assert sum(int(cell.get("colspan", 1)) for cell in found) == width


def test_without_a_script_the_table_is_open_and_the_rest_is_hidden(page):
    assert page.details.has_attr("open")
    assert page.form.has_attr("hidden")
    assert page.select_one(".explorer-view").has_attr("hidden")


# ---- choices ------------------------------------------------------------------------


def test_only_values_of_the_runs_can_be_chosen(page):
    found = {
        choice["data-choice"]: [
            item["value"] for item in choice.select("input, option")
        ]
        for choice in page.select("[data-choice]")
    }
    assert found == {
        "window": ["90", "180"],
        "site": ["all", "without-3", "without-4"],
        "outcome": ["qoli20", "pgi", "ths", "mcas"],
        "horizon": ["9", "18"],
        "reading": ["published"],
    }


def test_every_control_has_a_name_in_words(page):
    for choice in page.select("[data-choice]"):
        assert (choice.legend or choice.label).get_text().strip()
    for field in page.select("input"):
        assert field.find_parent("label").get_text().strip()
    for field in page.select("select"):
        assert page.find("label", attrs={"for": field["id"]})


def test_many_values_become_a_list(runs):
    seeds = tuple(with_run(runs[0], seed=seed) for seed in range(1, 7))
    page = BeautifulSoup(explorer.view(seeds)._repr_html_(), "html.parser")
    options = page.select("select[name=seed] option")
    assert [option["value"] for option in options] == ["1", "2", "3", "4", "5", "6"]


def test_whatever_else_varies_can_be_chosen_too(runs):
    other = (with_run(run, reading="defensible") for run in runs[1:3])
    more = (*runs, with_run(runs[0], seed=7), *other)
    keys = {choice.key: choice for choice in choices(more)}
    assert list(keys)[-1] == "seed"
    assert list(keys["seed"].options) == ["7", str(RunParameters().seed)]
    assert list(keys["reading"].options) == ["published", "defensible"]
    seventh = next(r for r in payload(more)["runs"] if r["at"]["seed"] == "7")
    assert seventh["row"] == "all sites, published, seed 7"


@pytest.fixture(scope="module")
def with_lone(runs):
    """The grid of a book: published runs, and one of the defensible analysis."""
    return (*runs, with_run(runs[3], reading="defensible", n_boot=300))


def test_the_one_run_of_another_analysis_is_a_choice_and_counts_with_none(
    runs, with_lone
):
    keys = {choice.key: choice.options for choice in choices(with_lone)}
    assert list(keys["reading"]) == ["published", "defensible"]
    shown, plain = payload(with_lone), payload(runs)
    for ours, without in zip(shown["models"], plain["models"], strict=True):
        words = f"Over all runs of the published analysis (n={len(runs)}), "
        assert ours["across"].startswith(words)
        assert ours["across"].partition(", ")[2] == without["across"].partition(", ")[2]


def test_the_usual_analysis_goes_without_saying_beside_a_row(with_lone):
    rows = {r["at"]["reading"]: r["row"] for r in payload(with_lone)["runs"]}
    assert "published" not in rows["published"]
    assert "defensible" in rows["defensible"]


def test_the_page_says_that_counts_leave_out_the_one_run(runs, with_lone):
    told = filled("explorer", explorer=explorer_facts(with_lone))
    assert "The defensible analysis was run once; the counts" in told
    assert "tab-both-9" in told
    assert "tab-both-9" not in filled("explorer", explorer=explorer_facts(runs))


def test_runs_stand_by_window_whatever_their_order(runs):
    mixed = (*runs[::2], *runs[1::2])
    assert mixed != runs
    assert in_order(mixed) == in_order(runs) == runs


def test_each_run_answers_to_one_combination(data):
    answers = [tuple(run["at"].items()) for run in data["runs"]]
    assert len(set(answers)) == len(answers)


def start(runs, run=None):
    begun = payload(runs, run)["start"]
    return begun["window"], begun["site"]


def test_a_view_starts_at_the_run_of_the_edition(runs):
    assert start(runs, runs[1].run) == ("90", "without-3")
    assert start(runs, RunParameters(window_days=270)) == ("180", "all")
    assert start(runs) == ("180", "all")
    assert start(runs[1:3]) == ("90", "without-3")


def test_one_run_alone_is_enough(runs):
    data = payload(runs[:1])
    assert [len(choice["options"]) for choice in data["choices"]] == [1, 1, 4, 2, 1]
    (only,) = data["runs"]
    assert (only["group"], only["row"]) == ("", "90 days, all sites")


# ---- strings of the data ------------------------------------------------------------


class Ends(HTMLParser):
    """Counts what a browser would take for the end of a script or a comment."""

    def __init__(self):
        super().__init__()
        self.tags, self.comments = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, len(attrs)))

    def handle_comment(self, data):
        self.comments.append(data)


def test_hostile_strings_cannot_leave_their_place(runs):
    plain = tuple(with_run(r, data="clinic") for r in runs[:2])
    plain = (plain[0], with_run(plain[1], data="other"))
    spoilt = tuple(
        replace(with_run(r, data=f"{r.run.data}{HOSTILE}"), statement=HOSTILE)
        for r in plain
    )
    before, after = Ends(), Ends()
    before.feed(explorer.view(plain)._repr_html_())
    after.feed(html := explorer.view(spoilt)._repr_html_())
    assert after.tags == before.tags
    assert not after.comments
    page = BeautifulSoup(html, "html.parser")
    data = json.loads(page.find("script", type="application/json").string)
    assert data["runs"][0]["statement"] == HOSTILE
    assert data["runs"][0]["at"]["data"] == f"clinic{HOSTILE}"
    values = [field["value"] for field in page.select("input[name=data]")]
    assert values == [f"clinic{HOSTILE}", f"other{HOSTILE}"]


def test_the_embedded_text_is_json_on_one_line_without_angle_brackets():
    text = embedded({"text": HOSTILE})
    assert json.loads(text) == {"text": HOSTILE}
    assert not set(text) & set("<>&\n\u2028\u2029")


def test_numbers_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        embedded({"value": float("nan")})


# ---- the page -----------------------------------------------------------------------


def test_nothing_is_loaded_but_the_files_of_the_book(page):
    loaded = [e.get("src") or e.get("href") for e in page.select("script[src], link")]
    assert loaded
    assert all(place.startswith("../_static/explorer") for place in loaded)


def test_the_runs_of_a_book_are_a_page_of_reasonable_size(runs, with_lone):
    html = explorer.view((*runs * 3, *with_lone))._repr_html_()
    assert len(html.encode()) < SIZE


def test_a_terminal_says_what_it_is(runs):
    assert repr(explorer.view(runs)) == "Explorer of 6 runs"


def test_limits_take_the_decimals_that_show_their_signs():
    assert fmt.limits(0.0004, 0.2, 3) == "0.0004 to 0.200"
    assert fmt.limits(0.01, 0.2, 2) == "0.01 to 0.20"
