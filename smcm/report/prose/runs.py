"""What is the same in every run of a grid, and what changed in which."""

from collections.abc import Callable, Sequence

from smcm.design.models import EIGHT_MODELS, StudyModel
from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.prose.grid import grid_phrases
from smcm.report.prose.verdict_runs import told_by
from smcm.report.runs import RunRecord
from smcm.report.words import count_of

Holds = Callable[[RunRecord, StudyModel], bool]
ALL = len(EIGHT_MODELS)


def compared(records: Sequence[RunRecord]) -> dict[str, str]:
    """Quote a comparison of runs.

    Parameters
    ----------
    records : sequence of RunRecord
        At least one.

    Returns
    -------
    dict of str to str
        Finished strings by name, as `smcm.report.prose.quoted` has them.
    """
    return {
        **grid_phrases(records),
        "runs_same": _same(records),
        "runs_changed": _changed(records),
        "runs_levels": _levels(records),
        "runs_sign": _sign(records),
        "runs_range": _range(records),
    }


def mediated(record: RunRecord, model: StudyModel) -> bool:
    """Whether a run calls a model mediated."""
    return record.model(model.key).mediated


def effect(record: RunRecord, model: StudyModel, term: str = "indirect") -> float:
    """Read an indirect effect of a run."""
    return record.model(model.key).terms[term].value


def _split(
    records: Sequence[RunRecord], holds: Holds
) -> tuple[list[StudyModel], list[StudyModel], list[StudyModel]]:
    """Part the models by whether something holds in every, no, or some run."""
    counts = {m: sum(holds(record, m) for record in records) for m in EIGHT_MODELS}
    every = [m for m, count in counts.items() if count == len(records)]
    none = [m for m, count in counts.items() if count == 0]
    return every, none, [m for m in EIGHT_MODELS if m not in (*every, *none)]


def _titles(models: Sequence[StudyModel]) -> str:
    return fmt.listed(model.title for model in models)


def _same(records: Sequence[RunRecord]) -> str:
    every, none, _ = _split(records, mediated)
    if not every and not none:
        return "For no model is the verdict by the rule the same in every run."
    parts = [
        f"mediation for {_titles(every)}" if every else "",
        f"no mediation for {_titles(none)}" if none else "",
    ]
    said = "; ".join(part for part in parts if part)
    if len(records) == 1:
        return f"By the rule the run finds {said}."
    count = count_of(len(every) + len(none), ALL)
    return (
        f"The verdict by the rule is the same in every run for {count} models: {said}."
    )


def _changed(records: Sequence[RunRecord]) -> str:
    if len(records) == 1:
        return "Whether a verdict changes cannot be seen from one run."
    changed = _split(records, mediated)[2]
    if not changed:
        return "It changed for no model."
    each = [f"{model.title} is mediated {_where(records, model)}." for model in changed]
    return f"It changed for {count_of(len(changed), ALL)} models. {' '.join(each)}"


def _where(records: Sequence[RunRecord], model: StudyModel) -> str:
    """Count runs of all sites apart from those that leave a site out."""
    parts = choices.by_sites(records)
    if len(parts) == 1:
        return f"in {told_by(records, [mediated(r, model) for r in records])}"
    return fmt.listed(
        f"with {name} in {_told(part, [mediated(r, model) for r in part])}"
        for name, part in parts.items()
    )


def _told(records: Sequence[RunRecord], holds: Sequence[bool]) -> str:
    if all(holds) or not any(holds):
        return f"{fmt.whole(sum(holds))} of {fmt.whole(len(holds))} runs"
    return told_by(records, holds)


def _levels(records: Sequence[RunRecord]) -> str:
    moved = [
        model
        for model in EIGHT_MODELS
        if len({record.model(model.key).alpha_outcome for record in records}) > 1
        or len({record.model(model.key).alpha_mediator for record in records}) > 1
    ]
    if len(records) == 1:
        return "The levels that the alpha rule sets cannot differ between runs then."
    if not moved:
        return "The levels that the alpha rule sets are the same in every run."
    them = "all models" if len(moved) == ALL else _titles(moved)
    return (
        "The rule itself moves with the data. An intraclass correlation near its "
        "cutoff falls on one side in some runs and on the other in others, and the "
        f"level of a path moves with it for {them}. A verdict can then change "
        "although the estimate has hardly moved."
    )


def _sign(records: Sequence[RunRecord]) -> str:
    above, below, mixed = _split(records, lambda r, m: effect(r, m) > 0.0)
    where = "in every run" if len(records) > 1 else "there"
    if len(above) == ALL:
        return f"The indirect effect is above zero {where}, for all models."
    if len(below) == ALL:
        return f"The indirect effect is not above zero {where}, for any model."
    parts = [
        f"above zero {where} for {_titles(above)}" if above else "",
        f"zero or below {where} for {_titles(below)}" if below else "",
        *(
            f"above zero for {m.title} in "
            f"{told_by(records, [effect(r, m) > 0.0 for r in records])}"
            for m in mixed
        ),
    ]
    return f"The indirect effect is {'; '.join(part for part in parts if part)}."


def _range(records: Sequence[RunRecord]) -> str:
    """Say how far the standardized effects reach, and which model moved most."""

    def ends(model: StudyModel) -> tuple[float, float]:
        found = [effect(record, model, "indirect_cs") for record in records]
        return min(found), max(found)

    low, high = (
        min(map(ends, EIGHT_MODELS))[0],
        max(e[1] for e in map(ends, EIGHT_MODELS)),
    )
    said = (
        "Completely standardized, the indirect effects of all models "
        f"lie between {fmt.bare(low, 3)} and {fmt.bare(high, 3)}."
    )
    if len(records) == 1:
        return said
    widest = max(EIGHT_MODELS, key=lambda model: ends(model)[1] - ends(model)[0])
    least, most = ends(widest)
    return (
        f"{said} The choices move {widest.title} most, from {fmt.bare(least, 3)} to "
        f"{fmt.bare(most, 3)}."
    )
