# Mean fidelity before each telephone interview, by a daily series from approx().
# Run from the repository root: Rscript tests/reference/exposure.R

source("tests/reference/lib/cohort.R")

keep(exposure(), "exposure")
keep_session("exposure")
