# Cronbach's alpha of the questionnaires on the completed items, by psych.
# Run from the repository root: Rscript tests/reference/alpha.R

suppressMessages(library(psych))
source("tests/reference/lib/cohort.R")

rows <- list()
for (key in names(ITEMS)) {
  answers <- read_table(paste0("completed/", key))
  for (month in MONTHS[[key]]) {
    items <- answers[answers$month == month, ITEMS[[key]]]
    found <- alpha(items, check.keys = FALSE, warnings = FALSE)$total
    rows[[length(rows) + 1]] <- data.frame(
      instrument = key, month = month, alpha = found$raw_alpha,
      average_r = found$average_r
    )
  }
}
keep(do.call(rbind, rows), "alpha")
keep_session("alpha")
