# Power of joint significance where x belongs to teams, by plain loops: draw teams and
# their clients, regress the means of teams on x for a, and y on x and m with an error
# robust to clustering (clubSandwich, CR2 with Satterthwaite degrees of freedom) for b.
# Sizes are those of each team, so that unequal teams are tried too.
# Run from the repository root: Rscript tests/reference/power_teams.R (six minutes)

library(clubSandwich)
source("tests/reference/lib/cohort.R")
set.seed(20141009)

REPLICATIONS <- 2000
designs <- list(
  list(a = 1.0, b = 0.6, icc = .10, sizes = rep(10, 4)),
  list(a = 0.5, b = 0.9, icc = .10, sizes = rep(20, 6)),
  list(a = 0.5, b = 0.3, icc = .10, sizes = rep(20, 6)),
  list(a = 0.4, b = 0.9, icc = .20, sizes = rep(25, 8)),
  list(a = 0.6, b = 0.2, icc = .20, sizes = rep(25, 8)),
  list(a = 0.6, b = 0.3, icc = .20, sizes = seq(11, 39, by = 4)),
  list(a = 0.3, b = 0.2, icc = .05, sizes = rep(22, 14)),
  list(a = 0.3, b = 0.2, icc = .05, sizes = 9 + 2 * (0:13)),
  list(a = 0.3, b = 0.25, icc = .30, sizes = rep(10, 20)),
  list(a = 0.16, b = 0.17, icc = .05, sizes = rep(22, 31))
)

significant <- function(a, b, icc, sizes, alpha = 0.05) {
  teams <- length(sizes)
  team <- rep(seq_len(teams), sizes)
  x <- rnorm(teams)
  alike <- function() {
    sqrt(icc) * rnorm(teams)[team] + sqrt(1 - icc) * rnorm(length(team))
  }
  m <- a * x[team] + alike()
  y <- b * m + alike()
  means <- as.vector(tapply(m, team, mean))
  of_a <- summary(lm(means ~ x))$coefficients[2, 4] < alpha
  fit <- lm(y ~ x[team] + m)
  tested <- coef_test(fit, vcov = "CR2", cluster = team, coefs = "m")
  of_b <- tested$p_Satt < alpha
  c(of_a = of_a, of_b = of_b, joint = of_a && of_b)
}

rows <- lapply(designs, function(d) {
  found <- replicate(REPLICATIONS, significant(d$a, d$b, d$icc, d$sizes))
  data.frame(a = d$a, b = d$b, icc = d$icc, teams = length(d$sizes),
             n = sum(d$sizes), smallest = min(d$sizes), largest = max(d$sizes),
             replications = REPLICATIONS, t(rowMeans(found)))
})
keep(do.call(rbind, rows), "power_teams")
keep_session("power_teams")
