# Item-level multiple imputation of the shipped cohort with mice, on the same matrix
# and with the same predictors as smcm.cohort.imputation_model, built here anew from
# the data files. Run from the repository root: Rscript tests/reference/mice.R
#
# From a random start the items of a questionnaire that was missed as a whole move
# slowly, because each follows the others. So mice first imputes the scores alone, and a
# missed questionnaire starts as that of an observed client with the imputed score.
#
# Rscript tests/reference/mice.R time: only time 20 sets of 5 iterations, and print it.

suppressMessages(library(mice))
source("tests/reference/lib/cohort.R")

M <- 20
ITERATIONS <- 10
TIMED_ITERATIONS <- 5
SEED <- 20141009
WINDOW <- 180

fidelity_before <- function(clients, when) {
  means <- subset(exposure(), window == WINDOW & month == when)
  means$mean[match(clients$client_id, means$client_id)]
}

block <- function(key, month, clients) {
  answers <- read_table(key)
  answers <- answers[answers$month == month, ]
  answers <- answers[match(clients$client_id, answers$client_id), ]
  name <- paste0(key, "_", format(month))
  items <- ITEMS[[key]]
  if (is.null(items)) {
    return(setNames(data.frame(scored(key, answers)), name))
  }
  found <- setNames(answers[items], paste0(items, "_", format(month)))
  found[[name]] <- rowMeans(found)
  found
}

schedule <- function() {
  rows <- do.call(rbind, lapply(names(MONTHS), function(key) {
    data.frame(key = key, month = MONTHS[[key]])
  }))
  rows[order(rows$month), ]
}

outer_columns <- function(clients) {
  table <- with(clients, data.frame(
    age = age, female = as.numeric(gender == "female"), housed = housed,
    employed = employed, education = education, ace = ace,
    hospitalized = hospitalized
  ))
  for (month in MONTHS$rprs) {
    table[[paste0("fidelity_", month)]] <- fidelity_before(clients, month)
  }
  for (team in sort(unique(clients$team))[-1]) {
    table[[paste0("team_", team)]] <- as.numeric(clients$team == team)
  }
  table
}

build <- function() {
  clients <- read_table("clients")
  clients <- clients[order(clients$client_id), ]
  given <- schedule()
  blocks <- mapply(block, given$key, given$month,
    MoreArgs = list(clients = clients), SIMPLIFY = FALSE
  )
  list(
    data = do.call(cbind, c(list(outer_columns(clients)), unname(blocks))),
    scores = paste0(given$key, "_", format(given$month, trim = TRUE, drop0trailing = TRUE)),
    scale = given$key,
    items = unname(lapply(blocks, function(b) if (ncol(b) > 1) head(names(b), -1)))
  )
}

predictors <- function(built, quick) {
  items <- unlist(built$items)
  chosen <- quick
  chosen[] <- 0
  for (k in seq_along(built$items)) {
    own <- built$items[[k]]
    same_scale <- unlist(built$items[built$scale == built$scale[k]])
    chosen[own, same_scale] <- quick[own, same_scale]
    chosen[own, own] <- 1
  }
  chosen[, setdiff(colnames(chosen), items)] <- 1
  for (k in seq_along(built$items)) chosen[built$items[[k]], built$scores[k]] <- 0
  diag(chosen) <- 0
  chosen[!is.na(colSums(built$data)), ] <- 0
  chosen
}

methods <- function(built) {
  method <- setNames(rep("", ncol(built$data)), names(built$data))
  method[colSums(is.na(built$data)) > 0] <- "pmm"
  for (k in seq_along(built$items)) {
    own <- built$items[[k]]
    if (length(own)) {
      method[built$scores[k]] <- sprintf("~ I((%s) / %d)", paste(own, collapse = " + "), length(own))
    }
  }
  method
}

statistics <- function(completed, built) {
  scores <- as.matrix(completed[built$scores])
  pairs <- combn(built$scores, 2)
  r <- cor(scores)
  data.frame(
    statistic = rep(c("mean", "sd", "r"), c(ncol(scores), ncol(scores), ncol(pairs))),
    first = c(built$scores, built$scores, pairs[1, ]),
    second = c(rep("", 2 * ncol(scores)), pairs[2, ]),
    value = c(colMeans(scores), apply(scores, 2, sd), r[t(pairs)])
  )
}

impute <- function(built, chosen, iterations, sets, seed, start = NULL) {
  passive <- methods(built)
  chosen[grepl("^~", passive), ] <- 0
  mice(built$data,
    m = sets, maxit = iterations, method = passive, predictorMatrix = chosen,
    seed = seed, data.init = start, printFlag = FALSE
  )
}

score_sets <- function(built) {
  items <- unlist(built$items)
  mice(built$data[setdiff(names(built$data), items)],
    m = M, maxit = ITERATIONS, method = "pmm", seed = SEED, printFlag = FALSE
  )
}

start_from <- function(scores, built) {
  start <- built$data
  start[names(scores)] <- scores
  for (k in seq_along(built$items)) {
    own <- built$items[[k]]
    for (row in which(rowSums(is.na(start[own])) > 0)) {
      full <- which(!is.na(built$data[[built$scores[k]]]))
      far <- abs(scores[full, built$scores[k]] - scores[row, built$scores[k]])
      near <- full[far == min(far)]
      lender <- near[sample.int(length(near), 1)]
      gaps <- own[is.na(start[row, own])]
      start[row, gaps] <- built$data[lender, gaps]
    }
  }
  start
}

write_bits <- function(matrix, path) {
  bits <- apply(matrix, 1, paste, collapse = "")
  write.csv(data.frame(target = rownames(matrix), predictors = bits), path,
    row.names = FALSE, quote = FALSE
  )
}

pooled <- function(sets) {
  values <- sapply(sets, `[[`, "value")
  data.frame(sets[[1]][c("statistic", "first", "second")],
    estimate = rowMeans(values), between = apply(values, 1, var)
  )
}

one_set <- function(k, scores, built, chosen) {
  start <- start_from(complete(scores, k), built)
  imputed <- impute(built, chosen, ITERATIONS, 1, SEED + k, start)
  statistics(complete(imputed, 1), built)
}

time_it <- function(built, chosen) {
  timed <- system.time(impute(built, chosen, TIMED_ITERATIONS, M, SEED))
  cat(sprintf("%.1f %.1f\n", timed[["user.self"]] + timed[["sys.self"]], timed[["elapsed"]]))
}

main <- function(only_time) {
  built <- build()
  quick <- quickpred(built$data, mincor = 0.3, minpuc = 0.25)
  chosen <- predictors(built, quick)
  if (only_time) {
    return(invisible(time_it(built, chosen)))
  }
  set.seed(SEED)
  write_bits(quick, file.path(OUT, "mice_quickpred.csv"))
  write_bits(chosen, file.path(OUT, "mice_predictors.csv"))
  scores <- score_sets(built)
  found <- pooled(lapply(seq_len(M), one_set, scores, built, chosen))
  keep(found, "mice")
  keep_session("mice")
}

main(identical(commandArgs(trailingOnly = TRUE), "time"))
