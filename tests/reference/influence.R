# Influence, leverage, normality and collinearity of both equations of the eight models,
# by lm.influence(), cooks.distance(), dfbetas(), shapiro.test(), kappa() and refits.
# Run from the repository root: Rscript tests/reference/influence.R

source("tests/reference/lib/cohort.R")
frame <- analysis_frame()

vif <- function(X) sapply(seq_len(ncol(X)), function(k) {
  1 / (1 - summary(lm(X[, k] ~ X[, -k]))$r.squared)
})

cases <- list()
equations <- list()
coded <- list()
for (model in eight_models()) {
  for (path in c("a", "b")) {
    focal <- if (path == "a") model$x else model$m
    rhs <- c(focal, if (path == "b") model$x, model$covariates)
    fit <- lm(reformulate(rhs, if (path == "a") model$m else model$y), frame)
    X <- model.matrix(fit)
    unit <- sweep(X, 2, sqrt(colSums(X^2)), "/")
    at <- data.frame(model = model$y, path = path)
    if (model$y %in% c("qoli20_9", "pgi_18")) {
      without <- sapply(seq_len(nrow(frame)), function(i) {
        summary(update(fit, data = frame[-i, ]))$coefficients[focal, 4]
      })
      cases[[length(cases) + 1]] <- data.frame(
        at, case = seq_len(nrow(frame)), leverage = hatvalues(fit),
        standardized = rstandard(fit), cook = cooks.distance(fit),
        dfbetas = dfbetas(fit)[, focal], p_without = without,
        partial = residuals(fit, "partial")[, focal], row.names = NULL
      )
    }
    equations[[length(equations) + 1]] <- data.frame(
      at, kappa = kappa(unit, exact = TRUE), vif = max(vif(X[, -1])),
      shapiro = shapiro.test(residuals(fit))$p.value,
      cook = max(cooks.distance(fit)),
      dfbetas = max(abs(dfbetas(fit)[, focal]))
    )
  }
  categories <- model$covariates
  as_factor <- categories %in% c("site", "education")
  categories[as_factor] <- paste0("factor(", categories[as_factor], ")")
  for (coding in c("numbers", "categories")) {
    terms <- if (coding == "numbers") model$covariates else categories
    to_m <- summary(lm(reformulate(c(model$x, terms), model$m), frame))$coefficients
    to_y <- summary(lm(reformulate(c(model$m, model$x, terms), model$y), frame))
    to_y <- to_y$coefficients
    coded[[length(coded) + 1]] <- data.frame(
      model = model$y, coding = coding,
      term = c("a", "b", "direct"),
      rbind(to_m[model$x, ], to_y[model$m, ], to_y[model$x, ]), row.names = NULL
    )
  }
}
coded <- do.call(rbind, coded)
names(coded)[4:7] <- c("estimate", "se", "t", "p")
keep(do.call(rbind, cases), "influence_cases")
keep(do.call(rbind, equations), "influence")
keep(coded, "influence_codings")
keep_session("influence")
