# The three regressions of the eight models at three window lengths, by lm(), with the
# HC0 to HC4 standard errors written out from the hat values.
# Run from the repository root: Rscript tests/reference/models.R

source("tests/reference/lib/cohort.R")
KINDS <- paste0("HC", 0:4)

robust <- function(fit, kind) {
  h <- hatvalues(fit)
  n <- length(h)
  k <- length(coef(fit))
  weight <- switch(kind,
    HC0 = 1, HC1 = n / (n - k), HC2 = 1 / (1 - h), HC3 = 1 / (1 - h)^2,
    HC4 = (1 - h)^(-pmin(4, n * h / k))
  )
  X <- model.matrix(fit)
  bread <- summary(fit)$cov.unscaled
  bread %*% crossprod(X * (sqrt(weight) * residuals(fit))) %*% bread
}

wald <- function(fit, covariance) {
  slopes <- coef(fit)[-1]
  drop(slopes %*% solve(covariance[-1, -1], slopes)) / length(slopes)
}

frame <- analysis_frame()
terms <- list()
fits <- list()
for (window in WINDOWS) {
  for (model in eight_models(window)) {
    equations <- list(
      to_mediator = reformulate(c(model$x, model$covariates), model$m),
      to_outcome = reformulate(c(model$m, model$x, model$covariates), model$y),
      to_total = reformulate(c(model$x, model$covariates), model$y)
    )
    for (equation in names(equations)) {
      fit <- lm(equations[[equation]], frame)
      found <- summary(fit)
      covariance <- lapply(setNames(KINDS, KINDS), robust, fit = fit)
      errors <- lapply(covariance, function(v) sqrt(diag(v)))
      names(errors) <- tolower(names(errors))
      at <- data.frame(window = window, model = model$y, equation = equation)
      estimates <- setNames(as.data.frame(found$coefficients),
                            c("estimate", "se", "t", "p"))
      limits <- setNames(as.data.frame(confint(fit)), c("low", "high"))
      terms[[length(terms) + 1]] <- data.frame(
        at, term = rownames(estimates), estimates, limits, errors,
        row.names = NULL
      )
      f <- found$fstatistic
      fits[[length(fits) + 1]] <- data.frame(at,
        n = nobs(fit), df = df.residual(fit), r2 = found$r.squared,
        mse = found$sigma^2, f = f[[1]],
        f_p = pf(f[[1]], f[[2]], f[[3]], lower.tail = FALSE),
        f_hc3 = wald(fit, covariance$HC3)
      )
    }
  }
}
keep(do.call(rbind, terms), "models")
keep(do.call(rbind, fits), "models_fit")
keep_session("models")
