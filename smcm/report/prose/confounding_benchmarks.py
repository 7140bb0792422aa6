"""What causes as strong as measured covariates would do, in sentences."""

from collections.abc import Callable, Iterable, Sequence

from smcm.analysis.confounding import ConfoundedModel, Confounding
from smcm.analysis.confounding_benchmarks import Benchmark, PathSensitivity
from smcm.design.confounding import PATHS
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.words import count_of, covariate_name, listed_or

Under = Callable[[PathSensitivity], tuple[Benchmark, ...]]
MUCH = 0.25  # of the differences between teams, explained by chance
ASKED = "Under a hidden cause as strong as the strongest measured covariate"


def benchmark_phrases(found: Confounding) -> dict[str, str]:
    """Quote the headline, what it rests on, and which benchmarks there are."""
    return {
        "conf_verdict": _headline(found),
        "conf_verdict_detail": _detail(found.mediated),
        "conf_strongest": _strongest(found.models),
        "conf_others": _others(found.models),
        "conf_team_level": _team_level(found),
    }


def _headline(found: Confounding) -> str:
    """Say whether the mediated models survive another covariate like the strongest."""
    mediated = found.mediated
    if not mediated:
        return "There is no mediation here for a confounder to undo."
    if not mediated[0].paths["a"].of_teams:
        kept = sum(one.paths["b"].stands() for one in mediated)
        return (
            "These data have no benchmark for a hidden cause of path a. "
            f"{ASKED}, path b {_holds(kept, len(mediated))}."
        )
    kept = sum(one.stands for one in mediated)
    return f"{ASKED}, the finding of mediation {_holds(kept, len(mediated))}."


def _holds(kept: int, total: int) -> str:
    if kept == total:
        return "holds"
    return "holds in part" if kept else "does not hold"


def _detail(mediated: Sequence[ConfoundedModel]) -> str:
    if not mediated:
        return (
            "What follows says how strong a hidden cause would have to be that makes "
            "up the indirect effects as they were estimated."
        )
    paths = [one.paths["a"] for one in mediated]
    teams = {b.covariate for own in paths for b in own.of_teams}
    level = f"would keep its sign and be significant at {fmt.bare(USUAL_ALPHA)}"
    of_teams = (
        f" With a cause like {_named(teams)}, path a {level} "
        f"{_kept(mediated, 'a', lambda own: own.of_teams)}."
    )
    one = "The mediated model is that of", "The mediated models are those of"
    return (
        f"{one[len(mediated) > 1]} {_titles(mediated)}."
        f"{of_teams if teams else ''} With a cause like any covariate of clients, "
        f"path a {level} {_kept(mediated, 'a', lambda own: own.of_clients)}, but a "
        "covariate of clients is no benchmark for fidelity, which belongs to a team: "
        f"{_ceiling(paths)}. With a cause like any covariate, path b {level} "
        f"{_kept(mediated, 'b', lambda own: own.benchmarks)}; the strongest of them "
        "may be the outcome at entry, which is nearly the outcome itself and so a "
        "severe measure. With a cause like any of the others, it would "
        f"{_kept(mediated, 'b', lambda own: own.others)}. These are comparisons and "
        "no estimates: whether there is such a cause, the data cannot tell."
    )


def _kept(models: Sequence[ConfoundedModel], path: str, under: Under) -> str:
    """Say in how many models a path would stand, and in which."""
    kept = [one for one in models if one.paths[path].stands(under(one.paths[path]))]
    where = "" if len(kept) in (0, len(models)) else f" ({_titles(kept)})"
    return f"in {count_of(len(kept), len(models))}{where}"


def _titles(models: Iterable[ConfoundedModel]) -> str:
    return listed_or((one.model.title for one in models), "no outcome")


def _named(covariates: Iterable[str]) -> str:
    return fmt.listed(covariate_name(name) for name in covariates)


def _ceiling(paths: Sequence[PathSensitivity]) -> str:
    """Say how much of fidelity the covariates of clients explain at most."""
    most = max(_shares(b for own in paths for b in own.of_clients))
    return f"none of them explains more than {_percent(most)} of what is left of it"


def _shares(some: Iterable[Benchmark]) -> list[float]:
    """Partial R squared with the predictor of the path."""
    return [b.measured.treatment if b.measured else 1.0 for b in some]


def _percent(share: float) -> str:
    return fmt.percent(100.0 * share, 1)


def _between(shares: Sequence[float]) -> str:
    low, high = (_percent(end) for end in (min(shares), max(shares)))
    return low if low == high else f"{low} to {high}"


def _team_level(found: Confounding) -> str:
    """Say what is a benchmark for path a, and how severe it is."""
    own = [one.paths["a"] for one in found.models]
    least = (
        "Fidelity belongs to a team, so that a hidden cause of it has to differ "
        "between teams. Covariates of clients differ mostly within them: "
        f"{_ceiling(own)}."
    )
    blocks = [b for path in own for b in path.of_teams]
    if not blocks:
        return f"{least} No covariate of teams is among the covariates here."
    outcome = [b.measured.outcome for b in blocks if b.measured]
    teams = found.study.frame["team"].nunique()
    return (
        f"{least} The only covariate of teams is {covariate_name(blocks[0].covariate)}:"
        f" as a group of categories it explains {_between(_shares(blocks))} of what is "
        f"left of fidelity and {_between(outcome)} of what is left of the alliance. "
        f"{_by_lot(blocks[0], teams)}"
    )


def _by_lot(block: Benchmark, teams: int) -> str:
    """Say what as many categories would explain if they meant nothing."""
    columns, share = block.columns, block.columns / (teams - 1)
    few = (
        " With so few teams no benchmark for path a is both fair and precise."
        if share > MUCH
        else ""
    )
    return (
        f"The {fmt.whole(teams)} teams have {fmt.whole(teams - 1)} degrees of freedom "
        f"and the sites take up {fmt.whole(columns)} of them: sites drawn by lot would "
        f"explain {fmt.percent(100.0 * share)} of the differences between teams on "
        f"average, and {_percent(columns / (columns + block.before.df))} of what is "
        f"left of the alliance.{few}"
    )


def _strongest(models: Sequence[ConfoundedModel]) -> str:
    """Say which covariate is the strongest, and in how many models, path by path."""
    parts = []
    for path in PATHS:
        names = [covariate_name(one.paths[path].strongest.covariate) for one in models]
        top = max(dict.fromkeys(names), key=names.count)
        parts.append(
            f"{top} for path {path} (in "
            f"{count_of(names.count(top), len(names))} models)"
        )
    return f"The strongest in this sense is {fmt.listed(parts)}."


def _others(models: Sequence[ConfoundedModel]) -> str:
    """Say how strong the strongest covariate is that is not the outcome at entry."""
    top = max((one.paths["b"].strongest_other for one in models), key=lambda b: b.even)
    return (
        "Among the other covariates, in any model, the strongest for path b is "
        f"{covariate_name(top.covariate)}; another like it would do what "
        f"{_percent(top.even)} of both do."
    )
