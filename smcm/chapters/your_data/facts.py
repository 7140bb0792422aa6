"""Facts of the chapter on using your own data: the sizes that a folder must have."""

from dataclasses import dataclass

from smcm.analysis.feasibility import coefficients
from smcm.cohort.descriptors import schema_of
from smcm.cohort.exposure import LEAST_ASSESSMENTS
from smcm.cohort.tables import Cohort
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFacts:
    """Required sizes of a data folder.

    Attributes
    ----------
    tables, questionnaires, interviews : int
    items, assessments : int
        Of the fidelity scale; the fewest for each team.
    window_days : int
        Fewest days of a window that must lie between two assessments.
    clients, clients_of_site : int
        Fewest for several sites, and for one.
    fewest : int
        Clients that a count or a mark of real data stands for.
    rated, answered : float
        Shares of a domain's and of a scale's items, 0 to 1.
    """

    tables: int
    questionnaires: int
    interviews: int
    items: int
    assessments: int
    window_days: int
    clients: int
    clients_of_site: int
    fewest: int
    rated: float
    answered: float


def folder_facts(cohort: Cohort) -> FolderFacts:
    """Gather them for the study and the smallest counts of a cohort."""
    design, exposure = cohort.design, cohort.design.exposure
    schema = schema_of(design)
    return FolderFacts(
        tables=len(schema.tables),
        questionnaires=len(schema.items),
        interviews=len(design.waves.all),
        items=sum(len(domain.items) for domain in exposure.domains),
        assessments=LEAST_ASSESSMENTS,
        window_days=exposure.shortest_window,
        clients=CASES_PER_COEFFICIENT * coefficients(design, 2),
        clients_of_site=CASES_PER_COEFFICIENT * coefficients(design, 1),
        fewest=cohort.fewest_clients,
        rated=exposure.rated,
        answered=design.mediator.answered,
    )
