# Random intercepts of teams in the three equations of the eight models, by lme4 (REML),
# and the 2-1-1 form, in which fidelity and alliance are split into the mean of the team
# and the deviation from it. The tolerance of the optimiser is tightened, so that its
# last digits can be compared.
# Run from the repository root: Rscript tests/reference/mixed.R

suppressMessages(library(lme4))
source("tests/reference/lib/cohort.R")
TIGHT <- lmerControl(optimizer = "bobyqa", check.conv.singular = "ignore",
                     optCtrl = list(rhoend = 1e-12))

frame <- analysis_frame()
rows <- list()
add <- function(formula, at, data) {
  fit <- lmer(update(formula, . ~ . + (1 | team)), data, REML = TRUE, control = TIGHT)
  found <- coef(summary(fit))
  parts <- as.data.frame(VarCorr(fit))$vcov
  rows[[length(rows) + 1]] <<- data.frame(
    at, term = rownames(found), estimate = found[, 1], se = found[, 2],
    between = parts[1], within = parts[2], deviance = REMLcrit(fit)
  )
}
for (model in eight_models()) {
  at <- function(name) data.frame(model = model$y, equation = name)
  rest <- model$covariates
  add(reformulate(c(model$x, rest), model$m), at("to_mediator"), frame)
  add(reformulate(c(model$m, model$x, rest), model$y), at("to_outcome"), frame)
  add(reformulate(c(model$x, rest), model$y), at("to_total"), frame)
  split <- frame
  split$x_mean <- ave(frame[[model$x]], frame$team)
  split$x_own <- frame[[model$x]] - split$x_mean
  split$m_mean <- ave(frame[[model$m]], frame$team)
  split$m_own <- frame[[model$m]] - split$m_mean
  x <- c("x_mean", "x_own")
  add(reformulate(c(x, rest), model$m), at("split_to_mediator"), split)
  add(reformulate(c("m_mean", "m_own", x, rest), model$y), at("split_to_outcome"), split)
}
keep(do.call(rbind, rows), "mixed")
keep_session("mixed")
