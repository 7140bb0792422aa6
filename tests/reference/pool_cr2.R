# Pooling with errors that know of teams: lm() fits with a column for every site and
# level of education in each of the sets of pool_sets.csv, CR2 errors and Satterthwaite
# degrees of freedom of every coefficient by clubSandwich, joined by Rubin's rules and
# the degrees of freedom of Barnard and Rubin (1999, Biometrika 86:948-955). Both are
# written out here, since mice::pool() takes one number of degrees of freedom for all
# coefficients; the degrees of freedom of a complete set are the mean of those of the
# sets. Where mice can follow, pool.scalar(), it is asked as well and must agree.
# Run from the repository root: Rscript tests/reference/pool_cr2.R

suppressMessages(library(clubSandwich))
suppressMessages(library(mice))
source("tests/reference/lib/cohort.R")

barnard_rubin <- function(q, u, complete_df) {
  m <- length(q)
  between <- var(q)
  total <- mean(u) + (1 + 1 / m) * between
  lambda <- (1 + 1 / m) * between / total
  observed <- (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lambda)
  df <- 1 / (lambda^2 / (m - 1) + 1 / observed)
  r <- (1 + 1 / m) * between / mean(u)
  rubin <- (m - 1) / lambda^2 # of the variances alone, as the FMI is
  c(estimate = mean(q), se = sqrt(total), df = df,
    fmi = (r + 2 / (rubin + 3)) / (r + 1))
}

path <- file.path(OUT, "pool_sets.csv")
files_read <- path
frame <- read.csv(path)
clients <- read_table("clients")
frame$team <- clients$team[match(frame$client_id, clients$client_id)]
frame$site <- factor(frame$site)
frame$education <- factor(frame$education)

rows <- list()
for (outcome in OUTCOMES) {
  y <- paste0(outcome, "_18")
  covariates <- c(SHARED, paste0(outcome, "_0"))
  equations <- list(
    to_mediator = reformulate(c("fidelity_13.5", covariates), "rprs_13.5"),
    to_outcome = reformulate(c("rprs_13.5", "fidelity_13.5", covariates), y),
    to_total = reformulate(c("fidelity_13.5", covariates), y)
  )
  for (equation in names(equations)) {
    tests <- lapply(split(frame, frame$set), function(set) {
      fit <- lm(equations[[equation]], set)
      found <- coef_test(fit, vcovCR(fit, cluster = set$team, type = "CR2"),
                         test = "Satterthwaite")
      data.frame(term = rownames(found), beta = found$beta, se = found$SE,
                 df = found$df_Satt)
    })
    for (term in c("rprs_13.5", "fidelity_13.5")) {
      one <- do.call(rbind, lapply(tests, function(t) t[t$term == term, ]))
      if (nrow(one) == 0) next
      complete_df <- mean(one$df)
      pooled <- barnard_rubin(one$beta, one$se^2, complete_df)
      theirs <- pool.scalar(one$beta, one$se^2, n = complete_df + 1, k = 1)
      stopifnot(all.equal(theirs$df, pooled[["df"]]),
                all.equal(theirs$t, pooled[["se"]]^2),
                all.equal(pool.scalar(one$beta, one$se^2, n = Inf, k = 1)$fmi,
                          pooled[["fmi"]]))
      t <- pooled[["estimate"]] / pooled[["se"]]
      reach <- qt(0.975, pooled[["df"]]) * pooled[["se"]]
      rows[[length(rows) + 1]] <- data.frame(
        model = y, equation = equation, term = term, t(pooled),
        p = 2 * pt(-abs(t), pooled[["df"]]), low = pooled[["estimate"]] - reach,
        high = pooled[["estimate"]] + reach, complete_df = complete_df
      )
    }
  }
}
keep(do.call(rbind, rows), "pool_cr2")
keep_session("pool_cr2")
