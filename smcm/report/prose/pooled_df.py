"""What the rule for the degrees of freedom does with few teams, in sentences."""

from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_df import ModelDf
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.words import count_of

COMPARED = {
    "barnard_rubin": "with the df of Barnard and Rubin",
    "complete": "with those of a completed set",
    "rubin": "with Rubin's own",
}


def df_phrases(found: PooledStudy) -> dict[str, str]:
    """Quote the df by each rule, and the conclusions under each."""
    models = found.by_team
    if not models:
        too_few = "Here teams are too few for errors by team."
        return {"pooled_df_sentence": too_few, "pooled_df_conclusion": ""}
    return {
        "pooled_df_sentence": _df(models),
        "pooled_df_conclusion": _conclusion(models),
    }


def _df(models: tuple[ModelDf, ...]) -> str:
    ends = {rule: _range([one.a[rule].df for one in models]) for rule in COMPARED}
    return (
        f"For the path a a completed set has {ends['complete']} of them. Barnard and "
        f"Rubin leave {ends['barnard_rubin']}, although the FMI is only "
        f"{_bare_range([one.fmi for one in models])}. Rubin's own are "
        f"{ends['rubin']}, since they take no notice of how few teams there are."
    )


def _conclusion(models: tuple[ModelDf, ...]) -> str:
    counts = {
        rule: tuple(
            count_of(sum(p < USUAL_ALPHA for p in found), len(models))
            for found in (
                [one.a[rule].p for one in models],
                [one.indirect[rule].p for one in models],
            )
        )
        for rule in COMPARED
    }
    level = fmt.bare(USUAL_ALPHA)
    if len(set(counts.values())) == 1:
        a, indirect = counts["complete"]
        return (
            f"The conclusions are the same by each of the rules: at {level} the path a "
            f"is significant in {a} models, and the indirect effect in {indirect}."
        )
    parts = [
        f"{words} the path a in {counts[rule][0]} and the indirect effect in "
        f"{counts[rule][1]}"
        for rule, words in COMPARED.items()
    ]
    return f"Significant at {level} is, {'; '.join(parts)}."


def _range(values: list[float]) -> str:
    decimals = 1 if max(values) < 100.0 else 0
    return fmt.limits(min(values), max(values), decimals)


def _bare_range(values: list[float]) -> str:
    return f"{fmt.bare(min(values))} to {fmt.bare(max(values))}"
