"""One mediation model of anybody's data: `smcm.mediate`."""

from collections.abc import Iterable
from typing import Unpack

import pandas as pd

from smcm.analysis.cautions import warn_of
from smcm.analysis.columns import Label, Labels, Named, holds_names, named
from smcm.analysis.mediation import fit_all
from smcm.analysis.mediation_data import Options, Resampling
from smcm.analysis.mediation_result import MediationResult
from smcm.design.models import MediationSpec
from smcm.errors import OutOfRangeError, nearest
from smcm.shown import shown


def mediate(
    frame: pd.DataFrame,
    *,
    x: Label,
    m: Label | list[str] | list[int] | tuple[Label, ...],
    y: Label,
    covariates: Labels | None = (),
    cluster: Label | None = None,
    **options: Unpack[Options],
) -> MediationResult:
    """Fit one mediation model and bootstrap its indirect effects.

    Parameters
    ----------
    frame : DataFrame
        One row per case; it is not changed.
    x, y : str or int
        Columns of the predictor and the outcome, numeric; a name that is a whole number
        is text in the result.
    m : str or int, or list of them
        Column of the mediator; or a list of mediators in parallel, of which none acts
        on another.
    covariates : sequence of str or int, optional
        Columns entered in every equation, each as one number.
    n_boot : int
        Resamples; 5,000 by default.
    seed : int
        The same seed on the same number of cases gives the same resamples.
    level : float
        Coverage of every interval, between 0 and 1; 0.95 by default.
    se : str
        ``"classical"`` (the default), ``"hc0"`` to ``"hc4"``, or with `cluster`
        ``"cr1"``, ``"cr2"`` (Bell and McCaffrey) or ``"cr3"``: the errors, degrees of
        freedom and limits of the paths that the R package clubSandwich gives, by
        Satterthwaite's approximation.
    ci : str
        ``"percentile"`` (the default), ``"bc"`` (bias-corrected), or ``"bca"``
        (bias-corrected and accelerated, with the exact jackknife).
    stream : str
        ``"numpy"`` (the default), or ``"r"`` for the rows that PROCESS for R draws with
        this seed, which are those of R's ``set.seed`` and ``runif``.
    cluster : str or int, optional
        Column of any type whose equal values are one cluster, for the errors of the
        paths. The bootstrap draws cases all the same, not clusters.

    Returns
    -------
    MediationResult
        Its `a` and `b` are numbers, and its terms ``a``, ``b``, ``direct``, ``total``,
        ``indirect`` and its standardized kin. Where `m` is a list, be it of one, `a`
        and `b` are dicts by mediator, and terms that belong to a mediator end in its
        name: ``a:m1``.

    Raises
    ------
    UnknownValueError
        A column, `se`, `ci` or `stream` that does not exist, or `cluster` without
        errors that know of it, or such errors without `cluster`.
    OutOfRangeError
        `n_boot`, `seed` or `level` outside their range, or a column that is not
        numeric.
    TypeError
        An option that does not exist.
    DegenerateDataError
        Data on which the paths are not defined, or fewer than three clusters, or as
        many as cases.

    Warns
    -----
    ModelWarning
        Each of the result's `cautions`: a mediator or an outcome with two values, which
        makes a linear probability model; too few draws for the limits of this level;
        coefficients without a robust error.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=100)
    >>> m = 0.5 * x + rng.normal(size=100)
    >>> frame = pd.DataFrame({"x": x, "m": m, "y": m + rng.normal(size=100)})
    >>> result = mediate(frame, x="x", m="m", y="y", n_boot=1000)
    >>> list(result.tidy()["term"])[:4]
    ['a', 'b', 'direct', 'total']
    >>> frame["m2"] = rng.normal(size=100)
    >>> several = mediate(frame, x="x", m=["m", "m2"], y="y", n_boot=1000)
    >>> [term for term in several.terms if term.startswith(("indirect:", "contrast"))]
    ['indirect:m', 'indirect:m2', 'contrast:m-m2']
    """
    _require_known(options)
    parts = named((frame,), x=x, m=m, y=y, covariates=covariates, cluster=cluster)
    chosen = Resampling(**options, cluster=parts.cluster)
    spec = _spec(parts, listed=holds_names(m))
    result = fit_all(parts.frames[0], (spec,), chosen)[0]
    warn_of(result.cautions)
    return result


def _spec(parts: Named, *, listed: bool) -> MediationSpec:
    if not parts.mediators:
        rule = "the column of a mediator, or a list of at least one"
        raise OutOfRangeError.for_number("m", [], rule)
    first, *more = parts.mediators
    return MediationSpec(
        x=parts.x,
        m=first,
        y=parts.y,
        covariates=parts.covariates,
        more=tuple(more) if listed else None,
    )


def _require_known(given: Iterable[str]) -> None:
    """Refuse an option that there is not, as Python does."""
    options = set(Options.__annotations__)
    for unknown in set(given) - options:
        near = nearest(unknown, ["covariates", "cluster", *options])
        message = f"mediate() has no option {shown(unknown)}.{near}"
        raise TypeError(message)
