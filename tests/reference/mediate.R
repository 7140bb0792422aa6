# One of the eight models by psych's mediate(), which takes the covariates as further
# predictors: every slope of the three equations, and its bootstrap of the product.
# Run from the repository root: Rscript tests/reference/mediate.R

suppressMessages(library(psych))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 1000
SEED <- 1

frame <- analysis_frame()
model <- Filter(function(m) m$y == "pgi_18", eight_models())[[1]]
mediator <- paste0("(", model$m, ")")
formula <- as.formula(paste(
  model$y, "~", paste(c(model$x, mediator, model$covariates), collapse = " + ")
))
options(mc.cores = 1) # or the draws of its workers differ from run to run
set.seed(SEED)
found <- mediate(formula, data = frame, n.iter = RESAMPLES, std = FALSE, plot = FALSE)

equation <- function(name, fit) {
  data.frame(
    model = model$y, equation = name, term = rownames(fit$beta),
    estimate = fit$beta[, 1], se = fit$se[, 1], t = fit$t[, 1], p = fit$prob[, 1]
  )
}
keep(rbind(
  equation("to_mediator", found$a.reg), equation("to_outcome", found$cprime.reg),
  equation("to_total", found$total.reg)
), "mediate")
keep(data.frame(
  model = model$y, term = "indirect", resamples = RESAMPLES, estimate = found$ab[1, 1],
  se = found$boot$sd[1, 1], low = found$boot$ci[1, 1], high = found$boot$ci[2, 1]
), "mediate_boot")
keep_session("mediate")
