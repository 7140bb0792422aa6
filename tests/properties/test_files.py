"""Every file format read back as it was written."""

import csv
import io
import json
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.shipped import EIGHT_MODELS
from smcm.analysis.mediate import mediate
from smcm.analysis.mediation_result import TERMS
from smcm.cohort.loading import load_cohort
from smcm.cohort.number_file import read_numbers
from smcm.design.study_file import shipped_study
from smcm.parameters import LEAST_POOLED, READINGS, RunParameters
from smcm.process.json import process_json
from smcm.report.runs import RunRecord
from smcm.rerun.grid import Grid
from smcm.rerun.grid_file import read_grid
from smcm.rerun.ledger import Ledger
from smcm.rerun.units import Unit
from tests.cohort.small import write_small
from tests.properties.strategies import finite, samples, seeds, words
from tests.windows import WINDOWS_DAYS

TABLES = ("clients", "teams", "fidelity", "interviews")
runs = st.builds(
    RunParameters,
    window_days=st.sampled_from(WINDOWS_DAYS),
    site=st.one_of(
        st.just("all"),
        st.builds("{}-{}".format, st.sampled_from(["only", "without"]), st.integers(1)),
    ),
    reading=st.sampled_from(READINGS),
    n_boot=st.integers(100, 1_000_000),
    n_imputations=st.integers(LEAST_POOLED, 1000),  # one set is refused where they pool
    seed=seeds,
)
FEWER = settings(max_examples=8)  # each reads or writes many files
# line ends of every alphabet, and surrogates, as paths that are no UTF-8 have them
texts = st.text("a\n\x85\u2028\u2029\udc80é", max_size=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("properties")


@pytest.fixture(scope="module")
def small(folder):
    written = write_small(folder / "small")
    return written, load_cohort(written.path)


def require_same(there, here):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(there, name), getattr(here, name))
    for own, other in ((there.items, here.items), (there.completed, here.completed)):
        assert set(own) == set(other)
        for key, table in own.items():
            pd.testing.assert_frame_equal(table, other[key])


@FEWER
@given(st.data())
def test_a_folder_is_the_same_however_it_was_exported(small, folder, data):
    """Order of rows and columns, quotation marks, line ends, marks, rows of commas."""
    written, here = small
    copy = folder / "copy"
    random = data.draw(st.randoms(use_true_random=False))
    style = {
        "quoting": data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])),
        "lineterminator": data.draw(st.sampled_from(["\n", "\r\n"])),
    }
    first = data.draw(
        st.sampled_from(["", "\ufeff", "\ufeff\ufeff", "sep=,\n", "\n,,\n"])
    )
    blank = data.draw(st.integers(0, 3))
    for path in sorted(written.path.rglob("*.csv")):
        name = path.relative_to(written.path)
        header, *rows = written.rows(name)
        random.shuffle(rows)
        order = random.sample(range(len(header)), len(header))
        text = io.StringIO(newline="")
        text.write(first)
        csv.writer(text, **style).writerows(
            [[row[k] for k in order] for row in (header, *rows)]
            + [[""] * len(header)] * blank
        )
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(text.getvalue().encode())
    require_same(load_cohort(copy), here)


@FEWER
@given(st.data())
def test_a_cohort_with_any_gaps_is_read_as_it_was_written(small, folder, data):
    _, here = small
    out = folder / "out"
    (out / "completed").mkdir(parents=True, exist_ok=True)
    for key, item in here.items.items():
        columns = [c for c in item if c not in ("client_id", "month")]
        place = data.draw(st.sampled_from(columns))
        row = data.draw(st.integers(0, len(item) - 1))
        if key != "pgi":
            item = item.copy()  # noqa: PLW2901
            item.loc[row, place] = np.nan
        item.to_csv(out / f"{key}.csv", index=False, float_format="%g")
        here = replace(here, items={**here.items, key: item})
        complete = here.completed[key].to_csv(index=False, float_format="%g")
        (out / "completed" / f"{key}.csv").write_text(complete, encoding="utf-8")
    for name in TABLES:
        table = getattr(here, name)
        style = {"date_format": "%Y-%m-%d", "float_format": "%g"}
        table.to_csv(out / f"{name}.csv", index=False, **style)
    there = load_cohort(out)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(there, name), getattr(here, name))
    for key, table in here.items.items():
        pd.testing.assert_frame_equal(there.items[key], table, check_dtype=False)


@given(
    st.lists(st.one_of(finite, st.just(np.nan)), min_size=1, max_size=20).filter(
        lambda values: not np.isnan(values).all()  # a blank column is refused
    ),
    words.filter(lambda name: name.strip()),
)
def test_doubles_written_by_pandas_are_read_digit_by_digit(folder, values, note):
    """As `smcm study` writes analysis.csv, and `smcm mediate` may read it."""
    note = " ".join(note.split())
    assume(note)
    path = folder / "numbers.csv"
    frame = pd.DataFrame({"value": values, "note": note})
    frame.to_csv(path, index=False, date_format="%Y-%m-%d")
    found = read_numbers(path, [("--x", "value")])
    np.testing.assert_array_equal(found.frame["value"], frame["value"])
    assert found.missing["value"] == int(np.isnan(values).sum())


@given(runs)
def test_parameters_survive_json_and_a_cell(run):
    assert RunParameters.from_mapping(json.loads(json.dumps(asdict(run)))) == run


@given(runs, runs)
def test_two_runs_have_two_names(one, other):
    assert (one.slug == other.slug) == (one == other)
    assert (one.title == other.title) == (one == other)


def estimates(drawn, run):
    rows = [
        {"model": model.key, "term": term, "window_days": days, "alpha": 0.05}
        | {"se": 1.0, "statistic": None, "df": None}
        | dict(zip(("estimate", "ci_low", "ci_high", "p"), drawn(), strict=True))
        for days in WINDOWS_DAYS
        for model in EIGHT_MODELS
        for term in TERMS
    ]
    return {
        "run": asdict(run),
        "models": rows,
        "mediated": {model.key: False for model in EIGHT_MODELS},
        "dropped": {model.key: ["age"] for model in EIGHT_MODELS},
    }


@given(runs, st.integers(1, 999), words, words, st.lists(finite, min_size=5))
def test_results_are_read_back_unrounded(run, n, statement, reading, doubles):
    cycle = np.resize(np.array(doubles), (len(WINDOWS_DAYS) * 8 * len(TERMS), 4))
    rows = iter(cycle.tolist())
    results = estimates(lambda: next(rows), run) | {"n": n}
    written_from = {"edition": {"reading": reading}, "study": {"models": []}}
    results["abstract_facts"] = written_from
    results["data"] = {"statement": statement}
    text = json.dumps(results, ensure_ascii=False, allow_nan=False)
    record = RunRecord.from_results(json.loads(text), shipped_study())
    assert (record.run, record.n) == (run, n)
    assert (record.statement, record.abstract_facts) == (statement, written_from)
    own = [row for row in results["models"] if row["window_days"] == run.window_days]
    for row in own:
        found = record.model(row["model"]).terms[row["term"]]
        assert (found.estimate, *found.limits) == (
            *(row[name] for name in ("estimate", "ci_low", "ci_high")),
        )
        assert found.p == row["p"]


@given(samples(), seeds)
def test_a_model_as_json_holds_every_digit(sample, seed):
    names = {"x": "x", "m": "m", "y": "y", "covariates": sample.covariates}
    result = mediate(sample.frame, n_boot=100, seed=seed, **names)
    read = json.loads(json.dumps(process_json(result), allow_nan=False))
    for row in read["terms"]:
        expected = result.row(row["term"])
        found = [np.nan if row[name] is None else row[name] for name in expected]
        np.testing.assert_array_equal(found, list(expected.values()))
    for key, equation in (("mediator", "to_mediator"), ("total", "to_total")):
        fit = getattr(result.paths, equation)
        rows = read["models"][key]["coefficients"]
        assert [row["coeff"] for row in rows] == fit.slope.tolist()
        assert [row["p"] for row in rows] == fit.p.tolist()


axes = st.fixed_dictionaries(
    {},
    optional={
        "window_days": st.lists(st.sampled_from(WINDOWS_DAYS), min_size=1, max_size=3),
        "site": st.lists(
            st.sampled_from(["all", "only-2", "without-11", "without-each"]),
            min_size=1,
            max_size=3,
        ),
        "seed": st.lists(seeds, min_size=1, max_size=3),
        "n_boot": st.lists(st.integers(100, 9999), min_size=1, max_size=2),
    },
).filter(bool)


@given(st.lists(axes, min_size=1, max_size=3), st.booleans())
def test_a_grid_survives_yaml(folder, blocks, flow):
    path = folder / "grid.yml"
    path.write_text(yaml.safe_dump(blocks, default_flow_style=flow), encoding="utf-8")
    grid = read_grid(path)
    assert grid == Grid.of([{k: tuple(v) for k, v in b.items()} for b in blocks])
    found, left_out = grid.runs("synthetic", (1, 2), lambda _run: None)
    assert not left_out
    assert len(found) == len(set(found))
    for run in found:
        block = {"site": f"[{run.site}]", "window_days": run.window_days}
        path.write_text(
            "\n".join(f"{name}: {value}" for name, value in block.items()),
            encoding="utf-8",
        )
        assert read_grid(path).blocks[0]["site"] == (run.site,)


@pytest.fixture(scope="module")
def make_ledger(folder):
    count = iter(range(10**9))

    def make(run, content=b"{}"):
        place = folder / f"ledger{next(count)}"
        unit = Unit(run)
        (place / unit.file).parent.mkdir(parents=True)
        (place / unit.file).write_bytes(content)
        return Ledger(place), unit

    return make


@given(runs, texts, st.dictionaries(texts, texts, min_size=1, max_size=3))
def test_a_manifest_is_read_back_line_by_line(make_ledger, run, error, digests):
    ledger, unit = make_ledger(run)
    ledger.say(unit, "failed", digests, error=error)
    ledger.done(unit, digests)
    assert Ledger(ledger.folder).is_done(unit, digests)
    lines = (ledger.folder / "manifest.jsonl").read_bytes().split(b"\n")
    first = json.loads(lines[0])
    assert (first["error"], first["digests"]) == (error, digests)
    assert len(lines) == 3
    (ledger.folder / unit.file).write_bytes(b"other")
    assert not Ledger(ledger.folder).is_done(unit, digests)


@given(runs, st.integers(0, 400), st.lists(texts, min_size=1, max_size=3))
def test_a_manifest_cut_off_anywhere_vouches_for_whole_lines_only(
    make_ledger, run, cut, errors
):
    ledger, unit = make_ledger(run)
    path = ledger.folder / "manifest.jsonl"
    ledger.done(unit, {"code": "1"})
    whole = path.read_bytes()
    ledger.done(unit, {"code": errors[0] + "2"})
    path.write_bytes(path.read_bytes()[: len(whole) + cut])
    torn = Ledger(ledger.folder)
    assert torn.is_done(unit, {"code": "1"})
    torn.done(unit, {"code": "3"})
    again = Ledger(ledger.folder)
    assert again.is_done(unit, {"code": "1"})
    assert again.is_done(unit, {"code": "3"})


@FEWER
@given(runs, st.lists(st.sampled_from("123"), min_size=1, max_size=12), texts)
def test_tidying_a_manifest_forgets_nothing_that_counts(make_ledger, run, codes, error):
    ledger, unit = make_ledger(run)
    for code in codes * 3:
        ledger.say(unit, "running", {"code": code}, error=error)
        ledger.done(unit, {"code": code})
    ledger.tidy()
    assert Ledger(ledger.folder).is_done(unit, {"code": codes[-1]})
