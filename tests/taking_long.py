"""Files of tests that share a fixture of the session which takes long."""

import re
from functools import cache

TAKING_LONG = ("plan", "pooled", "universes")  # several seconds each
ASKED_FOR = re.compile(rf"def \w+\([^)]*\b({'|'.join(TAKING_LONG)})\b")


@cache
def takes_long(path):
    """Tell whether a file of tests asks for one of these fixtures.

    Parameters
    ----------
    path : Path
    """
    return ASKED_FOR.search(path.read_text(encoding="utf-8")) is not None
