"""A small class, drawn once."""

import pytest

from smcm.teach.handouts import Homework
from smcm.teach.keys import assign

SECRET = b"a secret of thirty-two bytes ..."


@pytest.fixture(scope="session")
def homework():
    return Homework("hw1", "mediated")


@pytest.fixture(scope="session")
def assigned():
    """Twenty students."""
    return [assign("mediated", SECRET, "hw1", f"s{k}") for k in range(20)]
