# The slope on the true means of clusters by lavaan's two-level sem(), maximum likelihood:
# x of the cluster alone, mediator and outcome split into cluster and case by the model.
# Two sets of made data are kept in latent_mean_data.csv: "balanced", in which likelihood
# and moments agree, and "many", 300 clusters of unequal size.
# Run from the repository root: Rscript tests/reference/latent_mean.R

suppressMessages(library(lavaan))
source("tests/reference/lib/cohort.R")

set.seed(41)
made <- function(name, sizes) {
  g <- length(sizes)
  team <- rep(seq_len(g), sizes)
  n <- length(team)
  x <- rnorm(g)[team]
  true <- 0.3 * x + (0.5 * rnorm(g))[team]
  m <- true + rnorm(n)
  y <- 0.9 * true + 0.3 * (m - true) + 0.2 * x + (0.5 * rnorm(g))[team] + rnorm(n)
  data.frame(set = name, team = team, x = x, m = m, y = y)
}
data <- rbind(made("balanced", rep(12, 80)),
              made("many", rep(c(8, 14, 20, 26, 32), 60)))

model <- "
  level: 1
    y ~ m
    m ~~ m
  level: 2
    m ~ x
    y ~ m + x
"
rows <- list()
for (name in unique(data$set)) {
  fit <- sem(model, data[data$set == name, ], cluster = "team", baseline = FALSE,
             h1 = FALSE)
  stopifnot(lavInspect(fit, "converged"))
  found <- parameterEstimates(fit)
  pick <- function(level, lhs, op, rhs) {
    found[found$level == level & found$lhs == lhs & found$op == op &
            found$rhs == rhs, ][1, ]
  }
  rows[[length(rows) + 1]] <- data.frame(
    set = name, quantity = c("between", "within", "a", "m_between", "m_within"),
    rbind(pick(2, "y", "~", "m"), pick(1, "y", "~", "m"), pick(2, "m", "~", "x"),
          pick(2, "m", "~~", "m"), pick(1, "m", "~~", "m"))[, c("est", "se")]
  )
}
keep(data, "latent_mean_data")
keep(do.call(rbind, rows), "latent_mean")
keep_session("latent_mean")
