# The boot package on the eight models: which clients each resample holds, the draws
# that lm.fit gives on them, and boot's own percentile limits. With 199 resamples the
# ranks that boot interpolates between are whole numbers, 5 and 195.
# Run from the repository root: Rscript tests/reference/boot.R

suppressMessages(library(boot))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 199
SEED <- 1

paths <- function(data, rows, model) {
  d <- data[rows, ]
  covariates <- as.matrix(cbind(1, d[model$covariates]))
  x <- d[[model$x]]
  m <- d[[model$m]]
  y <- d[[model$y]]
  a <- lm.fit(cbind(x, covariates), m)$coefficients[[1]]
  slopes <- lm.fit(cbind(m, x, covariates), y)$coefficients
  b <- slopes[[1]]
  c(a = a, b = b, direct = slopes[[2]], indirect = a * b,
    indirect_ps = a * b / sd(y), indirect_cs = a * b * sd(x) / sd(y))
}

frame <- analysis_frame()
draws <- list()
limits <- list()
counts <- NULL
for (model in eight_models()) {
  set.seed(SEED)
  found <- boot(frame, paths, R = RESAMPLES, model = model)
  drawn <- boot.array(found)
  stopifnot(is.null(counts) || identical(counts, drawn), max(drawn) < 10)
  counts <- drawn
  draws[[length(draws) + 1]] <- data.frame(
    model = model$y, sample = seq_len(RESAMPLES), setNames(
      as.data.frame(found$t), names(found$t0)
    )
  )
  for (term in c("indirect", "indirect_ps", "indirect_cs")) {
    k <- match(term, names(found$t0))
    interval <- boot.ci(found, type = "perc", index = k)$percent
    limits[[length(limits) + 1]] <- data.frame(
      model = model$y, term = term, estimate = found$t0[[k]],
      se = sd(found$t[, k]), low = interval[4], high = interval[5]
    )
  }
}
keep(do.call(rbind, draws), "boot")
keep(do.call(rbind, limits), "boot_limits")
keep(data.frame(counts = apply(counts, 1, paste, collapse = "")), "boot_counts")
keep_session("boot")
