"""One mediation model as text, in the blocks, order and widths of PROCESS for R.

Columns are ten wide with four decimals. A number that four decimals would print as
zero is written as 1.2e-05, and p alone reads 0.0000.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import combinations

from smcm.analysis.mediation_result import MediationResult
from smcm.process.equations import Equation, equations
from smcm.process.notes import process_notes
from smcm.report import format as fmt
from smcm.stats.terms import LinearFit, Term

PLACES = 4
CELL = 10
WIDTH = 71
RULE = "*" * WIDTH
LIMITS = ("LLCI", "ULCI")
BOOTSTRAPPED = ("Effect", "BootSE", "BootLLCI", "BootULCI")
SCALES = {
    "": "Indirect effect(s) of X on Y:",
    "ps": "Partially standardized indirect effect(s) of X on Y:",
    "cs": "Completely standardized indirect effect(s) of X on Y:",
}


def process_text(
    result: MediationResult,
    missing: Mapping[str, int] | None = None,
    source: str = "",
) -> str:
    """Write a model, its effects and the notes that belong to them.

    The text reproduces PROCESS output, model 4, unless the mediator or the outcome has
    two values, which the heading and a warning then say. With ``stream="r"`` and the
    seed that PROCESS for R was given, the bootstrap columns agree digit for digit.

    Parameters
    ----------
    result : MediationResult
    missing : mapping of str to int, optional
        Missing cells by column.
    source : str
        Name of the data, for the heading.
    """
    *to_y, total = equations(result)
    blocks = [
        _variables(result, source),
        *(f"{RULE}\n{_equation(equation, result.level)}" for equation in to_y),
        f"{_banner('TOTAL EFFECT MODEL')}\n{_equation(total, result.level)}",
        f"{_banner('TOTAL, DIRECT, AND INDIRECT EFFECTS OF X ON Y')}\n\n"
        + "\n\n".join(_effects(result)),
        f"{_banner('ANALYSIS NOTES')}\n\n{process_notes(result, missing or {})}",
    ]
    return "\n\n".join(blocks).replace(fmt.MINUS, "-")


def _banner(title: str) -> str:
    return f" {title} ".center(WIDTH, "*")


def _claim(result: MediationResult) -> str:
    """Say whose output this is; PROCESS has none where M or Y has two values."""
    if result.parts.process_has_it:
        return "reproduces PROCESS output"
    return "linear probability model, not PROCESS output"


def _variables(result: MediationResult, source: str) -> str:
    spec, names = result.spec, result.spec.mediators
    signs = ["M"] if len(names) == 1 else [f"M{k}" for k in range(1, len(names) + 1)]
    parts = [("Y", spec.y), ("X", spec.x), *zip(signs, names, strict=True)]
    listed = f" {', '.join(spec.covariates)}"
    covariates = ["", "Covariates:", listed] if spec.covariates else []
    heading = "SIMPLE MEDIATION" if len(names) == 1 else "PARALLEL MEDIATION"
    return "\n".join(
        [
            f"{heading} MODEL ({_claim(result)})",
            RULE,
            "Model : 4",
            *(f"{sign:>5} : {name}" for sign, name in parts),
            *covariates,
            *(["", f"Data: {source}"] if source else []),
            "",
            f"Sample size: {result.n}",
            "",
            f"Random seed: {result.seed}",
        ]
    )


def _equation(equation: Equation, level: float) -> str:
    fit = equation.fit
    summary = (math.sqrt(max(fit.r2, 0.0)), fit.r2, fit.mse, fit.f)
    sizes = (float(fit.slope.size - 1), float(fit.df))
    wide = max(map(len, equation.places))
    rows = [
        _row(name, *_coefficient(fit, fit.term(at, level)), wide=wide)
        for name, at in equation.places.items()
    ]
    robust = _robust(fit)
    return "\n".join(
        [
            f"Outcome Variable: {equation.outcome}",
            "",
            "Model Summary:",
            _row("", "R", "R-sq", "MSE", _wald(fit), "df1", "df2", "p"),
            _row("", *map(_sized, (*summary, *sizes)), _p(fit.f_p)),
            "",
            "Model:",
            _row("", "coeff", f"se{robust}", *_tested(fit), *LIMITS, wide=wide),
            *rows,
        ]
    )


def _robust(fit: LinearFit) -> str:
    """Mark that follows the name of an error that is not classical."""
    return "" if fit.se_kind == "classical" else f"({fit.se_kind.upper()})"


def _wald(fit: LinearFit) -> str:
    """Head the F of the equation, which cluster-robust errors have none of."""
    return "F" if fit.n_clusters else f"F{_robust(fit)}"


def _tested(fit: LinearFit) -> tuple[str, ...]:
    """Head the test of a slope, with degrees of freedom where it has its own."""
    return ("t", "df", "p") if fit.n_clusters else ("t", "p")


def _coefficient(fit: LinearFit, term: Term) -> tuple[str, ...]:
    """Write a slope; degrees of freedom where it has its own."""
    df = (_sized(term.df),) if fit.n_clusters else ()
    numbers = map(_sized, (term.estimate, term.se, term.statistic))
    return (*numbers, *df, _p(term.p), *map(_sized, term.limits))


def _effects(result: MediationResult) -> Iterator[str]:
    fit = result.paths.to_total
    header = _row("", "effect", f"se{_robust(fit)}", *_tested(fit), *LIMITS)
    for name in ("total", "direct"):
        cells = _coefficient(fit, result.term(name))
        heading = f"{name.capitalize()} effect of X on Y:"
        yield "\n".join([heading, header, _row("", *cells)])
    for scale, heading in SCALES.items():
        if scale not in result.parts.scales:
            continue
        yield "\n".join([heading, *_indirect(result, scale)])
    if result.contrasts:
        yield "\n".join(
            [
                "Specific indirect effect contrast definition(s):",
                *(
                    f"(C{k})  {' minus '.join(pair)}"
                    for k, pair in enumerate(combinations(result.spec.mediators, 2), 1)
                ),
            ]
        )


def _indirect(result: MediationResult, scale: str) -> Iterator[str]:
    total, *specific = (term.name for term in result.indirect_terms(scale))
    labels = {total: "TOTAL"} if len(specific) > 1 else {}
    labels |= dict(zip(specific or [total], result.spec.mediators, strict=True))
    if not scale:
        names = (term.name for term in result.contrasts)
        labels |= {name: f"(C{k})" for k, name in enumerate(names, 1)}
    wide = max(map(len, labels.values()))
    yield _row("", *BOOTSTRAPPED, wide=wide)
    for term, label in labels.items():
        drawn = result.term(term)
        cells = map(_sized, (drawn.estimate, drawn.se, *drawn.limits))
        yield _row(label, *cells, wide=wide)


def _row(label: str, *cells: str, wide: int = 1) -> str:
    return f"{label:<{wide}}" + "".join(f" {cell:>{CELL - 1}}" for cell in cells)


def _sized(value: float) -> str:
    """Four decimals; more where four would show a number as zero, none where huge."""
    if not math.isfinite(value):
        return "."
    size = abs(value)
    if size >= 10.0**5:
        return fmt.number(value, 0).replace(",", "")
    if 0.0 < size < 0.5 * 10.0**-PLACES:
        return f"{value:.1e}"
    return fmt.number(value, PLACES).replace(",", "")


def _p(p: float) -> str:
    return fmt.number(p, PLACES) if math.isfinite(p) else "."
