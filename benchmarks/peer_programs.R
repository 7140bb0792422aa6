# R programs of others on the models of this study. Usage:
#   Rscript peer_programs.R PROGRAM DATA.csv MODELS.csv RESAMPLES REPEATS
# MODELS.csv has the columns x, m, y and covariates, the last apart by spaces. What is
# printed is described in children.py.

SEED <- 20141009
given <- commandArgs(trailingOnly = TRUE)
program <- given[1]
data <- read.csv(given[2])
models <- read.csv(given[3], stringsAsFactors = FALSE)
resamples <- as.integer(given[4])
repeats <- as.integer(given[5])
suppressMessages(library(program, character.only = TRUE))
options(mc.cores = 1)

limits <- function(draws) {
  size <- length(draws)
  ranks <- c(floor(size * 0.025 + 0.5), floor(size * 0.975) + 1)
  sort(draws)[pmin(pmax(ranks, 1), size)]
}

fit <- list(
  boot = function(model, resamples) {
    covariates <- as.matrix(cbind(1, data[model$covariates]))
    x <- data[[model$x]]
    m <- data[[model$m]]
    y <- data[[model$y]]
    paths <- function(unused, rows) {
      left <- cbind(x[rows], covariates[rows, , drop = FALSE])
      a <- lm.fit(left, m[rows])$coefficients[[1]]
      b <- lm.fit(cbind(m[rows], left), y[rows])$coefficients[[1]]
      c(a, b, a * b)
    }
    found <- boot(data, paths, R = resamples)
    c(found$t0, limits(found$t[, 3]))
  },
  psych = function(model, resamples) {
    formula <- as.formula(paste(
      model$y, "~", paste(c(model$x, paste0("(", model$m, ")"), model$covariates), collapse = " + ")
    ))
    found <- mediate(formula, data = data, n.iter = resamples, std = FALSE, plot = FALSE)
    c(
      found$a.reg$beta[model$x, 1], found$cprime.reg$beta[model$m, 1],
      found$ab[1, 1], found$boot$ci[, 1]
    )
  },
  lavaan = function(model, resamples) {
    rest <- paste(model$covariates, collapse = " + ")
    syntax <- paste0(
      model$m, " ~ a*", model$x, " + ", rest, "\n",
      model$y, " ~ b*", model$m, " + ", model$x, " + ", rest, "\nindirect := a*b"
    )
    found <- sem(syntax, data,
      se = "bootstrap", bootstrap = resamples, iseed = SEED,
      test = "none", baseline = FALSE, h1 = FALSE
    )
    rows <- parameterEstimates(found, boot.ci.type = "perc")
    at <- match(c("a", "b", "indirect"), rows$label)
    c(rows$est[at], rows$ci.lower[at[3]], rows$ci.upper[at[3]])
  }
)[[program]]

cat("version", paste0(packageVersion(program), ", R ", getRversion()), "\n")
listed <- lapply(seq_len(nrow(models)), function(k) {
  model <- as.list(models[k, ])
  model$covariates <- strsplit(model$covariates, " ")[[1]]
  model
})
for (k in seq_len(repeats)) {
  set.seed(SEED)
  taken <- system.time(found <- lapply(listed, function(model) {
    suppressWarnings(fit(model, resamples))
  }))
  cat("time", sum(taken[c(1, 2, 4, 5)], na.rm = TRUE), taken[[3]], "\n")
}
for (numbers in found) cat("model", format(numbers, digits = 17), "\n")
