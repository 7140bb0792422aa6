# Three mediators in parallel on the shipped cohort: estimates by lavaan, HC3 and HC4
# errors from their formulas, and a bootstrap by lm.fit on R's own random numbers, each
# resample's rows floor(runif(n) * n) + 1 for all equations.
# Run from the repository root: Rscript tests/reference/parallel.R

suppressMessages(library(lavaan))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 1000
KEPT <- 60
SEED <- 20221101
X <- "fid180_4.5"
M <- c("rprs_4.5", "qoli20_9", "ths_9")
Y <- "pgi_18"
REST <- c(SHARED, "pgi_0")
PAIRS <- list(c(1, 2), c(1, 3), c(2, 3))

effects <- function(d) {
  base <- as.matrix(cbind(1, d[REST]))
  x <- d[[X]]
  y <- d[[Y]]
  a <- vapply(M, function(m) lm.fit(cbind(x, base), d[[m]])$coefficients[[1]], 0)
  slopes <- lm.fit(cbind(as.matrix(d[M]), x, base), y)$coefficients
  b <- slopes[1:3]
  ab <- a * b
  raw <- c(sum(ab), ab)
  contrasts <- vapply(PAIRS, function(p) ab[[p[1]]] - ab[[p[2]]], 0)
  c(
    setNames(a, paste0("a:", M)), setNames(b, paste0("b:", M)), direct = slopes[[4]],
    setNames(raw, c("indirect", paste0("indirect:", M))),
    setNames(contrasts, vapply(PAIRS, function(p)
      paste0("contrast:", M[p[1]], "-", M[p[2]]), "")),
    setNames(raw / sd(y), c("indirect_ps", paste0("indirect_ps:", M))),
    setNames(raw * sd(x) / sd(y), c("indirect_cs", paste0("indirect_cs:", M)))
  )
}

robust <- function(fit, kind) {
  z <- model.matrix(fit)
  h <- hatvalues(fit)
  power <- if (kind == "hc3") 2 else pmin(4, nrow(z) * h / ncol(z))
  bread <- solve(crossprod(z))
  sqrt(diag(bread %*% crossprod(z * residuals(fit) / (1 - h)^(power / 2)) %*% bread))
}

frame <- analysis_frame()
n <- nrow(frame)
estimate <- effects(frame)
set.seed(SEED)
drawn <- t(vapply(seq_len(RESAMPLES), function(k)
  effects(frame[floor(runif(n) * n) + 1, ]), estimate))
ordered <- apply(drawn, 2, sort)
jack <- t(vapply(seq_len(n), function(i) effects(frame[-i, ]), estimate))
influence <- sweep(-jack, 2, colMeans(jack), "+")

rest <- paste(REST, collapse = " + ")
syntax <- paste(c(
  paste0(M, " ~ a", 1:3, "*", X, " + ", rest),
  paste0(Y, " ~ b1*", M[1], " + b2*", M[2], " + b3*", M[3], " + direct*", X, " + ", rest),
  vapply(PAIRS, function(p) paste(M[p[1]], "~~", M[p[2]]), ""),
  "e1 := a1*b1", "e2 := a2*b2", "e3 := a3*b3", "t := e1+e2+e3",
  "c1 := e1-e2", "c2 := e1-e3", "c3 := e2-e3"
), collapse = "\n")
path <- parameterEstimates(sem(syntax, frame))
labels <- c("a1", "a2", "a3", "b1", "b2", "b3", "direct", "t", "e1", "e2", "e3",
            "c1", "c2", "c3")
model <- c(path$est[match(labels, path$label)], rep(NA, 8))

outcome <- lm(reformulate(c(M, X, REST), Y), frame)
mediators <- lapply(M, function(m) lm(reformulate(c(X, REST), m), frame))
se <- function(f) c(vapply(mediators, function(fit) f(fit)[[2]], 0), f(outcome)[2:5],
                    rep(NA, 15))
classical <- function(fit) coef(summary(fit))[, 2]
keep(data.frame(
  term = names(estimate), resamples = RESAMPLES, seed = SEED, estimate = estimate,
  lavaan = model, classical = se(classical), hc3 = se(function(f) robust(f, "hc3")),
  hc4 = se(function(f) robust(f, "hc4")), se = apply(drawn, 2, sd),
  low = ordered[25, ], high = ordered[976, ],
  acceleration = colSums(influence^3) / (6 * colSums(influence^2)^1.5)
), "parallel")
keep(data.frame(sample = seq_len(KEPT), drawn[seq_len(KEPT), ], check.names = FALSE),
     "parallel_draws")
keep_session("parallel")
