"""How a chapter begins: with the study that its parameters ask for, and its facts."""

from collections.abc import Callable, Mapping
from typing import Any

from smcm import facts
from smcm.analysis.study import Study, run_study
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.report.facts.edition import data_facts, edition_facts


def published(given: Mapping[str, Any]) -> tuple[Study, RunParameters]:
    """Run the published analysis, whichever the edition has.

    Returns
    -------
    Study
    RunParameters
        Of the edition.
    """
    run = RunParameters.among(given)
    return run_study(load_cohort(run), run.as_published), run


def prepare(given: Mapping[str, Any], /, **parts: Callable[[Study], Any]) -> Study:
    """Run the edition's analysis and leave the facts of a chapter.

    Parameters
    ----------
    given : mapping
        The names of the chapter, ``vars()``.
    **parts : callable
        What makes facts of the study, by the name under which the text finds them.
    """
    run = RunParameters.among(given)
    study = run_study(load_cohort(run), run)
    leave(study, run, **{name: gather(study) for name, gather in parts.items()})
    return study


def leave(
    study: Study,
    run: RunParameters,
    /,
    **parts: Any,  # noqa: ANN401 (records)
) -> None:
    """Leave the facts of data and edition, and what else a chapter has found.

    Parameters
    ----------
    study : Study
        What the chapter analyses.
    run : RunParameters
        Of the edition.
    **parts : dataclass
        By the name under which the text finds them.
    """
    about = {"data": data_facts(study.cohort), "edition": edition_facts(study, run)}
    facts.leave(**about, **parts)
