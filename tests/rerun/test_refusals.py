"""Whatever is typed wrongly gets a sentence and exit code 2, and runs nothing."""

import pytest

from smcm.rerun import books

pytestmark = pytest.mark.fault("a command typed wrongly")

RUNS = ("study", "printed", "book")
WRONG_VALUES = (
    (("--window-days", "120"), "90, 180, 270"),
    (("--window-days", "100"), "--window-days is 100; expected one of 90, 180, 270"),
    (("--window-days", "0"), "from 1 to 3660"),
    (("--window-days", "-90"), "from 1 to 3660"),
    (("--window-days", "90.0"), "no whole number"),
    (("--window-days", "ninety"), "no whole number"),
    (("--window-days", ""), "no whole number"),
    (("--site", "3"), "only-3"),
    (("--site", "withot-3"), "Did you mean 'without-3'?"),
    (("--site", "only-"), "only-K"),
    (("--site", "without-9"), "without-1"),
    (("--site", "only-0"), "only-K"),
    (("--site", "only-1"), "clients"),
    (("--site", "ALL"), "all"),
    (("--reading", "publshed"), "Did you mean 'published'?"),
    (("--reading", "defensible", "--site", "only-5"), "of 2 teams"),
    (("--reading", "defensible", "--n-imputations", "1"), "at least 2 sets"),
    (("--n-boot", "99"), "from 100 to 1000000"),
    (("--n-boot", "5,000"), "no whole number"),
    (("--n-boot", "1e4"), "no whole number"),
    (("--n-boot", "5_000"), "no whole number"),
    (("--n-imputations", "0"), "from 1 to 1000"),
    (("--seed", "-1"), "from 0 to"),
    (("--seed", "4294967296"), "from 0 to"),
    (("--data", "synthetik"), "Did you mean 'synthetic'?"),
    (("--data", "/no/such/folder"), "there is no folder"),
    (("--data", ""), "--data"),
)
WRONG_NAMES = (
    ("--widnow-days", "--window-days"),
    ("--window_days", "--window-days"),
    ("--nboot", "--n-boot"),
    ("--n-imputation", "--n-imputations"),
    ("--sites", "--site"),
    ("--redaing", "--reading"),
)


@pytest.fixture(autouse=True)
def _no_kernel(monkeypatch):
    """Fail where a chapter is about to be executed."""

    def started(*_given):
        pytest.fail("a chapter was executed")

    monkeypatch.setattr(books, "carry_out", started)


@pytest.mark.parametrize("command", RUNS)
@pytest.mark.parametrize(("option", "said"), WRONG_VALUES, ids=" ".join)
def test_a_value_that_no_run_can_honour(refuse, command, option, said):
    sentence = refuse(command, *option)
    assert said in sentence
    assert option[0].lstrip("-").split("-")[0] in sentence


@pytest.mark.parametrize("command", RUNS)
@pytest.mark.parametrize(("wrong", "right"), WRONG_NAMES)
def test_a_misspelt_option_gets_the_right_one(refuse, command, wrong, right):
    sentence = refuse(command, wrong, "1")
    assert "Did you mean" in sentence
    assert repr(right) in sentence


@pytest.mark.parametrize("wrong", ["stduy", "boook", "print", "mediation", "chek"])
def test_a_misspelt_command_gets_the_right_one(refuse, wrong):
    assert "Did you mean" in refuse(wrong)


@pytest.mark.parametrize("command", ["study", "book"])
@pytest.mark.parametrize("where", ["data", "smcm/report", "book", ".", "tests/x"])
def test_nothing_is_written_among_the_sources(refuse, command, where, pytestconfig):
    place = pytestconfig.rootpath / where
    assert "sources" in refuse(command, "--out", place)


@pytest.mark.parametrize("command", ["study", "book"])
def test_a_file_is_no_folder(refuse, command, file):
    assert "is a file" in refuse(command, "--out", file)
    assert "is a file" in refuse(command, "--out", file / "below")


def test_a_book_does_not_replace_what_is_no_edition(refuse, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert "other files" in refuse("book", "--out", tmp_path, "--window-days", "90")
    assert (tmp_path / "thesis.txt").is_file()


def test_results_do_not_replace_what_is_not_from_here(refuse, tmp_path):
    (tmp_path / "analysis.csv").write_text("mine", encoding="utf-8")
    assert "does not come from" in refuse("study", "--rows", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["analysis.csv"]
    assert (tmp_path / "analysis.csv").read_text(encoding="utf-8") == "mine"


def test_an_unexpected_argument(refuse):
    assert "unexpected" in refuse("study", "synthetic")


def test_check_says_where_there_is_no_folder(refuse):
    said = refuse("check", "/no/such/folder")
    assert "DATA is '/no/such/folder', where there is no folder" in said


def test_check_of_a_single_table_names_its_folder(smcm, tmp_path, monkeypatch):
    (tmp_path / "my.csv").write_text("x,m,y\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = " ".join(smcm("check", "my.csv").stdout.split())
    assert f"Name the folder that holds it, {tmp_path};" in said
    assert "`smcm mediate`" in said


def test_check_lists_faults_and_leaves_with_two(smcm, tmp_path):
    result = smcm("check", tmp_path)
    assert result.exit_code == 2
    assert "clients.csv" in result.stdout
    assert "Traceback" not in result.output
