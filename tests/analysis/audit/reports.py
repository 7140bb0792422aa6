"""True reports: numbers computed from samples or closed forms, then printed.

Each function draws one report of a kind and returns its rows as printed texts, with
the words that state how its numbers came about. Nothing here uses `smcm`; the
arithmetic is numpy's and scipy's.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
from scipy import stats

HABITS = (ROUND_HALF_UP, ROUND_HALF_EVEN)
Key = str | tuple[str, str]
Draw = Callable[["Printer"], "Report"]


@dataclass
class Report:
    """Rows by quantity, or by quantity and part; and what is stated of them."""

    rows: dict[Key, str]
    stated: dict[str, str] = field(default_factory=dict)


class Printer:
    """A source of draws that prints numbers by one habit of rounding."""

    def __init__(self, seed: int, habit: str | None = None) -> None:
        self.rng = np.random.default_rng(seed)
        self.habit = habit or str(self.rng.choice(HABITS))

    def __call__(self, value: float, places: int) -> str:
        unit = Decimal(1).scaleb(-int(places))
        return str(Decimal(repr(float(value))).quantize(unit, rounding=self.habit))

    def p(self, value: float) -> str:
        """Print a p as journals do: digits, a bound, or SPSS's .000."""
        style = self.rng.random()
        if value < 0.001 and style < 0.7:
            return "<.001"
        if value > 0.05 and style < 0.05:
            return ">.05"
        return self(value, self.rng.integers(2, 4)).removeprefix("0")

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high))

    def some(self, rows: dict[Key, str], *always: Key) -> dict[Key, str]:
        """Keep some rows by chance, and those that are always printed."""
        return {k: v for k, v in rows.items() if k in always or self.rng.random() < 0.7}


def _two_sided(t: float, df: float) -> float:
    return float(2 * stats.t.sf(abs(t), df))


def coefficient(say: Printer) -> Report:
    """A coefficient with its t interval."""
    df, level = say.whole(5, 300), say.rng.choice([90, 95, 99])
    b, se = say.rng.normal(scale=0.5), say.rng.uniform(0.03, 0.6)
    half = stats.t.ppf(0.5 + level / 200, df) * se
    k = say.whole(1, 6)
    rows = {
        "estimate": say(b, say.whole(1, 4)),
        "se": say(se, 3),
        "ci_low": say(b - half, 2),
        "ci_high": say(b + half, 2),
        "t": say(b / se, 2),
        "p": say.p(_two_sided(b / se, df)),
        "df": str(df),
        "n": str(df + k + 1),
        "predictors": str(k),
    }
    always = ("estimate", "ci_low", "ci_high", "p", "df")
    return Report(say.some(rows, *always) | {"level": str(level)}, {"interval": "t"})


def normal_interval(say: Printer) -> Report:
    """An estimate ± 1.96 standard errors, with z or with a p of a t test's df."""
    b, se, df = say.rng.normal(), say.rng.uniform(0.1, 0.9), say.whole(8, 60)
    rows = {
        "estimate": say(b, 2),
        "ci_low": say(b - stats.norm.ppf(0.975) * se, 2),
        "ci_high": say(b + stats.norm.ppf(0.975) * se, 2),
    }
    if say.rng.random() < 0.5:
        rows |= {"z": say(b / se, 2), "p": say.p(2 * stats.norm.sf(abs(b / se)))}
    else:
        rows |= {"t": say(b / se, 2), "df": str(df), "p": say.p(_two_sided(b / se, df))}
    return Report(rows, {"interval": "normal"})


def ratio(say: Printer) -> Report:
    """An odds ratio of a table of four, with Wald's limits and p on the log scale."""
    table = say.rng.integers(3, 60, size=4)
    log, se = (
        math.log(table[0] * table[3] / table[1] / table[2]),
        math.sqrt(sum(1 / table)),
    )
    half = stats.norm.ppf(0.975) * se
    rows = {
        "estimate": say(math.exp(log), 2),
        "ci_low": say(math.exp(log - half), 2),
        "ci_high": say(math.exp(log + half), 2),
        "p": say.p(2 * stats.norm.sf(abs(log / se))),
        "z": say(log / se, 2),
        "n": str(sum(table)),
        "predictors": "1",
    }
    kept = say.some(rows, "estimate", "ci_low", "ci_high")
    return Report(kept, {"interval": "log"})


def ratio_other_test(say: Printer) -> Report:
    """A hazard ratio whose p is of a test other than Wald's."""
    found = ratio(say)
    found.rows.pop("z", None)
    p = float(say.rng.uniform(0.001, 0.2))
    return Report(found.rows | {"p": say.p(p)}, {"interval": "other"})


def bootstrap(say: Printer) -> Report:
    """A skewed sample's mean: percentile limits beside the p of a t test."""
    x = say.rng.exponential(2.0, say.whole(12, 40)) - 1.0
    draws = say.rng.choice(x, size=(400, x.size)).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    test = stats.ttest_1samp(x, 0.0)
    rows = {
        "estimate": say(x.mean(), 2),
        "se": say(x.std(ddof=1) / math.sqrt(x.size), 3),
        "ci_low": say(low, 2),
        "ci_high": say(high, 2),
        "t": say(test.statistic, 2),
        "df": str(x.size - 1),
        "p": say.p(test.pvalue),
    }
    kept = say.some(rows, "estimate", "ci_low", "ci_high")
    return Report(kept, {"interval": "bootstrap"})


def indirect(say: Printer) -> Report:
    """Two paths and their product with percentile limits of its draws."""
    a, b = say.rng.normal(0.4, 0.3, 2)
    draws = say.rng.normal(a, 0.15, 2000) * say.rng.normal(b, 0.15, 2000)
    low, high = np.quantile(draws, [0.025, 0.975])
    rows = {"a": say(a, 2), "b": say(b, 2), "ab": say(a * b, say.whole(2, 4))}
    rows |= {"ci_low": say(low, 2), "ci_high": say(high, 2)}
    return Report(rows, {"interval": "bootstrap"})


def product(say: Printer) -> Report:
    """Two paths and their product."""
    a, b = say.rng.normal(scale=0.5, size=2)
    return Report({"a": say(a, 2), "b": say(b, 2), "ab": say(a * b, say.whole(2, 4))})


def standardized(say: Printer) -> Report:
    """A standardized estimate in a row with the unstandardized standard error."""
    beta, ratio_of_sds = say.rng.uniform(0.1, 0.6), say.rng.uniform(0.2, 5.0)
    df = say.whole(20, 200)
    t = say.rng.normal(2, 1)
    se = beta * ratio_of_sds / abs(t)
    rows = {
        "estimate": say(math.copysign(beta, t), 2),
        "se": say(se, 2),
        "t": say(t, 2),
        "df": str(df),
        "p": say.p(_two_sided(t, df)),
    }
    return Report(rows, {"standardized": "yes"})


def correlation(say: Printer) -> Report:
    """A correlation with n or df, p and Fisher's limits."""
    n = say.whole(8, 200)
    x, y = say.rng.normal(size=(2, n))
    found = stats.pearsonr(x, x * say.rng.normal(scale=0.4) + y)
    half = stats.norm.ppf(0.975) / math.sqrt(n - 3)
    z = math.atanh(found.statistic)
    rows = {
        "r": say(found.statistic, 2),
        "p": say.p(found.pvalue),
        "ci_low": say(math.tanh(z - half), 2),
        "ci_high": say(math.tanh(z + half), 2),
    }
    rows |= {"n": str(n)} if say.rng.random() < 0.6 else {"df": str(n - 2)}
    return Report(say.some(rows, "r", "n", "df", "p"), {"interval": "fisher"})


def partial_correlation(say: Printer) -> Report:
    """A correlation with covariates partialled out."""
    n, covariates = say.whole(20, 200), say.whole(1, 6)
    df, r = n - 2 - covariates, say.rng.uniform(-0.5, 0.5)
    p = _two_sided(r * math.sqrt(df / (1 - r * r)), df)
    rows = {"r": say(r, 2), "n": str(n), "predictors": str(covariates + 1)}
    return Report(rows | {"p": say.p(p)})


def pairwise(say: Printer) -> Report:
    """A correlation of fewer pairs than the n of the study."""
    found = correlation(say)
    r, pairs = float(found.rows["r"]), say.whole(6, 60)
    p = _two_sided(r * math.sqrt((pairs - 2) / (1 - r * r)), pairs - 2)
    rows = {"r": found.rows["r"], "n": str(pairs + say.whole(1, 30)), "p": say.p(p)}
    return Report(rows, {"answered": "some"})


def test(say: Printer) -> Report:
    """A test statistic with p, two-sided and not adjusted."""
    name = say.rng.choice(["t", "F", "z", "chi2"])
    size = abs(say.rng.normal()) * 2
    df, df1 = say.whole(4, 120), say.whole(1, 5)
    p, rows = {
        "t": (_two_sided(size, df), {"df": str(df)}),
        "F": (stats.f.sf(size, df1, df), {"df1": str(df1), "df2": str(df)}),
        "z": (2 * stats.norm.sf(size), {}),
        "chi2": (stats.chi2.sf(size, df1), {"df": str(df1), "n": str(df)}),
    }[name]
    signed = size if name in ("F", "chi2") else size * say.rng.choice([-1, 1])
    return Report({str(name): say(signed, 2), "p": say.p(p), **rows})


def one_sided(say: Printer) -> Report:
    """A one-sided test, its effect in the direction expected or in the other."""
    name = say.rng.choice(["t", "z", "r"])
    size, df = say.rng.normal() * 2, say.whole(4, 120)
    t = size
    if name == "r":
        size = math.tanh(size / 4)
        t = size * math.sqrt(df / (1 - size**2))
    p = stats.norm.sf(t) if name == "z" else stats.t.sf(t, df)
    rows = {str(name): say(size, 2), "p": say.p(p)}
    rows |= {} if name == "z" else {"df": str(df)}
    rows = rows if say.rng.random() < 0.5 else rows | {"p": say.p(1 - p)}
    return Report(rows, {"tails": "1"})


def one_sided_f(say: Printer) -> Report:
    """F with one df, or chi squared with one, whose p was halved."""
    size, df = abs(say.rng.normal()) * 3, say.whole(8, 90)
    if say.rng.random() < 0.5:
        rows = {"F": say(size, 2), "df1": "1", "df2": str(df)}
        p = stats.f.sf(size, 1, df) / 2
    else:
        rows, p = {"chi2": say(size, 2), "df": "1"}, stats.chi2.sf(size, 1) / 2
    return Report(rows | {"p": say.p(p)}, {"tails": "1"})


def one_sided_coefficient(say: Printer) -> Report:
    """A coefficient with a t interval whose p is one-sided."""
    found = coefficient(say)
    df, t = int(found.rows["df"]), say.rng.normal(1.5)
    b = t * 0.21
    half = stats.t.ppf(0.5 + float(found.rows["level"]) / 200, df) * 0.21
    rows = {"estimate": say(b, 2), "df": str(df), "level": found.rows["level"]}
    rows |= {"ci_low": say(b - half, 2), "ci_high": say(b + half, 2)}
    p = stats.t.sf(t, df)
    return Report(rows | {"p": say.p(p)}, {"interval": "t", "tails": "1"})


def adjusted(say: Printer) -> Report:
    """A p multiplied by a number of comparisons that is printed or not."""
    df, t, k = say.whole(8, 90), abs(say.rng.normal()) * 2.5, say.whole(2, 7)
    p = min(1.0, k * _two_sided(t, df))
    rows = {"t": say(t, 2), "df": str(df), "p": say.p(p)}
    if say.rng.random() < 0.5:
        half = stats.t.ppf(0.975, df) * 0.3
        rows |= {"estimate": say(0.3 * t, 2), "ci_low": say(0.3 * t - half, 2)}
        rows |= {"ci_high": say(0.3 * t + half, 2)}
    return Report(rows, {"comparisons": str(k), "interval": "t"})


def tukey(say: Printer) -> Report:
    """A t with Tukey's p of three groups."""
    df, t = say.whole(10, 90), abs(say.rng.normal()) * 2
    p = stats.studentized_range.sf(t * math.sqrt(2), 3, df)
    rows = {"t": say(t, 2), "df": str(df), "p": say.p(p)}
    return Report(rows, {"p_adjusted": "yes"})


def corrected_f(say: Printer) -> Report:
    """Repeated measures: p by Greenhouse and Geisser's df, printed or not."""
    n, k = say.whole(8, 50), say.whole(3, 6)
    x = say.rng.normal(size=(n, k)).cumsum(axis=1) + say.rng.normal(0.4, 0.4, k)
    centred = x - x.mean(axis=1, keepdims=True)
    cell = centred.mean(axis=0)
    effect = n * ((cell - cell.mean()) ** 2).sum()
    error = ((centred - cell) ** 2).sum()
    df1, df2 = k - 1, (k - 1) * (n - 1)
    f = (effect / df1) / (error / df2)
    values = np.linalg.eigvalsh(np.cov(centred, rowvar=False))
    epsilon = values.sum() ** 2 / (k - 1) / (values**2).sum()
    p = stats.f.sf(f, epsilon * df1, epsilon * df2)
    rows = {"F": say(f, 2), "p": say.p(p), "eta2": say(effect / (effect + error), 2)}
    if say.rng.random() < 0.5:
        rows |= {"df1": say(epsilon * df1, 2), "df2": say(epsilon * df2, 2)}
    else:
        rows |= {"df1": str(df1), "df2": str(df2)}
    return Report(rows, {"df_corrected": "yes"})


def _groups(say: Printer) -> tuple[np.ndarray, np.ndarray]:
    x = say.rng.normal(20, 5, say.whole(4, 60))
    return x, say.rng.normal(22, say.rng.uniform(3, 12), say.whole(4, 60))


def _moments(say: Printer, x: np.ndarray, y: np.ndarray, ddof: int = 1) -> dict:
    places = say.whole(1, 3)
    return {
        (name, part): say(value, places)
        for part, v in (("x", x), ("y", y))
        for name, value in (("mean", v.mean()), ("sd", v.std(ddof=ddof)))
    }


def groups(say: Printer) -> Report:
    """Student's t of two groups, with d by the pooled SD."""
    x, y = _groups(say)
    found, df = stats.ttest_ind(x, y), x.size + y.size - 2
    pooled = math.sqrt(
        ((x.size - 1) * x.var(ddof=1) + (y.size - 1) * y.var(ddof=1)) / df
    )
    rows = _moments(say, x, y) | {("n", "x"): str(x.size), ("n", "y"): str(y.size)}
    rows |= {"t": say(found.statistic, 2), "df": str(df), "p": say.p(found.pvalue)}
    d = abs(x.mean() - y.mean()) / pooled
    return Report(rows | {"d": say(d, 2)}, {"d_by": "pooled", "design": "groups"})


def welch(say: Printer) -> Report:
    """Welch's t, its df with decimals, rounded to a whole or cut to one."""
    x, y = _groups(say)
    found = stats.ttest_ind(x, y, equal_var=False)
    df = say.rng.choice([say(found.df, 2), say(found.df, 1), say(found.df, 0)])
    rows = _moments(say, x, y) | {("n", "x"): str(x.size), ("n", "y"): str(y.size)}
    rows |= {"t": say(found.statistic, 2), "df": str(df), "p": say.p(found.pvalue)}
    return Report(rows, {"df_corrected": "yes", "design": "groups"})


def total_n(say: Printer) -> Report:
    """Two groups of whom only the total is printed."""
    found = groups(say)
    sizes = [int(found.rows.pop(("n", part))) for part in ("x", "y")]
    rows = found.rows | {"n": str(sum(sizes))}
    if say.rng.random() < 0.5:
        rows.pop("df")
        if say.rng.random() < 0.5:
            rows.pop("t")
    return Report(rows, {"design": "groups", "d_by": "pooled"})


def other_d(say: Printer) -> Report:
    """Two groups with d by a denominator of the report's own."""
    found = groups(say)
    means = [float(found.rows["mean", part]) for part in ("x", "y")]
    d = abs(means[0] - means[1]) / say.rng.uniform(2, 15)
    return Report(found.rows | {"d": say(d, 2)}, {"d_by": "other", "design": "groups"})


def hedges(say: Printer) -> Report:
    """Two groups with the d that is corrected for small samples."""
    x, y = _groups(say)
    df = x.size + y.size - 2
    pooled = math.sqrt(
        ((x.size - 1) * x.var(ddof=1) + (y.size - 1) * y.var(ddof=1)) / df
    )
    g = abs(x.mean() - y.mean()) / pooled * (1 - 3 / (4 * df - 1))
    rows = _moments(say, x, y) | {("n", "x"): str(x.size), ("n", "y"): str(y.size)}
    return Report(rows | {"d": say(g, 2)}, {"d_by": "hedges", "design": "groups"})


def _pairs(say: Printer) -> tuple[np.ndarray, np.ndarray]:
    x = say.rng.normal(50, 10, say.whole(5, 120))
    slope = say.rng.uniform(-0.5, 1.1)
    return x, 50 + slope * (x - 50) + say.rng.normal(2, 6, x.size)


def paired(say: Printer) -> Report:
    """A paired t with dz."""
    x, y = _pairs(say)
    found = stats.ttest_rel(x, y)
    rows = _moments(say, x, y) | {"n": str(x.size), "df": str(x.size - 1)}
    rows |= {"t": say(found.statistic, 2), "p": say.p(found.pvalue)}
    d = abs(found.statistic) / math.sqrt(x.size)
    return Report(rows | {"d": say(d, 2)}, {"d_by": "dz", "design": "paired"})


def dropout(say: Printer) -> Report:
    """A paired t of those who stayed, beside means and SDs of all who were asked."""
    x, y = _pairs(say)
    stayed = x > np.quantile(x, 0.3)
    found = stats.ttest_rel(x[stayed], y[stayed])
    rows = _moments(say, x, y[stayed])
    if say.rng.random() < 0.5:
        rows |= {"n": str(x.size)}
    else:
        rows |= {("n", "x"): str(x.size), ("n", "y"): str(stayed.sum())}
    rows |= {"t": say(found.statistic, 2), "p": say.p(found.pvalue)}
    if say.rng.random() < 0.5:
        rows |= {"df": str(stayed.sum() - 1)}
    return Report(rows, {"answered": "some", "design": "paired"})


def population_sd(say: Printer) -> Report:
    """Two groups, or whole scores, whose SDs divide by n."""
    if say.rng.random() < 0.5:
        x, y = _groups(say)
        rows = _moments(say, x, y, 0) | {("n", "x"): str(x.size)}
        rows |= {("n", "y"): str(y.size), "df": str(x.size + y.size - 2)}
        rows |= {"t": say(stats.ttest_ind(x, y).statistic, 2)}
        return Report(rows, {"sd_by": "n", "design": "groups"})
    x = say.rng.integers(1, 6, say.whole(4, 40))
    rows = {"mean": say(x.mean(), 2), "sd": say(x.std(), 2), "n": str(x.size)}
    rows |= {"items": "1", "scale_min": "1", "scale_max": "5"}
    return Report(rows, {"sd_by": "n"})


def whole_scores(say: Printer) -> Report:
    """Means of whole answers, everything answered."""
    items, top = say.whole(1, 4), say.whole(2, 8)
    answers = say.rng.integers(1, top + 1, (say.whole(3, 33), items))
    scores = answers.mean(axis=1)
    rows = {"mean": say(scores.mean(), 2), "sd": say(scores.std(ddof=1), 2)}
    rows |= {"n": str(scores.size), "items": str(items)}
    return Report(rows | {"scale_min": "1", "scale_max": str(top)})


def binary_scores(say: Printer) -> Report:
    """Mean and SD of zeros and ones."""
    x = say.rng.integers(0, 2, say.whole(4, 80))
    rows = {"mean": say(x.mean(), 2), "sd": say(x.std(ddof=1), 2), "n": str(x.size)}
    return Report(rows | {"items": "1", "scale_min": "0", "scale_max": "1"})


def prorated(say: Printer) -> Report:
    """Scores by the items that were answered; or fewer people than n."""
    items = say.whole(2, 6)
    answers = say.rng.integers(1, 6, (say.whole(4, 30), items)).astype(float)
    if say.rng.random() < 0.5:
        answers[say.rng.random(answers.shape) < 0.15] = np.nan
        answers[:, 0] = np.nan_to_num(answers[:, 0], nan=3.0)
        scores = np.nanmean(answers, axis=1)
    else:
        scores = answers.mean(axis=1)[: max(2, len(answers) * 2 // 3)]
    rows = {"mean": say(scores.mean(), 2), "sd": say(scores.std(ddof=1), 2)}
    rows |= {"n": str(len(answers)), "items": str(items)}
    return Report(rows | {"scale_min": "1", "scale_max": "5"}, {"answered": "some"})


def percentages(say: Printer) -> Report:
    """Percentages of the printed total."""
    counts = say.rng.integers(0, 80, say.whole(1, 5))
    total = int(counts.sum()) + say.whole(1, 10)
    places = say.whole(0, 2)
    rows: dict[Key, str] = {"total": str(total)}
    for k, count in enumerate(counts):
        rows |= {("count", f"g{k}"): str(count)}
        rows |= {("percent", f"g{k}"): say(100 * count / total, places)}
    return Report(rows)


def answered_percentages(say: Printer) -> Report:
    """Percentages of those who answered, the whole sample being printed as total."""
    found = percentages(say)
    more = int(found.rows.pop("total")) + say.whole(1, 40)
    name = say.rng.choice(["total", "n"])
    return Report(found.rows | {str(name): str(more)}, {"answered": "some"})


def percentages_without_total(say: Printer) -> Report:
    """Counts that are small shares of a total which is not printed."""
    total, places = say.whole(200, 5000), say.whole(0, 2)
    rows: dict[Key, str] = {}
    for k, count in enumerate(say.rng.integers(0, 6, say.whole(1, 4))):
        rows |= {("count", f"g{k}"): str(count)}
        rows |= {("percent", f"g{k}"): say(100 * count / total, places)}
    return Report(rows)


def eta_squared(say: Printer) -> Report:
    """Partial eta squared of an F."""
    df1, df2, f = say.whole(1, 6), say.whole(8, 300), abs(say.rng.normal()) * 4
    rows = {"F": say(f, 2), "df1": str(df1), "df2": str(df2)}
    rows |= {"eta2": say(f * df1 / (f * df1 + df2), 3)}
    return Report(rows | {"p": say.p(stats.f.sf(f, df1, df2))}, {"eta2_by": "partial"})


def whole_eta_squared(say: Printer) -> Report:
    """Eta squared of a design with other effects, which is less than the partial."""
    df1, df2, f = say.whole(1, 4), say.whole(20, 200), abs(say.rng.normal()) * 4 + 1
    others = say.rng.uniform(0.1, 0.9)
    rows = {"F": say(f, 2), "df1": str(df1), "df2": str(df2)}
    rows |= {"eta2": say(f * df1 / ((f * df1 + df2) * (1 + others)), 3)}
    return Report(rows, {"eta2_by": "other"})


def step(say: Printer) -> Report:
    """The F of a step of a regression, with R squared and its change."""
    n, k, df1 = say.whole(20, 300), say.whole(2, 8), 1
    df2, r2 = n - k - 1, say.rng.uniform(0.05, 0.6)
    f = abs(say.rng.normal()) * 3
    rows = {"F": say(f, 2), "df1": str(df1), "df2": str(df2), "r2": say(r2, 2)}
    rows |= {"r2_change": say(f * df1 * (1 - r2) / df2, 3), "n": str(n)}
    p = stats.f.sf(f, df1, df2)
    return Report(rows | {"predictors": str(k), "p": say.p(p)}, {"r2_by": "plain"})


def adjusted_r2(say: Printer) -> Report:
    """The same, with R squared printed in its adjusted form."""
    n, k = say.whole(20, 300), say.whole(2, 8)
    df2, r2, f = n - k - 1, say.rng.uniform(0.3, 0.6), abs(say.rng.normal()) * 3
    shrunk = max(0.0, 1 - (1 - r2) * (n - 1) / df2)
    rows = {"F": say(f, 2), "df1": "1", "df2": str(df2), "r2": say(shrunk, 2)}
    rows |= {"r2_change": say(f * (1 - r2) / df2, 3)}
    return Report(rows, {"r2_by": "adjusted"})


def fewer_cases(say: Printer) -> Report:
    """Degrees of freedom of those without gaps, beside the n of all."""
    n, k, gaps = say.whole(30, 300), say.whole(1, 8), say.whole(1, 15)
    df = n - gaps - k - 1
    b, se = say.rng.normal(), say.rng.uniform(0.1, 0.9)
    rows = {"estimate": say(b, 2), "se": say(se, 3), "t": say(b / se, 2)}
    rows |= {"n": str(n), "predictors": str(k), "p": say.p(_two_sided(b / se, df))}
    rows |= {"df": str(df)} if say.rng.random() < 0.5 else {}
    return Report(rows, {"answered": "some"})


def two_tests(say: Printer) -> Report:
    """F of all groups and t of two of them, with the p of one of both."""
    df1, df2 = say.whole(2, 5), say.whole(20, 90)
    f, t = abs(say.rng.normal()) * 4, say.rng.normal() * 2
    p = say.rng.choice([stats.f.sf(f, df1, df2), _two_sided(t, df2)])
    rows = {"F": say(f, 2), "df1": str(df1), "df2": str(df2), "t": say(t, 2)}
    return Report(rows | {"df": str(df2), "p": say.p(p)})


def interval_of_d(say: Printer) -> Report:
    """Student's t with d and the exact limits of d, which lie unevenly around it."""
    n1, n2 = say.whole(5, 40), say.whole(5, 40)
    t, df = say.rng.normal(2), n1 + n2 - 2
    root = math.sqrt(1 / n1 + 1 / n2)
    low, high = (stats.nct(df, t).ppf(q) * root for q in (0.025, 0.975))
    rows = {"t": say(t, 2), "df": str(df), "p": say.p(_two_sided(t, df))}
    rows |= {("n", "x"): str(n1), ("n", "y"): str(n2), "d": say(t * root, 2)}
    return Report(rows | {"ci_low": say(low, 2), "ci_high": say(high, 2)})


def unsigned(say: Printer) -> Report:
    """A negative coefficient whose t is printed without its sign."""
    found = coefficient(say)
    b, t, df = -abs(say.rng.normal()), abs(say.rng.normal(2)), say.whole(9, 99)
    rows = {"estimate": say(b, 2), "se": say(abs(b) / t, 3), "t": say(t, 2)}
    rows |= {"df": str(df), "p": say.p(_two_sided(t, df))}
    assert found.rows
    return Report(rows, {"t_sign": "dropped"})


def cut_off(say: Printer) -> Report:
    """Any of the kinds above with every number cut off and not rounded."""
    say.habit = ROUND_DOWN
    draw = say.rng.choice([coefficient, test, groups, whole_scores, percentages, step])
    found = draw(say)
    return Report(found.rows, found.stated | {"rounding": "cut"})


USUAL = (
    coefficient,
    correlation,
    partial_correlation,
    test,
    product,
    groups,
    paired,
    whole_scores,
    binary_scores,
    percentages,
    eta_squared,
    step,
)
OTHER = (
    normal_interval,
    ratio,
    ratio_other_test,
    bootstrap,
    indirect,
    standardized,
    pairwise,
    one_sided,
    one_sided_f,
    one_sided_coefficient,
    adjusted,
    tukey,
    corrected_f,
    welch,
    total_n,
    other_d,
    hedges,
    dropout,
    population_sd,
    prorated,
    answered_percentages,
    percentages_without_total,
    whole_eta_squared,
    adjusted_r2,
    fewer_cases,
    two_tests,
    interval_of_d,
    unsigned,
    cut_off,
)


def slips(rows: dict[Key, str], say: Printer, times: int) -> list[dict[Key, str]]:
    """Change one digit of one printed number, as a key that was missed would."""
    exact = ("level", "tails", "comparisons", "items", "scale_min", "scale_max")
    found = []
    names = [k for k in rows if (k if isinstance(k, str) else k[0]) not in exact]
    for _ in range(times):
        key = names[say.whole(0, len(names))]
        text = rows[key]
        at = [i for i, c in enumerate(text) if c.isdigit()]
        i = at[say.whole(0, len(at))]
        digit = str((int(text[i]) + say.whole(1, 10)) % 10)
        slip = text[:i] + digit + text[i + 1 :]
        no_people = text.isdigit() and int(slip) == 0  # refused when it is read
        found.append(rows | {key: text if no_people else slip})
    return found
