"""One mediation model pooled over imputed sets: `smcm.mediate_pooled`."""

from collections.abc import Iterable

import pandas as pd

from smcm.analysis.cautions import warn_of
from smcm.analysis.columns import Label, Labels, named
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.pooled_boot import Resamples
from smcm.analysis.pooled_data import listed_frames
from smcm.analysis.pooled_mediation import pool_all, require_one_mediator
from smcm.analysis.pooled_result import PooledResult
from smcm.design.model import MediationSpec
from smcm.parameters import RunParameters
from smcm.stats.boot_mi import LEAST_SAMPLES
from smcm.stats.ols import StandardError

DEFAULT = RunParameters()


def mediate_pooled(
    frames: Iterable[pd.DataFrame] | Resamples,
    *,
    x: Label,
    m: Label,
    y: Label,
    covariates: Labels | None = (),
    method: str = "rubin_mc",
    n_boot: int | None = None,
    seed: int = DEFAULT.seed,
    level: float = 0.95,
    se: StandardError = "classical",
    cluster: Label | None = None,
) -> PooledResult:
    """Fit one mediation model in every completed data set and pool it.

    Parameters
    ----------
    frames : iterable of DataFrame
        The completed data sets: the same cases in the same order in each, whatever
        their row labels; ``long.groupby(".imp")`` does as well. For
        ``"boot_mi"`` instead an object that imputes bootstrap samples, such as
        `smcm.cohort.imputed_resamples.ImputedResamples`.
    x, m, y, covariates, seed, level, se, cluster
        As for `smcm.mediate`.
    method : str
        ``"single"``: the first set alone, as if nothing had been missing.
        ``"rubin_mc"``: a and b pooled by Rubin's rules, with the degrees of freedom
        of Barnard and Rubin; the limits of ab are percentiles of products drawn from
        the two pooled normals, or from Student's t with their pooled degrees of freedom
        where errors are cluster-robust. With few clusters these are fewer than those of
        a completed data set even where the sets are all alike, 3.2 for 4.4; every path
        has those of other rules as ``complete_df`` and ``rubin_df``.
        ``"mi_boot"``: the same bootstrap inside each set; percentiles of all draws
        together.
        ``"boot_mi"``: cases are drawn with replacement and each sample is imputed
        twice; every term from the mean squares between and within the samples. R
        squared is then somewhat too high, since a case drawn twice fits itself.
    n_boot : int
        Draws of the product, resamples in each set, or imputed samples; by default
        5,000, or 200 imputed samples, which are the least.

    Returns
    -------
    PooledResult

    Raises
    ------
    UnknownValueError
        A column, `method` or `se` that does not exist, `cluster` without cluster-robust
        errors, or such errors without `cluster`.
    OutOfRangeError
        `n_boot`, `seed` or `level` outside their range, fewer than two sets where
        sets are to be pooled, or a column that is not numeric.
    DegenerateDataError
        Sets that do not hold the same cases, data on which the paths are not defined,
        or clusters too few for an error.

    Warns
    -----
    ModelWarning
        As `smcm.mediate`.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys; Barnard J, Rubin
    DB (1999). Biometrika 86:948-955; Schomaker M, Heumann C (2018). Statistics in
    Medicine 37:2252-2266 (bootstrap and multiple imputation); von Hippel PT, Bartlett
    JW (2021). Statistical Science 36:400-420 (``"boot_mi"``); Harel O (2009). Journal
    of Applied Statistics 36:1109-1118 (R squared).

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=100)
    >>> m = 0.5 * x + rng.normal(size=100)
    >>> frame = pd.DataFrame({"x": x, "m": m, "y": m + rng.normal(size=100)})
    >>> sets = [frame.assign(y=frame["y"] + 0.1 * rng.normal(size=100)) for _ in "123"]
    >>> pooled = mediate_pooled(sets, x="x", m="m", y="y", n_boot=1000)
    >>> pooled.m, bool(0.0 < pooled.terms["b"].fmi < 0.5), list(pooled.terms)[4]
    (3, True, 'indirect')
    """
    sets = frames if isinstance(frames, Resamples) else listed_frames(frames)
    listed = sets if isinstance(sets, list) else []
    parts = named(listed, x=x, m=m, y=y, covariates=covariates, cluster=cluster)
    require_one_mediator(parts.mediators)
    (mediator,) = parts.mediators
    spec = MediationSpec(x=parts.x, m=mediator, y=parts.y, covariates=parts.covariates)
    few = LEAST_SAMPLES if method == "boot_mi" else DEFAULT.n_boot
    options = Resampling(
        n_boot=few if n_boot is None else n_boot,
        seed=seed,
        level=level,
        se=se,
        cluster=parts.cluster,
    )
    given = list(parts.frames) if isinstance(sets, list) else sets
    result = pool_all(given, (spec,), method, options)[0]
    warn_of(result.cautions)
    return result
