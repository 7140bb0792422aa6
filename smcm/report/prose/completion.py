"""Which completed set is analysed, and how its gaps were filled."""

import numpy as np

from smcm.analysis.study import Study
from smcm.cohort.imputation_model import imputation_model
from smcm.report import format as fmt
from smcm.stats.predictors import VALUES_PER_PREDICTOR

COMPLETIONS = {
    "frozen": "the frozen one that comes with the data",
    "live": "the first one of the live imputation",
    "pooled": "each one of the live imputation",
}


def completion_phrases(study: Study) -> dict[str, str]:
    """Say where the analysed scores come from, and what their gaps leave uncertain."""
    return {
        "completion_sentence": f"In this edition the set is {_which(study)}.",
        "one_set_sentence": (
            f"The published reading rests on one completed data set, {_which(study)}."
        ),
        "completion_origin": _origin(study),
        "completion_caution": _caution(study),
        "imputation_room": _room(study),
    }


def _which(study: Study) -> str:
    return COMPLETIONS[study.completion]


def _origin(study: Study) -> str:
    if study.completion == "live":
        return (
            "The data come without a completed set. The one analysed was imputed from "
            f"them with the seed {study.run.seed}."
        )
    if study.cohort.calibrated:
        return (
            "It is the generator's own complete cohort, calibrated as a whole; the "
            "gaps were cut afterwards. It is not the product of an imputation."
        )
    return (
        "It came with the data, and the book does not know how its gaps were filled; "
        "it only checks that every answer given is kept."
    )


def _caution(study: Study) -> str:
    if study.completion == "live":
        return (
            "It is a single draw: another seed would give another set and with it "
            "other numbers, and a verdict near its level may change with the seed. The "
            "intervals and p values of this edition know nothing of that uncertainty. "
            "Building it again with several seeds shows which verdicts stand."
        )
    if study.cohort.calibrated:
        return (
            "That it agrees with print says nothing about imputation, therefore. "
            "Filling the gaps anew gives results that differ from the printed ones "
            "more than the printed precision would suggest."
        )
    return (
        "However its gaps were filled, what was filled in counts as if it had been "
        "answered, and another completion would give somewhat other numbers."
    )


def _room(study: Study) -> str:
    """Say whether the gaps left enough answers to predict the missing ones from."""
    model = imputation_model(study.cohort)
    rule = (
        f"{fmt.spelled(VALUES_PER_PREDICTOR).capitalize()} answers are asked for "
        "each predictor of a column."
    )
    short = model.left_out.any(axis=1)
    if not short.any():
        return f"{rule} In these data every column with gaps has as many."
    gaps = np.isnan(model.values).any(axis=0)
    outer = ~np.isin(
        np.arange(gaps.size), [i for block in model.blocks for i in block.items]
    )
    scores = (model.left_out & outer).any(axis=1)
    lost = (
        f", and {fmt.whole(int(scores.sum()))} of them also without some scores or "
        "covariates, so that what ties these to the filled-in answers is understated"
        if scores.any()
        else ""
    )
    return (
        f"{rule} In these data {fmt.whole(int(short.sum()))} of the "
        f"{fmt.whole(int(gaps.sum()))} columns with gaps have fewer; they are imputed "
        "without their weakest predictors, answers at other interviews first"
        f"{lost}."
    )
