# Alliance and outcome in the order in which they were measured, each on the last of
# either before it and on the covariates: as a path model in lavaan, by regressions with
# HC3 standard errors of the package sandwich, and both without the covariates.
# Run from the repository root: Rscript tests/reference/cross_lagged.R

suppressMessages(library(lavaan))
library(sandwich)
source("tests/reference/lib/cohort.R")

frame <- analysis_frame()
names(frame) <- gsub(".", "_", names(frame), fixed = TRUE)
scored_columns <- grep("^(rprs|qoli20|pgi|ths|mcas)_", names(frame), value = TRUE)

steps <- function(y) {
  list(list(lhs = "rprs_4_5", cross = paste0(y, "_0"), own = NULL),
       list(lhs = paste0(y, "_9"), cross = "rprs_4_5", own = paste0(y, "_0")),
       list(lhs = "rprs_13_5", cross = paste0(y, "_9"), own = "rprs_4_5"),
       list(lhs = paste0(y, "_18"), cross = "rprs_13_5", own = paste0(y, "_9")))
}

rows <- list()
for (adjusted in c(1, 0)) {
  covariates <- if (adjusted == 1) SHARED else NULL
  for (y in OUTCOMES) {
    equations <- sapply(steps(y), function(s) {
      paste(s$lhs, "~", paste(c(s$cross, s$own, covariates), collapse = " + "))
    })
    # One scale for all columns, so that the search for the optimum ends near it.
    scaled <- frame[, c(scored_columns, SHARED)]
    spread <- sapply(scaled, sd)
    scaled <- as.data.frame(scale(scaled, scale = spread))
    fit <- sem(paste(equations, collapse = "\n"), scaled, se = "none", test = "none",
               baseline = FALSE, h1 = FALSE, orthogonal = TRUE,
               control = list(rel.tol = 1e-15, x.tol = 1e-12, iter.max = 10000))
    found <- parameterEstimates(fit)
    for (k in seq_along(steps(y))) {
      s <- steps(y)[[k]]
      path <- found$est[found$op == "~" & found$lhs == s$lhs & found$rhs == s$cross]
      model <- lm(as.formula(equations[k]), frame)
      robust <- sqrt(diag(vcovHC(model, type = "HC3")))[[s$cross]]
      ratio <- coef(model)[[s$cross]] / robust
      rows[[length(rows) + 1]] <- data.frame(
        adjusted = adjusted, outcome = y, step = k, lavaan = path,
        estimate = coef(model)[[s$cross]], se = robust,
        p = 2 * pt(-abs(ratio), model$df.residual), df = model$df.residual
      )
    }
  }
}
keep(do.call(rbind, rows), "cross_lagged")
keep_session("cross_lagged")
