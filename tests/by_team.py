"""Errors by team and Rubin's rules as textbooks write them, by loops."""

import numpy as np
import pandas as pd
from scipy import stats

from generator.shipped import SHARED_COVARIATES


def design(frame, focal, baseline):
    """Constant, focal columns, covariates; site and education by pandas' dummies."""
    rest = [c for c in SHARED_COVARIATES if c not in ("site", "education")]
    kinds = frame[["site", "education"]].astype("category")
    dummies = pd.get_dummies(kinds, drop_first=True, dtype=float)
    values = pd.concat([frame[[*focal, *rest, baseline]], dummies], axis=1)
    return np.column_stack([np.ones(len(frame)), values.to_numpy(float)])


def root(matrix):
    """Inverse symmetric root, as Moore and Penrose have it."""
    values, vectors = np.linalg.eigh(matrix)
    scale = np.array([v**-0.5 if v > 1e-10 else 0.0 for v in values])
    return vectors @ np.diag(scale) @ vectors.T


def cr2(x, y, team, at):
    """Bell and McCaffrey by the n by n matrices of their paper."""
    inverse = np.linalg.inv(x.T @ x)
    hat = x @ inverse @ x.T
    slope, residual = inverse @ x.T @ y, y - hat @ y
    rest = np.eye(len(y)) - hat
    rows = []
    for code in np.unique(team):
        own = np.flatnonzero(team == code)
        adjusted = root(rest[np.ix_(own, own)])
        rows.append(inverse[at] @ x[own].T @ adjusted @ rest[own])
    g = np.array(rows)
    variance = sum(float(row @ y) ** 2 for row in g)
    inner = g @ g.T
    assert residual @ residual > 0.0
    return slope[at], variance, np.trace(inner) ** 2 / (inner**2).sum()


def rubin(rows):
    q, u, df = np.array(rows).T
    m, between = len(q), q.var(ddof=1)
    total = u.mean() + (1 + 1 / m) * between
    lam, known = (1 + 1 / m) * between / total, df.mean()
    seen = (known + 1) / (known + 3) * known * (1 - lam)
    pooled = 1 / (lam**2 / (m - 1) + 1 / seen)
    t = q.mean() / total**0.5
    return q.mean(), total**0.5, pooled, 2 * stats.t.sf(abs(t), pooled)
