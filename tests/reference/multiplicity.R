# Adjusted p values by p.adjust(): of drawn vectors of several lengths, and of one with
# ties, a zero and ones.
# Run from the repository root: Rscript tests/reference/multiplicity.R

source("tests/reference/lib/cohort.R")

set.seed(20141009)
vectors <- c(
  lapply(c(1, 2, 8, 8, 8, 40), function(k) rbeta(k, 0.5, 3)),
  list(c(0.02, 0.01, 0.02, 0, 1, 1, 0.03, 0.04))
)
rows <- lapply(seq_along(vectors), function(k) {
  p <- vectors[[k]]
  data.frame(vector = k, p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))
})
keep(do.call(rbind, rows), "multiplicity")
keep_session("multiplicity")
