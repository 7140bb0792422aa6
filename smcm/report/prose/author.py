"""What an author has to know of the limits within which the book can be built."""

from smcm.analysis.feasibility import coefficients
from smcm.cohort.schema import read_schema
from smcm.design.domains import DOMAINS, RATED_SHARE
from smcm.design.instruments import ANSWERED_SHARE
from smcm.design.schedule import INTERVIEW_MONTHS, LEAST_ASSESSMENTS, SHORTEST_WINDOW
from smcm.report import format as fmt
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT


def author_phrases() -> dict[str, str]:
    """Quote the sizes that a data folder must have; they hold for any data."""
    schema = read_schema()
    return {
        "folder_tables": fmt.spelled(len(schema.tables)),
        "folder_questionnaires": fmt.spelled(len(schema.items)),
        "folder_interviews": fmt.spelled(len(INTERVIEW_MONTHS)),
        "folder_items": fmt.whole(sum(len(domain.items) for domain in DOMAINS)),
        "folder_assessments": fmt.spelled(LEAST_ASSESSMENTS),
        "folder_window": fmt.whole(SHORTEST_WINDOW),
        "folder_clients": fmt.whole(CASES_PER_COEFFICIENT * coefficients(2)),
        "folder_clients_of_site": fmt.whole(CASES_PER_COEFFICIENT * coefficients(1)),
        "rated_share": fmt.percent(100.0 * RATED_SHARE),
        "answered_share": fmt.percent(100.0 * ANSWERED_SHARE),
    }
