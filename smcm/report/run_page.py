"""What the box at the top of a run's page says: the run's parameters and its data."""

from dataclasses import dataclass

from smcm.report import format as fmt
from smcm.report.runs import RunRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPageFacts:
    """A run.

    Attributes
    ----------
    window_days, n, n_boot, n_imputations : int
        `n` clients are in the models.
    rule : {"all", "only", "without"}
        Which sites it has.
    site : int or None
        Code of the site that the rule names.
    reading, data : str
    seed : str
        A name and no amount: it is written without a comma.
    digest : str
        Of the data, its first digits.
    """

    window_days: int
    rule: str
    site: int | None
    n: int
    reading: str
    n_boot: int
    n_imputations: int
    seed: str
    data: str
    digest: str


def run_page_facts(record: RunRecord, digest: str) -> RunPageFacts:
    """Gather them.

    Parameters
    ----------
    record : RunRecord
    digest : str
        Of the data.
    """
    run = record.run
    rule, site = run.site_rule
    return RunPageFacts(
        window_days=run.window_days,
        rule=rule,
        site=site,
        n=record.n,
        reading=run.reading,
        n_boot=run.n_boot,
        n_imputations=run.n_imputations,
        seed=str(run.seed),
        data=run.data,
        digest=digest[: fmt.SHORT_DIGEST],
    )
