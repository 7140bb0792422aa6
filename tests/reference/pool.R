# Pooling over completed sets by mice: pool() of lm() fits with its Barnard-Rubin df;
# FMI from the variances alone, which is what mice gives where the df of a complete set
# are infinite; pool.scalar() of HC3 variances, pool.r.squared(); and the test D2 of all slopes of
# an equation, written out from Li, Meng, Raghunathan and Rubin (1991, Statistica Sinica
# 1:65-92), since mitml is not at hand. The sets stand in pool_sets.csv: four of the
# cohort's imputed sets, kept as they were, so that a change of the imputation changes
# nothing here.
# Run from the repository root: Rscript tests/reference/pool.R

suppressMessages(library(mice))
suppressMessages(library(sandwich))
source("tests/reference/lib/cohort.R")

read_sets <- function() {
  path <- file.path(OUT, "pool_sets.csv")
  files_read <<- union(files_read, path)
  frame <- read.csv(path)
  split(frame, frame$set)
}

d2 <- function(f, k) {
  d <- k * f
  m <- length(d)
  r <- (1 + 1 / m) * var(sqrt(d))
  statistic <- (mean(d) / k - (m + 1) / (m - 1) * r) / (1 + r)
  df2 <- k^(-3 / m) * (m - 1) * (1 + 1 / r)^2
  data.frame(f = statistic, df1 = k, df2 = df2,
             p = pf(statistic, k, df2, lower.tail = FALSE))
}

robust <- function(fits, term) {
  q <- sapply(fits, function(fit) coef(fit)[[term]])
  u <- sapply(fits, function(fit) vcovHC(fit, type = "HC3")[term, term])
  found <- pool.scalar(q, u, n = nobs(fits[[1]]), k = length(coef(fits[[1]])))
  c(se_hc3 = sqrt(found$t), df_hc3 = found$df,
    fmi_hc3 = pool.scalar(q, u, n = Inf, k = 1)$fmi)
}

sets <- read_sets()
terms <- list()
shares <- list()
tests <- list()
for (outcome in OUTCOMES) {
  y <- paste0(outcome, "_18")
  covariates <- c(SHARED, paste0(outcome, "_0"))
  equations <- list(
    to_mediator = reformulate(c("fidelity_13.5", covariates), "rprs_13.5"),
    to_outcome = reformulate(c("rprs_13.5", "fidelity_13.5", covariates), y),
    to_total = reformulate(c("fidelity_13.5", covariates), y)
  )
  for (equation in names(equations)) {
    fits <- lapply(sets, function(set) lm(equations[[equation]], set))
    pooled <- pool(as.mira(fits))
    found <- summary(pooled, conf.int = TRUE)
    more <- pooled$pooled
    focal <- found$term %in% c("rprs_13.5", "fidelity_13.5")
    at <- data.frame(model = y, equation = equation)
    kept <- data.frame(at,
      term = found$term, estimate = found$estimate, se = found$std.error,
      t = found$statistic, df = found$df, p = found$p.value, low = found[["2.5 %"]],
      high = found[["97.5 %"]], within = more$ubar, between = more$b,
      complete_df = more$dfcom, increase = more$riv, share = more$lambda,
      fmi = pool(as.mira(fits), dfcom = Inf)$pooled$fmi
    )[focal, ]
    terms[[length(terms) + 1]] <- cbind(kept, t(sapply(as.character(kept$term), robust,
                                                      fits = fits)))
    r2 <- pool.r.squared(as.mira(fits))
    shares[[length(shares) + 1]] <- data.frame(at, r2 = r2[[1]], fmi = r2[[4]])
    f <- sapply(fits, function(fit) summary(fit)$fstatistic[[1]])
    tests[[length(tests) + 1]] <- data.frame(at, d2(f, length(coef(fits[[1]])) - 1))
  }
}
keep(do.call(rbind, terms), "pool")
keep(do.call(rbind, shares), "pool_r2")
keep(do.call(rbind, tests), "pool_d2")
keep_session("pool")
