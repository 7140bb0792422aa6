"""Results in states that the shipped cohort is not in, from its clients changed."""

from dataclasses import replace

import numpy as np

from generator.shipped import OUTCOMES, RPRS
from smcm.analysis.change import describe_change
from smcm.analysis.eight_models import fit_eight
from smcm.analysis.nesting import describe_nesting
from smcm.analysis.reciprocity import reciprocal_models
from tests.windows import WINDOWS_DAYS

N_BOOT = 200
SEED = 7
ALLIANCE = [RPRS.score_column(month) for month in RPRS.months]
ALL_OUTCOMES = [o.score_column(month) for o in OUTCOMES for month in o.months]
PGI_AND_THS = [c for c in ALL_OUTCOMES if c.startswith(("pgi", "ths"))]


def of_frame(study, frame):
    """The same study on other numbers for the same clients."""
    run = replace(study.run, n_boot=N_BOOT)
    nesting = describe_nesting(frame, study.design)
    return replace(
        study,
        run=run,
        frame=frame,
        change=describe_change(frame, study.design),
        nesting=nesting,
        windows=fit_eight(frame, run, study.design.study_models, nesting, WINDOWS_DAYS),
        reciprocity=reciprocal_models(frame, study.design),
    )


def fidelity_columns(frame):
    return [c for c in frame.columns if c.startswith("fid")]


def turned(study, *, fidelity=False, columns=()):
    """Turn measures round: what rose falls, and their paths change sign."""
    frame = study.frame.copy()
    for c in (*(fidelity_columns(frame) if fidelity else ()), *columns):
        frame[c] = -frame[c]
    return of_frame(study, frame)


def noise(study):
    """Nothing goes with anything, and nothing changes."""
    rng = np.random.default_rng(SEED)
    frame = study.frame.copy()
    for c in (*fidelity_columns(frame), *ALLIANCE, *ALL_OUTCOMES):
        frame[c] = rng.normal(50.0, 10.0, len(frame))
    return of_frame(study, frame)


def huge(study, *, a=2.0, b=2.0, direct=2.0):
    """Everything goes with everything, and everything changes."""
    rng = np.random.default_rng(SEED)
    frame = study.frame.copy()
    n = len(frame)
    base = rng.normal(0.0, 1.0, n)
    for c in fidelity_columns(frame):
        late = c.endswith("_13.5")
        frame[c] = base + 0.1 * rng.normal(size=n) + 2.0 * late
    for k, c in enumerate(ALLIANCE):
        frame[c] = 50.0 + a * base + rng.normal(size=n) + 5.0 * k
    for c in ALL_OUTCOMES:
        month = float(c.rpartition("_")[2])
        alliance = frame[ALLIANCE[0 if month < 10.0 else 1]]
        moved = b * (alliance - alliance.mean()) + direct * base
        frame[c] = 50.0 + moved * (month > 0.0) + rng.normal(size=n) + month
    return of_frame(study, frame)


def with_alphas(study, alpha_of):
    """The same study, every path of a model tested at a level of its own."""
    windows = {
        days: tuple(
            replace(r, alpha_mediator=alpha_of(r), alpha_outcome=alpha_of(r))
            for r in results
        )
        for days, results in study.windows.items()
    }
    return replace(study, windows=windows)


def only(study, key):
    """One model alone has significant paths."""
    return with_alphas(study, lambda r: 0.05 if r.model.key == key else 0.0)


STATES = {
    "as shipped": lambda s: of_frame(s, s.frame),
    "alliance turned": lambda s: turned(s, columns=ALLIANCE),
    "fidelity turned": lambda s: turned(s, fidelity=True),
    "outcomes turned": lambda s: turned(s, columns=ALL_OUTCOMES),
    "two outcomes turned": lambda s: turned(s, columns=PGI_AND_THS),
    "all turned": lambda s: turned(
        s, fidelity=True, columns=[*ALLIANCE, *ALL_OUTCOMES]
    ),
    "noise": noise,
    "huge": huge,
    "huge and negative": lambda s: huge(s, b=-2.0, direct=-2.0),
    "one model": lambda s: only(s, "pgi_18"),
    "one model, negative": lambda s: only(turned(s, columns=ALL_OUTCOMES), "pgi_18"),
}
