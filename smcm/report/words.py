"""Words that depend on the numbers: conclusions, counts and lists for sentences."""

from collections.abc import Iterable, Sequence

from smcm.analysis.verdicts import ModelResult
from smcm.cohort.tables import Cohort
from smcm.design.instruments import INSTRUMENTS
from smcm.design.models import StudyModel
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import label
from smcm.report import format as fmt
from smcm.stats.change import PairedChange

COVARIATE_NAMES = {
    "age": "age",
    "female": "gender",
    "housed": "housing",
    "employed": "employment",
    "education": "education",
    "ace": "adverse childhood experiences",
    "site": "site",
    "hospitalized": "long hospital stays",
}
SCHEMES = {  # how imputation and interval are combined
    "single": "Single set",
    "rubin_mc": "Rubin, Monte Carlo",
    "mi_boot": "Imputation, then bootstrap",
    "boot_mi": "Bootstrap, then imputation",
}
STAYED = "did not change detectably"
TITLES = {
    instrument.score_column(month): f"{instrument.short} at {label(month)} months"
    for instrument in INSTRUMENTS
    for month in instrument.months
}


def beside(cohort: Cohort) -> tuple[str, str]:
    """Head the two columns of a comparison: what was printed, and ours.

    Nothing was printed of an author's own data: there the article is another study.
    """
    if cohort.calibrated:
        return "Printed", "Regenerated"
    return "Published study", "These data"


def moved(change: PairedChange) -> str:
    """Say what a measure did between two interviews.

    Parameters
    ----------
    change : PairedChange
        First minus second.
    """
    if change.p >= USUAL_ALPHA:
        return STAYED
    return "rose" if change.difference < 0.0 else "fell"


def counted(count: int, noun: str) -> str:
    """Count in words: "one team", "fourteen teams"."""
    return f"{fmt.spelled(count)} {noun}{'' if count == 1 else 's'}"


def count_of(count: int, total: int) -> str:
    """Say how many of how many: "all eight", "both", "two of the eight"."""
    whole = fmt.spelled(total)
    if total == 1:
        return "the one" if count else "none"
    if total == 2 and count != 1:
        return "both" if count else "neither of the two"
    if count == total:
        return f"all {whole}"
    return f"{'none' if count == 0 else fmt.spelled(count)} of the {whole}"


def sentence(text: str) -> str:
    """Begin with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def by_direction(found: Iterable[tuple[str, float]], higher: str, lower: str) -> str:
    """Say for which names a number is above zero and for which below.

    Parameters
    ----------
    found : iterable of (str, float)
        Names and numbers.
    higher, lower : str
        The words for the one and for the other, for example "higher".

    Returns
    -------
    str
        For example "higher for PGI and THS, and lower for MCAS"; "" for none.
    """
    pairs = tuple(found)
    up = [name for name, value in pairs if value > 0.0]
    down = [name for name, value in pairs if value < 0.0]
    told = [
        f"{word} for {fmt.listed(names)}"
        for word, names in ((higher, up), (lower, down))
        if names
    ]
    return ", and ".join(told)


def in_models(found: Sequence[str], total: int, *, mark: str = ", namely") -> str:
    """Say in how many models something holds, and in which.

    Parameters
    ----------
    found : sequence of str
        Those models, with or without their numbers.
    total : int
    mark : str
        What leads over to the list: ", namely" or ":" where numbers follow.
    """
    where = f"in {count_of(len(found), total)} models"
    if not found:
        return where
    names = "; ".join(found) if mark == ":" else fmt.listed(found)
    return f"{where}{mark} {names}"


def covariate_name(column: str) -> str:
    """Name a covariate; the outcome at entry is "the outcome at entry"."""
    return COVARIATE_NAMES.get(column, "the outcome at entry")


def named(results: Iterable[ModelResult]) -> list[str]:
    """Titles of some models, for example "QOLI-20 at 9 months"."""
    return [result.model.title for result in results]


def short_title(model: StudyModel) -> str:
    """Name a model for a narrow column that must not wrap: "QOLI-20, 9 mo"."""
    name = f"{model.outcome.short}, {label(model.horizon)} mo"
    return name.replace(" ", "\N{NO-BREAK SPACE}")


def listed_or(words: Iterable[str], otherwise: str) -> str:
    """Join words for a sentence, with other words where there are none."""
    found = tuple(words)
    return fmt.listed(found) if found else otherwise


def coefficient(result: ModelResult, term: str, symbol: str) -> str:
    """Write a path with its interval and p, for example "b=0.10, 95% CI …, p=.035"."""
    row = result.mediation.row(term)
    between = fmt.limits(row["ci_low"], row["ci_high"])
    level = fmt.percent(100.0 * result.mediation.level)
    estimate = fmt.number(row["estimate"])
    return f"{symbol}={estimate}, {level} CI {between}, {fmt.p_phrase(row['p'])}"


def indirect(result: ModelResult) -> str:
    """Write an indirect effect with its bootstrap interval, and no p value."""
    level = fmt.percent(100.0 * result.mediation.level)
    between = fmt.limits(*result.mediation.limits(), 3)
    return f"ab={fmt.number(result.mediation.indirect, 3)}, {level} CI {between}"
