from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest

from smcm.stats.audit.rounding import read_printed


@pytest.fixture(scope="session")
def printed():
    """Round a truth to print, by one of two habits, and read it back."""

    def rounded(value, decimals, up=True):
        unit = Decimal(1).scaleb(-int(decimals))
        habit = ROUND_HALF_UP if up else ROUND_HALF_EVEN
        text = str(Decimal(repr(float(value))).quantize(unit, rounding=habit))
        return read_printed(text).interval

    return rounded
