# Power of one coefficient with noncentrality f^2 N, by pf() and by the pwr package,
# which takes f^2 (u + v + 1) and is given the f^2 that makes the two the same.
# Run from the repository root: Rscript tests/reference/power.R

library(pwr)
source("tests/reference/lib/cohort.R")

grid <- expand.grid(
  effect = c(0.005, 0.02, 0.06, 0.0725, 0.15, 0.35), n = c(40, 162, 311, 558, 2000),
  predictors = c(1, 10, 11), alpha = c(0.01, 0.05)
)
grid$power <- with(grid, {
  df <- n - predictors - 1
  pf(qf(1 - alpha, 1, df), 1, df, ncp = effect * n, lower.tail = FALSE)
})
grid$pwr <- mapply(function(effect, n, predictors, alpha, ...) {
  df <- n - predictors - 1
  pwr.f2.test(u = 1, v = df, f2 = effect * n / (df + 2), sig.level = alpha)$power
}, grid$effect, grid$n, grid$predictors, grid$alpha)
keep(grid, "power")
keep_session("power")
