"""Imported by the fork server alone, and with it all that chapters and runs need."""

import gc
from contextlib import suppress
from importlib import import_module

from smcm.rerun.ending import ending_without_parent, stay_quiet_without_parent

with ending_without_parent():
    from smcm.rerun.forked_kernels import IMPORTED

    for name in ("smcm.rerun.execution", *IMPORTED):
        with suppress(ImportError):  # whoever needs it will say so
            import_module(name)

stay_quiet_without_parent()
gc.freeze()  # what is imported is no garbage: processes forked from here skip it
