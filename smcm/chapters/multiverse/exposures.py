"""The eight models with other exposures: domains, and windows of other lengths.

Exposure can also be counted from the day on which a client entered, so that nothing
of it lies before that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from smcm.analysis.characteristics import fewest_of_part
from smcm.analysis.mediation import mediate_on_own_cases
from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.study import Study, published_study
from smcm.analysis.teams import enough_teams
from smcm.cohort.exposure import FROM_ENTRY, fidelity_exposure
from smcm.design.models import MediationSpec, StudyModel
from smcm.design.study import StudyDesign, label
from smcm.report.facts.windows import DOSE_WINDOWS, short_windows
from smcm.stats.mediation import FOCAL
from smcm.stats.small_counts import Count
from smcm.stats.terms import Term

TOTAL = "total"
Key = str | int  # a domain, "total", the days of a window, or "entry"
Results = tuple[MediationResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposures:
    """The eight models under other exposures.

    Attributes
    ----------
    study : Study
    domains : mapping of str to tuple of MediationResult
        By key of a scored domain, and ``"total"``; models as in the study.
    windows : mapping of int to tuple of MediationResult
        By length of the window in days, of the total.
    from_entry : tuple of MediationResult
        With all days from entry as the window; empty where a client's team has no
        score on any of them.
    short_windows : mapping of int to int or None
        By length: clients whose window holds days without a score.
    se : str
        Errors of the paths: ``"cr2"`` by team, or ``"hc3"`` where teams are too few.
    """

    study: Study
    domains: Mapping[str, Results]
    windows: Mapping[int, Results]
    from_entry: Results
    short_windows: Mapping[int, Count]
    se: str

    @property
    def corrected_level(self) -> float:
        """Level of an interval of path a so that all of single domains hold jointly.

        Bonferroni's correction for their number: each domain before each interview.
        """
        design = self.study.design
        tests = len(design.exposure.scored_domains) * len(design.mediator.months)
        return 1.0 - design.alpha.level / tests


def standardized_a(result: MediationResult, level: float | None = None) -> Term:
    """Give path a in SDs of the alliance per SD of the exposure, with its limits.

    Parameters
    ----------
    result : MediationResult
    level : float, optional
        By default the level of the result.
    """
    paths, level = result.paths, result.level if level is None else level
    low, high = (ends[FOCAL] for ends in paths.to_mediator.limits(level))
    unit = paths.sd_x / paths.sd_m
    return Term(
        estimate=paths.a_standardized,
        ci_low=float(unit * low),
        ci_high=float(unit * high),
    )


def other_exposures(study: Study, windows: Sequence[int] = DOSE_WINDOWS) -> Exposures:
    """Fit the eight models on each domain, and on windows of each length.

    All of them see the same resamples, so that differences between them are paired.

    Parameters
    ----------
    study : Study
    windows : sequence of int
        Days.
    """
    days, design = study.run.window_days, study.design
    parts: list[tuple[Key, str, int | str]] = [
        *((key, key, days) for key in _domain_keys(design)),
        (TOTAL, TOTAL, days),
        *((window, TOTAL, window) for window in windows),
    ]
    study = published_study(study)
    frame = study.frame.copy()
    since_entry = fidelity_exposure(study.cohort, FROM_ENTRY).means
    if since_entry.loc[frame["client_id"]].notna().all(axis=None):
        parts.append((FROM_ENTRY, TOTAL, FROM_ENTRY))
    for key, part, length in parts:
        for month in design.mediator.months:
            means = fidelity_exposure(study.cohort, length, part).mean(month)
            frame[_column(key, month)] = frame["client_id"].map(means)
    models = design.study_models
    wanted = [(key, _spec(key, model)) for key, _, _ in parts for model in models]
    by_team = enough_teams(study)
    results = mediate_on_own_cases(
        frame,
        [spec for _, spec in wanted],
        n_boot=study.run.n_boot,
        seed=study.run.seed,
        se="cr2" if by_team else "hc3",
        cluster=design.exposure.level if by_team else None,
    )
    found: dict[Key, Results] = {key: () for key, _, _ in parts}
    for (key, _), result in zip(wanted, results, strict=True):
        found[key] = (*found[key], result)
    return Exposures(
        study=study,
        domains={key: found[key] for key in (*_domain_keys(design), TOTAL)},
        windows={window: found[window] for window in windows},
        from_entry=found.get(FROM_ENTRY, ()),
        short_windows=short_windows(
            study.cohort,
            pd.Index(frame["client_id"]),
            fewest_of_part(study.cohort, len(frame)),
            max(windows),
        ),
        se="cr2" if by_team else "hc3",
    )


def _domain_keys(design: StudyDesign) -> tuple[str, ...]:
    return tuple(domain.key for domain in design.exposure.scored_domains)


def _column(key: Key, month: float) -> str:
    return f"exposure_{key}_{label(month)}"


def _spec(key: Key, model: StudyModel) -> MediationSpec:
    return replace(model.spec(), x=_column(key, model.alliance_month))
