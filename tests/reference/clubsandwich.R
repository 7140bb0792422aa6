# Cluster-robust errors of the eight models within teams and within case managers, by
# vcovCR() and coef_test() of clubSandwich: CR1, CR2 and CR3 with Satterthwaite degrees
# of freedom and limits. The last design has a column for every site, so that three
# teams, each alone in its site, have cases that their own columns fit exactly.
# Run from the repository root: Rscript tests/reference/clubsandwich.R

suppressMessages(library(clubSandwich))
source("tests/reference/lib/cohort.R")
KINDS <- c("CR1", "CR2", "CR3")

frame <- analysis_frame()
rows <- list()
add <- function(fit, cluster, kind, at) {
  covariance <- vcovCR(fit, cluster = frame[[cluster]], type = kind)
  found <- as.data.frame(coef_test(fit, covariance, test = "Satterthwaite"))
  limits <- as.data.frame(conf_int(fit, covariance, test = "Satterthwaite"))
  rows[[length(rows) + 1]] <<- data.frame(
    at, cluster = cluster, kind = tolower(kind), term = rownames(found),
    estimate = found$beta, se = found$SE, t = found$tstat, df = found$df_Satt,
    p = found$p_Satt, low = limits$CI_L, high = limits$CI_U
  )
}
for (model in eight_models()) {
  equations <- list(
    to_mediator = reformulate(c(model$x, model$covariates), model$m),
    to_outcome = reformulate(c(model$m, model$x, model$covariates), model$y),
    to_total = reformulate(c(model$x, model$covariates), model$y)
  )
  for (equation in names(equations)) {
    fit <- lm(equations[[equation]], frame)
    at <- data.frame(model = model$y, equation = equation)
    for (kind in KINDS) add(fit, "team", kind, at)
    if (equation == "to_mediator") add(fit, "case_manager", "CR2", at)
  }
}
keep(do.call(rbind, rows), "clubsandwich")

rows <- list()
frame$site <- factor(frame$site)
model <- eight_models()[[1]]
fit <- lm(reformulate(c(model$x, model$covariates), model$m), frame)
for (kind in c("CR1", "CR2")) {
  add(fit, "team", kind, data.frame(model = model$y, equation = "site_columns"))
}
keep(do.call(rbind, rows), "clubsandwich_sites")
keep_session("clubsandwich")
