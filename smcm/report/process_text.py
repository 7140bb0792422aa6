"""One mediation model as text, in the blocks that users of PROCESS know."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill

from smcm.analysis.mediation import MediationResult
from smcm.report import format as fmt
from smcm.report.terminal import terminal_width
from smcm.stats.ols import LinearFit

PLACES = 4
CELL = 10
LIMITS = ("LLCI", "ULCI")
BOOT_LIMITS = ("BootLLCI", "BootULCI")


@dataclass(frozen=True, slots=True)
class Equation:
    """One regression of the model with the names of its terms.

    Attributes
    ----------
    key : str
        ``"mediator"``, ``"outcome"`` or ``"total"``.
    title, outcome : str
    terms : tuple of str
        One for each slope of `fit`, the constant first.
    fit : LinearFit
    """

    key: str
    title: str
    outcome: str
    terms: tuple[str, ...]
    fit: LinearFit


def equations(result: MediationResult) -> tuple[Equation, ...]:
    """Name the terms of the three regressions of a model."""
    spec, paths = result.spec, result.paths
    direct = ("constant", spec.x, *spec.covariates)
    through = ("constant", spec.m, spec.x, *spec.covariates)
    return (
        Equation("mediator", "MEDIATOR MODEL", spec.m, direct, paths.to_mediator),
        Equation("outcome", "OUTCOME MODEL", spec.y, through, paths.to_outcome),
        Equation("total", "TOTAL EFFECT MODEL", spec.y, direct, paths.to_total),
    )


def process_text(
    result: MediationResult, missing: Mapping[str, int], source: str
) -> str:
    """Write a model, its effects and the notes that belong to them.

    Parameters
    ----------
    result : MediationResult
    missing : mapping of str to int
        Missing cells by column.
    source : str
        Name of the data, for the heading.
    """
    blocks = [_variables(result, source)]
    blocks += [_equation(equation, result.level) for equation in equations(result)]
    blocks += [_effects(result), _notes(result, missing)]
    return "\n\n".join(blocks).replace(fmt.MINUS, "-")


def _variables(result: MediationResult, source: str) -> str:
    spec = result.spec
    lines = [
        "SIMPLE MEDIATION MODEL (reproduces PROCESS output, model 4)",
        f"  Data        {source}",
        f"  Y outcome   {spec.y}",
        f"  X predictor {spec.x}",
        f"  M mediator  {spec.m}",
        *([f"  Covariates  {', '.join(spec.covariates)}"] if spec.covariates else []),
        f"  Sample size {fmt.whole(result.n)}",
    ]
    return "\n".join(lines)


def _equation(equation: Equation, level: float) -> str:
    fit = equation.fit
    summary = _row(
        "",
        fmt.number(math.sqrt(max(fit.r2, 0.0)), PLACES),
        fmt.number(fit.r2, PLACES),
        _sized(fit.mse),
        _sized(fit.f),
        fmt.whole(fit.slope.size - 1),
        fmt.whole(fit.df),
        _p(fit.f_p),
        wide=0,
    )
    wide = max(len(term) for term in equation.terms)
    low, high = fit.limits(level)
    rows = [
        _row(
            term,
            *map(_sized, (fit.slope[k], fit.se[k], fit.t[k])),
            _p(fit.p[k]),
            *map(_sized, (low[k], high[k])),
            wide=wide,
        )
        for k, term in enumerate(equation.terms)
    ]
    errors = {"classical": "se"}.get(fit.se_kind, f"se({fit.se_kind.upper()})")
    return "\n".join(
        [
            f"{equation.title}: {equation.outcome}",
            _row("", "R", "R-sq", "MSE", "F", "df1", "df2", "p", wide=0),
            summary,
            "",
            _row("", "coeff", errors, "t", "p", *LIMITS, wide=wide),
            *rows,
        ]
    )


def _effects(result: MediationResult) -> str:
    spec = result.spec
    total, direct = result.row("total"), result.row("direct")
    names = ("indirect", "indirect_ps", "indirect_cs")
    labels = ("indirect", "partially standardized", "completely standardized")
    wide = max(map(len, labels))
    return "\n".join(
        [
            f"EFFECTS OF {spec.x} ON {spec.y}",
            _row("", "effect", "se", "t", "p", *LIMITS, wide=wide),
            _tested("total", total, wide),
            _tested("direct", direct, wide),
            "",
            f"Indirect effect through {spec.m}",
            _row("", "effect", "BootSE", *BOOT_LIMITS, wide=wide),
            *(
                _bootstrapped(label, result.row(name), wide)
                for label, name in zip(labels, names, strict=True)
            ),
        ]
    )


def _tested(label: str, row: Mapping[str, float], wide: int) -> str:
    return _row(
        label,
        *(_sized(row[name]) for name in ("estimate", "se", "statistic")),
        _p(row["p"]),
        *(_sized(row[name]) for name in ("ci_low", "ci_high")),
        wide=wide,
    )


def _bootstrapped(label: str, row: Mapping[str, float], wide: int) -> str:
    names = ("estimate", "se", "ci_low", "ci_high")
    return _row(label, *(_sized(row[name]) for name in names), wide=wide)


def _notes(result: MediationResult, missing: Mapping[str, int]) -> str:
    draws = result.draws
    size = fmt.whole(draws.a.size)
    kind = {"percentile": "Percentile", "bc": "Bias-corrected"}[result.ci]
    gaps = [f"{name} {fmt.whole(count)}" for name, count in missing.items() if count]
    lacking = f" Missing values: {', '.join(gaps)}." if gaps else ""
    notes = [
        f"Confidence level of all intervals: {100.0 * result.level:g}%.",
        f"{kind} bootstrap limits from {size} samples, seed {result.seed}; other seeds "
        "and other programs give slightly different limits.",
        f"Rows left out because a variable is missing: "
        f"{fmt.whole(result.dropped_rows)}.{lacking}",
        "Partially standardized: SDs of the outcome per unit of the predictor; "
        "completely standardized: SDs per SD.",
        *_rank_notes(result),
        *_exact_notes(result),
    ]
    width = terminal_width()
    lines = [fill(note, width, subsequent_indent="  ") for note in notes]
    return "\n".join(["NOTES", *lines])


def _rank_notes(result: MediationResult) -> Sequence[str]:
    draws, notes = result.draws, []
    if result.dropped_columns:
        notes.append(
            "Covariates left out of every equation (constant, or determined by the "
            f"other covariates): {', '.join(result.dropped_columns)}."
        )
    if draws.n_dropped:
        notes.append(
            f"In {fmt.whole(draws.n_dropped)} samples a covariate was constant or "
            "determined by others and was left out of that sample."
        )
    if draws.n_replaced:
        notes.append(
            f"{fmt.whole(draws.n_replaced)} samples in which the predictor or the "
            "mediator did not vary on its own, or the outcome not at all, were drawn "
            "again."
        )
    return notes


def _exact_notes(result: MediationResult) -> Sequence[str]:
    exact = [eq.title.lower() for eq in equations(result) if eq.fit.sse == 0.0]
    return [
        f"The {title} fits every case exactly: its standard errors are zero, and t, F "
        "and their p values are not defined."
        for title in exact
    ]


def _row(label: str, *cells: str, wide: int) -> str:
    start = f"  {label:<{wide}}" if wide else " "
    return start + "".join(f" {cell:>{CELL}}" for cell in cells)


def _sized(value: float) -> str:
    """Four decimals; more where four would show a number as zero, none where huge."""
    if not math.isfinite(value):
        return "."
    size = abs(value)
    if size >= 10.0**5:
        return fmt.number(value, 0)
    if 0.0 < size < 0.5 * 10.0**-PLACES:
        return f"{value:.1e}"
    return fmt.number(value, PLACES)


def _p(p: float) -> str:
    if not math.isfinite(p):
        return "."
    floor = 10.0**-PLACES
    return f"<{fmt.bare(floor, PLACES)}" if p < floor else fmt.bare(p, PLACES)
