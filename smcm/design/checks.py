"""How the equations of the models are checked, and by which rules of thumb."""

from smcm.design.models import EIGHT_MODELS

CONDITION_LIMIT = 30.0  # of Belsley, Kuh and Welsch: columns are nearly dependent
VIF_LIMIT = 5.0  # a variance five times that without the other columns
COOK_LIMIT = 1.0  # of Cook: one case moves all coefficients far
SMOOTHED_SHARE = 2.0 / 3.0  # of the cases that a point of the smooth line rests on
EQUATIONS = tuple(  # dependent variables: each horizon's alliance, then its outcomes
    dict.fromkeys(key for model in EIGHT_MODELS for key in (model.spec().m, model.key))
)
