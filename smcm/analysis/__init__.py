"""One module per analysis: a cohort and a specification become a result."""
