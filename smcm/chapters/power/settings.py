"""What the power analysis assumes, and what it varies."""

from dataclasses import dataclass

INDIRECT_POWER = 0.80


@dataclass(frozen=True, slots=True)
class IndirectSize:
    """A sample size from Fritz and MacKinnon's table (percentile bootstrap).

    Attributes
    ----------
    key : str
        Suffix of its keys among the printed numbers: ``"small"`` or ``"mid"``.
    """

    key: str


INDIRECT_SIZES = (IndirectSize("small"), IndirectSize("mid"))
REPLICATIONS = 1000
RESAMPLES = 2000

# The chapter on the next study
SIMULATED_AT = (100, 200, 350, 600, 1000)  # cases at which the bootstrap is tried
CURVE_FROM, CURVE_TO = 60, 2500  # cases
PLANNED_PATHS = ((0.10, 0.10), (0.14, 0.14), (0.14, 0.26), (0.20, 0.20), (0.26, 0.26))
PLANNED_ICC = (0.02, 0.05, 0.10)
PLANNED_TEAM_SIZE = 22.0  # clients; about what the study's teams had
PLAN_RESAMPLES = 1000
TRADED_PATHS, TRADED_ICC = (0.20, 0.20), 0.05  # more teams against more clients
TRADED_TEAMS = (8, 14, 20, 30, 50)
TRADED_CLIENTS = (100, 4000)  # in all teams, from and to
TRADED_SHOWN = (300, 1000)  # of these, in the table
ENDLESS = 1e5  # clients in a team, beyond which more of them add nothing
