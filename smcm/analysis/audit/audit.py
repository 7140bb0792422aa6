"""Every claim of a table, checked."""

from collections.abc import Sequence

from smcm.analysis.audit.claims import claims_of
from smcm.analysis.audit.results import VERDICTS, Audited
from smcm.analysis.audit.rules import checks_of
from smcm.stats.audit.quantities import Statistic


def audit(statistics: Sequence[Statistic]) -> tuple[Audited, ...]:
    """Check whether the printed statistics of each claim are consistent."""
    return tuple(Audited(claim, checks_of(claim)) for claim in claims_of(statistics))


def verdict_counts(audited: Sequence[Audited]) -> dict[str, int]:
    """Claims by verdict, every verdict named."""
    return {
        verdict: sum(found.verdict == verdict for found in audited)
        for verdict in VERDICTS
    }
