"""What the edition is, what the design declares, and who the clients are."""

from smcm.analysis.characteristics import Moments
from smcm.analysis.study import Study
from smcm.design.domains import DOMAINS, ITEM_HIGH, ITEM_LOW, SCORED_DOMAINS
from smcm.design.instruments import MCAS, THS
from smcm.design.power import ASSUMED_EFFECT
from smcm.design.schedule import ALLIANCE_MONTHS, HORIZONS, label
from smcm.report import format as fmt
from smcm.report.prose.data import cohort_phrases
from smcm.report.words import TITLES, counted

UNKNOWN = "an unknown share"  # of clients, where nobody was asked
LEVELS = {
    "gender.female": "female",
    "eth.white": "white",
    "lang.french": "french",
    "dx.other": "diagnosis_other",
    "dx.schiz": "schizophrenia",
    "dx.bpd": "borderline",
    "dx.bipolar": "bipolar",
    "edu.hs": "high_school",
    "housed": "housed",
    "employed": "employed",
    "hosp": "hospitalized",
}


def run_phrases(study: Study) -> dict[str, str]:
    """Say what data and which settings this edition rests on."""
    run, about = study.run, cohort_phrases(study.cohort)
    teams = study.frame["team"].nunique()
    return about | {
        "edition": (
            f"the {about['data_words']} {_sites(study)} and on a fidelity window of "
            f"{fmt.whole(run.window_days)} days"
        ),
        "n": fmt.whole(study.n),
        "sites_and_teams": (
            f"{counted(study.frame['site'].nunique(), 'site')} and "
            f"{counted(teams, 'team')}"
        ),
        "n_teams": fmt.spelled(teams),
        "teams_there_are": (
            f"there {'is' if teams == 1 else 'are'} {fmt.spelled(teams)}"
        ),
        "n_case_managers": fmt.whole(study.frame["case_manager"].nunique()),
        "window_days": fmt.whole(run.window_days),
        "n_imputations": fmt.whole(run.n_imputations),
        "short_windows": _or_none(study.exposure.clients_with_short_windows),
    }


def _sites(study: Study) -> str:
    rule, code = study.run.site_rule
    return {
        "all": "with all its sites",
        "only": f"at site {code} alone",
        "without": f"without site {code}",
    }[rule]


def _sizes(clients: list[int]) -> str:
    """Say how many clients each site contributed."""
    least, most = min(clients), max(clients)
    if len(clients) == 1:
        return f"All {fmt.whole(most)} are of one site."
    if least == most:
        return f"Each site contributed {fmt.whole(most)} clients."
    return (
        f"Each site contributed from {fmt.whole(least)} to {fmt.whole(most)} clients."
    )


def _or_none(count: int) -> str:
    return fmt.whole(count) if count else "none"


def design_phrases(study: Study) -> dict[str, str]:
    """Quote what is declared and not computed from data, and the power of a path."""
    return {
        "alliance_1": label(ALLIANCE_MONTHS[0]),
        "alliance_2": label(ALLIANCE_MONTHS[1]),
        "horizon_1": label(HORIZONS[0]),
        "horizon_2": label(HORIZONS[1]),
        "domain_names": fmt.listed(domain.name for domain in DOMAINS),
        "item_low": fmt.whole(ITEM_LOW),
        "item_high": fmt.whole(ITEM_HIGH),
        "scored_domains": fmt.spelled(len(SCORED_DOMAINS)),
        "ths_items": fmt.spelled(THS.n_items),
        "mcas_items": fmt.whole(MCAS.n_items),
        "assumed_effect": fmt.bare(ASSUMED_EFFECT),
        "power_path": fmt.bare(study.power),
    }


def _age(found: Moments) -> str:
    if not found.n:
        return "Their age was not recorded."
    return f"Their mean age was {fmt.number(found.mean, 1)} years{_spread(found)}."


def _ace(found: Moments) -> str:
    if not found.n:
        return "How many adverse childhood experiences they had was not recorded."
    return (
        f"On average the clients reported {fmt.number(found.mean, 1)} adverse "
        f"childhood experiences{_spread(found)}."
    )


def _spread(found: Moments) -> str:
    return f" (SD {fmt.number(found.sd, 1)})" if found.n > 1 else ""


def client_phrases(study: Study) -> dict[str, str]:
    """Describe the clients and the gaps in their scores."""
    table, missing = study.characteristics, study.missing
    moments = {found.column: found for found in table.measured}
    counts = {line.level.key: line for line in table.counts}
    sizes = [line.n for line in table.sites]
    column, gap = max(missing.by_score.items(), key=lambda item: item[1])
    phrases = {
        f"{name}_percent": UNKNOWN
        if counts[key].block.column in table.unrecorded
        else fmt.percent(counts[key].percent)
        for key, name in LEVELS.items()
    }
    return phrases | {
        "age_sentence": _age(moments["age"]),
        "ace_sentence": _ace(moments["ace"]),
        "site_sizes": _sizes(sizes),
        "missing_percent": fmt.percent(missing.percent, 1),
        "missing_count": fmt.whole(missing.count),
        "missing_cells": fmt.whole(missing.cells),
        "complete_clients": fmt.whole(missing.complete),
        "missing_most": TITLES[column],
        "missing_most_percent": fmt.percent(100.0 * gap / missing.n, 1),
    }
