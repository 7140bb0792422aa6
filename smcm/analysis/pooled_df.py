"""The eight models pooled with cluster-robust errors, by three rules for the df."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.analysis.coded import code_sets
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.pooled_mediation import pool_all
from smcm.analysis.pooled_result import PooledResult, PooledTerm
from smcm.analysis.study import Study
from smcm.design.models import StudyModel
from smcm.errors import DegenerateDataError
from smcm.stats.pooling import t_quantile, two_sided_p
from smcm.stats.product import Estimates, product_limits, product_p
from smcm.stats.terms import Term

RULES = {  # name -> the df of a term
    "barnard_rubin": "df",
    "complete": "complete_df",
    "rubin": "rubin_df",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDf:
    """One pooled model with cluster-robust standard errors.

    Attributes
    ----------
    model : StudyModel
    fmi : float
        Fraction of missing information of path a.
    a, indirect : dict of str to Term
        By the names in `RULES`, with 95% limits. The df of the product is NaN, since it
        uses those of both paths; its limits are percentiles of draws from Student's t.
    """

    model: StudyModel
    fmi: float
    a: dict[str, Term]
    indirect: dict[str, Term]


def df_by_rule(study: Study, frames: Sequence[pd.DataFrame]) -> tuple[ModelDf, ...]:
    """Pool the models as the defensible analysis does, and vary the rule for the df.

    Parameters
    ----------
    study : Study
    frames : sequence of DataFrame
        Its completed data sets.

    Returns
    -------
    tuple of ModelDf
        Empty where there are too few teams or sets for cluster-robust errors.
    """
    sets = code_sets(frames, study.design.coded)
    models = [result.model for result in study.models]
    specs = [sets.spec(model.spec(study.run.window_days)) for model in models]
    options = Resampling(
        n_boot=study.run.n_boot,
        seed=study.run.seed,
        se="cr2",
        cluster=study.design.exposure.level,
    )
    try:
        pooled = pool_all(sets.frames, specs, "rubin_mc", options)
    except DegenerateDataError:
        return ()
    return tuple(_by_rule(*one) for one in zip(models, pooled, strict=True))


def _by_rule(model: StudyModel, found: PooledResult) -> ModelDf:
    a = found.term("a")
    return ModelDf(
        model=model,
        fmi=a.fmi,
        a={rule: _path(a, name) for rule, name in RULES.items()},
        indirect={rule: _product(found, name) for rule, name in RULES.items()},
    )


def _path(term: PooledTerm, rule: str) -> Term:
    df = np.array([getattr(term, rule)])
    reach = float(t_quantile(df, 0.975)[0]) * term.se
    return Term(
        estimate=term.estimate,
        df=float(df[0]),
        p=float(two_sided_p(np.array([term.statistic]), df)[0]),
        ci_low=term.estimate - reach,
        ci_high=term.estimate + reach,
    )


def _product(found: PooledResult, rule: str) -> Term:
    a, b = (
        Estimates(
            value=np.array([term.estimate]),
            se=np.array([term.se]),
            df=np.array([getattr(term, rule)]),
        )
        for term in (found.term("a"), found.term("b"))
    )
    low, high = product_limits(a, b, n_draws=found.n_boot, seed=found.seed)
    return Term(
        estimate=found.indirect,
        p=float(product_p(a, b)[0]),
        ci_low=float(low[0]),
        ci_high=float(high[0]),
    )
