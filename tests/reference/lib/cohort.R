# The shipped cohort read and scored in base R, for the scripts beside this folder.
# They share nothing with the package but the data files. What they have read goes,
# with its md5 sum, into the session info, so that a test can say that the data have
# changed since.

DATA <- "data/synthetic"
OUT <- "tests/reference"
WINDOWS <- c(90, 180, 270)
DROPPED_DOMAIN <- "integration"
SHARED <- c("age", "female", "housed", "employed", "education", "ace", "site",
            "hospitalized")
OUTCOMES <- c("qoli20", "pgi", "ths", "mcas")
ALLIANCE_BEFORE <- c("9" = 4.5, "18" = 13.5)
ITEMS <- list(
  rprs = sprintf("rprs_%02d", 1:24), qoli20 = sprintf("qoli20_%02d", 1:20),
  ths = sprintf("ths_%d", 1:8), mcas = sprintf("mcas_%02d", 1:17)
)
RATINGS <- sprintf("pgi_rating_%d", 1:6)
POINTS <- sprintf("pgi_points_%d", 1:6)
MONTHS <- list(rprs = c(4.5, 13.5), qoli20 = c(0, 9, 18), pgi = c(0, 9, 18),
               ths = c(0, 9, 18), mcas = c(0, 9, 18))

files_read <- character()

read_table <- function(name) {
  path <- file.path(DATA, paste0(name, ".csv"))
  files_read <<- union(files_read, path)
  read.csv(path, na.strings = "", stringsAsFactors = FALSE)
}

# A sum scale needs four fifths of its items; the person's mean stands for the others.
scored <- function(key, answers) {
  if (key == "pgi") {
    rating <- as.matrix(answers[RATINGS])
    points <- as.matrix(answers[POINTS])
    part <- rating * points
    part[points == 0] <- 0
    return(10 * rowSums(part) / rowSums(points))
  }
  items <- as.matrix(answers[ITEMS[[key]]])
  average <- rowMeans(items, na.rm = TRUE)
  average[rowMeans(!is.na(items)) < 0.8] <- NA
  if (key == "rprs") (average - 1) / 3 * 100 else average * ncol(items)
}

scores <- function(folder = "completed/") {
  clients <- sort(read_table("clients")$client_id)
  found <- data.frame(client_id = clients)
  for (key in names(MONTHS)) {
    answers <- read_table(paste0(folder, key))
    answers$score <- scored(key, answers)
    for (month in MONTHS[[key]]) {
      at <- answers[answers$month == month, ]
      found[[paste0(key, "_", month)]] <- at$score[match(clients, at$client_id)]
    }
  }
  found
}

fidelity_totals <- function() {
  kept <- subset(read_table("fidelity"), domain != DROPPED_DOMAIN)
  domains <- aggregate(score ~ domain + date + team, kept, mean)
  totals <- aggregate(score ~ date + team, domains, sum)
  totals$day <- as.numeric(as.Date(totals$date))
  totals[order(totals$team, totals$day), ]
}

# One value a day by approx(), which gives NA outside the assessed days.
exposure <- function() {
  clients <- read_table("clients")
  clients <- clients[order(clients$client_id), ]
  totals <- fidelity_totals()
  held <- read_table("interviews")
  rows <- list()
  for (k in seq_len(nrow(clients))) {
    own <- totals[totals$team == clients$team[k], ]
    for (month in ALLIANCE_BEFORE) {
      when <- held$client_id == clients$client_id[k] & held$month == month
      end <- as.numeric(as.Date(held$date[when]))
      for (window in WINDOWS) {
        days <- seq(end - window, end - 1)
        daily <- approx(own$day, own$score, xout = days)$y
        rows[[length(rows) + 1]] <- data.frame(
          client_id = clients$client_id[k], month = month, window = window,
          mean = mean(daily, na.rm = TRUE),
          days_before = sum(days < min(own$day)), days_after = sum(days > max(own$day))
        )
      }
    }
  }
  do.call(rbind, rows)
}

# The same from the day of entry on, and how many days of each window precede that day.
exposure_from_entry <- function() {
  clients <- read_table("clients")
  clients <- clients[order(clients$client_id), ]
  totals <- fidelity_totals()
  held <- read_table("interviews")
  rows <- list()
  for (k in seq_len(nrow(clients))) {
    own <- totals[totals$team == clients$team[k], ]
    entry <- as.numeric(as.Date(clients$entry[k]))
    for (month in ALLIANCE_BEFORE) {
      when <- held$client_id == clients$client_id[k] & held$month == month
      end <- as.numeric(as.Date(held$date[when]))
      daily <- approx(own$day, own$score, xout = seq(entry, end - 1))$y
      before <- sapply(c(WINDOWS, 360), function(w) sum(seq(end - w, end - 1) < entry))
      names(before) <- paste0("before_", c(WINDOWS, 360))
      rows[[length(rows) + 1]] <- data.frame(
        client_id = clients$client_id[k], month = month, days = length(daily),
        mean = mean(daily, na.rm = TRUE), days_before = sum(is.na(daily)), t(before)
      )
    }
  }
  do.call(rbind, rows)
}

analysis_frame <- function() {
  clients <- read_table("clients")
  clients <- clients[order(clients$client_id), ]
  teams <- read_table("teams")
  clients$female <- as.numeric(clients$gender == "female")
  clients$site <- teams$site[match(clients$team, teams$team)]
  windows <- exposure()
  for (month in ALLIANCE_BEFORE) {
    for (window in WINDOWS) {
      at <- windows[windows$month == month & windows$window == window, ]
      name <- paste0("fid", window, "_", month)
      clients[[name]] <- at$mean[match(clients$client_id, at$client_id)]
    }
  }
  merge(clients, scores(), by = "client_id")
}

eight_models <- function(window = 180) {
  found <- list()
  for (horizon in names(ALLIANCE_BEFORE)) {
    for (outcome in OUTCOMES) {
      month <- ALLIANCE_BEFORE[[horizon]]
      found[[length(found) + 1]] <- list(
        y = paste0(outcome, "_", horizon), m = paste0("rprs_", month),
        x = paste0("fid", window, "_", month),
        covariates = c(SHARED, paste0(outcome, "_0"))
      )
    }
  }
  found
}

full_digits <- function(table) {
  for (column in names(table)) {
    value <- table[[column]]
    if (is.double(value)) {
      text <- trimws(formatC(value, digits = 16, format = "g"))
      table[[column]] <- ifelse(is.na(value), "", text)
    }
  }
  table
}

keep <- function(table, name) {
  write.csv(full_digits(table), file.path(OUT, paste0(name, ".csv")),
            row.names = FALSE, quote = FALSE, na = "")
}

keep_session <- function(name) {
  sums <- tools::md5sum(files_read)
  writeLines(c(capture.output(sessionInfo()), "", "data files read (md5):",
               paste(unname(sums), names(sums))),
             file.path(OUT, paste0(name, ".sessioninfo.txt")))
}
