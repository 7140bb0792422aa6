# Paths a and b of the eight models under every choice of window (the last of them all
# days from a client's entry), left-out site, covariates and coding, by lm() on the
# completed set: estimates, classical errors and HC3 written out from the hat values; and
# with the window of 180 days, errors by team (CR2) with Satterthwaite df by clubSandwich
# for all sites and without each of two.
# Run from the repository root: Rscript tests/reference/multiverse.R

source("tests/reference/lib/cohort.R")
suppressMessages(library(clubSandwich))
SETS <- list(all = SHARED, few = c("education", "site"))
LEFT_OUT <- c("none", sort(unique(read_table("teams")$site)))
BY_TEAM <- c("none", "3", "4")

hc3 <- function(fit) {
  X <- model.matrix(fit)
  bread <- summary(fit)$cov.unscaled
  pull <- residuals(fit) / (1 - hatvalues(fit))
  sqrt(diag(bread %*% crossprod(X * pull) %*% bread))
}

path <- function(outcome, terms, focal, data, by_team) {
  fit <- lm(reformulate(terms, outcome), data)
  found <- data.frame(
    slope = coef(fit)[[focal]],
    classical = summary(fit)$coefficients[focal, "Std. Error"],
    hc3 = hc3(fit)[[focal]], cr2 = NA, df = NA
  )
  if (by_team) {
    tested <- coef_test(fit, vcov = "CR2", cluster = data$team,
                        test = "Satterthwaite", coefs = focal)
    found$cr2 <- tested$SE
    found$df <- tested$df_Satt
  }
  found
}

entered <- function(covariates, coding) {
  for (name in names(coding)) {
    if (coding[[name]] == "categories") {
      covariates[covariates == name] <- paste0("factor(", name, ")")
    }
  }
  covariates
}

frame <- analysis_frame()
since_entry <- exposure_from_entry()
for (month in ALLIANCE_BEFORE) {
  at <- since_entry[since_entry$month == month, ]
  frame[[paste0("fidentry_", month)]] <- at$mean[match(frame$client_id, at$client_id)]
}
rows <- list()
for (left_out in LEFT_OUT) {
  data <- frame[left_out == "none" | frame$site != left_out, ]
  for (covariates in names(SETS)) for (site in c("number", "categories"))
    for (education in c("number", "categories")) for (window in c(WINDOWS, "entry"))
      for (model in eight_models(window)) {
        baseline <- setdiff(model$covariates, SHARED)
        rest <- c(entered(SETS[[covariates]], list(site = site, education = education)),
                  baseline)
        by_team <- window == 180 && left_out %in% BY_TEAM
        a <- path(model$m, c(model$x, rest), model$x, data, by_team)
        b <- path(model$y, c(model$m, model$x, rest), model$m, data, by_team)
        rows[[length(rows) + 1]] <- data.frame(
          left_out, covariates, site, education, window, model = model$y,
          a = a, b = b, row.names = NULL
        )
      }
}
keep(do.call(rbind, rows), "multiverse")
keep_session("multiverse")
