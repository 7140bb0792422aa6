"""Two measurements as a claim prints them: of the same people, or of two groups."""

import math

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.rules_tests import ways_of
from smcm.stats.audit.coefficient import t_sizes
from smcm.stats.audit.effects import TwoScores
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

UNBOUNDED = Interval(0.0, math.inf)
PAIRS_UNKNOWN = "The number of people measured twice is not printed."
SIZES_UNKNOWN = "The sizes of the two groups are not printed; give n for each part."


def two_scores(claim: Claim) -> TwoScores | str | None:
    """Read two measurements from a claim.

    None where it has not just two, and a sentence where their design does not go
    with the numbers of people that are printed.
    """
    means, sds, people = claim.all("mean"), claim.all("sd"), claim.all("n")
    if len(means) != 2 or len(sds) != 2 or len(people) not in (1, 2):
        return None
    by_part = {sd.part: sd for sd in sds}
    if {mean.part for mean in means} != set(by_part):
        return None
    paired = design_of(claim) == "paired"
    if paired != (len(people) == 1):
        return PAIRS_UNKNOWN if paired else SIZES_UNKNOWN
    parts = [mean.part for mean in means]
    sizes = [claim.of_part("n", part) or people[0] for part in parts]
    n1, n2 = (int(n.number.value) for n in sizes)
    if min(n1, n2) < 2:
        return None
    by_n = claim.word("sd_by") == "n"
    sd1, sd2 = (
        by_part[part].interval.scaled(math.sqrt(n / (n - 1)) if by_n else 1.0)
        for part, n in zip(parts, (n1, n2), strict=True)
    )
    return TwoScores(
        difference=(means[0].interval - means[1].interval).size(),
        sd1=sd1,
        sd2=sd2,
        t=_t(claim, n1 - 1 if paired else n1 + n2 - 2),
        n1=n1,
        n2=n2,
        paired=paired,
    )


def design_of(claim: Claim) -> str:
    """Decide whether people were measured twice; by df where nothing is stated."""
    people = [int(n.number.value) for n in claim.all("n")]
    df = claim.one("df")
    if claim.word("design"):
        return claim.word("design") or ""
    if len(people) == 1:
        of_groups = df is not None and (
            not df.exact or df.number.value == people[0] - 2
        )
        return "groups" if of_groups else "paired"
    lost = df is not None and df.number.value < min(people) - 2
    return "paired" if lost else "groups"


def of_all(claim: Claim, pair: TwoScores) -> bool:
    """Whether df say that the test is of all the people whose n are printed."""
    df = claim.one("df")
    usual = pair.n1 - 1 if pair.paired else pair.n1 + pair.n2 - 2
    return df is not None and df.exact and df.number.value == usual


def rows_of_two(claim: Claim) -> tuple[Statistic, ...]:
    """List the means, the SDs, and t or else p."""
    tested = claim.one("t") or claim.one("p")
    rows = (*claim.all("mean"), *claim.all("sd"))
    return rows if tested is None else (*rows, tested)


def _t(claim: Claim, usual_df: int) -> Interval:
    """Sizes of t that a printed t, or else a printed p, leaves open."""
    t, p = claim.one("t"), claim.one("p")
    if t is not None:
        return t.interval.size()
    other = any(claim.one(name) for name in ("F", "z", "chi2", "r"))
    if p is None or other or claim.word("interval") == "other":
        return UNBOUNDED
    two_sided = (w.two_sided(p.interval) for w in ways_of(claim, directed=True))
    df = claim.value("df") or usual_df
    boxes = [t_sizes(box, df) for box in two_sided if not box.empty]
    return Interval.around(boxes) if boxes else UNBOUNDED
