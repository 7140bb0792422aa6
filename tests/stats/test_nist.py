"""NIST's certified values, from the packages that carry them and from a definition.

Wampler's data are polynomials of the fifth degree on 0 to 20, two as they are and three
with a disturbance that is orthogonal to every such polynomial. Their certified values
follow exactly, and are worked out here in fractions.
"""

import re
from fractions import Fraction
from importlib.resources import files

import numpy as np
import pytest
from statsmodels.datasets import longley
from statsmodels.regression.tests.results.results_regression import Longley

from smcm.stats.icc import icc_anova
from smcm.stats.ols import fit_linear

DIGITS = 1e-8  # relative
NUMBER = re.compile(r"-?\d*\.?\d+(?:E[+-]\d+)?")
CARRIED = files("scipy.stats.tests") / "data"
DATA_START = 60  # line, the same in every file of NIST
# Of the last sets a computer keeps three or four digits of the spread, at best.
ANOVA = {"SiRstv": DIGITS, "AtmWtAg": DIGITS}
ANOVA |= {f"SmLs0{k}": DIGITS for k in range(1, 7)}
ANOVA |= {f"SmLs0{k}": 1e-3 for k in range(7, 10)}
# Half of the disturbance; the other half mirrors it.
DISTURBANCE = (759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048)
X = range(21)
DEGREES = range(6)
ONES = (1, 1, 1, 1, 1, 1)
TENTHS = tuple(Fraction(1, 10**k) for k in DEGREES)


def numbers(text):
    return [float(number) for number in NUMBER.findall(text)]


def read_nist(path):
    """Lines with certified values, and the data, shape (n, 2)."""
    lines = (CARRIED / f"{path}.dat").read_text(encoding="latin-1").splitlines()
    rows = [numbers(line) for line in lines[DATA_START:] if line.strip()]
    return lines[:DATA_START], np.array(rows)


def certified(lines, label):
    """Numbers of the first line that begins with the label and has any."""
    found = (numbers(ln.partition(label)[2]) for ln in lines if label in ln)
    return next(row for row in found if row)


def compare_fit(compare, name, fit, slope, rest, *, rel=DIGITS):
    """Compare slopes, then errors, R², F, SSE and MSE."""
    compare(fit.slope, slope, source="NIST", what=f"{name}, coefficients", rel=rel)
    ours = [*fit.se, fit.r2, fit.f, fit.sse, fit.mse]
    compare(ours, rest, source="NIST", what=f"{name}, errors and fit", rel=DIGITS)


def test_norris(compare):
    lines, data = read_nist("nist_linregress/Norris")
    y, x = data.T
    fit = fit_linear(np.column_stack([np.ones(y.size), x]), y)
    slope, error = zip(
        *(certified(lines, f"  {b} ") for b in ("B0", "B1")), strict=True
    )
    *_, f = certified(lines, "Regression    ")
    r2 = certified(lines, "R-Squared")
    _, sse, mse = certified(lines, "Residual ")
    compare_fit(compare, "Norris", fit, slope, [*error, *r2, f, sse, mse])


def test_longley(compare):
    data, kept = longley.load_pandas(), Longley()
    design = np.column_stack([np.ones(len(data.exog)), data.exog.to_numpy()])
    fit = fit_linear(design, data.endog.to_numpy())
    slope, error = (np.roll(v, 1) for v in (kept.params, kept.bse))
    rest = [*error, kept.rsquared, kept.fvalue, kept.ssr, kept.mse_resid]
    compare_fit(compare, "Longley", fit, slope, rest)


def wampler(coefficients, size):
    """Outcome in whole numbers or fractions, and the disturbance in it."""
    mirrored = (*DISTURBANCE, *DISTURBANCE[-2::-1])
    disturbance = [size * step for step in mirrored]
    curve = [sum(b * x**k for k, b in enumerate(coefficients)) for x in X]
    return [c + d for c, d in zip(curve, disturbance, strict=True)], disturbance


def inverse_diagonal(gram):
    """Diagonal of the inverse, by Gauss and Jordan in fractions."""
    k = len(gram)
    rows = [
        [*map(Fraction, row), *(int(i == j) for j in range(k))]
        for i, row in enumerate(gram)
    ]
    for i in range(k):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in set(range(k)) - {i}:
            rows[j] = [
                a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)
            ]
    return [rows[i][k + i] for i in range(k)]


def exact_rest(y, disturbance):
    """Errors, R², F, SSE and MSE, which the definition gives without rounding."""
    gram = [[sum(x ** (i + j) for x in X) for j in DEGREES] for i in DEGREES]
    sse = Fraction(sum(step**2 for step in disturbance))
    mse = sse / (len(X) - len(DEGREES))
    sst = sum(Fraction(v) ** 2 for v in y) - Fraction(sum(y)) ** 2 / len(X)
    errors = [float(mse * v) ** 0.5 for v in inverse_diagonal(gram)]
    return [*errors, *map(float, (1 - sse / sst, (sst - sse) / 5 / mse, sse, mse))]


def test_the_disturbance_is_orthogonal_to_every_polynomial():
    _, disturbance = wampler(ONES, 1)
    for k in DEGREES:
        assert sum(step * x**k for step, x in zip(disturbance, X, strict=True)) == 0


def fit_wampler(y):
    design = np.vander(np.array(X, dtype=float), len(DEGREES), increasing=True)
    return fit_linear(design, np.array([float(value) for value in y]))


@pytest.mark.parametrize(
    ("name", "slope"), [("Wampler1", ONES), ("Wampler2", TENTHS)], ids=["1", "2"]
)
def test_polynomials_of_wampler_are_fitted_without_rest(compare, name, slope):
    fit = fit_wampler(wampler(slope, 0)[0])
    theirs = [float(b) for b in slope]
    compare(fit.slope, theirs, source="NIST", what=f"{name}, coefficients", rel=DIGITS)
    compare(fit.se, 0.0, source="NIST", what=f"{name}, errors", abs=DIGITS)


@pytest.mark.parametrize(
    ("name", "size", "rel"),
    # a hundred times the disturbance costs two digits of the coefficients
    [("Wampler3", 1, DIGITS), ("Wampler4", 100, 1e-6), ("Wampler5", 10_000, 1e-4)],
    ids=["3", "4", "5"],
)
def test_disturbed_polynomials_of_wampler(compare, name, size, rel):
    y, disturbance = wampler(ONES, size)
    rest = exact_rest(y, disturbance)
    compare_fit(compare, name, fit_wampler(y), [float(b) for b in ONES], rest, rel=rel)


def mean_squares(name):
    lines, data = read_nist(f"nist_anova/{name}")
    _, _, between, f = certified(lines, "Between")
    _, _, within = certified(lines, "Within")
    return data[:, 1], data[:, 0].astype(int), [between, within, f]


@pytest.mark.parametrize("name", ANOVA)
def test_mean_squares_of_an_analysis_of_variance(compare, name):
    values, cluster, theirs = mean_squares(name)
    found = icc_anova(values, cluster)
    ours = [found.between, found.within, found.f]
    what = f"{name}, mean squares and F"
    compare(ours, theirs, source="NIST", what=what, rel=ANOVA[name])
