"""Which figures of the book show single clients, for those who pass pages on."""

from smcm.design.checks import EQUATIONS

# By name of the figure. A test looks for other figures with a mark for each client.
A_MARK_EACH = ("fig-missing", *(f"fig-checks-{key}" for key in EQUATIONS))
ONE_CLIENT = ("fig-fidelity",)
