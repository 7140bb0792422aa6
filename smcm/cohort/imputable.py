"""Whether the gaps of a cohort can be imputed, without imputing them."""

import re
from dataclasses import dataclass

from smcm.cohort.imputation_model import imputation_model
from smcm.cohort.tables import Cohort
from smcm.errors import DegenerateDataError
from smcm.stats.chain_plan import ChainSpec, check_chain, check_room, plan_chain
from smcm.stats.chained import with_means

NAMED = re.compile(r"Column '([^']+)'")


@dataclass(frozen=True, slots=True)
class ShortColumn:
    """A column with too few values to impute its gaps from.

    Attributes
    ----------
    name : str
        As `ImputationModel.names` has it.
    reason : str
        What the imputation would say.
    """

    name: str
    reason: str


def short_column(cohort: Cohort) -> ShortColumn | None:
    """Find the column for which `impute_cohort` would refuse a cohort, if any."""
    model = imputation_model(cohort)
    spec = ChainSpec(predictors=model.predictors, means=model.means)
    start = with_means(model.values, spec.means)
    try:
        check_chain(start, spec, model.names)
        check_room(plan_chain(start, spec), model.names)
    except DegenerateDataError as error:
        named = NAMED.match(str(error))
        return ShortColumn(named[1] if named else "", str(error))
    return None
