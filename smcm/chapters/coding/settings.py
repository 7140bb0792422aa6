"""By which rules of thumb the equations are checked."""

CONDITION_LIMIT = 30.0  # of Belsley, Kuh and Welsch: columns are nearly dependent
VIF_LIMIT = 5.0  # a variance five times that without the other columns
COOK_LIMIT = 1.0  # of Cook: one case moves all coefficients far
SMOOTHED_SHARE = 2.0 / 3.0  # of the cases that a point of the smooth line rests on
