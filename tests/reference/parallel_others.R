# Two mediators in parallel on the shipped cohort, by psych's mediate() and by a path
# model in lavaan with lavaan's own bootstrap. The residuals of the mediators covary,
# as they do where each mediator has a regression of its own.
# Run from the repository root: Rscript tests/reference/parallel_others.R

suppressMessages(library(lavaan))
suppressMessages(library(psych))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 1000
SEED <- 1
X <- "fid180_4.5"
M <- c("rprs_4.5", "qoli20_9")
Y <- "pgi_18"
REST <- c(SHARED, "pgi_0")

frame <- analysis_frame()

options(mc.cores = 1)
set.seed(SEED)
formula <- as.formula(paste(
  Y, "~", paste(c(X, paste0("(", M, ")"), REST), collapse = " + ")
))
found <- psych::mediate(formula, data = frame, n.iter = 10, std = FALSE, plot = FALSE)
rows <- function(equation, fit, at) {
  data.frame(equation = equation, term = rownames(fit$beta), estimate = fit$beta[, at],
             se = fit$se[, at])
}
keep(rbind(
  rows(M[1], found$a.reg, 1), rows(M[2], found$a.reg, 2),
  rows("outcome", found$cprime.reg, 1), rows("total", found$total.reg, 1)
), "parallel_psych")

rest <- paste(REST, collapse = " + ")
syntax <- paste(c(
  paste0(M, " ~ a", 1:2, "*", X, " + ", rest),
  paste0(Y, " ~ b1*", M[1], " + b2*", M[2], " + direct*", X, " + ", rest),
  paste(M[1], "~~", M[2]),
  "e1 := a1*b1", "e2 := a2*b2", "t := e1+e2", "c := e1-e2", "total := direct+e1+e2"
), collapse = "\n")
fit <- sem(syntax, frame, se = "bootstrap", bootstrap = RESAMPLES, iseed = SEED,
           test = "none", baseline = FALSE, h1 = FALSE)
path <- parameterEstimates(fit, boot.ci.type = "perc")
terms <- c(a1 = paste0("a:", M[1]), a2 = paste0("a:", M[2]), b1 = paste0("b:", M[1]),
           b2 = paste0("b:", M[2]), direct = "direct", t = "indirect",
           e1 = paste0("indirect:", M[1]), e2 = paste0("indirect:", M[2]),
           c = paste0("contrast:", M[1], "-", M[2]), total = "total")
path <- path[match(names(terms), path$label), ]
keep(data.frame(
  term = terms, resamples = RESAMPLES, estimate = path$est, se = path$se,
  low = path$ci.lower, high = path$ci.upper
), "parallel_lavaan")
keep_session("parallel_others")
