# The bootstrap of the eight models on R's own random numbers: after one set.seed each
# resample takes floor(runif(n) * n) + 1 as its rows, both equations are fitted to the
# same rows, and the percentile limits are the 125th and the 4,876th of 5,000. The BCa
# limits are boot.ci's, with the exact jackknife as influence values.
# Run from the repository root: Rscript tests/reference/stream.R

suppressMessages(library(boot))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 5000
KEPT <- 200
SEED <- 654321
TERMS <- c("indirect", "indirect_ps", "indirect_cs")

paths <- function(d, model) {
  covariates <- as.matrix(cbind(1, d[model$covariates]))
  x <- d[[model$x]]
  m <- d[[model$m]]
  y <- d[[model$y]]
  a <- lm.fit(cbind(x, covariates), m)$coefficients[[1]]
  slopes <- lm.fit(cbind(m, x, covariates), y)$coefficients
  ab <- a * slopes[[1]]
  c(a = a, b = slopes[[1]], direct = slopes[[2]], indirect = ab,
    indirect_ps = ab / sd(y), indirect_cs = ab * sd(x) / sd(y))
}

frame <- analysis_frame()
n <- nrow(frame)
set.seed(SEED)
rows <- lapply(seq_len(RESAMPLES), function(k) floor(runif(n) * n) + 1)
draws <- list()
limits <- list()
for (model in eight_models()) {
  estimate <- paths(frame, model)
  drawn <- t(vapply(rows, function(r) paths(frame[r, ], model), estimate))
  left <- t(vapply(seq_len(n), function(i) paths(frame[-i, ], model), estimate))
  shape <- boot(frame, function(d, r) 0, R = 2)  # boot.ci wants one; t and L stand in
  shape$R <- RESAMPLES
  draws[[length(draws) + 1]] <- data.frame(
    model = model$y, sample = seq_len(KEPT), drawn[seq_len(KEPT), ]
  )
  for (term in TERMS) {
    ordered <- sort(drawn[, term])
    jack <- left[, term]
    bca <- boot.ci(shape, type = "bca", t0 = estimate[[term]], t = drawn[, term],
                   L = mean(jack) - jack)$bca
    limits[[length(limits) + 1]] <- data.frame(
      model = model$y, term = term, resamples = RESAMPLES, seed = SEED,
      estimate = estimate[[term]], se = sd(drawn[, term]),
      low = ordered[125], high = ordered[4876],
      jack_sd = sd(jack), jack_first = jack[1], jack_last = jack[n],
      bca_low_rank = bca[2], bca_high_rank = bca[3], bca_low = bca[4], bca_high = bca[5]
    )
  }
}
keep(do.call(rbind, draws), "stream")
keep(do.call(rbind, limits), "stream_limits")
keep_session("stream")
