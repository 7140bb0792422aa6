# Change over time pooled over completed sets: means, log SDs and paired differences by
# mice's pool.scalar(); the F of aov() with an error stratum pooled by D1 (Li,
# Raghunathan and Rubin 1991, JASA 86:1065-1073, with the df of Reiter 2007, Biometrika
# 94:502-508) and D2 (Li, Meng, Raghunathan and Rubin 1991), both written out from the
# papers. The sets stand in pool_sets.csv; see pool.R.
# Run from the repository root: Rscript tests/reference/pool_change.R

suppressMessages(library(mice))
source("tests/reference/lib/cohort.R")

rows <- list()
add <- function(measure, quantity, value) {
  rows[[length(rows) + 1]] <<- data.frame(
    measure = measure, quantity = quantity, value = as.numeric(value)
  )
}

add_pooled <- function(measure, name, q, u, n) {
  found <- pool.scalar(q, u, n = n, k = 1)
  add(measure, paste0(name, "_estimate"), found$qbar)
  add(measure, paste0(name, "_se"), sqrt(found$t))
  add(measure, paste0(name, "_df"), found$df)
  # of the variances alone: with the df of Rubin, not those of Barnard and Rubin
  add(measure, paste0(name, "_fmi"), pool.scalar(q, u, n = Inf, k = 1)$fmi)
}

reiter <- function(k, m, r, complete) {
  t <- k * (m - 1)
  a <- r * t / (t - 2)
  v <- (complete + 1) / (complete + 3) * complete
  u2 <- v - 2 * (1 + a)
  u4 <- v - 4 * (1 + a)
  4 + 1 / (1 / u4 + (
    a^2 * u2 / ((1 + a)^2 * u4) + 8 * a^2 * u2 / ((1 + a) * u4^2) +
      4 * a^2 / ((1 + a) * u4) + 4 * a^2 / (u4 * u2) + 16 * a^2 * u2 / u4^3 +
      8 * a^2 / u4^2
  ) / (t - 4))
}

within_table <- function(wide) {
  long <- data.frame(
    score = as.vector(wide), client = factor(rep(seq_len(nrow(wide)), ncol(wide))),
    month = factor(rep(seq_len(ncol(wide)), each = nrow(wide)))
  )
  summary(aov(score ~ month + Error(client), long))[["Error: Within"]][[1]]
}

pooled_f <- function(measure, wides) {
  m <- length(wides)
  n <- nrow(wides[[1]])
  k <- ncol(wides[[1]]) - 1
  tables <- lapply(wides, within_table)
  f <- sapply(tables, function(found) found[["F value"]][1])
  contrasts <- contr.poly(k + 1)
  q <- t(sapply(wides, function(wide) colMeans(wide) %*% contrasts))
  u <- lapply(tables, function(found) diag(k) * found[["Mean Sq"]][2] / n)
  within <- Reduce(`+`, u) / m
  r <- (1 + 1 / m) * sum(diag(cov(q) %*% solve(within))) / k
  d1 <- drop(colMeans(q) %*% solve(within) %*% colMeans(q)) / (k * (1 + r))
  df2 <- reiter(k, m, r, (n - 1) * k)
  add(measure, "d1_f", d1)
  add(measure, "d1_df2", df2)
  add(measure, "d1_p", pf(d1, k, df2, lower.tail = FALSE))
  d <- k * f
  r <- (1 + 1 / m) * var(sqrt(d))
  d2 <- (mean(d) / k - (m + 1) / (m - 1) * r) / (1 + r)
  df2 <- k^(-3 / m) * (m - 1) * (1 + 1 / r)^2
  add(measure, "d2_f", d2)
  add(measure, "d2_df2", df2)
  add(measure, "d2_p", pf(d2, k, df2, lower.tail = FALSE))
}

path <- file.path(OUT, "pool_sets.csv")
files_read <- union(files_read, path)
frame <- read.csv(path)
sets <- split(frame, frame$set)
months <- list(rprs = c("4.5", "13.5"), qoli20 = c("0", "9", "18"),
               pgi = c("0", "9", "18"), ths = c("0", "9", "18"), mcas = c("0", "9", "18"))
for (measure in names(months)) {
  columns <- paste0(measure, "_", months[[measure]])
  n <- nrow(sets[[1]])
  for (column in columns) {
    means <- sapply(sets, function(set) mean(set[[column]]))
    sds <- sapply(sets, function(set) sd(set[[column]]))
    at <- sub(".*_", "", column)
    add_pooled(measure, paste0("mean_", at), means, sds^2 / n, n)
    add_pooled(measure, paste0("logsd_", at), log(sds),
               rep(1 / (2 * (n - 1)), length(sds)), Inf)
  }
  for (later in columns[-1]) {
    change <- lapply(sets, function(set) set[[later]] - set[[columns[1]]])
    add_pooled(measure, paste0("change_", sub(".*_", "", later)), sapply(change, mean),
               sapply(change, var) / n, n)
  }
  if (length(columns) > 2) {
    pooled_f(measure, lapply(sets, function(set) as.matrix(set[columns])))
  }
}
keep(do.call(rbind, rows), "pool_change")
keep_session("pool_change")
