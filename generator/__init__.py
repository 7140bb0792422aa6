"""The program that makes the synthetic cohort; it is no part of the analysis.

``python -m generator`` runs the stages of `generator.pipeline` in order and writes
``data/synthetic/``. Everything follows from the seed in `generator.design` and from
the printed numbers in ``data/published/``.
"""

import os

# Several threads may add in another order; one thread gives the same bits each time.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

VERSION = "1.0.0"
