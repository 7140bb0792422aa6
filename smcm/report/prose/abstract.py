"""What a run found, in the sentences of the abstract."""

from smcm.analysis.study import Study
from smcm.report.prose.indirect import indirect_phrases
from smcm.report.prose.meaning import against_hypothesis
from smcm.report.prose.paths import path_phrases
from smcm.report.prose.readings import reading_phrases
from smcm.report.words import in_models, named


def abstract(study: Study) -> str:
    """Say in which models the paths and the indirect effect were found."""
    mediated = in_models(
        named(r for r in study.models if r.mediated), len(study.models)
    )
    against = against_hypothesis(study.models)
    said = path_phrases(study) | indirect_phrases(study) | reading_phrases(study)
    return (
        f"{said['a_sentence']} "
        f"{said['b_sentence']} "
        f"{said['rule_words']} there was mediation {mediated}.{against} "
        f"{said['cs_sentence']} "
        "The direct effect of fidelity was significant in "
        f"{said['direct_count']} models."
    )
