import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from smcm.cli.main import main


@pytest.fixture(scope="session")
def smcm():
    """Run a command line in this process."""

    def run(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


@pytest.fixture(scope="session")
def refuse(smcm):
    """Run a command line that has to be refused, and return the sentence."""

    def run(*words):
        result = smcm(*words)
        assert result.exit_code == 2, result.output
        assert isinstance(result.exception, SystemExit)
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        sentence = " ".join(result.stderr.split("Error: ")[-1].split())
        assert sentence.endswith((".", "?", ")")), sentence
        return sentence

    return run


@pytest.fixture(scope="session")
def numbers():
    """Cases of a simple mediation model with two covariates and three gaps."""
    rng = np.random.default_rng(5)
    x, age, before = rng.normal(size=(3, 120))
    m = 0.5 * x + 0.2 * age + rng.normal(size=120)
    y = 0.4 * m + 0.1 * x + 0.3 * before + rng.normal(size=120)
    frame = pd.DataFrame({"dose": x, "trust": m, "hope": y, "age": age})
    frame["hope before"] = before
    frame.loc[3, "dose"] = frame.loc[7, "hope"] = frame.loc[7, "age"] = np.nan
    return frame


@pytest.fixture(scope="session")
def file(numbers, tmp_path_factory):
    """The same as a file, with a column of text that no model uses."""
    path = tmp_path_factory.mktemp("mediate") / "cases.csv"
    numbers.assign(note="ok, so far").to_csv(path, index=False, na_rep="NA")
    return path
