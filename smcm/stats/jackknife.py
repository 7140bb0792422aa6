"""Every case left out once, from downdated cross-products instead of refits."""

from collections.abc import Sequence

import numpy as np

from smcm.errors import DegenerateDataError
from smcm.stats.crossproducts import ModelColumns, cross_products, grams_without_each
from smcm.stats.draws import PathReplicates
from smcm.stats.ols import Array
from smcm.stats.replicates import evaluate


def jackknife_paths(
    values: Array, models: Sequence[ModelColumns]
) -> tuple[PathReplicates, ...]:
    """Estimate every model on the sample less each of its cases.

    A sample less one case has the cross-products of the whole less that case's own,
    so the estimates are those of refits, to rounding.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Data without gaps.
    models : sequence of ModelColumns

    Returns
    -------
    tuple of PathReplicates
        In the order of `models`; n samples each, in the order of the cases.

    Raises
    ------
    DegenerateDataError
        A case without which x or m is determined, or y constant.
    """
    prepared = cross_products(values, models)
    counts = 1.0 - np.eye(prepared.n_cases)
    found = evaluate(prepared, models, grams_without_each(prepared), counts)
    if found.undefined.any():
        case = int(np.flatnonzero(found.undefined.any(axis=0))[0]) + 1
        raise DegenerateDataError(
            f"Without case {case} of {prepared.n_cases} the predictor, a mediator or "
            "the outcome does not vary on its own, so BCa limits do not exist; ask for "
            "percentile limits."
        )
    return tuple(map(PathReplicates, found.values))
