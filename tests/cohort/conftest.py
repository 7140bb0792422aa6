"""A small data folder for every test that spoils one."""

import pytest

from tests.cohort.small import write_small


@pytest.fixture
def small_folder(tmp_path):
    return write_small(tmp_path / "small")
