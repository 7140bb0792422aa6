"""Facts of the chapter on using your own data: the sizes that a folder must have."""

from dataclasses import dataclass

from smcm.analysis.feasibility import coefficients
from smcm.cohort.descriptors import schema_of
from smcm.cohort.exposure import LEAST_ASSESSMENTS
from smcm.design.study import StudyDesign
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT
from smcm.stats.small_counts import FEWEST_CLIENTS


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
        Clients that a mark of a figure stands for, of real data.
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


def folder_facts(design: StudyDesign) -> FolderFacts:
    """Gather them."""
    schema, exposure = schema_of(design), design.exposure
    return FolderFacts(
        tables=len(schema.tables),
        questionnaires=len(schema.items),
        interviews=len(design.waves.all),
        items=sum(len(domain.items) for domain in exposure.domains),
        assessments=LEAST_ASSESSMENTS,
        window_days=exposure.shortest_window,
        clients=CASES_PER_COEFFICIENT * coefficients(design, 2),
        clients_of_site=CASES_PER_COEFFICIENT * coefficients(design, 1),
        fewest=FEWEST_CLIENTS,
        rated=exposure.rated,
        answered=design.mediator.answered,
    )
