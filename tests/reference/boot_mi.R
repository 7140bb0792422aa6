# Bootstrap then impute: the point estimate, variance, degrees of freedom and interval of
# von Hippel and Bartlett (2021, Statistical Science 36:400-420), written out from the
# paper on given estimates of B samples with M sets each, since the package bootImpute is
# not at hand. The mean squares are those of aov(). A difference of the mean squares below
# zero counts as zero, and there are at least three degrees of freedom.
# Run from the repository root: Rscript tests/reference/boot_mi.R

source("tests/reference/lib/cohort.R")

analysed <- function(rows) {
  b <- length(unique(rows$sample))
  m <- nrow(rows) / b
  squares <- summary(aov(estimate ~ factor(sample), rows))[[1]][["Mean Sq"]]
  msb <- squares[1]
  msw <- squares[2]
  variance <- (1 + 1 / b) * max(msb - msw, 0) / m + msw / (b * m)
  df <- variance^2 / (((b + 1) / (b * m) * msb)^2 / (b - 1) + msw^2 / (b * m^2 * (m - 1)))
  df <- max(3, df)
  point <- mean(rows$estimate)
  reach <- qt(0.975, df) * sqrt(variance)
  data.frame(case = rows$case[1], estimate = point, between = msb, within = msw,
             se = sqrt(variance), df = df, low = point - reach, high = point + reach,
             p = 2 * pt(-abs(point) / sqrt(variance), df))
}

set.seed(20141009)
drawn <- list(c(200, 2, 1, 0.3), c(40, 5, 1, 1), c(12, 2, 0.05, 1), c(300, 3, 0, 1))
estimates <- do.call(rbind, lapply(seq_along(drawn), function(case) {
  b <- drawn[[case]][1]
  m <- drawn[[case]][2]
  sample <- rep(seq_len(b), each = m)
  data.frame(case = case, sample = sample,
             estimate = 0.4 + drawn[[case]][3] * rnorm(b)[sample] +
               drawn[[case]][4] * rnorm(b * m))
}))
keep(estimates, "boot_mi_estimates")
keep(do.call(rbind, lapply(split(estimates, estimates$case), analysed)), "boot_mi")
keep_session("boot_mi")
