"""What a data folder declares, without its tables."""

from pathlib import Path

from smcm.cohort.folder import study_bytes
from smcm.cohort.loading import SHIPPED
from smcm.design.study import StudyDesign
from smcm.design.study_file import study_from
from smcm.paths import SYNTHETIC, home_expanded


def load_design(data: str) -> StudyDesign:
    """Read the study file of data that are sound; no table is read.

    Parameters
    ----------
    data : str
        ``"synthetic"`` or the path of a folder.
    """
    folder = SYNTHETIC if data == SHIPPED else home_expanded(Path(data), "data")
    return study_from(study_bytes(folder))
