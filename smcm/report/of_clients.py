"""Figures that show single clients, and what stands in their place for real data.

A figure of the first kind asks `Cohort.real` and draws something else for real data;
the test of this list draws every figure of the book both ways.
"""

from dataclasses import dataclass

from smcm.design.study import StudyDesign


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClients:
    """Figures that show single clients where the data are synthetic.

    Attributes
    ----------
    names : tuple of str
        Of the figures.
    beside : str
        Label of the table or the figure where a reader finds them.
    shows : str
        What a client's mark is.
    instead : str
        What is shown of real data, with ``{fewest}`` for the fewest clients of a
        group; see `in_words`.
    """

    names: tuple[str, ...]
    beside: str
    shows: str
    instead: str

    def in_words(self, fewest: int) -> str:
        """Say what is shown of real data, with `Cohort.fewest_clients`."""
        return self.instead.format(fewest=fewest)


SINGLE = (
    OfClients(
        names=("fig-missing",),
        beside="fig-missing",
        shows="A thin row for each client: which scores are missing.",
        instead="A row for each pattern that at least {fewest} clients have; the other "
        "patterns are one row.",
    ),
    OfClients(
        names=("fig-fidelity",),
        beside="fig-fidelity",
        shows="The fidelity window of one client, and thereby the day of an interview.",
        instead="No window.",
    ),
    OfClients(
        names=("fig-traces",),
        beside="fig-traces",
        shows="Means of imputed scores also where one client lacks them, or a few.",
        instead="No lines where fewer than {fewest} lack a score, or where it would "
        "follow.",
    ),
    OfClients(
        names=("fig-densities",),
        beside="fig-densities",
        shows="Curves that end near the lowest and the highest score; a tick for each "
        "imputed score where few are missing.",
        instead="Curves of scores that at least {fewest} clients do not exceed and "
        "{fewest} reach, rounded to what more than one adds; no ticks, and no imputed "
        "scores where fewer than {fewest} are missing, or where it would follow.",
    ),
    OfClients(
        names=("fig-outcomes",),
        beside="fig-outcomes",
        shows="Percentiles of the scores, each the score of a client or between two.",
        instead="Percentiles with at least {fewest} clients beyond, on one decimal.",
    ),
)


def of_clients(design: StudyDesign) -> tuple[OfClients, ...]:
    """List the figures of a study that show single clients."""
    keys = dict.fromkeys(
        key for model in design.study_models for key in (model.spec().m, model.key)
    )
    checks = OfClients(
        names=tuple(f"fig-checks-{key}" for key in keys),
        beside="tab-equations",
        shows="A dot for each client in every panel: fitted value, residual, leverage; "
        "the client with the largest Cook's distance is marked.",
        instead="Means of groups of at least {fewest} clients; nobody is marked.",
    )
    return (*SINGLE, checks)


def left_out(design: StudyDesign, fewest: int) -> tuple[str, ...]:
    """Say what a book on real data leaves out.

    Parameters
    ----------
    design : StudyDesign
    fewest : int
        Fewest clients that it shows together, `Cohort.fewest_clients`.
    """
    figures = sum(len(found.names) for found in of_clients(design))
    return (
        f"counts of fewer than {fewest} clients, those from which they would follow, "
        "and editions that would tell how many clients a small site has",
        f"what shows single clients in {figures} figures, whose groups, patterns and "
        f"ends of curves rest on at least {fewest} clients",
        "the largest leverage, Cook's distance and DFBETAS of a client, and how many "
        "clients decide a path",
        "rows of clients, in tables, CSV, notebooks and downloads",
        "the archive of data; that of code holds the invented cohort",
    )
