"""Where memory lacks, the option is named that asked for it, if there is one."""

import pytest

MODEL = ("--x", "dose", "--m", "trust", "--y", "hope")


class NoRoomError(MemoryError):
    """As NumPy raises it, with the shape of the array."""

    def __init__(self, *shape):
        self.shape = shape


def lacking(monkeypatch, name, error):
    def stop(*_given, **_more):
        raise error

    monkeypatch.setattr(name, stop)


def test_an_array_as_long_as_the_resamples_names_them(refuse, file, monkeypatch):
    lacking(monkeypatch, "smcm.mediate", NoRoomError(7777, 3))
    said = refuse("mediate", file, *MODEL, "--n-boot", 7777)
    assert said == "There is not enough memory for this run; lower --n-boot."


@pytest.mark.parametrize("error", [MemoryError(), NoRoomError(10**9)])
def test_any_other_lack_names_none(refuse, file, monkeypatch, error):
    lacking(monkeypatch, "smcm.mediate", error)
    said = refuse("mediate", file, *MODEL, "--n-boot", 7777)
    assert said == "There is not enough memory for this run; close other programs."


def test_a_command_without_the_option_never_names_it(refuse, monkeypatch):
    lacking(monkeypatch, "smcm.cli.power.read_questions", NoRoomError(5000))
    said = refuse("power", "--a", ".4", "--b", ".4")
    assert said.endswith("close other programs or lower --workers.")
    lacking(monkeypatch, "smcm.cli.power.read_questions", NoRoomError(2000, 40))
    assert refuse("power", "--a", ".4", "--b", ".4").endswith("lower --resamples.")
