"""The report of `smcm check` on a sound folder."""

from smcm.analysis.exposure_remarks import exposure_remarks
from smcm.cohort.overview import column_summaries
from smcm.cohort.remarks import remarks_on
from smcm.cohort.tables import Cohort
from smcm.report.faults import sound_report
from smcm.report.overview_text import overview_text, remarks_text
from smcm.report.terminal import terminal_width


def sound_text(where: str, cohort: Cohort) -> str:
    """Summarize a sound folder: its size, each column, and remarks.

    Parameters
    ----------
    where : str
        Name of the data as the user gave it.
    cohort : Cohort
    """
    remarks = (*remarks_on(cohort), *exposure_remarks(cohort))
    parts = (
        sound_report(where, cohort),
        overview_text(column_summaries(cohort), terminal_width()),
        remarks_text(remarks),
    )
    return "\n\n".join(parts)
