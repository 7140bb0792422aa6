"""Bias of the paths after imputation, as a benchmark measured it."""

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from smcm.paths import VALIDATION

BIAS = "imputation_bias.csv"  # written by benchmarks/imputation_bias.py
COMPLETE, CASES, IMPUTED = "complete", "complete cases", "imputed"
MCAR, MAR = "MCAR", "MAR"
LEVEL = 0.95  # of the intervals
TEAMS = "icc"  # in place of a path: the share of variance between teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """One path of one model over many simulated cohorts, analysed in one way.

    Attributes
    ----------
    gaps : str
        `MCAR` or `MAR`.
    way : str
        `COMPLETE`, `CASES` or `IMPUTED`.
    model : str
        Key of a model, or a month for the mean of its four models, each path in
        standard deviations of its estimate.
    path : str
        ``"a"`` or ``"b"``; `TEAMS` with an alliance score as its model.
    value : float
        Mean of the estimates from complete cohorts.
    bias, bias_se : float
        Mean difference from the estimate in the same cohort before values were deleted,
        and its standard error, both in percent of `value`.
    shift : float
        The same difference in standard deviations of the complete estimate.
    coverage : float
        Share of 95% intervals that include `value`; NaN where there are none.
    width : float
        Mean width of these intervals over that of the complete ones.
    cohorts, sets : int
    date : str
    """

    gaps: str
    way: str
    model: str
    path: str
    value: float
    bias: float
    bias_se: float
    shift: float
    coverage: float
    width: float
    cohorts: int
    sets: int
    date: str

    @property
    def limits(self) -> tuple[float, float]:
        """95% interval of the bias, in percent of the path."""
        reach = 1.96 * self.bias_se
        return self.bias - reach, self.bias + reach


def read_bias(folder: Path = VALIDATION) -> tuple[Bias, ...]:
    """Read the results of the benchmark; empty before it has run."""
    path = folder / BIAS
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> Bias:
    kinds = {"str": str, "float": float, "int": int}
    types = {field.name: field.type for field in fields(Bias)}
    read = {
        name: kinds[getattr(kind, "__name__", str(kind))](row[name])
        for name, kind in types.items()
    }
    return Bias(**read)
