# The 14 scale scores of every client, from the answers with gaps and the completed.
# Run from the repository root: Rscript tests/reference/scores.R

source("tests/reference/lib/cohort.R")

keep(rbind(
  data.frame(answers = "completed", scores("completed/"), check.names = FALSE),
  data.frame(answers = "observed", scores(""), check.names = FALSE)
), "scores")
keep_session("scores")
