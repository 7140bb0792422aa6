"""What is read is never written to: where both would be one place it is refused."""

import shutil

import pytest

from smcm.paths import ROOT


@pytest.fixture
def data(second_folder, tmp_path):
    """A data folder, with the folder above it."""
    folder = tmp_path / "study" / "data"
    shutil.copytree(second_folder, folder)
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("{data}", "lies in the data folder"),
        ("{data}/runs", "lies in the data folder"),
        ("{data}/../data/x", "lies in the data folder"),
        ("{data}/..", "in which the data folder lies"),
        ("{root}/book", "holds the sources"),
        ("{root}/book/runs", "holds the sources"),
        ("{root}/data/synthetic", "holds the sources"),
        ("{root}", "holds the sources"),
    ],
)
def test_input_is_never_output(refuse, data, place, said):
    out = place.format(data=data, root=ROOT)
    before = contents(data)
    for command in (("rerun", "--no-book"), ("book",)):
        assert said in refuse(*command, "--data", data, "--out", out)
    assert contents(data) == before


def test_a_link_to_the_data_is_seen_through(refuse, data, tmp_path):
    link = tmp_path / "elsewhere"
    link.symlink_to(data, target_is_directory=True)
    said = refuse("rerun", "--data", data, "--out", link / "runs")
    assert "lies in the data folder" in said
