"""Data becomes a `Cohort`: reading, checking, scoring, exposure, imputation."""
