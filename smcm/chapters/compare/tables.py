"""The runs of a grid: every model of every run, and the range over the runs."""

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from smcm.design.models import StudyModel
from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.analysis_words import BELOW
from smcm.report.runs import ModelRecord, RunRecord
from smcm.report.show import Align, Table, sorted_by
from smcm.report.words import short_title

PATHS = {"a": "a (95% CI)", "b": "b (95% CI)", "direct": "c′ (95% CI)"}
EFFECT = "ab (95% CI)"
MEDIATED = {True: "yes", False: "no"}


def runs(records: Sequence[RunRecord]) -> Table:
    """Lay out every model of every run, a row each, for sorting and filtering.

    Parameters
    ----------
    records : sequence of RunRecord
        What `smcm.report.runs.read_runs` has read.
    """
    shown = choices.shown_parameters(records)
    ranks = {name: choices.values_of(records, name) for name in shown}
    levels = " or ".join(map(fmt.bare, sorted(set(map(usual_level, records)))))
    rows = [
        _choices(record, ranks) | _findings(record, found, at)
        for record in records
        for at, found in enumerate(record.models)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-compare",
        caption="Every model of every run",
        notes=(
            "a: fidelity to alliance; b: alliance to outcome, fidelity held fixed; c′: "
            "fidelity to outcome, alliance held fixed; ab: indirect effect. "
            "Unstandardized. Mediation: by the rule of the study. "
            f"{fmt.NEAR_ZERO} The first cell of a row links to the page of its run.",
            f"{BELOW} p is below {levels} but not below the stricter "
            "level that the alpha rule sets for this dependent variable in this run.",
        ),
        align=_align(len(shown)),
        wide=True,
        sortable=True,
    )


def _align(n_choices: int) -> tuple[Align, ...]:
    """Words left, which also gives their column a filter, and numbers right."""
    words: list[Align] = ["left"] * (n_choices + 2)
    numbers: list[Align] = ["right"] * (2 + len(PATHS))
    return (*words, *numbers)


def _choices(
    record: RunRecord, ranks: dict[str, list[choices.Value]]
) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, values in ranks.items():
        value = choices.value_of(record, name)
        words = fmt.cell(choices.short(name, value))
        shown = words if cells else _link(record, words)
        cells[choices.WORDS[name].heading] = sorted_by(values.index(value), shown)
    return cells


def _link(record: RunRecord, words: str) -> str:
    """Link to the page of the run; screen readers read its full name."""
    target, label = escape(choices.page_of(record)), escape(record.run.label)
    names = f'class="reference internal" href="{target}" aria-label="{label}"'
    return f"<a {names}>{words}</a>"


def usual_level(record: RunRecord) -> float:
    """Give the usual level of a test in one run."""
    return float(record.abstract_facts["edition"]["levels"]["usual"])


def _findings(record: RunRecord, found: ModelRecord, at: int) -> dict[str, str]:
    usual = usual_level(record)
    return {
        "Outcome": sorted_by(at, short_title(found.model)),
        "Mediation": sorted_by(found.mediated, MEDIATED[found.mediated]),
        "n": sorted_by(record.n, fmt.whole(record.n)),
        **{head: _estimate(found, term, usual) for term, head in PATHS.items()},
        EFFECT: _estimate(found, "indirect", usual),
    }


def _estimate(found: ModelRecord, term: str, usual: float) -> str:
    given = found.terms[term]
    mark = BELOW if _between_levels(found, term, usual) else ""
    shown = fmt.with_limits(given.estimate, *given.limits)
    told = fmt.Rounded(shown + mark, **shown.numbers, p=given.p)
    return sorted_by(given.estimate, told)


def _between_levels(found: ModelRecord, term: str, usual: float) -> bool:
    return found.terms[term].p < usual and not found.significant(term)


def across_runs(found: Sequence[RunRecord]) -> Table:
    """Lay out the range of each indirect effect, and how often the rule is met.

    The only run of another analysis is not counted and has a column of its own.
    """
    records, other = choices.alike(found), choices.beside(found)
    main, parts = choices.main_run(records), choices.by_sites(records)
    return Table(
        pd.DataFrame(
            [
                _across(part, main, model, name if len(parts) > 1 else "")
                | _other(other, model)
                for model in choices.models_of(found)
                for name, part in parts.items()
            ]
        ),
        name="tab-across",
        caption=(
            f"Mediation and indirect effects over {fmt.whole(len(records))} "
            f"run{'s' * (len(records) != 1)}"
        ),
        notes=(
            "Number of runs with mediation by the rule of the study, with a "
            "significant path a, with a significant path b, and with an interval of ab "
            "that excludes zero; the rule requires the last three together. In "
            "brackets: the levels that the alpha rule sets in these runs. Runs that "
            "leave out a site check its influence and are counted separately. "
            f"ab: points of the outcome per point of fidelity. {fmt.NEAR_ZERO}"
            f"{_other_note(other)}",
        ),
        wide=True,
    )


def _other(record: RunRecord | None, model: StudyModel) -> dict[str, str]:
    """Give the effect in the one run of another analysis, and its conclusion."""
    if record is None:
        return {}
    mediated = MEDIATED[record.model(model.key).mediated]
    return {f"ab, {record.run.reading}": f"{_effect(record, model)} ({mediated})"}


def _other_note(record: RunRecord | None) -> str:
    if record is None:
        return ""
    return (
        f" The {record.run.reading} analysis was run once ({record.run.label}) and is "
        "not counted; in brackets: whether it finds mediation."
    )


def _across(
    records: Sequence[RunRecord], main: RunRecord | None, model: StudyModel, name: str
) -> dict[str, str]:
    found = [record.model(model.key) for record in records]
    effects = [each.terms["indirect"].estimate for each in found]
    usual = {"ab, main run": _effect(main, model)} if main else {}
    runs = {"Runs": f"{fmt.whole(len(records))}, {name}"} if name else {}
    return {
        "Outcome": short_title(model),
        **runs,
        "Mediated": _count(each.mediated for each in found),
        "a (level)": _significant(found, "a", [each.alpha_mediator for each in found]),
        "b (level)": _significant(found, "b", [each.alpha_outcome for each in found]),
        "Interval": _count(each.excludes_zero for each in found),
        "Smallest ab": fmt.limit(min(effects)),
        **usual,
        "Largest ab": fmt.limit(max(effects)),
    }


def _effect(record: RunRecord, model: StudyModel) -> str:
    return fmt.limit(record.model(model.key).terms["indirect"].estimate)


def _significant(
    found: Sequence[ModelRecord], term: str, levels: Iterable[float]
) -> str:
    asked = " or ".join(fmt.bare(level) for level in sorted(set(levels)))
    return f"{_count(each.significant(term) for each in found)} ({asked})"


def _count(found: Iterable[bool]) -> str:
    return fmt.whole(sum(found))
