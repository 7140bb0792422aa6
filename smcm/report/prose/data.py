"""What data the edition rests on, and what its agreement with print is worth."""

from smcm.cohort.tables import Cohort


def cohort_phrases(cohort: Cohort) -> dict[str, str]:
    """Say whose data these are, and what follows for the reader."""
    named = f"“{cohort.name}”"
    phrases = {"statement": cohort.statement}
    if cohort.calibrated:
        return phrases | {"data_words": "synthetic cohort"} | _calibrated()
    if cohort.synthetic:
        words = {"data_words": f"synthetic data set {named}"}
        return phrases | words | _own(named) | _simulated(named)
    return phrases | {"data_words": f"data set {named}"} | _own(named)


def _calibrated() -> dict[str, str]:
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
            "Agreement with the article is therefore no evidence for the findings. "
            "What was not printed, such as correlations among outcomes or the answers "
            "to single items, is invention within plausible bounds, and should not be "
            "read as a description of anybody."
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
            "As the cohort was calibrated, an equal number shows that the code does "
            "what the article describes and that a file exists in which the printed "
            "numbers hold together. It does not show that the study's participants "
            "answered like that."
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


def _simulated(named: str) -> dict[str, str]:
    """Say what is otherwise of invented clients who were fitted to nothing here."""
    return {
        "data_caution": (
            f"The data, {named}, are synthetic: what is said of clients here is said "
            "of invented ones."
        ),
        "data_meaning": (
            f"The numbers of this edition are computed from {named}, whose clients "
            "are invented; they can tell nothing about people. The printed numbers "
            "beside them were taken from the article."
        ),
        "data_consequences": (
            "What the analysis finds in them was put in by whoever made them, or is "
            "chance. Where the makers say what they put in, an estimate can be held "
            "against the truth, which no study of people allows."
        ),
        "data_limit": (
            f"The clients of {named} are invented, so that nothing in this chapter is "
            "evidence for or against the model. What can be learned is how the "
            "analysis behaves with data of this size and with these gaps: what it "
            "finds of the effects that were put in, and what it misses."
        ),
        "data_use": (
            f"This edition is computed from {named}, a synthetic data set, by the "
            "analysis of the article. It can show how that analysis behaves. It "
            "cannot show anything about people."
        ),
        "agreement_meaning": (
            f"The numbers of this edition come from {named}, a synthetic data set, "
            "and those of the article from its participants. Neither an equal number "
            "nor a different one says anything about the article."
        ),
        "beyond_sentence": (
            "Whether it is so for people can be decided only with their data, and "
            "better still with a design that varies fidelity on purpose."
        ),
        "codebook_note": (
            f"The files of this edition are those of {named}. They are synthetic; no "
            "row belongs to a person who exists."
        ),
    }
