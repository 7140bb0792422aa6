"""The printed digits stand in the tables; strings of the data cannot break them."""

import dataclasses
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest

from smcm.analysis.reciprocity import reciprocal_models
from smcm.article.comparison import compare
from smcm.article.levels import stem_of_line
from smcm.chapters.power import tables as power_tables
from smcm.chapters.printed import tables as printed_tables
from smcm.design.instruments import label
from smcm.design.study_file import shipped_study
from smcm.report import format as fmt
from smcm.report.csv_text import plain
from smcm.report.format import MINUS
from smcm.report.show import Table, default_align
from smcm.report.words import short_title
from tests.shown import tables
from tests.windows import WINDOWS_DAYS

CALLS = (
    *(tables.characteristics, tables.change, tables.nesting, tables.paths),
    *(tables.indirect_effects, tables.sensitivity, tables.reciprocity),
    *(
        tables.measures,
        tables.missing,
        printed_tables.printed,
        printed_tables.printed_exceptions,
    ),
)
NAMES = (
    *("tab-characteristics", "tab-change", "tab-nesting", "tab-paths"),
    *("tab-indirect", "tab-sensitivity", "tab-reciprocity"),
    *("tab-measures", "tab-missing", "tab-printed", "tab-exceptions"),
)
each_table = pytest.mark.parametrize("call", CALLS, ids=NAMES)


@pytest.fixture(scope="module")
def equal(study, published):
    """Printed numbers whose regenerated text is the same, by key."""
    rows = compare(study, published)
    return {row.printed.key: row.printed for row in rows if row.status == "equal"}


@pytest.fixture(scope="module")
def table_1(study):
    body = tables.characteristics(study).body
    return {name.removeprefix("&emsp;"): (n, p) for name, n, p in body.to_numpy()}


@pytest.fixture(scope="module")
def table_2(study):
    return tables.change(study).body.set_index("Measure")


def test_table_1_counts_and_percentages_are_the_printed_ones(study, table_1, equal):
    lines = (*study.characteristics.counts, *study.characteristics.sites)
    seen = set()
    for line in lines:
        n, percent = table_1[line.level.name]
        for suffix, shown in (("n", n), ("pct", percent)):
            key = f"t1.{stem_of_line(line)}.{suffix}"
            if key in equal and line.level.name != "Other":
                assert shown == equal[key].text, key
                seen.add(key)
    assert len(seen) > 40


def test_table_1_means_and_sds_are_the_printed_ones(study, table_1, equal):
    for moments in study.characteristics.measured:
        shown, _ = table_1[f"{moments.name} (mean ± SD)"]
        mean, sd = (
            equal[f"t1.{moments.column}.{what}"].text for what in ("mean", "sd")
        )
        assert shown == f"{mean} ± {sd}"


def test_table_2_means_and_sds_are_the_printed_ones(table_2, equal):
    rows = {"Fidelity": "SMCM fidelity"}
    stems = {k.rpartition(".")[0] for k in equal if k.startswith("t2.") if "mean" in k}
    assert len(stems) == 16
    for stem in stems:
        scale, month = stem.removeprefix("t2.").split(".", 1)
        shown = table_2.loc[rows.get(scale, scale), f"{label(float(month))} mo"]
        mean, sd = (equal[f"{stem}.{what}"].text for what in ("mean", "sd"))
        assert shown == f"{mean} ± {sd}"


def test_table_2_tests_are_the_printed_ones(table_2, equal):
    for scale in ("QOLI-20", "PGI", "THS", "MCAS"):
        row, stem = table_2.loc[scale], f"t2.{scale}"
        assert row["Test"] == f"F={equal[f'{stem}.F'].text}"
        assert row["p"].startswith(f"{equal[f'{stem}.p'].text} (")
        assert row["Effect size"] == f"ηp²={equal[f'{stem}.eta'].text}"
        post_hoc = [equal[f"{stem}.ph{month}"].text for month in (9, 18)]
        assert row["Post hoc p"] == ", ".join(post_hoc)
    for name, stem in (("SMCM fidelity", "t2.fid"), ("RPRS", "t2.rprs")):
        row = table_2.loc[name]
        assert row["Test"] == f"t={equal[f'{stem}.t'].text}"
        assert row["Effect size"] == f"d={equal[f'{stem}.d'].text}"
        assert reads_as(row["p"], equal[f"{stem}.p"])


def reads_as(shown, entry):
    """Same text, or the same once it is cut to the decimals that were printed."""
    if shown == entry.text:
        return True
    places = Decimal(1).scaleb(-entry.decimals)
    digits = Decimal(f"0{shown}").quantize(places, rounding=ROUND_HALF_UP)
    return str(digits).removeprefix("0") == entry.text


def test_printed_paths_and_effects_stand_in_their_tables(study, equal):
    paths = tables.paths(study).body.set_index("Outcome")
    effects = tables.indirect_effects(study).body.set_index("Outcome")
    seen = 0
    for result in study.models:
        model = result.model
        place = f"{model.outcome.short}.{label(model.horizon)}"
        for stem, own, cell in (
            (f"b.{place}", "b", paths.loc[short_title(model), "b (95% CI)"]),
            (f"ab.{place}", "ab", None),
        ):
            if f"{stem}.{own}" not in equal:
                continue
            estimate, low, high = (equal[f"{stem}.{k}"].text for k in (own, "lo", "hi"))
            limits = f"{low} to {high}"
            if cell is None:
                row = effects.loc[short_title(model)]
                assert row["ab"] == estimate
                ends = [as_printed(end) for end in row["95% CI"].split(" to ")]
                assert " to ".join(ends) == limits
            else:
                assert cell == f"{estimate} ({limits})"
            seen += 1
    assert seen == 8


def as_printed(limit):
    """Three decimals stand only where two would be 0.00."""
    return "0.00" if len(limit.partition(".")[2]) == 3 else limit


@pytest.mark.parametrize("value", [0.0049, -0.0049, 0.0051, -0.0151, 0.0, 1.0])
def test_a_limit_shows_its_side_of_zero(value):
    shown = fmt.limit(value)
    assert shown.startswith(MINUS) == (value < 0)
    assert as_printed(shown) == fmt.number(value).replace(f"{MINUS}0.00", "0.00")
    assert float(shown.replace(MINUS, "-")) != 0 or value == 0


def test_printed_reciprocity_stands_in_its_table(study, equal):
    body = tables.reciprocity(study).body.set_index("Outcome entered")
    for scale in ("QOLI-20", "MCAS"):
        row = body.loc[f"{scale} at 9 months"]
        assert row["F"] == equal[f"rec.{scale}.F"].text
        df1, df2 = (equal[f"rec.{scale}.{df}"].text for df in ("df1", "df2"))
        assert row["df"] == f"{df1}, {df2}"
        assert row["R², with outcome"] == equal[f"rec.{scale}.R2"].text.lstrip("0")


def test_printed_table_has_a_row_an_entry(study, published):
    body = printed_tables.printed(study).body
    entries = list(published.of_kind("compare", "pattern"))
    assert len(body) == len(entries)
    for entry, shown in zip(entries, body["Printed"], strict=True):
        expected = fmt.cell(entry.text) if entry.kind == "compare" else "in words"
        assert plain(shown) == plain(expected)


def test_no_two_rows_of_the_printed_table_say_the_same(study):
    body = printed_tables.printed(study).body
    assert not body.duplicated(["Place", "What"]).any()


def test_exceptions_are_the_rows_that_are_not_equal(study):
    whole, part = (
        printed_tables.printed(study).body,
        printed_tables.printed_exceptions(study).body,
    )
    assert len(part) == (whole["Status"] != "equal").sum()
    assert (part["Reason"] != "").all()


@each_table
def test_cells_are_finished_strings(study, call):
    table = call(study)
    body = table.body
    assert len(body) > 0
    assert body.map(lambda cell: isinstance(cell, str)).all().all()
    text = "\n".join(body.to_numpy().ravel())
    assert "nan" not in text.lower().split()
    for cell in body.to_numpy().ravel():
        assert not cell.startswith("-"), "a hyphen where a minus belongs"
    assert len(table.align or default_align(body.shape[1])) == body.shape[1]


def test_names_are_those_the_chapters_cite(study):
    assert tuple(call(study).name for call in CALLS) == NAMES


@each_table
def test_markdown_is_one_numbered_table(study, call):
    table = call(study)
    text = table._repr_markdown_()
    assert text.startswith(f"::::{{table}} {table.caption}\n:name: {table.name}\n")
    grid = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(grid) == len(table.body) + 2
    for note in table.notes:
        assert note in text


HOSTILE = "<script>alert(1)</script> | x\ny"


def test_hostile_strings_of_the_published_file_are_escaped(study, monkeypatch):
    from smcm.published import Published  # noqa: PLC0415 (patched below)

    plain = Published.read()
    spoilt = {
        key: dataclasses.replace(entry, meaning=HOSTILE, place=HOSTILE)
        for key, entry in plain.by_key.items()
    }
    monkeypatch.setattr(Published, "read", lambda: Published(spoilt))
    text = printed_tables.printed(study)._repr_markdown_()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\| x y" in text


def test_hostile_level_names_are_escaped(study):
    lines = study.characteristics.counts
    level = dataclasses.replace(lines[0].level, name=HOSTILE)
    spoilt = dataclasses.replace(
        study.characteristics,
        counts=(dataclasses.replace(lines[0], level=level), *lines[1:]),
    )
    table = tables.characteristics(dataclasses.replace(study, characteristics=spoilt))
    assert "<script>" not in table._repr_markdown_()
    assert "\\| x y" in table._repr_markdown_()


def test_a_wide_table_says_so():
    table = Table(pd.DataFrame({"A": ["x"]}), name="tab-x", caption="C", wide=True)
    assert ":name: tab-x\n:class: full-width\n\n| A |" in table._repr_markdown_()


def test_a_table_without_notes_or_alignment():
    table = Table(pd.DataFrame({"A": ["x"], "B": ["1"]}), name="tab-x", caption="C")
    lines = table._repr_markdown_().splitlines()
    assert lines[3:6] == ["| A | B |", "| :--- | ---: |", "| x | 1 |"]
    assert "table-notes" not in table._repr_markdown_()


def test_sensitivity_holds_every_window(study):
    body = tables.sensitivity(study).body
    assert len(body) == len(WINDOWS_DAYS) * len(study.models)
    for days in WINDOWS_DAYS:
        assert (body["Days"] == str(days)).sum() == len(study.models)


def test_mediation_column_follows_the_alpha_rule(study):
    said = tables.indirect_effects(study).body["Mediation"]
    assert list(said == "yes") == [result.mediated for result in study.models]


def test_a_path_below_05_that_misses_its_level_is_marked(study):
    body = tables.paths(study).body
    for row, result in zip(body.itertuples(index=False), study.models, strict=True):
        p = result.mediation.row("b")["p"]
        marked = p < 0.05 and not result.b_significant
        assert row[4].endswith("†") == marked
    assert body.iloc[:, 4].str.endswith("†").any()


def test_minus_is_the_typographic_one(table_2):
    assert table_2.loc["SMCM fidelity", "Test"].startswith(f"t={MINUS}")


def test_one_site_s_tables_can_be_laid_out(study, frame):
    """The site code is constant there and drops out of the models."""
    code = frame["site"].mode()[0]
    models = reciprocal_models(frame[frame["site"] == code], shipped_study())
    part = dataclasses.replace(study, reciprocity=models)
    body = tables.reciprocity(part).body
    assert np.all(body["df"] == f"1, {models[0].df2}")


def test_power_table_has_a_row_a_size(study, plan):
    body = power_tables.power_cited(plan).body
    assert len(body) == 5
    assert body["N"].iloc[0] == fmt.whole(study.n)


def test_printed_columns_are_the_published_study_beside_other_data(study, second_study):
    for lay_out in (printed_tables.printed, printed_tables.printed_exceptions):
        ours, theirs = lay_out(study), lay_out(second_study)
        assert list(ours.body)[3:5] == ["Printed", "Regenerated"]
        assert list(theirs.body)[3:5] == ["Published study", "These data"]
        assert "published study" in theirs.caption
    assert "calibration" not in " ".join(printed_tables.printed(second_study).notes)
    assert "calibration" in " ".join(printed_tables.printed(study).notes)
