# What a confounder would do to the eight models, in base R: the packages mediation and
# sensemakr are not used. The curve over rho is written out from Imai, Keele and Yamamoto
# (2010, Statistical Science 25:51-71, theorem 4), and found a second way, without that
# formula: by search for the slope b that leaves errors with the correlation rho.
# Strengths are from refits without a covariate; robustness values by search for the
# shares at which the adjusted estimate, or its t, reaches what is asked for (equations
# of Cinelli and Hazlett 2020, J R Stat Soc B 82:39-67, for bias and error).
# Run from the repository root: Rscript tests/reference/confounding.R

source("tests/reference/lib/cohort.R")
GRID <- seq(-0.9, 0.9, by = 0.15)
TIGHT <- 1e-14

frame <- analysis_frame()

by_formula <- function(rho, a, e_m, e_y) {
  own <- cor(e_m, e_y)
  a * sd(e_y) / sd(e_m) * (own - rho * sqrt((1 - own^2) / (1 - rho^2)))
}

by_search <- function(rho, a, e_m, e_y) {
  reach <- 40 * sd(e_y) / sd(e_m)
  gap <- function(b) cor(e_m, e_y - b * e_m) - rho
  a * uniroot(gap, c(-reach, reach), tol = TIGHT)$root
}

adjusted <- function(fit, column, r2d, r2y) {
  at <- summary(fit)$coefficients[column, ]
  df <- df.residual(fit)
  estimate <- abs(at[[1]]) - at[[2]] * sqrt(r2y * r2d / (1 - r2d)) * sqrt(df)
  se <- at[[2]] * sqrt((1 - r2y) / (1 - r2d)) * sqrt(df / (df - 1))
  c(estimate = sign(at[[1]]) * estimate, se = se, t = estimate / se)
}

robustness <- function(fit, column) {
  gap <- function(r) adjusted(fit, column, r, r)[["estimate"]]
  uniroot(gap, c(0, 1 - 1e-12), tol = TIGHT)$root
}

robustness_at <- function(fit, column, alpha) {
  wanted <- qt(1 - alpha / 2, df.residual(fit) - 1)
  gap <- function(r) adjusted(fit, column, r, r)[["t"]] - wanted
  if (gap(0) <= 0) return(0)
  uniroot(gap, c(0, 1 - 1e-12), tol = TIGHT)$root
}

# Share of what is left of the outcome that a column explains: by refit without it.
partial_r2 <- function(fit, column) {
  without <- update(fit, as.formula(paste(". ~ . -", column)))
  1 - deviance(fit) / deviance(without)
}

curves <- list()
paths <- list()
strengths <- list()
for (model in eight_models()) {
  to_m <- lm(reformulate(c(model$x, model$covariates), model$m), frame)
  to_total <- lm(reformulate(c(model$x, model$covariates), model$y), frame)
  to_y <- lm(reformulate(c(model$m, model$x, model$covariates), model$y), frame)
  to_x <- lm(reformulate(model$covariates, model$x), frame)
  a <- coef(to_m)[[model$x]]
  e_m <- residuals(to_m)
  e_y <- residuals(to_total)
  curves[[model$y]] <- data.frame(
    model = model$y, rho = GRID,
    formula = sapply(GRID, by_formula, a = a, e_m = e_m, e_y = e_y),
    search = sapply(GRID, by_search, a = a, e_m = e_m, e_y = e_y)
  )
  own <- cor(e_m, e_y)
  r2 <- sapply(list(to_m, to_y), function(fit) summary(fit)$r.squared)
  for (path in c("a", "b")) {
    fit <- if (path == "a") to_m else to_y
    of <- if (path == "a") to_x else to_m
    column <- if (path == "a") model$x else model$m
    paths[[length(paths) + 1]] <- data.frame(
      model = model$y, path = path, partial_r2 = partial_r2(fit, column),
      rv = robustness(fit, column), rv_05 = robustness_at(fit, column, 0.05),
      vanishing = own, of_residual = own^2,
      of_total = own^2 * (1 - r2[1]) * (1 - r2[2])
    )
    for (covariate in model$covariates) {
      d <- partial_r2(of, covariate)
      y <- partial_r2(fit, covariate)
      for (k in 1:3) {
        r2d <- k * d / (1 - d)
        overlap <- k * d^2 / ((1 - k * d) * (1 - d))
        r2y <- min(1, (sqrt(k) + sqrt(overlap))^2 / (1 - overlap) * y / (1 - y))
        strengths[[length(strengths) + 1]] <- data.frame(
          model = model$y, path = path, covariate = covariate, k = k,
          d = d, y = y, r2d = r2d, r2y = r2y, t(adjusted(fit, column, r2d, r2y))
        )
      }
    }
  }
}
keep(do.call(rbind, curves), "confounding_curves")
keep(do.call(rbind, paths), "confounding")
keep(do.call(rbind, strengths), "confounding_strengths")

# A covariate of several columns is compared as a group (section 4.4 of the same): its
# partial R squared is Wald's F of all its columns against what the equation leaves. The
# bound is written out from the paper, and then a confounder is made that is orthogonal
# to all measured columns and has just these two shares; the path is that of lm() with
# it as a further column.
group_r2 <- function(fit, columns) {
  at <- coef(fit)[columns]
  wald <- drop(at %*% solve(vcov(fit)[columns, columns], at))
  wald / (wald + df.residual(fit))
}

unit <- function(x) x / sqrt(sum(x^2))

made <- function(fit, to_focal, column, r2d, r2y) {
  u_d <- unit(residuals(to_focal))
  u_y <- unit(residuals(fit))
  other <- unit(residuals(lm(sin(seq_along(u_d)) ~ cbind(model.matrix(fit), u_y) - 1)))
  left <- 1 - r2d
  along <- sign(coef(fit)[[column]])
  z <- along * sqrt(r2d) * u_d + sqrt(left * r2y) * u_y + sqrt(left * (1 - r2y)) * other
  full <- summary(lm(model.response(model.frame(fit)) ~ cbind(model.matrix(fit), z) - 1))
  at <- match(column, colnames(model.matrix(fit)))
  full$coefficients[at, 1:2]
}

blocks <- list()
for (model in eight_models()) {
  for (path in c("a", "b")) {
    focal <- if (path == "a") model$x else model$m
    held <- if (path == "a") character() else model$x
    outcome <- if (path == "a") model$m else model$y
    for (covariate in c("site", "education")) {
      group <- paste0("factor(", covariate, ")")
      rest <- c(held, setdiff(model$covariates, covariate), group)
      fit <- lm(reformulate(c(focal, rest), outcome), frame)
      to_focal <- lm(reformulate(rest, focal), frame)
      columns <- grep("^factor", names(coef(fit)), value = TRUE)
      d <- group_r2(to_focal, columns)
      y <- group_r2(fit, columns)
      r2d <- d / (1 - d)
      overlap <- d^2 / ((1 - d) * (1 - d))
      r2y <- min(1, (1 + sqrt(overlap))^2 / (1 - overlap) * y / (1 - y))
      found <- made(fit, to_focal, focal, r2d, r2y)
      blocks[[length(blocks) + 1]] <- data.frame(
        model = model$y, path = path, covariate = covariate, columns = length(columns),
        d = d, y = y, before = coef(fit)[[focal]], r2d = r2d, r2y = r2y,
        estimate = found[[1]], se = found[[2]]
      )
    }
  }
}
keep(do.call(rbind, blocks), "confounding_blocks")
keep_session("confounding")
