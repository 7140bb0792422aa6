"""Which runs there are, what they differ in, and how much they share."""

from collections.abc import Sequence

from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.runs import RunRecord, varied
from smcm.report.words import count_of


def grid_phrases(records: Sequence[RunRecord]) -> dict[str, str]:
    """Quote the choices of the runs and the data they rest on."""
    return {
        "runs_statement": " ".join(dict.fromkeys(r.statement for r in records)),
        "runs_grid": _grid(records),
        "runs_clients": _clients(records),
        "runs_main": _main(records),
        "runs_overlap": _overlap(records),
    }


def _grid(records: Sequence[RunRecord]) -> str:
    if len(records) == 1:
        return (
            f"There is one run ({records[0].run.label}), so that nothing can be "
            "compared yet."
        )
    differ = fmt.listed(
        f"{choices.WORDS[name].phrase} ({choices.listed_values(records, name)})"
        for name in varied(records)
    )
    return f"There are {fmt.spelled(len(records))} runs. They differ in {differ}."


def _clients(records: Sequence[RunRecord]) -> str:
    least, most = (found(record.n for record in records) for found in (min, max))
    if least == most:
        return f"{fmt.whole(most)} clients"
    return f"between {fmt.whole(least)} and {fmt.whole(most)} clients"


def _main(records: Sequence[RunRecord]) -> str:
    main = choices.main_run(records)
    if main is None:
        alone = "It is alone" if len(records) == 1 else "None has all the defaults"
        return f"{alone}, so that no run is marked as the main one."
    count = count_of(sum(found.mediated for found in main.models), len(main.models))
    return (
        "The main run is the one in which all that is varied has its default "
        f"({main.run.label}); by the rule it finds mediation in {count} models."
    )


def _overlap(records: Sequence[RunRecord]) -> str:
    """Say why runs are not independent; those at single sites share no clients."""
    if len(records) == 1:
        return "One run leaves nothing to count, and of more the following would hold."
    alone = {r.run.site for r in records if r.run.site_rule[0] == "only"}
    if len(alone) > 1:
        return (
            "Runs at different single sites share no clients, and each of them rests "
            "on few. All runs share the measures and the analysis, and those at more "
            "than one site share clients as well, so that they are not independent of "
            "one another."
        )
    return (
        "The runs share most of their clients and all of their measures, and are "
        "anything but independent of one another. That many of them agree is what one "
        "should expect of nearly the same data, analysed in nearly the same way."
    )
