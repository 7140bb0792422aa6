import pytest

from smcm.audit.audit import audit
from smcm.stats.audit.quantities import QUANTITIES, Statistic
from smcm.stats.audit.rounding import read_printed, read_word


def _statistic(key, text):
    name, part = (key, "") if isinstance(key, str) else key
    quantity = QUANTITIES[name]
    number = read_word(text) if quantity.words else read_printed(text)
    return Statistic(claim="one", quantity=quantity, part=part, number=number)


@pytest.fixture(scope="session")
def audited():
    """Audit one claim, given as texts by quantity or by (quantity, part)."""

    def run(rows):
        statistics = [_statistic(key, text) for key, text in rows.items()]
        (found,) = audit(statistics)
        return found

    return run


@pytest.fixture(scope="session")
def check_of():
    def find(found, rule):
        (check,) = (check for check in found.checks if check.rule == rule)
        return check

    return find
