"""``smcm audit``: findings leave with 0, bad files with 2."""

import json

import pytest

from smcm.stats.audit.conditions import CONDITIONS

BAD = "claim,quantity,printed\nx,estimte,0.1\nx,p,ns\n"


def test_without_a_file_the_article_is_audited(smcm):
    result = smcm("audit")
    assert result.exit_code == 0
    assert "inconsistent as printed" in result.stdout
    assert result.stdout == smcm("audit", "article").stdout
    found = json.loads(smcm("audit", "--json").stdout)
    assert found["counts"]["cannot"] == 4


def test_the_example_can_be_audited_at_once(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(smcm("audit", "--example").stdout, encoding="utf-8")
    result = smcm("audit", path)
    assert result.exit_code == 0
    assert "5 claims in mine.csv" in result.stdout
    assert json.loads(smcm("audit", path, "--json").stdout)["source"] == "mine.csv"


def test_quantities_are_listed_with_what_they_mean(smcm):
    text = smcm("audit", "--quantities").stdout
    assert "  eta2 " in text
    assert "partial eta squared" in text
    for name, condition in CONDITIONS.items():
        assert f"  {name} " in text
        assert all(f"{word}: " in text for word in condition.words)


def test_a_bad_file_is_refused_with_every_fault(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(BAD, encoding="utf-8")
    for options in ((), ("--json",)):
        result = smcm("audit", path, *options)
        assert result.exit_code == 2
        assert result.stdout == ""
        for words in ("2 faults", "line 2", "line 3", "'estimte'", "Write estimate"):
            assert words in result.stderr
        assert "Traceback" not in result.output


# True reports that a rule misread while it asked for no condition, each as the rows
# of one claim, and what is to be said of it. The numbers are R's: pt(-1.86, 18,
# lower.tail = FALSE) = .9603; 2 * pt(-1.699, 97) = .0925 to .0829 for r .1705 to .1755;
# pf(4.51, 1.62, 48.7, lower.tail = FALSE) = .0222; p.adjust(.0362, "bonferroni", 3).
TRUE_REPORTS = {
    "one-sided, other direction": ("t -1.86,df 18,tails 1,p .960", "holds"),
    "one-sided, not said": ("t -1.86,df 18,p .960", "holds_if"),
    "one-sided, halved": ("t 1.80,df 40,p .040", "holds_if"),
    "bootstrap limits": ("estimate 0.18,ci_low 0.05,ci_high 0.36", "holds_if"),
    "bootstrap limits, said": (
        "estimate 0.18,ci_low 0.05,ci_high 0.36,interval bootstrap",
        "unchecked",
    ),
    "limits of a product": (
        "a 0.50,b 0.36,ab 0.18,ci_low 0.05,ci_high 0.36",
        "holds",
    ),
    "odds ratio": ("estimate 2.10,ci_low 1.20,ci_high 3.68,p .009", "holds_if"),
    "odds ratio, said": (
        "estimate 2.10,ci_low 1.20,ci_high 3.68,p .009,interval log",
        "holds",
    ),
    "r with n": ("r .17,n 99,p .084", "holds"),
    "r with Fisher's limits": ("r .30,n 99,ci_low .11,ci_high .47,p .003", "holds"),
    "Greenhouse-Geisser": ("F 4.51,df1 1.62,df2 48.70,p .022", "holds"),
    "Bonferroni, not said": ("t 2.20,df 28,p .108", "holds_if"),
    "Bonferroni": ("t 2.20,df 28,p .108,comparisons 3", "holds"),
    "chi squared with n": ("chi2 3.89,df 1,n 90,p .049", "holds"),
    "p of a program": ("t 5.1,df 60,p <.000", "holds"),
    "prorated": ("mean 3.35,n 10,items 3,scale_min 1,scale_max 5", "holds_if"),
    "of those who answered": ("count 155,percent 51%,n 311", "holds_if"),
}
FALSE_REPORTS = {
    "p below the one-sided": "t 1.20,df 28,p .03",
    "t interval": "estimate 0.18,ci_low 0.05,ci_high 0.36,interval t,level 95,"
    "rounding nearest,standardized no",
    "every item answered": "mean 3.35,n 10,items 3,answered all,rounding nearest",
}


def audit_rows(smcm, tmp_path, rows):
    path = tmp_path / "mine.csv"
    lines = ["claim,quantity,printed"]
    lines += [f"one,{','.join(row.split())}" for row in rows.split(",")]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = json.loads(smcm("audit", path, "--json").stdout)
    return found["claims"][0], smcm("audit", path).stdout


@pytest.mark.parametrize("name", TRUE_REPORTS)
def test_a_true_report_is_read_under_its_conditions(smcm, tmp_path, name):
    rows, verdict = TRUE_REPORTS[name]
    claim, text = audit_rows(smcm, tmp_path, rows)
    assert claim["verdict"] == verdict
    assert "inconsistent as printed" not in text
    if verdict == "holds_if":
        (check,) = (c for c in claim["checks"] if c["conditions"])
        assert " ".join(check["conditions"][0][0].split()) in " ".join(text.split())
        assert all(name in text for name in check["settled_by"])


@pytest.mark.parametrize("name", FALSE_REPORTS)
def test_where_the_conditions_are_known_a_slip_is_told(smcm, tmp_path, name):
    claim, text = audit_rows(smcm, tmp_path, FALSE_REPORTS[name])
    assert claim["verdict"] == "cannot"
    assert "inconsistent as printed" in text


def test_a_condition_can_be_stated_of_every_claim(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    rows = "claim,quantity,printed\n*,tails,2\n*,p_adjusted,no\n*,rounding,nearest\n"
    rows += "*,df_corrected,no\none,t,1.80\none,df,40\none,p,.040\n"
    rows += "two,t,1.80\ntwo,df,40\ntwo,p,.040\ntwo,tails,1\n"
    path.write_text(rows, encoding="utf-8")
    found = json.loads(smcm("audit", path, "--json").stdout)
    verdicts = {claim["claim"]: claim["verdict"] for claim in found["claims"]}
    assert verdicts == {"one": "cannot", "two": "holds"}


@pytest.mark.parametrize("where", ["no-such.csv", "."])
def test_a_file_that_is_not_there(refuse, where):
    assert "path of a CSV file" in refuse("audit", where)


def test_a_misspelt_option_gets_the_right_one(refuse):
    assert "--example" in refuse("audit", "--exmaple")


def test_help_says_how_json_is_laid_out(smcm):
    page = " ".join(smcm("audit", "--help").stdout.split())
    for words in (
        "feasible_low",
        "instead_printed",
        "exit code is 0",
        "claim, quantity",
        "holds_if",
        "settled_by",
        "interval,,bootstrap",
        "answered,,all",
    ):
        assert words in page


def test_a_header_may_begin_with_capitals(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    rows = "T,t,2.31\nT,df,31\nT,p,.028\n"
    path.write_text("Claim,Quantity,Printed\n" + rows, encoding="utf-8")
    assert "T: consistent" in smcm("audit", path).stdout


def test_a_comma_after_a_zero_sets_no_thousands_apart(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text('claim,quantity,printed\nT,se,"0,350"\n', encoding="utf-8")
    result = smcm("audit", path)
    assert result.exit_code == 2
    assert "Write 0.350, with a decimal point" in result.stderr
