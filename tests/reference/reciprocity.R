# The later alliance on covariates, then on an earlier outcome: anova() of two lm().
# Run from the repository root: Rscript tests/reference/reciprocity.R

source("tests/reference/lib/cohort.R")

frame <- analysis_frame()
rows <- list()
for (outcome in OUTCOMES) {
  covariates <- c(SHARED, paste0(outcome, "_0"))
  first <- lm(reformulate(covariates, "rprs_13.5"), frame)
  second <- lm(reformulate(c(covariates, paste0(outcome, "_9")), "rprs_13.5"), frame)
  change <- anova(first, second)
  rows[[length(rows) + 1]] <- data.frame(
    outcome = outcome, r2_first = summary(first)$r.squared,
    r2_second = summary(second)$r.squared, f = change[2, "F"],
    df1 = change[2, "Df"], df2 = change[2, "Res.Df"], p = change[2, "Pr(>F)"]
  )
}
keep(do.call(rbind, rows), "reciprocity")
keep_session("reciprocity")
