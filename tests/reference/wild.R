# The wild cluster bootstrap of the a and the c path of the eight models within teams,
# as a loop of lm.fit: residuals of the regression without fidelity are multiplied, team
# by team, by weights, and the t of fidelity with its CR1 error is computed anew. The
# weights are those of webb_weights(14, 199, 7) of the package, kept beside this script,
# their columns the teams in alphabetical order.
# Run from the repository root: Rscript tests/reference/wild.R

source("tests/reference/lib/cohort.R")

frame <- analysis_frame()
weights <- as.matrix(read.csv(file.path(OUT, "wild_weights.csv")))
team <- as.integer(factor(frame$team))
G <- max(team)

t_of_x <- function(y, X) {
  fit <- lm.fit(X, y)
  bread <- solve(crossprod(X))
  scores <- rowsum(X * fit$residuals, team)
  covariance <- bread %*% crossprod(scores) %*% bread * G / (G - 1)
  fit$coefficients[[2]] / sqrt(covariance[2, 2])
}

rows <- list()
draws <- list()
for (model in eight_models()) {
  X <- as.matrix(cbind(1, frame[c(model$x, model$covariates)]))
  for (path in c("a", "c")) {
    y <- frame[[if (path == "a") model$m else model$y]]
    null <- lm.fit(X[, -2], y)
    found <- apply(weights, 1, function(v)
      t_of_x(null$fitted.values + v[team] * null$residuals, X))
    t <- t_of_x(y, X)
    rows[[length(rows) + 1]] <- data.frame(
      model = model$y, path = path, t = t, p = mean(abs(found) >= abs(t))
    )
    draws[[length(draws) + 1]] <- data.frame(
      model = model$y, path = path, draw = seq_along(found), t = unname(found)
    )
  }
}
keep(do.call(rbind, rows), "wild")
keep(do.call(rbind, draws), "wild_draws")
keep_session("wild")
