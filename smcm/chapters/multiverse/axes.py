"""The choices that another analyst could have made, declared and not computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.design.study import StudyDesign

NUMBER, CATEGORIES = "number", "categories"
FROZEN, ONE_SET, POOLED = "published", "one set", "pooled"
SET = "set "  # and its number, from 1: one set of the live imputation
BOOTSTRAP, CLASSICAL, HC3, CR2 = "bootstrap", "classical", "HC3", "CR2"
ALL, FEW = "all", "few"
COVARIATE_SETS = ALL, FEW


@dataclass(frozen=True, slots=True)
class Axis:
    """One choice and what could have been chosen.

    Attributes
    ----------
    key : str
    title : str
        For a reader, such as ``"Fidelity window"``.
    levels : tuple of int or str
        What could have been chosen; the published choice is the first.
    """

    key: str
    title: str
    levels: tuple[int | str, ...]


def covariates_of(design: StudyDesign, name: str) -> tuple[str, ...]:
    """List the covariates of one of `COVARIATE_SETS`: all, or those that are codes."""
    return design.shared_covariates if name == ALL else design.coded


def axes(windows: Sequence[int | str], schemes: Sequence[str]) -> tuple[Axis, ...]:
    """List the choices, those that depend on the run and its data filled in.

    Parameters
    ----------
    windows : sequence of int or str
        Lengths of the fidelity window in days, that of the run first, and
        ``"entry"`` for all days since entry.
    schemes : sequence of str
        Some of `FROZEN`, `ONE_SET` and `POOLED`.
    """
    return (
        Axis("covariates", "Covariates", COVARIATE_SETS),
        Axis("site", "Coding of site", (NUMBER, CATEGORIES)),
        Axis("education", "Coding of education", (NUMBER, CATEGORIES)),
        Axis("window", "Fidelity window", tuple(windows)),
        Axis("scheme", "Completed data", tuple(schemes)),
        Axis("interval", "Kind of interval", (BOOTSTRAP, CLASSICAL, HC3, CR2)),
    )
