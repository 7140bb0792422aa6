"""How the equations of the models are called."""

from smcm.design.models import EIGHT_MODELS

EQUATIONS = tuple(  # dependent variables: each horizon's alliance, then its outcomes
    dict.fromkeys(key for model in EIGHT_MODELS for key in (model.spec().m, model.key))
)
