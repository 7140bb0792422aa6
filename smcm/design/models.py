"""The eight mediation models of the shipped study."""

from smcm.design.model import MediationSpec, StudyModel
from smcm.design.study_file import shipped_study

__all__ = ["EIGHT_MODELS", "SHARED_COVARIATES", "MediationSpec", "StudyModel"]

EIGHT_MODELS = shipped_study().study_models
SHARED_COVARIATES = shipped_study().shared_covariates
