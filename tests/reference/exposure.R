# Mean fidelity before each telephone interview, by a daily series from approx(): over
# windows of fixed length, and from the day of entry on.
# Run from the repository root: Rscript tests/reference/exposure.R

source("tests/reference/lib/cohort.R")

keep(exposure(), "exposure")
keep(exposure_from_entry(), "exposure_entry")
keep_session("exposure")
