"""One mediation model as JSON: everything, nothing rounded."""

import math

from smcm.analysis.mediation_result import MediationResult
from smcm.process.equations import Equation, equations

Json = dict[str, object]


def process_json(result: MediationResult) -> Json:
    """Lay out a model for programs.

    Returns
    -------
    dict
        ``n`` and ``dropped`` rows; ``settings``; ``covariates_dropped``;
        ``resamples``, those of lacking rank; ``models``, by "mediator", "outcome" and
        "total", and of several mediators by "mediator:" and the name of each;
        ``terms``, the rows of `tidy`; ``warnings`` and ``notes``, sentences. What does
        not exist, such as the p value of an indirect effect, is null.
    """
    draws = result.draws
    return {
        "n": result.n,
        "dropped": result.dropped_rows,
        "covariates_dropped": list(result.dropped_columns),
        "settings": {
            "n_boot": int(draws.direct.size),
            "seed": result.seed,
            "level": result.level,
            "se": result.paths.to_outcome.se_kind,
            "cluster": result.cluster,
            "clusters": result.paths.to_outcome.n_clusters or None,
            "ci": result.ci,
            "stream": result.stream,
        },
        "resamples": {
            "covariate_dropped": draws.n_dropped,
            "drawn_again": draws.n_replaced,
            "by_qr": draws.n_guarded,
        },
        "models": {
            equation.key: _equation(equation, result.level)
            for equation in equations(result)
        },
        "terms": [
            {str(name): _finite(value) for name, value in row.items()}
            for row in result.tidy().to_dict("records")
        ],
        "warnings": list(result.cautions),
        "notes": list(result.parts.notes),
    }


def _equation(equation: Equation, level: float) -> Json:
    fit = equation.fit
    return {
        "outcome": equation.outcome,
        "summary": {
            "R": _finite(math.sqrt(max(fit.r2, 0.0))),
            "R_sq": _finite(fit.r2),
            "MSE": _finite(fit.mse),
            "F": _finite(fit.f),
            "df1": fit.slope.size - 1,
            "df2": fit.df,
            "p": _finite(fit.f_p),
        },
        "coefficients": [
            {
                "variable": name,
                "coeff": _finite(term.estimate),
                "se": _finite(term.se),
                "t": _finite(term.statistic),
                "df": _finite(term.df),
                "p": _finite(term.p),
                "LLCI": _finite(term.ci_low),
                "ULCI": _finite(term.ci_high),
            }
            for name, at in equation.places.items()
            for term in (fit.term(at, level),)
        ],
    }


def _finite(value: object) -> object:
    """Turn a NumPy number into a plain one, and what is no number into None."""
    if isinstance(value, str | int) or value is None:
        return value
    number = float(str(value)) if not isinstance(value, float) else float(value)
    return number if math.isfinite(number) else None
