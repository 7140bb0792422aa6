"""The number of BLAS threads inside the block and after it."""

import pytest

from smcm.stats import blas
from smcm.stats.blas import one_blas_thread


@pytest.fixture
def threads(monkeypatch):
    """A library with three threads, in place of the one that NumPy carries."""
    state = {"now": 3}
    functions = (lambda: state["now"], lambda number: state.update(now=number))
    monkeypatch.setattr(blas, "_thread_functions", lambda: functions)
    return state


def test_one_thread_inside_and_as_before_afterwards(threads):
    with one_blas_thread():
        assert threads["now"] == 1
    assert threads["now"] == 3


def test_as_before_after_an_error_too(threads):
    with pytest.raises(RuntimeError), one_blas_thread():
        raise RuntimeError
    assert threads["now"] == 3


def test_another_library_is_left_alone(monkeypatch):
    monkeypatch.setattr(blas, "_thread_functions", lambda: None)
    with one_blas_thread():
        pass


def test_the_library_at_hand_can_be_held():
    found = blas._thread_functions()
    if found is None:
        pytest.skip("NumPy does not carry OpenBLAS here")
    with one_blas_thread():
        assert found[0]() == 1
