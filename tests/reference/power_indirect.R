# Power of an indirect effect. x and the residuals of m = a x + e and y = b m + e are
# standard normal. Exactly, by nested calls of integrate(): s is the length of x about
# its mean, r that of the residuals of m, whose variance that x does not inflate is what
# b is seen against. Simply, as a product of two powers of t tests with the expected
# lengths in the noncentralities. And by plain loops: sample, regress, resample.
# Run from the repository root: Rscript tests/reference/power_indirect.R (three minutes)

library(pwr)
source("tests/reference/lib/cohort.R")
set.seed(20141009)

chi <- function(s, df) 2 * s * dchisq(s^2, df)
over_chi <- function(f, df, digits = 1e-10) {
  at <- sqrt(df)
  integrate(function(s) sapply(s, f) * chi(s, df), max(at - 7, 0), at + 7,
            rel.tol = digits, abs.tol = digits, subdivisions = 1000)$value
}
both_tails <- function(crit, df, ncp) {
  pf(crit^2, 1, df, ncp = ncp^2, lower.tail = FALSE)
}

joint <- function(a, b, n, alpha) {
  ca <- qt(1 - alpha / 2, n - 2)
  cb <- qt(1 - alpha / 2, n - 3)
  over_chi(function(r) {
    beyond <- ca * r / sqrt(n - 2)
    first <- over_chi(function(s) pnorm(a * s - beyond) + pnorm(-a * s - beyond), n - 1)
    first * both_tails(cb, n - 3, b * r)
  }, n - 2)
}

# Share of products of normal draws about two ratios that have the other sign.
monte_carlo <- function(a, b, n, alpha) {
  least <- qnorm(1 - alpha / 2)
  needed <- function(u) {
    p <- pnorm(-u)
    qnorm((alpha / 2 - p) / (1 - 2 * p), lower.tail = FALSE)
  }
  over_chi(function(r) {
    k <- r / sqrt(n - 2)
    over_chi(function(s) {
      near <- function(v) {  # v^3 = u - least: close together where it is steep
        u <- least + v^3
        (dnorm(k * u - a * s) + dnorm(k * u + a * s)) * k * 3 * v^2 *
          both_tails(needed(u), n - 3, b * r)
      }
      beyond <- pnorm(a * s - 8 * k) + pnorm(-a * s - 8 * k)
      integrate(near, 1e-6, (8 - least)^(1 / 3), rel.tol = 1e-6, abs.tol = 1e-9,
                subdivisions = 1000)$value + beyond * both_tails(least, n - 3, b * r)
    }, n - 1, 1e-7)
  }, n - 2, 1e-7)
}

# x fixed at its expected length; of m, var(m) = 1 + a^2, what is not x's is 1 of it.
simple <- function(a, b, n, alpha) {
  vif <- 1 + a^2
  power_a <- pwr.f2.test(u = 1, v = n - 2, f2 = a^2 * (n - 1) / n, sig.level = alpha)
  seen <- b * sqrt((1 + a^2) * (n - 2) / vif)
  power_a$power * both_tails(qt(1 - alpha / 2, n - 3), n - 3, seen)
}

exact <- data.frame(a = c(.14, .14, .26, .26, .39, .14, 0, -.3),
                    b = c(.14, .14, .26, .39, .59, .59, .3, .5),
                    n = c(311, 558, 162, 100, 40, 400, 100, 25),
                    alpha = c(.05, .05, .05, .01, .05, .1, .05, .05))
exact$joint <- mapply(joint, exact$a, exact$b, exact$n, exact$alpha)
exact$simple <- mapply(simple, exact$a, exact$b, exact$n, exact$alpha)
keep(exact, "power_indirect")
thrice <- exact[c(1, 2, 4, 8), c("a", "b", "n", "alpha")]
thrice$monte_carlo <- mapply(monte_carlo, thrice$a, thrice$b, thrice$n, thrice$alpha)
keep(thrice, "power_monte_carlo")

slopes <- function(x, m, y) {
  x <- x - mean(x); m <- m - mean(m); y <- y - mean(y)
  xx <- sum(x * x); xm <- sum(x * m); own <- sum(m * m) - xm^2 / xx
  shared <- sum(m * y) - xm * sum(x * y) / xx
  c(xm / xx, shared / own, xx, own, sum(y * y) - sum(x * y)^2 / xx - shared^2 / own)
}
outside <- function(products, alpha) {
  limits <- quantile(products, c(alpha / 2, 1 - alpha / 2), type = 1)
  limits[1] > 0 || limits[2] < 0
}
simulated <- function(a, b, n, replications, resamples, alpha = 0.05) {
  found <- c(bootstrap = 0, monte_carlo = 0, joint = 0)
  for (k in seq_len(replications)) {
    x <- rnorm(n); m <- a * x + rnorm(n); y <- b * m + rnorm(n)
    fit <- slopes(x, m, y)
    se <- sqrt(c(fit[4] / (n - 2) / fit[3], fit[5] / (n - 3) / fit[4]))
    products <- numeric(resamples)
    for (j in seq_len(resamples)) {
      rows <- sample.int(n, n, replace = TRUE)
      again <- slopes(x[rows], m[rows], y[rows])
      products[j] <- again[1] * again[2]
    }
    drawn <- rnorm(5000, fit[1], se[1]) * rnorm(5000, fit[2], se[2])
    t <- abs(fit[1:2] / se)
    significant <- all(t > qt(1 - alpha / 2, c(n - 2, n - 3)))
    found <- found + c(outside(products, alpha), outside(drawn, alpha), significant)
  }
  found / replications
}
loops <- data.frame(a = c(.14, .26, .39), b = c(.14, .26, .39), n = c(558, 162, 60))
loops$replications <- c(1000, 2000, 2000)
loops$resamples <- c(800, 800, 800)
loops <- cbind(loops, t(mapply(simulated, loops$a, loops$b, loops$n,
                               loops$replications, loops$resamples)))
keep(loops, "power_loops")
keep_session("power_indirect")
