"""Data whose digits survive an offset, and answers in fractions, for the tests."""

from fractions import Fraction
from math import sqrt

import numpy as np

OFFSETS = (0.0, 735_000.0, 1e8, 1.4e9, 1e11, 1.4e12)  # days, ids, seconds, milliseconds


def sample(n=40):
    """x, m, y and a covariate in sixteenths, which stay exact beside a large offset."""
    x, noise, other, c = np.random.default_rng(6).integers(-64, 64, size=(4, n)) / 16
    m = np.round(8 * x + 16 * noise) / 16
    return x, m, np.round(4 * m - 4 * x + 16 * other + 8 * c) / 16, c


def solve(matrix, right):
    """Gauss and Jordan with fractions."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k] != 0:
                taken = rows[i][k]
                rows[i] = [u - taken * v for u, v in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def exact_fit(design, outcome):
    """Slopes, classical standard errors and SSE of the very doubles given."""
    rows = [[Fraction(value) for value in row] for row in design]
    y = [Fraction(value) for value in outcome]
    k = len(rows[0])
    gram = [[sum(row[i] * row[j] for row in rows) for j in range(k)] for i in range(k)]
    cross = [
        sum(row[i] * value for row, value in zip(rows, y, strict=True))
        for i in range(k)
    ]
    slope = solve(gram, cross)
    fitted = [sum(s * v for s, v in zip(slope, row, strict=True)) for row in rows]
    sse = sum((value - fit) ** 2 for value, fit in zip(y, fitted, strict=True))
    unit = [[Fraction(int(i == j)) for j in range(k)] for i in range(k)]
    variance = [solve(gram, unit[i])[i] * sse / (len(rows) - k) for i in range(k)]
    return slope, [sqrt(value) for value in variance], float(sse)


def exact_icc(values, cluster):
    v = [Fraction(value) for value in values]
    codes = sorted(set(cluster.tolist()))
    groups = [[u for u, k in zip(v, cluster, strict=True) if k == c] for c in codes]
    n, k, grand = len(v), len(groups), sum(v) / len(v)
    between = sum(len(g) * (sum(g) / len(g) - grand) ** 2 for g in groups) / (k - 1)
    within = sum((u - sum(g) / len(g)) ** 2 for g in groups for u in g) / (n - k)
    size = (n - Fraction(sum(len(g) ** 2 for g in groups), n)) / (k - 1)
    return float((between - within) / (between + (size - 1) * within))
