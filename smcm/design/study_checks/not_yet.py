"""What a study file may declare and this version does not carry out: the one place."""

import tomllib
from dataclasses import fields

from smcm.design.study import StudyDesign
from smcm.design.study_checks import study_faults
from smcm.design.study_file import shipped_study, study_of
from smcm.errors import Fault
from smcm.paths import STUDY_FILE

CURE = (
    "Take the folder's study file out for the shipped design, with its tables; a "
    "single table of any other kind is for `smcm mediate`."
)
PARTS = {
    "title": "another title",
    "case": "another word for the cases",
    "article": "another article, or none",
    "cases": "another table of cases",
    "clusters": "other clusters",
    "waves": "other waves",
    "exposure": "another exposure",
    "mediator": "another mediator",
    "outcomes": "other outcomes",
    "horizons": "other horizons",
    "covariates": "other covariates",
    "baseline": "models without the outcome at baseline",
    "alpha": "another level of tests",
}


def refusals(content: bytes) -> tuple[Fault, ...]:
    """Find why a study file cannot be followed: its faults, or what is to come.

    Parameters
    ----------
    content : bytes
    """
    faults = study_faults(content)
    if faults:
        return faults
    raw = tomllib.loads(content.decode("utf-8-sig"))
    return not_yet(study_of(raw), shipped_study())


def not_yet(design: StudyDesign, shipped: StudyDesign) -> tuple[Fault, ...]:
    """Refuse what differs from the shipped design, part by part.

    Parameters
    ----------
    design, shipped : StudyDesign
    """
    return tuple(
        Fault(
            file=STUDY_FILE,
            rule=f"not yet: {PARTS[part.name]}. The file is sound, and this version "
            f"carries out the shipped design alone{_said(design, shipped, part.name)}.",
            cure=CURE,
        )
        for part in fields(StudyDesign)
        if getattr(design, part.name) != getattr(shipped, part.name)
    )


def _said(design: StudyDesign, shipped: StudyDesign, name: str) -> str:
    """Name what is declared and what is carried out, where both are a few keys."""
    ours, theirs = (_keys(getattr(one, name)) for one in (design, shipped))
    if ours == theirs or not ours:
        return ""
    return f", with {', '.join(theirs)} and not {', '.join(ours)}"


def _keys(part: object) -> tuple[str, ...]:
    held = part if isinstance(part, tuple) else (part,)
    return tuple(str(one.key) for one in held if hasattr(one, "key"))
