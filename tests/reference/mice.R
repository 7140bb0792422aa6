# Item-level multiple imputation of the shipped cohort with mice, on the same matrix
# and with the same predictors as smcm.cohort.imputation_model, built here anew from
# the data files. Run from the repository root: Rscript tests/reference/mice.R
#
# A questionnaire that was missed is imputed by its mean: mice.impute.pmm chooses a donor
# for the mean, and all answers are copied from this donor. Answers that are missing from
# a questionnaire that was answered in part are imputed one by one. The sweeps are
# written here, because mice() has no block that does both. Teams have coefficients of
# their own, without the first team.
#
# Rscript tests/reference/mice.R time: only time mice() itself, 20 sets of 5 iterations
# in which every item is imputed one by one, and print it.

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
  for (team in sort(unique(clients$team))) {
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

impute <- function(built, chosen, iterations, sets, seed) {
  passive <- methods(built)
  chosen[grepl("^~", passive), ] <- 0
  mice(built$data,
    m = sets, maxit = iterations, method = passive, predictorMatrix = chosen,
    seed = seed, printFlag = FALSE
  )
}

# Rows in which a step imputes, of a block: some answers missing, or all of them.
rows_of <- function(built, k) {
  own <- built$items[[k]]
  mean <- built$data[[built$scores[k]]]
  if (!length(own)) {
    return(list(missed = is.na(mean)))
  }
  held <- rowSums(!is.na(built$data[own]))
  list(missed = held == 0, target = rowMeans(built$data[own], na.rm = TRUE))
}

match_rows <- function(y, observed, missing, x) {
  marked <- y + seq_along(y) * 1e-10 # tells donors with equal means apart
  x <- x[, apply(x[observed, ], 2, var) > 0, drop = FALSE]
  given <- mice.impute.pmm(marked, observed, x, wy = missing, donors = 5L)
  match(given, marked)
}

random_start <- function(built) {
  now <- as.matrix(built$data)
  for (k in seq_along(built$scores)) {
    own <- c(built$items[[k]], built$scores[k])
    full <- which(!is.na(built$data[[built$scores[k]]]))
    for (row in which(is.na(built$data[[built$scores[k]]]))) {
      gaps <- own[is.na(now[row, own])]
      now[row, gaps] <- now[full[sample.int(length(full), 1)], gaps]
    }
    if (length(built$items[[k]])) now[, built$scores[k]] <- rowMeans(now[, built$items[[k]]])
  }
  now
}

sweep_block <- function(now, built, chosen, k) {
  own <- built$items[[k]]
  score <- built$scores[k]
  at <- rows_of(built, k)
  for (item in own) {
    observed <- !is.na(built$data[[item]])
    missing <- !observed & !at$missed
    if (any(missing)) {
      donors <- match_rows(now[, item], observed, missing, now[, chosen[item, ] == 1])
      now[missing, item] <- now[donors, item]
    }
  }
  if (length(own)) now[, score] <- rowMeans(now[, own])
  if (any(at$missed)) {
    y <- if (length(own)) ifelse(at$missed, 0, at$target) else now[, score]
    donors <- match_rows(y, !at$missed, at$missed, now[, chosen[score, ] == 1])
    now[at$missed, c(own, score)] <- now[donors, c(own, score)]
  }
  now
}

one_set <- function(k, built, chosen) {
  now <- random_start(built)
  for (iteration in seq_len(ITERATIONS)) {
    for (block in seq_along(built$scores)) {
      now <- sweep_block(now, built, chosen, block)
    }
  }
  statistics(as.data.frame(now), built)
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

time_it <- function(built, chosen) {
  timed <- system.time(impute(built, chosen, TIMED_ITERATIONS, M, SEED))
  cat(sprintf("%.1f %.1f\n", timed[["user.self"]] + timed[["sys.self"]], timed[["elapsed"]]))
}

main <- function(only_time) {
  built <- build()
  quick <- quickpred(built$data, mincor = 0.3, minpuc = 0.25)
  chosen <- predictors(built, quick)
  apart <- chosen
  apart[, grep("^team_", colnames(chosen))[1]] <- 0
  if (only_time) {
    return(invisible(time_it(built, apart)))
  }
  set.seed(SEED)
  write_bits(quick, file.path(OUT, "mice_quickpred.csv"))
  write_bits(chosen, file.path(OUT, "mice_predictors.csv"))
  found <- pooled(lapply(seq_len(M), one_set, built, apart))
  keep(found, "mice")
  keep_session("mice")
}

main(identical(commandArgs(trailingOnly = TRUE), "time"))
