"""What the reading of an edition is."""

from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.design.models import SHARED_COVARIATES
from smcm.design.nesting import STRICT_ALPHA, USUAL_ALPHA
from smcm.parameters import PUBLISHED, RunParameters
from smcm.report import format as fmt
from smcm.report.prose.data import cohort_phrases


@dataclass(frozen=True, slots=True)
class ReadingBox:
    """The box at the top of a chapter that says how an edition departs from print."""

    text: str
    heading: str = "Another reading than the article's"

    def _repr_markdown_(self) -> str:
        return (
            f":::{{admonition}} {self.heading}\n:class: important\n\n{self.text}\n:::\n"
        )


def reading_box(study: Study) -> ReadingBox | None:
    """Say what a defensible edition does otherwise; nothing in a published one."""
    if not study.defensible:
        return None
    draws = f"{fmt.whole(study.run.n_boot)} Monte Carlo draws"
    return ReadingBox(
        "This edition uses the **defensible reading**. Site and education are "
        "categories and not numbers. Every path is estimated in each of "
        f"{fmt.whole(study.n_sets)} completed sets and pooled by Rubin's rules, with "
        "the degrees of freedom of Barnard and Rubin. Standard errors come from the "
        "differences between teams (CR2). The interval of an indirect effect is read "
        f"off {draws} of the two pooled paths, each from its own Student's t, in place "
        f"of a bootstrap. Both paths are tested at {fmt.bare(USUAL_ALPHA)}, and the "
        "alpha rule is not applied. Changes over time are pooled as well, with clients "
        "taken as independent; intraclass correlations, checks of the equations and "
        "bands in figures are those of the first set. Where the text tells how the "
        "study was analysed, it speaks of the article."
    )


def published_here(run: RunParameters) -> ReadingBox | None:
    """Say that a chapter starts from the published reading in any edition."""
    if run.reading == PUBLISHED:
        return None
    return ReadingBox(
        "This edition uses the **defensible reading**. This chapter varies the "
        "published one in its own ways and starts from it in every edition, so that "
        "its numbers are not those of the main chapters.",
        "The article's reading, in this chapter",
    )


def reading_phrases(study: Study) -> dict[str, str]:
    """Words that depend on the reading, under the names that the chapters quote."""
    phrases = _defensible(study) if study.defensible else _published(study)
    single = study.frame["site"].nunique() == 1
    one_each = len(SHARED_COVARIATES) + 2 - single  # the baseline score, and x
    if single:
        phrases["sites_here"] = (
            "without the site, of which there is one, catch only part"
        )
    return phrases | {"reading": study.run.reading, "predictors": fmt.spelled(one_each)}


def _published(study: Study) -> dict[str, str]:
    n_boot = fmt.whole(study.run.n_boot)
    return {
        "rule_words": "By the rule of the study",
        "methods_here": (
            f"with a percentile bootstrap interval from {n_boot} resamples. Where a "
            "measure was clustered by case manager, a stricter significance level "
            "applies."
        ),
        "interval_here": (
            f"In this edition that is repeated {n_boot} times, and all models share "
            "the same resamples."
        ),
        "covariates_here": (
            "The published reading, which this edition uses, keeps to what was done."
        ),
        "sites_here": "among them the site as a number, catch only part",
        "gaps_here": (
            "The analysis treats one completed file as if it had been observed, which "
            "makes its intervals too narrow. Pooling over several imputed files would "
            "widen them, most where most is missing."
        ),
        "nesting_here": (
            "Multilevel models, or standard errors that are robust to clustering in "
            "teams, would be better."
        ),
        "levels_here": "apart from the stricter level",
    }


def _defensible(study: Study) -> dict[str, str]:
    sets, draws = fmt.whole(study.n_sets), fmt.whole(study.run.n_boot)
    about = cohort_phrases(study.cohort)
    teams = fmt.spelled(study.frame["team"].nunique())
    usual, strict = fmt.bare(USUAL_ALPHA), fmt.bare(STRICT_ALPHA)
    return {
        "rule_words": "By the rule of this reading",
        "methods_here": (
            f"pooled over {sets} imputed sets, with site and education as categories "
            f"and an interval from {draws} Monte Carlo draws of both paths. Standard "
            "errors come from the differences between teams, and no stricter level "
            "applies. This is not the analysis of the article."
        ),
        "interval_here": (
            f"This edition does otherwise: {draws} values of both paths are drawn, "
            "each from Student's t around its pooled estimate with its own degrees of "
            "freedom, and all models share the numbers behind them. Few degrees of "
            "freedom, which is what few teams leave, make the tails heavy and the "
            "intervals wide."
        ),
        "covariates_here": (
            "This edition has the indicator columns, for site and for education."
        ),
        "sites_here": "among them a column for every site, catch only part",
        "gaps_here": (
            f"This edition pools over {sets} imputed sets, so that its intervals know "
            "of the gaps as far as the imputation model is right."
        ),
        "nesting_here": (
            "This edition takes its standard errors from the differences between "
            f"{teams} teams instead and does without the level of {strict}."
        ),
        "levels_here": "apart from the stricter level of the article",
        "strict_sentence": (
            "This edition does not apply the rule and tests every path at "
            f"{usual}; the table shows where the article's rule would be stricter."
        ),
        "agreement_meaning": (
            "The printed numbers are compared here with a different analysis, as "
            "they would be for an author's own data. Agreement is to be expected only "
            "of what no choice of analysis touches, such as counts of clients; a "
            "difference says how far the choice matters and is no fault of either."
        ),
        "data_limit": (
            f"{about['data_limit']} In the defensible reading nothing was made to come "
            "out as printed."
            if study.cohort.calibrated
            else about["data_limit"]
        ),
        "data_use": (
            f"This edition is computed from the {about['data_words']}. It does not "
            "repeat the analysis of the article but answers its question in another, "
            "more cautious way. It can show what becomes of the findings when teams "
            "and gaps are counted. It cannot show that the arrows of the hypothesis "
            "are causes."
        ),
    }
