# Change over the study: t.test, aov with an error stratum, the Greenhouse-Geisser
# correction of anova() on a multivariate fit, and pairwise.t.test.
# Run from the repository root: Rscript tests/reference/change.R

source("tests/reference/lib/cohort.R")

frame <- analysis_frame()
rows <- list()
add <- function(measure, quantity, value) {
  rows[[length(rows) + 1]] <<- data.frame(
    measure = measure, quantity = quantity, value = as.numeric(value)
  )
}

described <- function(measure, months) {
  for (month in months) {
    values <- frame[[paste0(measure, "_", month)]]
    add(measure, paste0("mean_", month), mean(values))
    add(measure, paste0("sd_", month), sd(values))
  }
}

for (measure in c("fid90", "fid180", "fid270", "rprs")) {
  first <- frame[[paste0(measure, "_4.5")]]
  second <- frame[[paste0(measure, "_13.5")]]
  described(measure, c(4.5, 13.5))
  test <- t.test(first, second, paired = TRUE)
  add(measure, "difference", test$estimate)
  add(measure, "t", test$statistic)
  add(measure, "df", test$parameter)
  add(measure, "p", test$p.value)
  pooled <- sqrt((var(first) + var(second)) / 2)
  add(measure, "d", abs(mean(first) - mean(second)) / pooled)
}

for (measure in OUTCOMES) {
  columns <- paste0(measure, "_", c(0, 9, 18))
  described(measure, c(0, 9, 18))
  wide <- as.matrix(frame[columns])
  long <- data.frame(
    score = as.vector(wide), client = factor(rep(frame$client_id, 3)),
    month = factor(rep(c(0, 9, 18), each = nrow(wide)))
  )
  within <- summary(aov(score ~ month + Error(client), long))
  anova_table <- within[["Error: Within"]][[1]]
  squares <- anova_table[["Sum Sq"]]
  add(measure, "F", anova_table[["F value"]][1])
  add(measure, "df1", anova_table[["Df"]][1])
  add(measure, "df2", anova_table[["Df"]][2])
  add(measure, "p", anova_table[["Pr(>F)"]][1])
  add(measure, "eta_squared", squares[1] / sum(squares))
  corrected <- anova(lm(wide ~ 1), X = ~1, test = "Spherical")
  heading <- attr(corrected, "heading")
  said <- grep("Greenhouse-Geisser", heading, value = TRUE)
  add(measure, "epsilon_4_digits", sub(".*: *", "", said))
  add(measure, "p_corrected", corrected[1, "G-G Pr"])
  post_hoc <- pairwise.t.test(long$score, long$month, paired = TRUE,
                              p.adjust.method = "bonferroni")$p.value
  add(measure, "post_hoc_9", post_hoc["9", "0"])
  add(measure, "post_hoc_18", post_hoc["18", "0"])
}
keep(do.call(rbind, rows), "change")
keep_session("change")
