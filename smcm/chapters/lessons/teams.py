"""Lesson: clients of one team are alike, and tests that ignore it find too much."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from smcm.chapters.lessons import drawing
from smcm.chapters.lessons.drawing import Axis
from smcm.chapters.lessons.fits import slope_fit
from smcm.chapters.lessons.pictures import Heap, Picture
from smcm.chapters.lessons.plans import MINUTES
from smcm.chapters.lessons.samples import CENTRES, DECIMALS, FIDELITY_SD, exact_noise
from smcm.chapters.lessons.tabs import CodeTabs
from smcm.facts import leave
from smcm.report import format as fmt
from smcm.stats.power_paths import design_effect
from smcm.teach.worlds import ALLIANCE_SD, Array, M, X

TEAMS, SIZE, ICC = 12, 20, 0.1
SHOWN, SEED = 200, 9
PATH = 0.6  # of the exercise, points per point
AXIS, FLOOR, DOT = Axis(-6, 6, 14, 346), 250, 5.4

PYTHON = """\
means = data.groupby("team").mean()
for name, rows in ("clients", data), ("teams", means):
    m = smf.ols("alliance ~ fidelity", rows).fit()
    a, t, p = (found["fidelity"] for found in (m.params, m.tvalues, m.pvalues))
    print(f"{name}: a {a:.3f}, t {t:.3f}, p {p:.3f}")
"""
R = """\
clients <- summary(lm(alliance ~ fidelity, data))$coefficients["fidelity", ]
means <- aggregate(cbind(alliance, fidelity) ~ team, data, mean)
teams <- summary(lm(alliance ~ fidelity, means))$coefficients["fidelity", ]
cat(sprintf("clients: a %.3f, t %.3f, p %.3f\\n", clients[1], clients[3], clients[4]))
cat(sprintf("teams: a %.3f, t %.3f, p %.3f\\n", teams[1], teams[3], teams[4]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A path with its t and p values."""

    a: float
    t: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsFacts:
    """False alarms, and one sample tested in two ways.

    Attributes
    ----------
    teams, size : int
        Teams, and clients in each.
    icc : float
        Share of the variance of the alliance that lies between teams.
    deff, effective : float
        Design effect, and the clients divided by it.
    clients, means : Tested
        Of the exercise: over clients, and over the means of teams.
    minutes : int
    """

    teams: int
    size: int
    icc: float
    deff: float
    effective: float
    clients: Tested
    means: Tested
    minutes: int


def prepare() -> tuple[Picture, CodeTabs]:
    """Make the sample of the exercise, and leave the facts."""
    exercise = team_sample()
    leave(lesson=teams_facts(exercise))
    code = CodeTabs(files={"teams": exercise}, python=PYTHON, r=R, process=False)
    return picture(), code


def teams_facts(frame: pd.DataFrame) -> TeamsFacts:
    """Gather them."""
    deff = design_effect(SIZE, 1.0, ICC)
    return TeamsFacts(
        teams=TEAMS,
        size=SIZE,
        icc=ICC,
        deff=deff,
        effective=TEAMS * SIZE / deff,
        clients=_test(frame[M].to_numpy(), frame[X].to_numpy()),
        means=_test(*(frame.groupby("team")[k].mean().to_numpy() for k in (M, X))),
        minutes=MINUTES["teams"],
    )


def team_sample() -> pd.DataFrame:
    """Make teams whose clients share a fidelity and a part of their alliance."""
    fidelity, shared = exact_noise(TEAMS, 2, SEED).T
    team = np.repeat(np.arange(TEAMS), SIZE)
    rest = exact_noise(TEAMS * SIZE, 1, SEED)[:, 0]
    alliance = PATH * FIDELITY_SD * fidelity[team] + _alliance(shared[team], rest)
    scores = {X: CENTRES[X] + FIDELITY_SD * fidelity[team], M: CENTRES[M] + alliance}
    return pd.DataFrame({"team": team + 1, **scores}).round(DECIMALS)


def _alliance(shared: Array, rest: Array) -> Array:
    mixed: Array = ALLIANCE_SD * (np.sqrt(ICC) * shared + np.sqrt(1 - ICC) * rest)
    return mixed


def _test(outcome: Array, predictor: Array) -> Tested:
    fit = slope_fit(outcome, predictor)
    t = float(fit.slope[1] / fit.se[1])
    return Tested(a=float(fit.slope[1]), t=t, p=float(2 * stats.t.sf(abs(t), fit.df)))


def picture() -> Picture:
    """Draw t values of studies in which fidelity has no effect."""
    rng, team = np.random.default_rng(SEED), np.repeat(np.arange(TEAMS), SIZE)
    over_clients, over_teams = [], []
    for _ in range(SHOWN):
        fidelity, shared = rng.normal(size=(2, TEAMS))
        alliance = _alliance(shared[team], rng.normal(size=TEAMS * SIZE))
        over_clients.append(_test(alliance, fidelity[team]))
        means = alliance.reshape(TEAMS, SIZE).mean(1)
        over_teams.append(_test(means, fidelity))
    alpha = 0.05
    false, honest = (
        sum(one.p < alpha for one in tests) for tests in (over_clients, over_teams)
    )
    reach = float(stats.t.isf(alpha / 2, TEAMS * SIZE - 2))
    n, often = fmt.whole(SHOWN), fmt.spelled(round(SHOWN / false))
    return Picture(
        kind="heap",
        question=f"Fidelity has no effect. Of {n} studies tested at .05, how many "
        "find one, if clients of a team are a little alike?",
        replies={
            "About one in twenty": "You expected the level of the test; there are "
            "more.",
            f"About one in {often}": f"You expected about one in {often}; so it is.",
            "More than half": "You expected more than half; there are fewer.",
        },
        prompt="Draw one study, then more. Each dot is the t value of a study.",
        end=f"Of {n} studies without any effect, {fmt.whole(false)} have a significant "
        f"path when clients are counted, and {fmt.whole(honest)} when teams are.",
        height=296,
        base=[
            *drawing.scale_below(
                AXIS, FLOOR, (-6, -4, -2, 0, 2, 4, 6), "t of path a", 0
            ),
            *(
                drawing.line("zero", AXIS.at(end), 30, AXIS.at(end), FLOOR)
                for end in (-reach, reach)
            ),
            drawing.words("end", AXIS.at(-reach) - 6, 40, "significant"),
            drawing.words("start", AXIS.at(reach) + 6, 40, "significant"),
        ],
        content=Heap(
            [
                [one]
                for one in drawing.heaped([t.t for t in over_clients], AXIS, FLOOR, DOT)
            ],
            [f"t = {fmt.number(one.t)}." for one in over_clients],
            [],
            ("study", "studies"),
        ),
    )
