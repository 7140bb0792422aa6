"""Covariates as categories: a column for every level but the lowest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from smcm.analysis.category_columns import column_of
from smcm.design.models import MediationSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedSets:
    """Completed data sets with the categories as columns.

    Attributes
    ----------
    frames : tuple of DataFrame
        Analysis frames, with the new columns at the end; the same rows in each.
    columns : mapping of str to tuple of str
        The columns that stand for a covariate; a covariate that has one level alone
        stands for itself, and drops out of a model as a constant does.
    """

    frames: tuple[pd.DataFrame, ...]
    columns: Mapping[str, tuple[str, ...]]

    def covariates(self, names: Sequence[str]) -> tuple[str, ...]:
        """Put the columns of a category in its place."""
        return tuple(c for name in names for c in self.columns.get(name, (name,)))

    def spec(self, spec: MediationSpec) -> MediationSpec:
        """Put the categories into a model."""
        return replace(spec, covariates=self.covariates(spec.covariates))


def code_sets(frames: Sequence[pd.DataFrame], categories: Sequence[str]) -> CodedSets:
    """Add indicators of the levels of categories that occur in any set.

    Parameters
    ----------
    frames : sequence of DataFrame
    categories : sequence of str
        Covariates.
    """
    levels = {
        name: sorted(set().union(*(frame[name].unique() for frame in frames)))[1:]
        for name in categories
    }
    return CodedSets(
        frames=tuple(_coded(frame, levels) for frame in frames),
        columns={
            name: tuple(column_of(name, level) for level in found) or (name,)
            for name, found in levels.items()
        },
    )


def _coded(frame: pd.DataFrame, levels: Mapping[str, list[float]]) -> pd.DataFrame:
    indicators = {
        column_of(name, level): (frame[name] == level).astype("float64")
        for name, found in levels.items()
        for level in found
    }
    return pd.concat([frame, pd.DataFrame(indicators, index=frame.index)], axis=1)
