# ICC(1) of the dependent variables by the mean squares of aov(), and the variance
# components of a random-intercept model by lme4 (REML), within case managers, teams
# and sites. The 95% limits are those of Searle, written out from the F distribution.
# Run from the repository root: Rscript tests/reference/icc.R

suppressMessages(library(lme4))
source("tests/reference/lib/cohort.R")

frame <- analysis_frame()
variables <- c("rprs_4.5", "rprs_13.5", paste0(OUTCOMES, "_9"), paste0(OUTCOMES, "_18"))
rows <- list()
for (cluster in c("case_manager", "team", "site")) {
  group <- factor(frame[[cluster]])
  sizes <- as.numeric(table(group))
  size <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
  for (variable in variables) {
    y <- frame[[variable]]
    squares <- summary(aov(y ~ group))[[1]][["Mean Sq"]]
    f <- squares[1] / squares[2]
    df <- c(length(sizes) - 1, length(y) - length(sizes))
    low <- f / qf(.975, df[1], df[2])
    high <- f * qf(.975, df[2], df[1])
    mixed <- suppressMessages(lmer(y ~ 1 + (1 | group), REML = TRUE))
    parts <- as.data.frame(VarCorr(mixed))$vcov
    rows[[length(rows) + 1]] <- data.frame(
      cluster = cluster, variable = variable, clusters = length(sizes),
      mean_size = size, ms_between = squares[1], ms_within = squares[2],
      icc = (squares[1] - squares[2]) / (squares[1] + (size - 1) * squares[2]),
      reml_between = parts[1], reml_within = parts[2],
      low = (low - 1) / (low + size - 1), high = (high - 1) / (high + size - 1)
    )
  }
}
keep(do.call(rbind, rows), "icc")
keep_session("icc")
