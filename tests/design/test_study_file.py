"""The shipped study file, files of other designs, and a faulty file for each fault."""

import re
import tomllib
from dataclasses import replace

import pytest

from smcm.design.study_checks import study_faults
from smcm.design.study_checks.not_yet import PARTS, not_yet
from smcm.design.study_file import shipped_bytes, shipped_study, study_of
from tests.design.examples import (
    SCORED,
    SEVERAL,
    SLIPS,
    SLIPS_OF_COLUMNS,
    SLIPS_OF_SCORES,
    with_columns,
)

ORIGINALS = (
    (SEVERAL, SLIPS),
    (with_columns(SEVERAL), SLIPS_OF_COLUMNS),
    (SCORED, SLIPS_OF_SCORES),
)
FILES = [
    pytest.param(text, *slip, id=name)
    for text, slips in ORIGINALS
    for name, slip in slips.items()
]


def read(text):
    return study_of(tomllib.loads(text))


@pytest.mark.parametrize("text", [text for text, _ in ORIGINALS])
def test_a_sound_file_has_no_faults_and_can_be_a_key(text):
    assert study_faults(text.encode()) == ()
    assert {read(text): 1}[read(text)] == 1


def test_the_shipped_file_is_sound():
    assert study_faults(shipped_bytes()) == ()


def test_two_designs_in_one_process_have_models_and_levels_of_their_own():
    other, shipped = read(SEVERAL), shipped_study()
    assert [model.key for model in other.study_models] == [
        *("esteem_6", "hours_6", "esteem_12", "hours_12"),
    ]
    spec = other.study_models[2].spec(120)
    assert (spec.m, spec.y) == ("trust_6", "esteem_12")
    assert spec.covariates == ("age", "sex", "esteem_0")
    assert shipped.cluster_keys != other.cluster_keys == ("unit",)
    assert len(shipped.study_models) == len(shipped.outcomes) * len(shipped.horizons)
    assert not {one.key for one in shipped.study_models} & {"esteem_6", "hours_6"}


@pytest.mark.fault("a study file that says what cannot be")
@pytest.mark.parametrize(("text", "old", "new", "said"), FILES)
def test_a_slip_is_named_with_its_line_and_a_cure(text, old, new, said):
    assert text.count(old) >= 1
    faulty = text.replace(old, new, 1)
    faults = study_faults(faulty.encode())
    assert any(said in str(fault) for fault in faults), [*map(str, faults)]
    for fault in faults:
        assert fault.cure[0].isupper()
        assert fault.line is None or 1 <= fault.line <= len(faulty.splitlines())


def test_there_is_a_faulty_file_for_every_rule():
    """Whoever adds a rule adds a file: each sentence of the checks was met above."""
    met = {
        re.sub(r"[^:]*: ", "", fault.rule, count=1)[:12]
        for text, slips in ORIGINALS
        for old, new, _ in slips.values()
        for fault in study_faults(text.replace(old, new, 1).encode())
    }
    assert len(FILES) >= 40
    assert len(met) >= 40


def test_the_line_is_that_of_the_key():
    faulty = SEVERAL.replace("items = 10", "items = 0").encode()
    (fault,) = study_faults(faulty)
    assert SEVERAL.splitlines()[fault.line - 1] == "items = 10"
    assert fault.rule.startswith("[[outcome]] 1, items: ")


def test_all_faults_are_found_at_once():
    faulty = SEVERAL
    for old, new in (
        ("range = [0, 3]", "range = [3, 0]"),
        ("[4, 9]", "[4, 19]"),
        ('level = "unit"', 'level = "units"'),
        ("outcome = 12", "outcome = 18"),
    ):
        faulty = faulty.replace(old, new, 1)
    faults = study_faults(faulty.encode())
    assert len(faults) == 4
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_file_in_another_encoding_is_refused():
    (fault,) = study_faults(SEVERAL.replace("trust", "trüst", 1).encode("latin-1"))
    assert "UTF-8" in fault.rule


def test_a_mark_of_byte_order_is_no_fault():
    assert study_faults(b"\xef\xbb\xbf" + SEVERAL.encode()) == ()


@pytest.mark.parametrize("text", [SEVERAL, SCORED])
def test_other_designs_are_sound_and_not_yet_carried_out(text):
    faults = not_yet(read(text), shipped_study())
    assert faults
    assert all(fault.rule.startswith("not yet: ") for fault in faults)


def test_the_shipped_design_is_carried_out_and_every_part_is_compared():
    shipped = shipped_study()
    assert not_yet(shipped, shipped) == ()
    for part in PARTS:
        (fault,) = not_yet(replace(shipped, **{part: None}), shipped)
        assert PARTS[part] in fault.rule


def test_a_study_of_several_waves_is_read_as_it_is_written():
    study = read(SEVERAL)
    esteem, hours = study.outcomes
    assert study.mediator.reversed_columns == ("trust_04", "trust_09")
    assert (esteem.minimum, esteem.maximum, esteem.answered) == (0, 30, 0.9)
    assert (study.mediator.minimum, study.mediator.maximum) == (1, 5)
    assert hours.columns == ("hours",)
    assert len(study.study_models) == 4
    assert study.waves.all == (0.0, 6.0, 12.0)
    assert [domain.scored for domain in study.exposure.domains] == [True, False]


def test_a_scored_frame_is_read_as_it_is_written():
    study = read(SCORED)
    (outcome,) = study.outcomes
    assert study.exposure.at_random
    assert study.exposure.column == "arm"
    (model,) = study.study_models
    assert (model.mediator, model.key, model.baseline) == ("search", "mood2", "mood1")
    assert model.outcome == outcome
    assert study.baseline
