"""Run a chapter again whenever anything that its numbers rest on has changed.

The cache of executed chapters compares code cells only; after a change in the package
or in the data it would hand back the old numbers. It therefore lives in a folder named
after the package, the data, the lock, these extensions and the version of Python.

Of what describes a cell only its tags count: a caption is text, which is filled in when
the chapter has been executed, and the cache must still know the chapter then.
"""

import os
import sys
from functools import partial, partialmethod

import jupyter_cache.executors.utils as executor
from jupyter_cache.cache.main import JupyterCacheBase
from sphinx.application import Sphinx
from sphinx.config import Config

from smcm.paths import BUILD, ROOT
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.kernels import LocalKernelManager
from smcm.rerun.units import TEXT

COUNTS = ("smcm", "data", "requirements.txt", "book/_ext")


def prepare_execution(app: Sphinx, config: Config) -> None:
    """Name the cache; leave alone what papermill has executed for an edition."""
    python = ".".join(map(str, sys.version_info[:2]))
    digest = fingerprint(ROOT, *COUNTS, extra=python, without=TEXT)
    config.nb_execution_cache_path = str(BUILD / ".jupyter_cache" / digest[:16])
    if "SMCM_RUN" in os.environ:
        config.nb_execution_mode = "off"


def _compare_code_and_tags(cache: type[JupyterCacheBase]) -> None:
    """Find a chapter by code and tags, and keep the captions that it has now."""
    for name, fixed in (
        ("create_hashed_notebook", {"cell_metadata": ("tags",)}),
        ("merge_match_into_notebook", {"cell_meta": ()}),
    ):
        setattr(cache, name, partialmethod(vars(cache)[name], **fixed))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; let the kernels find the package."""
    inherited = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), inherited]))
    executor.executenb = partial(
        executor.executenb, kernel_manager_class=LocalKernelManager
    )
    _compare_code_and_tags(JupyterCacheBase)
    app.connect("config-inited", prepare_execution)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
