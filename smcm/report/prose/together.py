"""Whether fidelity and the alliance moved together over the study."""

from smcm.analysis.study import Study
from smcm.design.instruments import THS
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import HORIZONS
from smcm.report import format as fmt
from smcm.stats.change import PairedChange

MEANINGS = {  # by what fidelity did and what the alliance did
    (1, 0): (
        "Teams came to practise the model more closely, while clients' ratings of the "
        "relationship stayed about where they were. Whatever ties the two together "
        "across clients does not show as a joint change over time."
    ),
    (-1, 0): (
        "Teams came to practise the model less closely, while clients' ratings of the "
        "relationship stayed about where they were. Whatever ties the two together "
        "across clients does not show as a joint change over time."
    ),
    (1, 1): (
        "Teams came to practise the model more closely and clients' ratings of the "
        "relationship rose as well. A joint rise is no proof that the one brought "
        "about the other."
    ),
    (-1, -1): (
        "Teams came to practise the model less closely and clients' ratings of the "
        "relationship fell as well. A joint fall is no proof that the one brought "
        "about the other."
    ),
    (1, -1): (
        "Fidelity rose and the alliance fell. Over time the two moved apart, which is "
        "not what the hypothesis suggests."
    ),
    (-1, 1): (
        "Fidelity fell and the alliance rose. Over time the two moved apart, which is "
        "not what the hypothesis suggests."
    ),
    (0, 1): (
        "Clients' ratings of the relationship rose, while fidelity did not change "
        "detectably. What moved the ratings was then hardly the fidelity of the teams."
    ),
    (0, -1): (
        "Clients' ratings of the relationship fell, while fidelity did not change "
        "detectably. What moved the ratings was then hardly the fidelity of the teams."
    ),
    (0, 0): (
        "Neither fidelity nor the alliance changed detectably, so that time tells "
        "nothing of how the two go together."
    ),
}


def together_phrases(study: Study) -> dict[str, str]:
    """Say whether fidelity and alliance moved together, and what a would expect."""
    fidelity, alliance = study.change.fidelity.change, study.change.alliance.change
    a = study.model(THS.score_column(HORIZONS[0])).mediation.a
    return {
        "alliance_meaning": MEANINGS[_way(fidelity), _way(alliance)],
        "alliance_expected": fmt.number(-a * fidelity.difference),
    }


def _way(change: PairedChange) -> int:
    """Return 1 where a measure rose, -1 where it fell and 0 where neither is seen."""
    if change.p >= USUAL_ALPHA:
        return 0
    return 1 if change.difference < 0.0 else -1
