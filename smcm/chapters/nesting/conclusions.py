"""What the models conclude with errors by team, and nothing else changed.

The test is that of the defensible analysis, on the one completed data set: both paths
by CR2 at the usual level, and the product from draws of both.
"""

import numpy as np

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.analysis.teams import enough_teams, parts_by_clients, team_codes
from smcm.chapters.nesting.clustered import design_of
from smcm.chapters.nesting.nested import Nested
from smcm.report.conclusions import Analysis, Conclusion, Conclusions, judged
from smcm.report.facts.edition import edition_facts
from smcm.stats.mediation import FOCAL
from smcm.stats.ols import fit_linear
from smcm.stats.product import Estimates, product_limits
from smcm.stats.terms import Term, excludes_zero


def conclusions(nested: Nested) -> Conclusions:
    """Conclude; nothing where teams are too few, or some error does not exist."""
    study = nested.study
    parts = parts_by_clients(study) if enough_teams(study) else ()
    fitted = [(part, one, _paths(part, one)) for part in parts for one in part.models]
    known = all(np.isfinite(path.df) for *_, paths in fitted for path in paths)
    usual = edition_facts(study, study.run).levels.usual
    models = tuple(_conclusion(*each, usual) for each in fitted) if known else ()
    return Conclusions(analyses=(Analysis(name="teams", models=models),))


def _paths(study: Study, result: ModelResult) -> tuple[Term, Term]:
    """Fit both paths with errors by team."""
    spec, team = result.mediation.spec, team_codes(study)
    to_mediator = design_of(study, (spec.x, *spec.covariates))
    to_outcome = design_of(study, (spec.m, spec.x, *spec.covariates))
    m, y = (study.frame[name].to_numpy(np.float64) for name in (spec.m, spec.y))
    a = fit_linear(to_mediator, m, "cr2", team).term(FOCAL)
    b = fit_linear(to_outcome, y, "cr2", team).term(FOCAL)
    return a, b


def _conclusion(
    study: Study, result: ModelResult, paths: tuple[Term, Term], alpha: float
) -> Conclusion:
    """Conclude from both paths at one level, and from draws of their product."""
    ends = (
        Estimates(np.array([p.estimate]), np.array([p.se]), np.array([p.df]))
        for p in paths
    )
    run, level = study.run, result.mediation.level
    low, high = product_limits(*ends, n_draws=run.n_boot, seed=run.seed, level=level)
    interval = excludes_zero(float(low[0]), float(high[0]))
    found = interval and all(path.p < alpha for path in paths)
    extent = judged(found, interval=interval)
    return Conclusion(model=result.model.key, extent=extent)
