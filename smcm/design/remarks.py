"""When a sound folder gives rise to a question, and not to a fault."""

REVERSED_R = -0.10  # an item's correlation with the other items of its scale, below it
REVERSED_Z = -4.0  # and this many standard errors below zero
REVERSED_ROWS = 30  # of the rows that have both
LEAST_ANSWERS = 200  # to ask why the end of a scale was never given
BLANK_SHARE = 0.10  # of a column of the clients
LEVEL_SHARE = 0.97  # of the clients at one level
ALIKE_SHARE = 0.05  # of the rows with one answer to all items
EARLY_SHARE = 0.75  # of the days of entry that could be a month
EARLY_DAY = 12
EXPECTED_EDUCATION = (1, 4)  # levels that a sample of adults usually has
