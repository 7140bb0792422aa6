"""How many examples a property is tried on; the same ones every time.

``SMCM_PROPERTIES=thorough`` tries many more, and others each time.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,  # the machine may be busy
    database=None,  # nothing is written into the repository
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    settings.get_profile("steady"),
    derandomize=False,
    max_examples=500,
)
settings.load_profile(os.environ.get("SMCM_PROPERTIES", "steady"))
