"""An example table for an audit; its numbers are invented."""

from collections.abc import Iterator
from textwrap import wrap

from smcm.stats.audit.conditions import CONDITIONS
from smcm.stats.audit.quantities import QUANTITIES

WIDTH = 84
CONDITIONS_HEAD = (
    "conditions, one row each, with one of these words in the column printed; a"
    "\ncondition that is not stated counts as unknown:"
)

# Invented numbers; two of the claims are inconsistent on purpose.
EXAMPLE = """\
claim,quantity,part,printed,place,note
Effect of training,estimate,,0.42,Table 3,
Effect of training,ci_low,,0.11,Table 3,
Effect of training,ci_high,,0.73,Table 3,
Effect of training,p,,.008,Table 3,
Effect of training,df,,96,Table 3,
Effect of training,interval,,t,Methods,limits from a regression
Group difference,t,,2.31,page 7,
Group difference,df,,58,page 7,
Group difference,p,,.024,page 7,
Group difference,mean,trained,24.1,Table 2,
Group difference,sd,trained,5.2,Table 2,
Group difference,n,trained,30,Table 2,
Group difference,mean,waiting,20.8,Table 2,
Group difference,sd,waiting,5.8,Table 2,
Group difference,n,waiting,30,Table 2,
Group difference,d,,0.60,page 7,
Satisfaction,mean,,3.48,Table 1,one item from 1 to 5; no sum of 20 answers gives this
Satisfaction,n,,20,Table 1,
Satisfaction,items,,1,Methods,
Satisfaction,scale_min,,1,Methods,
Satisfaction,scale_max,,5,Methods,
Satisfaction,answered,,all,Methods,everyone answered the item
Women and men,count,women,17,Table 1,
Women and men,percent,women,57%,Table 1,
Women and men,count,men,13,Table 1,
Women and men,percent,men,43%,Table 1,
Women and men,total,,30,Table 1,
Indirect effect,a,,0.50,page 8,
Indirect effect,b,,0.30,page 8,
Indirect effect,ab,,0.18,page 8,a times b is about 0.15
Indirect effect,ci_low,,0.04,page 8,
Indirect effect,ci_high,,0.37,page 8,
Indirect effect,interval,,bootstrap,Methods,limits need not be symmetric
"""


def quantity_list() -> str:
    """List the names allowed in the column `quantity`, one per line."""
    numbers = [q for q in QUANTITIES.values() if not q.words]
    width = max(map(len, QUANTITIES))
    lines = [f"  {q.name:<{width}}  {q.meaning}" for q in numbers]
    return "\n".join([*lines, CONDITIONS_HEAD, *_conditions(width)])


def _conditions(width: int) -> Iterator[str]:
    """List the conditions, their words, and what the words mean."""
    for condition in CONDITIONS.values():
        yield f"  {condition.name:<{width}}  {condition.question}"
        for word, meaning in condition.words.items():
            yield from wrap(
                f"{word}: {meaning}",
                WIDTH,
                initial_indent=" " * (width + 6),
                subsequent_indent=" " * (width + 8),
            )
