"""Unmeasured confounders that the models are compared with."""

PATHS = ("a", "b")
RHO_TO = 0.6  # correlation of errors up to which curves are drawn, on either side
RHO_STEPS = 121  # of 0.01 each, 0 among them
TIMES = 1.0  # strength of an unmeasured confounder, in measured covariates
