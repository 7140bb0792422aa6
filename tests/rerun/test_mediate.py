"""`smcm mediate` against regressions by statsmodels, and what it refuses."""

import json
import math

import numpy as np
import pytest
import statsmodels.api as sm

from smcm import mediate

CLOSE = {"rel": 1e-9, "abs": 1e-12}  # digits that two solvers of one problem share
MODEL = ("--x", "dose", "--m", "trust", "--y", "hope")
PARTS = {"x": "dose", "m": "trust", "y": "hope"}
FULL = (*MODEL, "--covariate", "age", "--covariate", "hope before")
TERMS = [
    *("a", "b", "direct", "total"),
    *("indirect", "indirect_ps", "indirect_cs"),
]
COLUMNS = {"mediator": "trust", "outcome": "hope", "total": "hope"}


def fit(cases, outcome, terms, robust):
    design = sm.add_constant(cases[terms])
    kind = {"cov_type": robust} if robust else {}
    return sm.OLS(cases[outcome], design).fit(use_t=True, **kind)


@pytest.mark.parametrize("se", ["classical", "hc0", "hc1", "hc2", "hc3"])
@pytest.mark.parametrize("level", [0.95, 0.9])
def test_equations_are_those_of_statsmodels(smcm, file, numbers, se, level):
    robust = None if se == "classical" else se.upper()
    words = ("--se", se, "--level", level, "--n-boot", 100, "--json")
    found = json.loads(smcm("mediate", file, *FULL, *words).stdout)
    cases = numbers.dropna()
    assert (found["n"], found["dropped"]) == (len(cases), 2)
    others = ["dose", "age", "hope before"]
    theirs = {
        "mediator": fit(cases, "trust", others, robust),
        "outcome": fit(cases, "hope", ["trust", *others], robust),
        "total": fit(cases, "hope", others, robust),
    }
    for key, model in theirs.items():
        ours = found["models"][key]
        assert ours["outcome"] == COLUMNS[key]
        summary = ours["summary"]
        assert summary["R_sq"] == pytest.approx(model.rsquared, **CLOSE)
        assert summary["R"] == pytest.approx(math.sqrt(model.rsquared), **CLOSE)
        assert summary["MSE"] == pytest.approx(model.mse_resid, **CLOSE)
        assert summary["F"] == pytest.approx(float(model.fvalue), **CLOSE)
        assert summary["p"] == pytest.approx(float(model.f_pvalue), **CLOSE)
        assert (summary["df1"], summary["df2"]) == (model.df_model, model.df_resid)
        limits = model.conf_int(alpha=1 - level)
        for row in ours["coefficients"]:
            name = row["variable"].replace("constant", "const")
            assert row["coeff"] == pytest.approx(model.params[name], **CLOSE)
            assert row["se"] == pytest.approx(model.bse[name], **CLOSE)
            assert row["t"] == pytest.approx(model.tvalues[name], **CLOSE)
            assert row["p"] == pytest.approx(model.pvalues[name], **CLOSE)
            assert row["LLCI"] == pytest.approx(limits.loc[name, 0], **CLOSE)
            assert row["ULCI"] == pytest.approx(limits.loc[name, 1], **CLOSE)


def test_terms_are_tidy_and_an_indirect_effect_has_no_p(smcm, file):
    words = ("mediate", file, *FULL, "--n-boot", 500, "--json")
    rows = json.loads(smcm(*words).stdout)["terms"]
    assert [row["term"] for row in rows] == TERMS
    by_term = {row["term"]: row for row in rows}
    product = by_term["a"]["estimate"] * by_term["b"]["estimate"]
    assert by_term["indirect"]["estimate"] == pytest.approx(product, **CLOSE)
    for term in TERMS[4:]:
        row = by_term[term]
        assert row["statistic"] is row["df"] is row["p"] is None
        assert row["ci_low"] < row["estimate"] < row["ci_high"]
    assert smcm(*words).stdout == smcm(*words).stdout


def test_text_shows_the_blocks_and_the_notes(smcm, file):
    text = smcm("mediate", file, *FULL).stdout
    for words in (
        *("Outcome Variable: trust", "Outcome Variable: hope", "TOTAL EFFECT MODEL"),
        *("R-sq", "MSE", "df1", "coeff", "LLCI", "BootSE", "BootULCI"),
        *("Partially standardized", "Completely standardized", "Sample size: 118"),
        *("5000", "Random seed", "  95\n", "because a variable is missing: 2"),
        *("dose 1", "hope 1", "age 1"),
    ):
        assert words in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("ci", ["percentile", "bc", "bca"])
@pytest.mark.parametrize("stream", ["numpy", "r"])
def test_streams_and_kinds_of_limits_reach_the_result(smcm, file, numbers, ci, stream):
    words = ("--ci", ci, "--stream", stream, "--seed", 7, "--n-boot", 500, "--json")
    found = json.loads(smcm("mediate", file, *MODEL, *words).stdout)
    assert (found["settings"]["ci"], found["settings"]["stream"]) == (ci, stream)
    options = {"n_boot": 500, "seed": 7, "ci": ci, "stream": stream}
    own = mediate(numbers.dropna(subset=["dose", "trust", "hope"]), **PARTS, **options)
    row = next(row for row in found["terms"] if row["term"] == "indirect")
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(own.limits(), **CLOSE)


def test_several_mediators_reach_the_result(smcm, file, numbers):
    """`age` mediates beside `trust`; the text has the contrast, the JSON the rows."""
    several = ("--x", "dose", "--m", "trust", "--m", "age", "--y", "hope")
    words = ("mediate", file, *several, "--seed", 7, "--n-boot", 500)
    text = smcm(*words).stdout
    assert "(C1)  trust minus age" in text
    found = json.loads(smcm(*words, "--json").stdout)
    assert list(found["models"]) == [
        *("mediator:trust", "mediator:age"),
        *("outcome", "total"),
    ]
    parts = PARTS | {"m": ["trust", "age"]}
    own = mediate(numbers, **parts, n_boot=500, seed=7)
    assert [row["term"] for row in found["terms"]] == list(own.terms)
    for row in found["terms"]:
        expected = own.row(row["term"])
        assert row["estimate"] == pytest.approx(expected["estimate"], **CLOSE)
        ends = expected["ci_low"], expected["ci_high"]
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(ends, **CLOSE)


def test_clusters_reach_the_result_whatever_their_names(smcm, numbers, tmp_path):
    path = tmp_path / "teams.csv"
    teams = np.arange(120) // 10
    named = [f"team {k}" if k else "" for k in teams]
    numbers.assign(team=named).to_csv(path, index=False, na_rep="NA")
    words = ("mediate", path, *MODEL, "--se", "cr2", "--cluster", "team")
    found = json.loads(smcm(*words, "--n-boot", 100, "--json").stdout)
    assert (found["settings"]["cluster"], found["settings"]["clusters"]) == ("team", 11)
    own = mediate(
        numbers[10:].assign(team=teams[10:]),
        **PARTS,
        n_boot=100,
        se="cr2",
        cluster="team",
    )
    assert found["n"] == own.n
    for row in found["terms"]:
        ours = own.row(row["term"])
        assert row["se"] == pytest.approx(ours["se"], **CLOSE)
        if row["df"] is not None:
            assert row["df"] == pytest.approx(ours["df"], **CLOSE)
    assert "Missing values: dose 1, hope 1, team 10" in " ".join(
        smcm(*words, "--n-boot", 100).stdout.split()
    )


def test_a_constant_covariate_is_left_out_and_said(smcm, numbers, tmp_path):
    path = tmp_path / "constant.csv"
    numbers.assign(one=1.0).to_csv(path, index=False)
    words = ("mediate", path, *MODEL, "--covariate", "one", "--n-boot", 100)
    assert "other covariates): one" in " ".join(smcm(*words).stdout.split())
    assert json.loads(smcm(*words, "--json").stdout)["covariates_dropped"] == ["one"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--x", "dosis", *MODEL[2:]), "Did you mean 'dose'?"),
        (("--x", "Dose", *MODEL[2:]), "Did you mean 'dose'?"),
        ((*MODEL, "--covariate", "agee"), "Did you mean 'age'?"),
        (("--x", "dose", "--m", "dose", "--y", "hope"), "--x and --m both name"),
        ((*MODEL, "--m", "trust"), "--m and --m both name 'trust'"),
        ((*MODEL, "--m", "Age"), "Did you mean 'age'?"),
        ((*MODEL, "--se", "cr2"), "with --cluster, or take one of"),
        ((*MODEL, "--cluster", "note"), "set --se to one of cr1, cr2, cr3"),
        ((*MODEL, "--se", "cr2", "--cluster", "Note"), "Did you mean 'note'?"),
        ((*MODEL, "--se", "cr2", "--cluster", "note"), "at least 3"),
        ((*MODEL, "--covariate", "hope"), "--y and --covariate both name"),
        ((*MODEL, "--covariate", "age", "--covariate", "age"), "both name 'age'"),
        ((*MODEL[:4],), "Missing option '--y'"),
        ((*MODEL, "--se", "hc5"), "Did you mean"),
        ((*MODEL, "--se", "HC3"), "hc3"),
        ((*MODEL, "--ci", "percentil"), "Did you mean 'percentile'?"),
        ((*MODEL, "--ci", "bcc"), "Did you mean 'bc"),
        ((*MODEL, "--stream", "R"), "--stream is 'R'"),
        ((*MODEL, "--stream", "r", "--seed", 2**31), "--seed is 2147483648"),
        ((*MODEL, "--level", "95"), "such as 0.95"),
        ((*MODEL, "--level", "0"), "such as 0.95"),
        ((*MODEL, "--level", "nan"), "is no number"),
        ((*MODEL, "--level", "95%"), "no number"),
        ((*MODEL, "--n-boot", "10"), "--n-boot is 10"),
        ((*MODEL, "--n-boot", "many"), "no whole number"),
        ((*MODEL, "--seed", "-3"), "--seed is -3"),
        ((*MODEL, "--covariates", "age"), "--covariate"),
        ((*MODEL, "--covariate", "note"), "code a category as numbers"),
    ],
)
def test_what_is_typed_wrongly(refuse, file, words, said):
    assert said in refuse("mediate", file, *words)


def test_all_that_is_typed_wrongly_is_said_at_once(refuse, tmp_path):
    words = ("--x", "a", "--m", "a", "--y", "b", "--n-boot", 10, "--level", 95)
    kinds = ("--se", "hc9", "--ci", "bcc", "--stream", "R")
    said = refuse("mediate", tmp_path / "absent.csv", *words, *kinds)
    parts = ("--x and --m both name", "--n-boot is 10", "--level is 95.0", "--se is")
    for part in ("7 things to mend", *parts, "--ci is", "--stream is", "FILE is"):
        assert part in said


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_no_file(refuse, tmp_path, name):
    assert "FILE" in refuse("mediate", tmp_path / name, *MODEL)


HEADER = "dose,trust,hope\n"
ROWS = "".join(f"{k % 7},{k * k % 11},{k * 3 % 13}\n" for k in range(40))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ((HEADER + ROWS).replace(",", " "), ["only spaces do", "comma-separated"]),
        ("dose,trust,hope,dose\n" + ROWS.replace("\n", ",1\n"), ["columns 1 and 4"]),
        (HEADER + ROWS + "1,2\n", ["line 42", "as many cells"]),
        (HEADER + '"1,5",2,x\n' + ROWS, ["line 2", "Write 1.5", "hope", "'x'"]),
        (
            HEADER + "low,1,2\nmiddle,3,5\nhigh,2,2\n" * 20,
            ["1 fault ", "column dose", "low, middle, high", "code a category"],
        ),
        (HEADER + "nan,2,inf\n" + ROWS, ["NA", "finite"]),
        (HEADER + "1e999,2,1 000\n" + ROWS, ["finite", "thousands"]),
        (HEADER + "-,N/A,.\n" + ROWS, ["3 faults"]),
        (HEADER, ["rows below the header", "here are none"]),
        ("", ["empty"]),
        ("PK\x03\x04", ["spreadsheet"]),
        (HEADER + "1,2,3\n4,5,6\n7,8,1\n", ["3 cases"]),
        (
            HEADER + ROWS + HEADER + ROWS,
            ["1 fault ", "line 42", "header stands once more", "Delete line 42."],
        ),
        (HEADER + "1,2,3\n4,2,6\n" * 20, ["trust is 2 in all 40 rows"]),
        (HEADER + "1,2,3\n4,8,6\n3,6,2\n" * 20, ["dose and trust determine one"]),
        (
            HEADER + "1,2,3\n4,5,3\n5,2,3\n" * 20,
            ["hope is 3 in all 60 rows", "have to vary"],
        ),
        (
            HEADER + "NA,2,3\n4,,6\n" * 20,
            ["0 of 40 rows", "dose in 20, trust in 20 rows"],
        ),
    ],
)
def test_a_file_that_cannot_be_used(refuse, tmp_path, text, said):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    sentence = refuse("mediate", path, *MODEL)
    assert all(words in sentence for words in said), sentence


def written(tmp_path, frame):
    path = tmp_path / "cases.csv"
    frame.to_csv(path, index=False)
    return path


def test_perfect_mediation_is_said_and_has_no_p(smcm, numbers, tmp_path):
    words = ("mediate", written(tmp_path, numbers.assign(hope=numbers["trust"] / 3)))
    text = " ".join(smcm(*words, *MODEL, "--n-boot", 100).stdout.split())
    assert "The outcome model fits every case exactly" in text
    found = json.loads(smcm(*words, *MODEL, "--n-boot", 100, "--json").stdout)
    rows = {row["term"]: row for row in found["terms"]}
    assert rows["b"]["estimate"] == pytest.approx(1 / 3)
    assert (rows["b"]["se"], rows["b"]["p"], rows["direct"]["p"]) == (0.0, None, None)
    assert rows["a"]["p"] is not None


@pytest.mark.parametrize("unit", [1e-30, 1e30])
def test_very_large_and_small_units_are_written_out(
    smcm, file, numbers, tmp_path, unit
):
    cases = numbers.assign(trust=unit * numbers["trust"])
    words = ("mediate", written(tmp_path, cases), *MODEL, "--n-boot", 100)
    found = json.loads(smcm(*words, "--json").stdout)
    plain = ("mediate", file, *MODEL, "--n-boot", 100, "--json")
    kept = json.loads(smcm(*plain).stdout)
    for ours, theirs in zip(found["terms"], kept["terms"], strict=True):
        assert ours["p"] == (theirs["p"] and pytest.approx(theirs["p"], rel=1e-9))
    assert smcm(*words).exit_code == 0


@pytest.mark.parametrize("unit", [1e-200, 1e200])
def test_units_that_no_square_can_hold_are_refused(refuse, numbers, tmp_path, unit):
    path = written(tmp_path, numbers.assign(trust=unit * numbers["trust"]))
    assert "Column 'trust'" in refuse("mediate", path, *MODEL)


@pytest.mark.parametrize(
    ("change", "codec"),
    [
        (lambda text: "\ufeff\ufeff" + text, "utf-8"),
        (lambda text: "sep=,\n" + text, "utf-8"),
        (lambda text: text + ",,\n" * 40, "utf-8"),
        (lambda text: text.replace("\n", "\r\n"), "utf-16"),
        (lambda text: text.replace(",", ";").replace(".", ","), "utf-8"),
        (lambda text: text.replace(",", "\t").replace(".", ","), "utf-8"),
        (lambda text: text.replace("-", "\u2212"), "utf-8"),
        (lambda text: text.replace("é", "e\u0301"), "utf-8"),
        (lambda text: text, "cp1252"),
        (lambda text: text, "mac_roman"),
    ],
)
def test_a_file_gives_the_same_model_however_it_was_saved(
    smcm, numbers, tmp_path, change, codec
):
    """Against the same numbers, handed over as a frame."""
    names = {"dose": "dose", "trust": "qualité", "hope": "espoir à 9 mois"}
    cases = numbers[list(names)].rename(columns=names)
    path = tmp_path / "cases.txt"
    path.write_bytes(change(cases.to_csv(index=False)).encode(codec))
    words = ("--x", "dose", "--m", "qualité", "--y", "espoir à 9 mois")
    result = smcm("mediate", path, *words, "--n-boot", 200, "--seed", 7, "--json")
    found = json.loads(result.stdout)
    parts = dict(zip("xmy", names.values(), strict=True))
    own = mediate(cases, **parts, n_boot=200, seed=7)
    assert (found["n"], found["dropped"]) == (own.n, 2)
    for row in found["terms"]:
        assert row["estimate"] == own.row(row["term"])["estimate"]
        assert row["ci_low"] == own.row(row["term"])["ci_low"]


def test_codes_for_missing_are_named_or_warned_of(smcm, numbers, tmp_path):
    path = tmp_path / "cases.csv"
    cases = numbers[["dose", "trust", "hope"]].copy()
    cases.loc[10:20, "trust"] = -9
    cases.loc[30:34, "hope"] = 99
    cases.to_csv(path, index=False)
    words = ("mediate", path, *MODEL, "--n-boot", 100)
    text = " ".join(smcm(*words).stdout.split())
    assert "Warning: trust is -9 in 11 rows" in text
    assert "Warning: hope is 99 in 5 rows" in text
    assert len(json.loads(smcm(*words, "--json").stdout)["warnings"]) == 2
    for named in (("--missing", "-9,99"), ("--missing", "-9", "--missing", "99.0")):
        found = json.loads(smcm(*words, *named, "--json").stdout)
        assert found["file"]["missing"] == {"dose": 1, "trust": 11, "hope": 6}
        assert (found["dropped"], found["warnings"]) == (18, [])
    text = " ".join(smcm(*words, "--missing", "-9,99").stdout.split())
    assert "Cells with a code for missing (-9, 99): trust 11, hope 5." in text


def test_help_names_the_codes_for_missing(smcm):
    assert "--missing LIST" in smcm("mediate", "--help").stdout


def test_a_list_of_no_codes_is_refused(refuse, file):
    assert "names no code" in refuse("mediate", file, *MODEL, "--missing", " , ")


def test_a_name_that_the_model_does_not_use_may_head_two_columns(smcm, tmp_path):
    path = tmp_path / "my.csv"
    path.write_text(
        "dose,trust,hope,note,note\n" + ROWS.replace("\n", ",a,b\n"), encoding="utf-8"
    )
    assert smcm("mediate", path, *MODEL).exit_code == 0
