"""What data the edition rests on, and what its agreement with print is worth."""

from smcm.analysis.study import Study
from smcm.cohort.tables import Cohort

COMPLETIONS = {
    "frozen": "the frozen one that comes with the data",
    "live": "the first one of the live imputation",
}


def cohort_phrases(cohort: Cohort) -> dict[str, str]:
    """Say whose data these are, and what follows for the reader."""
    named = f"“{cohort.name}”"
    phrases = {
        "statement": cohort.statement,
        "data_words": "synthetic cohort" if cohort.synthetic else f"data set {named}",
    }
    return phrases | (_synthetic() if cohort.synthetic else _own(named))


def _synthetic() -> dict[str, str]:
    return {
        "data_caution": (
            "The data are synthetic: what is said of clients here is said of invented "
            "ones."
        ),
        "data_meaning": (
            "The participants' data are not public. Nothing on these pages can tell "
            "anything about the people who took part in the study, and a number here "
            "that equals a printed one does not confirm it."
        ),
        "data_origin": (
            "The participants' data are not public and were not used here. The files "
            "of this edition are a synthetic cohort: a generator draws invented "
            "clients, teams, assessments and answers, and adjusts them until the "
            "regenerated tables print as the article's do, including the share of "
            "missing scores and, as far as printed, the intraclass correlations."
        ),
        "data_consequences": (
            "Agreement with the article is therefore by calibration; it is no "
            "replication and no evidence for the findings. What was not printed, such "
            "as correlations among outcomes or the answers to single items, is "
            "invention within plausible bounds, and should not be read as a "
            "description of anybody."
        ),
        "data_limit": (
            "The cohort of this edition is invented and calibrated to the printed "
            "tables. That it returns the printed findings is its construction. Nothing "
            "can be learned from it about the clients, and nothing in this chapter is "
            "evidence for or against the model. What can be learned is how the "
            "analysis behaves: which conclusions hang on the alpha rule, how far a "
            "coefficient moves when a site is left out, which printed numbers are "
            "compatible with one another."
        ),
        "data_use": (
            "The participants' data are not public. This edition uses a synthetic "
            "cohort, made so that its tables print as the article's do. It can "
            "therefore show what was computed, how sensitive it is to choices, and "
            "which printed numbers fit together. It cannot show that the findings are "
            "true."
        ),
        "agreement_meaning": (
            "Agreement is by calibration. An equal number shows that the code does "
            "what the article describes and that a file exists in which the printed "
            "numbers hold together. It does not show that the study's participants "
            "answered like that, and it is no replication."
        ),
        "beyond_sentence": (
            "Whether that is so for people and not just for these files can be decided "
            "only with their data, and better still with a design that varies fidelity "
            "on purpose."
        ),
        "codebook_note": (
            "The files of this edition are synthetic. No row belongs to a person who "
            "exists."
        ),
    }


def _own(named: str) -> dict[str, str]:
    return {
        "data_caution": f"The data are those of {named}.",
        "data_meaning": (
            f"The numbers of this edition are computed from {named} and speak of the "
            "clients in its files. The printed numbers beside them were taken from the "
            "article."
        ),
        "data_origin": (
            f"This edition is computed from the files of {named}. The participants' "
            "data of the article are not public and do not come with the book; what "
            "the book knows of the article are its printed numbers."
        ),
        "data_consequences": (
            "Nothing in the files was adjusted to the printed numbers by this book, so "
            "that differences from the article are to be expected. They can come from "
            "other clients, other teams and other habits of measurement as well as "
            "from chance, and the book cannot tell these apart."
        ),
        "data_limit": (
            f"What is found here is found in {named}. Nothing is known to the book of "
            "how its clients were recruited, who was lost on the way, and how its "
            "teams came to their fidelity, all of which decides how far a finding "
            "carries beyond them. Where the numbers depart from the article's, neither "
            "side is thereby refuted."
        ),
        "data_use": (
            f"This edition is computed from {named}, by the analysis of the article. "
            "It can show what that analysis finds there and how sensitive it is to "
            "choices. Like any observational study it cannot show that the arrows of "
            "the hypothesis are causes."
        ),
        "agreement_meaning": (
            f"The numbers of this edition come from {named}, and those of the article "
            "from its own participants. No agreement is to be expected except where a "
            "number follows from the design. An equal number may be a coincidence of "
            "rounding, and a different one is no fault of either side."
        ),
        "beyond_sentence": (
            "Whether it is so beyond the clients of these data can be decided only "
            "with those of others, and better still with a design that varies fidelity "
            "on purpose."
        ),
        "codebook_note": f"The files of this edition are those of {named}.",
    }


def completion_phrases(study: Study) -> dict[str, str]:
    """Say where the analysed scores come from, and what their gaps leave uncertain."""
    return {
        "completion": COMPLETIONS[study.completion],
        "completion_origin": _origin(study),
        "completion_caution": _caution(study),
    }


def _origin(study: Study) -> str:
    if study.completion == "live":
        return (
            "The data come without a completed set. The one analysed was imputed from "
            f"them with the seed {study.run.seed}."
        )
    if study.cohort.synthetic:
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
    if study.cohort.synthetic:
        return (
            "That it agrees with print says nothing about imputation, therefore. "
            "Filling the gaps anew gives results that differ from the printed ones "
            "more than the printed precision would suggest."
        )
    return (
        "However its gaps were filled, what was filled in counts as if it had been "
        "answered, and another completion would give somewhat other numbers."
    )
