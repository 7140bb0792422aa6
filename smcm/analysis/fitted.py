"""What an analysis of the study finds, and what makes it one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from smcm.analysis.change import Change
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.nesting import Nesting
from smcm.cohort.tables import Cohort
from smcm.parameters import RunParameters

if TYPE_CHECKING:
    from smcm.analysis.defensible import PooledHierarchical
    from smcm.analysis.reciprocity import HierarchicalModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What the two analyses compute differently; the fields are those of `Study`."""

    frame: pd.DataFrame
    completion: str
    change: Change
    nesting: Nesting
    windows: Mapping[int, tuple[ModelResult, ...]]
    reciprocity: "tuple[HierarchicalModel, ...] | tuple[PooledHierarchical, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One way to analyse the study.

    Attributes
    ----------
    fit : callable
        From data, run and its clients to what this analysis finds.
    n_sets : callable
        Completed sets behind the models of a run.
    alpha : callable
        Level of the equation of a dependent variable.
    """

    fit: Callable[[Cohort, RunParameters, pd.Index], Fitted]
    n_sets: Callable[[RunParameters], int]
    alpha: Callable[[Nesting, str], float]
