"""Look at a page until it shows what it should, however slow the machine is."""

import time

PATIENCE = 60  # seconds after which a page counts as one that never gets there


def require_soon(page, read, expected):
    """Read from a page until it gives what is expected, or fail with what it gave."""
    until = time.monotonic() + PATIENCE
    while (found := read(page)) != expected and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert found == expected
