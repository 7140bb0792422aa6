"""Imported by the fork server alone, and with it all that chapters and runs need.

It also reads the data that all of them are about, and looks whether the models can be
fitted to them. What is forked from here only looks whether its data are the same.
"""

import gc
import os
from contextlib import suppress
from importlib import import_module

from smcm.rerun.ending import ending_without_parent, stay_quiet_without_parent

with ending_without_parent():
    from smcm.rerun.kernels import DATA, ENVIRONMENT

    os.environ.update(ENVIRONMENT)  # whoever starts the server: imports read it

    from smcm import RunParameters, load_cohort, selected_clients
    from smcm.cohort.loading import kept
    from smcm.rerun.forked_kernels import IMPORTED

    for name in ("smcm.rerun.execution", *IMPORTED):
        with suppress(ImportError):  # whoever needs it will say so
            import_module(name)
    if data := os.environ.get(DATA):
        kept[data] = None
        with suppress(Exception):  # the same
            selected_clients(load_cohort(data), RunParameters(data=data))

stay_quiet_without_parent()
gc.freeze()  # what is loaded is no garbage: processes forked from here skip it
