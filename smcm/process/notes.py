"""What a mediation model has left out, drawn and assumed, as notes."""

from collections.abc import Iterator, Mapping
from textwrap import fill

from smcm.analysis.cautions import on_one_sample
from smcm.analysis.mediation_result import MediationResult
from smcm.process.equations import Equation, equations
from smcm.report import format as fmt
from smcm.report.terminal import terminal_width

KINDS = {
    "percentile": "percentile",
    "bc": "bias-corrected",
    "bca": "bias-corrected and accelerated",
}
STREAMS = {
    "numpy": "Resamples are drawn by NumPy (PCG64); other seeds and other programs "
    "give slightly different bootstrap columns.",
    "r": "Resamples are those of R's set.seed and runif, which PROCESS for R draws "
    "with the same seed.",
}


def process_notes(result: MediationResult, missing: Mapping[str, int]) -> str:
    """Write the block of notes that ends the text of a model."""
    size = fmt.whole(result.draws.direct.size).replace(",", "")
    kind = KINDS[result.ci]
    width = terminal_width()
    lines = [
        fill(note, width, subsequent_indent="  ") for note in _all(result, missing)
    ]
    return "\n".join(
        [
            "Level of confidence for all confidence intervals in output:",
            f"  {100.0 * result.level:g}",
            "",
            f"Number of bootstrap samples for {kind} bootstrap confidence intervals:",
            f"  {size}",
            "",
            *lines,
        ]
    )


def _all(result: MediationResult, missing: Mapping[str, int]) -> Iterator[str]:
    for caution in on_one_sample(result):
        yield f"Warning: {caution}"
    yield from result.parts.notes
    errors = result.paths.to_outcome.se_kind
    if result.cluster is not None:
        yield from _cluster_notes(result)
    elif errors != "classical":
        yield (
            f"Standard errors are consistent under heteroscedasticity "
            f"({errors.upper()}), and F is their Wald F."
        )
    yield STREAMS[result.stream]
    gaps = [f"{name} {fmt.whole(count)}" for name, count in missing.items() if count]
    lacking = f" Missing values: {', '.join(gaps)}." if gaps else ""
    yield (
        "Rows left out because a variable is missing: "
        f"{fmt.whole(result.dropped_rows)}.{lacking}"
    )
    scales = result.parts.scales
    if "cs" in scales:
        yield (
            "Partially standardized: SDs of Y per unit of X; completely standardized: "
            "SDs per SD."
        )
    elif "ps" in scales:
        yield "Partially standardized: SDs of Y per unit of X."
    yield from _rank_notes(result)
    yield from _exact_notes(result)


def _cluster_notes(result: MediationResult) -> Iterator[str]:
    fit = result.paths.to_outcome
    yield (
        f"Standard errors allow for clusters ({fit.se_kind.upper()}): "
        f"{fmt.whole(fit.n_clusters)} values of {result.cluster}. Each t has its own "
        "degrees of freedom, by Satterthwaite's approximation; where few clusters say "
        "most, they are few. An F of a whole equation is not given."
    )
    yield (
        "The bootstrap draws single cases and knows of no clusters; its limits for "
        "indirect effects may be too narrow."
    )


def _rank_notes(result: MediationResult) -> Iterator[str]:
    draws = result.draws
    if result.dropped_columns:
        yield (
            "Covariates left out of every equation (constant, or determined by the "
            f"other covariates): {', '.join(result.dropped_columns)}."
        )
    if draws.n_dropped:
        yield (
            f"In {fmt.whole(draws.n_dropped)} samples a covariate was constant or "
            "determined by others and was left out of that sample."
        )
    if draws.n_replaced:
        yield (
            f"{fmt.whole(draws.n_replaced)} samples in which the predictor or a "
            "mediator did not vary on its own, or the outcome not at all, were drawn "
            "again."
        )
    if draws.n_guarded:
        yield (
            f"{fmt.whole(draws.n_guarded)} samples were so nearly collinear that they "
            "were fitted by QR."
        )


def _exact_notes(result: MediationResult) -> Iterator[str]:
    for equation in equations(result):
        if equation.fit.sse == 0.0:
            yield (
                f"{_title(equation)} fits every case exactly: its standard errors are "
                "zero, and t, F and their p values are not defined."
            )


def _title(equation: Equation) -> str:
    kind, _, mediator = equation.key.partition(":")
    if mediator:
        return f"The mediator model of {mediator}"
    return f"The {kind} effect model" if kind == "total" else f"The {kind} model"
