"""What `smcm check` says of a sound folder."""

from smcm.analysis.exposure_remarks import exposure_remarks
from smcm.cohort.overview import column_summaries
from smcm.cohort.remarks import remarks_on
from smcm.cohort.tables import Cohort
from smcm.report.faults import sound_report
from smcm.report.overview_text import overview_text, remarks_text
from smcm.report.terminal import terminal_width


def sound_text(where: str, cohort: Cohort) -> str:
    """Sum up a sound folder: what it is, each column, and what to look at again.

    Parameters
    ----------
    where : str
        The data as the reader named them.
    cohort : Cohort
    """
    remarks = (*remarks_on(cohort), *exposure_remarks(cohort))
    parts = (
        sound_report(where, cohort),
        overview_text(column_summaries(cohort), terminal_width()),
        remarks_text(remarks),
    )
    return "\n\n".join(parts)
