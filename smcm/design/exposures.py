"""Other exposures than the study's: single domains, and windows of other lengths."""

DOSE_WINDOWS = tuple(range(30, 361, 30))  # days
