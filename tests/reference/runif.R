# R's own random numbers after set.seed: the first, those around the places where the
# 624 words of the twister are renewed, and a late one.
# Run from the repository root: Rscript tests/reference/runif.R

source("tests/reference/lib/cohort.R")
SEEDS <- c(0, 1, 42, 654321, 20141009, 2147483647, -5)
PLACES <- c(1:5, 622:627, 1246:1251, 100000)

found <- lapply(SEEDS, function(seed) {
  set.seed(seed)
  data.frame(seed = seed, place = PLACES, value = runif(max(PLACES))[PLACES])
})
table <- do.call(rbind, found)
table$value <- sprintf("%.17g", table$value)
keep(table, "runif")
keep_session("runif")
