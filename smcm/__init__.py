"""Analysis module of the living paper on strengths-model fidelity and alliance.

The public names are loaded when they are first asked for, so that a refusal or a
help text does not wait for pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smcm.analysis.feasibility import selected_clients
    from smcm.analysis.mediate import mediate
    from smcm.analysis.mediate_pooled import mediate_pooled
    from smcm.analysis.mediation_result import MediationResult, ParallelResult
    from smcm.analysis.pooled import pool_study
    from smcm.analysis.pooled_result import PooledResult
    from smcm.analysis.study import Study, run_study
    from smcm.cohort.loading import load_cohort
    from smcm.parameters import RunParameters
    from smcm.process.text import process_text
    from smcm.report.first_look import FirstLook as FirstLook
    from smcm.report.show import Plate as Plate

__all__ = [
    "MediationResult",
    "ParallelResult",
    "PooledResult",
    "RunParameters",
    "Study",
    "load_cohort",
    "mediate",
    "mediate_pooled",
    "pool_study",
    "process_text",
    "run_study",
    "selected_clients",
]
_HOME = {
    # what a result shows of itself; its methods ask for them
    "FirstLook": "smcm.report.first_look",
    "Plate": "smcm.report.show",
    "MediationResult": "smcm.analysis.mediation_result",
    "ParallelResult": "smcm.analysis.mediation_result",
    "PooledResult": "smcm.analysis.pooled_result",
    "RunParameters": "smcm.parameters",
    "Study": "smcm.analysis.study",
    "load_cohort": "smcm.cohort.loading",
    "mediate": "smcm.analysis.mediate",
    "mediate_pooled": "smcm.analysis.mediate_pooled",
    "pool_study": "smcm.analysis.pooled",
    "process_text": "smcm.process.text",
    "run_study": "smcm.analysis.study",
    "selected_clients": "smcm.analysis.feasibility",
}

if not TYPE_CHECKING:  # type checkers read the imports above and catch wrong names

    def __getattr__(name):  # noqa: ANN001, ANN202
        """Load a public name from the module it lives in."""
        if name not in _HOME:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(_HOME[name]), name)

    def __dir__():  # noqa: ANN202 (read by Pythons too old for list[str])
        return sorted([*globals(), *__all__])
