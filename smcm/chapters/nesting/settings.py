"""How much is drawn and simulated of the teams."""

WILD_DRAWS = 9_999
SIMULATED_ICCS = (0.0, 0.02, 0.05, 0.08, 0.12)  # residual
SIMULATED_SAMPLES = 10_000
