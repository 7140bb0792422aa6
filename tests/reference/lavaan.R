# One of the eight models as a path model in lavaan, with lavaan's own bootstrap.
# Run from the repository root: Rscript tests/reference/lavaan.R

suppressMessages(library(lavaan))
source("tests/reference/lib/cohort.R")
RESAMPLES <- 300
SEED <- 1

frame <- analysis_frame()
model <- Filter(function(m) m$y == "pgi_18", eight_models())[[1]]
rest <- paste(model$covariates, collapse = " + ")
syntax <- paste0(
  model$m, " ~ a*", model$x, " + ", rest, "\n",
  model$y, " ~ b*", model$m, " + direct*", model$x, " + ", rest, "\n",
  "indirect := a*b\ntotal := direct + a*b"
)
fit <- sem(syntax, frame, se = "bootstrap", bootstrap = RESAMPLES, iseed = SEED,
           test = "none", baseline = FALSE, h1 = FALSE)
found <- parameterEstimates(fit, boot.ci.type = "perc")
found <- found[found$label %in% c("a", "b", "direct", "indirect", "total"), ]
keep(data.frame(
  model = model$y, term = found$label, resamples = RESAMPLES, estimate = found$est,
  se = found$se, low = found$ci.lower, high = found$ci.upper
), "lavaan")
keep_session("lavaan")
