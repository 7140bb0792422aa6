"""The options of ``smcm power``: read, and all faults reported together."""

import math
import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from smcm.cli.faults import Faults
from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.rerun.limits import MOST_WORKERS
from smcm.shown import shown

if TYPE_CHECKING:
    from smcm.stats.power_question import PowerQuestion

METHODS = ("bootstrap", "montecarlo", "joint")
MOST_CELLS = 10_000
USUAL_POWER, USUAL_ALPHA = 0.8, 0.05
USUAL_METHOD, METHOD_IN_TEAMS = "bootstrap", "joint"
MOST_TEAM_COVARIATES = 1000
LEAST_ALPHA = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The options as click has parsed them; lists are still text."""

    a: str
    b: str
    target: float | None
    cases: str | None
    method: str | None
    direct: float
    standardized: bool
    alpha: float | None
    level: float | None
    icc: float
    team_size: float
    team_covariates: int
    replications: int
    resamples: int
    seed: int
    as_json: bool
    as_csv: bool
    workers: int | None
    dask: str | None


def read_questions(typed: Typed) -> "list[PowerQuestion]":
    """Combine what is listed: each a with each b, each n and each method.

    Raises
    ------
    OutOfRangeError
        Names every fault.
    """
    faults = Faults()
    paths_a = _list("--a", typed.a, faults)
    paths_b = _list("--b", typed.b, faults)
    cases = _cases(typed.cases, faults)
    methods = _methods(typed, faults)
    alpha = _alpha(typed, faults)
    _check_numbers(typed, alpha, methods, faults)
    _check_together(typed, faults)
    cells = len(paths_a) * len(paths_b) * max(len(cases), 1) * len(methods)
    if cells > MOST_CELLS:
        faults.add(
            f"The lists combine to {cells} cells; split them into parts of "
            f"{MOST_CELLS} cells or fewer."
        )
    faults.refuse()
    from smcm.stats.power_methods import Simulation  # noqa: PLC0415 (slow)
    from smcm.stats.power_question import PowerQuestion  # noqa: PLC0415

    questions = [
        PowerQuestion(
            a=a,
            b=b,
            direct=typed.direct,
            standardized=typed.standardized,
            icc=typed.icc,
            team_size=typed.team_size,
            team_covariates=typed.team_covariates,
            n=n,
            target=USUAL_POWER if typed.target is None else typed.target,
            how=Simulation(
                method=method,
                alpha=alpha,
                n_replications=typed.replications,
                n_boot=typed.resamples,
                seed=typed.seed,
            ),
        )
        for a, b, n, method in product(paths_a, paths_b, cases or (None,), methods)
    ]
    for question in questions:
        with faults.noted("--"):
            question.require_possible()
    faults.refuse()
    return questions


def _list(name: str, text: str, faults: Faults) -> tuple[float, ...]:
    """Read numbers with commas between."""
    found = []
    for part in text.split(","):
        try:
            value = float(part.replace("_", " "))
        except ValueError:
            rule = f"numbers separated by commas; {shown(part.strip())} is not a number"
            faults.number(name, text, rule)
            continue
        if not math.isfinite(value) or abs(value) > 1e3:
            faults.number(name, text, "paths from -1000 to 1000")
        found.append(value)
    return tuple(dict.fromkeys(found))


def _cases(text: str | None, faults: Faults) -> tuple[int, ...]:
    if text is None:
        return ()
    found = []
    for part in map(str.strip, text.split(",")):
        if not re.fullmatch(r"[0-9]{1,30}", part):
            rule = f"whole numbers separated by commas; {shown(part)} is not one"
            faults.number("--n", text, rule)
            continue
        found.append(int(part))
    return tuple(dict.fromkeys(found))


def _methods(typed: Typed, faults: Faults) -> tuple[str, ...]:
    """Take the tests listed, or the usual one."""
    usual = METHOD_IN_TEAMS if typed.icc > 0.0 else USUAL_METHOD
    text = usual if typed.method is None else typed.method
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for method in found:
        if method not in METHODS:
            faults.add(str(UnknownValueError.for_choice("--method", method, METHODS)))
    return found


def _alpha(typed: Typed, faults: Faults) -> float:
    """Take the level from either option."""
    given = {"--alpha": typed.alpha, "--level": typed.level}
    strict = {"--alpha": typed.alpha, "--level": _left_by(typed.level)}
    for name, alpha in strict.items():
        if alpha is not None and not LEAST_ALPHA <= alpha <= 1.0 - LEAST_ALPHA:
            rule = f"a share between 0 and 1, at least {LEAST_ALPHA:g} from either"
            faults.number(name, given[name], rule)
    if typed.alpha is not None and typed.level is not None:
        faults.add(
            "--alpha and --level both set the significance level; give only one."
        )
    return next((a for a in reversed(strict.values()) if a is not None), USUAL_ALPHA)


def _left_by(level: float | None) -> float | None:
    return None if level is None else round(1.0 - level, 12)


def _check_numbers(
    typed: Typed, alpha: float, methods: tuple[str, ...], faults: Faults
) -> None:
    from smcm.stats.power import least_resamples  # noqa: PLC0415 (slow to import)
    from smcm.stats.power_exact import LEAST_CASES  # noqa: PLC0415
    from smcm.stats.power_methods import MOST_SIMULATED  # noqa: PLC0415
    from smcm.stats.power_search import MOST_CASES  # noqa: PLC0415

    simulated = METHODS[0] in methods
    most = MOST_SIMULATED if simulated else MOST_CASES
    for n in _cases(typed.cases, Faults()):
        if not LEAST_CASES <= n <= most:
            more = " for the bootstrap, which is simulated" if simulated else ""
            faults.number("--n", n, f"from {LEAST_CASES} to {most} cases{more}")
    if not 0.0 <= typed.icc <= 1.0:
        faults.number("--icc", typed.icc, "a share from 0 to 1")
    if not 1.0 <= typed.team_size <= MOST_CASES:
        faults.number("--team-size", typed.team_size, f"from 1 to {MOST_CASES}")
    if not 0 <= typed.team_covariates <= MOST_TEAM_COVARIATES:
        rule = f"from 0 to {MOST_TEAM_COVARIATES}"
        faults.number("--team-covariates", typed.team_covariates, rule)
    if not abs(typed.direct) <= 1e3:
        faults.number("--direct", typed.direct, "an effect from -1000 to 1000")
    if not 1 <= typed.replications <= 1_000_000:
        faults.number("--replications", typed.replications, "from 1 to 1000000")
    least = least_resamples(alpha) if LEAST_ALPHA <= alpha < 1.0 else 1
    if simulated and not least <= typed.resamples <= 1_000_000:
        rule = f"from {least} to 1000000, so that some lie beyond each limit"
        faults.number("--resamples", typed.resamples, rule)
    if typed.target is not None and not alpha < typed.target < 1.0:
        faults.number("--power", typed.target, f"a share above {alpha:g} and below 1")
    with faults.noted("--"):
        RunParameters(seed=typed.seed)


def _check_together(typed: Typed, faults: Faults) -> None:
    if typed.target is not None and typed.cases is not None:
        faults.add("--power asks for the cases and --n for the power; give only one.")
    if typed.icc > 0.0 and typed.team_size == 1.0:
        faults.add("--icc is given without --team-size; give the clients per team.")
    if typed.team_size > 1.0 and typed.icc == 0.0:
        faults.add(
            "--team-size is given without --icc; give the intraclass correlation."
        )
    if typed.team_covariates > 0 and typed.icc == 0.0:
        faults.add(
            "--team-covariates is given without --icc and --team-size; without teams "
            "a covariate costs one case."
        )
    if typed.direct != 0.0 and not typed.standardized:
        faults.add(
            "--direct makes no difference if the residuals have variance 1; add "
            "--standardized, or leave it out."
        )
    if typed.as_json and typed.as_csv:
        faults.add("--json and --csv are both given; give only one.")
    if typed.workers is not None and not 1 <= typed.workers <= MOST_WORKERS:
        faults.number("--workers", typed.workers, f"from 1 to {MOST_WORKERS}")
    if typed.workers is not None and typed.dask is not None:
        faults.add("--workers uses this machine and --dask a cluster; give only one.")
