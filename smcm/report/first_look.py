"""What a fitted mediation model shows of itself: one line, a table, a page, a picture.

Any model will do, whatever its columns are called; `smcm.report.tables.models` is about
the eight of the study.
"""

from collections.abc import Iterator
from html import escape
from math import isnan
from typing import Literal

import pandas as pd

from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.pooled_result import R2_TERMS, PooledResult
from smcm.analysis.result import Mediation
from smcm.report import format as fmt
from smcm.report.figures.one_model import picture
from smcm.report.format import cell
from smcm.report.show import Plate, Table
from smcm.report.terminal import table_text
from smcm.report.words import SCHEMES
from smcm.shown import named

DECIMALS = 3
NONE = "–"
EFFECTS = {
    "direct": "c′, direct effect",
    "total": "c, total effect",
    "indirect": "ab, indirect effect",
}
SCALES = {"ps": "ab, partially standardized", "cs": "ab, standardized"}
LIMITS = {
    "percentile": "percentile",
    "bc": "bias-corrected",
    "bca": "bias-corrected and accelerated",
}


class FirstLook:
    """One model, as it shows itself.

    Parameters
    ----------
    result : MediationResult or PooledResult
    """

    def __init__(self, result: Mediation) -> None:
        self.result = result

    @property
    def line(self) -> str:
        """The model, its indirect effect with interval, and n, on one line."""
        spec, ab = self.result.spec, self.result.term("indirect")
        between = " + ".join(map(named, spec.mediators))
        return (
            f"{type(self.result).__name__}({named(spec.x)} → {between} → "
            f"{named(spec.y)}: ab = {fmt.number(ab.estimate, DECIMALS)}, "
            f"{self._level} CI {fmt.limits(*ab.limits, DECIMALS)}, "
            f"n = {fmt.whole(self.result.n)})"
        )

    @property
    def conclusion(self) -> str:
        """Whether the interval of the indirect effect excludes zero, in a sentence."""
        verb = "excludes" if self.result.excludes_zero else "includes"
        return f"The {self._level} interval of the indirect effect {verb} zero."

    @property
    def text(self) -> str:
        """The conclusion, the table and its notes, for a terminal."""
        return f"{self.conclusion}\n\n{table_text(self.table)}"

    @property
    def table(self) -> Table:
        """A row for each term, in the order of `tidy`."""
        spec = self.result.spec
        return Table(
            pd.DataFrame(
                [self._row(n) for n in self.result.names if n not in R2_TERMS]
            ),
            name="tab-model",
            caption=(
                f"Mediation of {cell(named(spec.x))} through "
                f"{fmt.listed(cell(named(m)) for m in spec.mediators)} on "
                f"{cell(named(spec.y))} (n = {fmt.whole(self.result.n)})"
            ),
            notes=tuple(self._notes()),
            align=("left", "right", "right", "right", "right"),
        )

    @property
    def plate(self) -> Plate:
        """The path diagram, and beside it the draws of the indirect effect."""
        return picture(self.result)

    @property
    def html(self) -> str:
        """The picture, the table as the APA sets one, and the notes, for a notebook."""
        table = self.table
        rule = "border-top: 1px solid; border-bottom: 1px solid"
        head = "".join(_html_cell("th", name) for name in table.body.columns)
        rows = "".join(
            f"<tr>{''.join(_html_cell('td', text) for text in row)}</tr>"
            for row in table.body.to_numpy()
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._notes())
        return (
            f"<div><p>{escape(self.conclusion)}</p>{self.plate.to_html()}"
            f'<table style="border-collapse: collapse; {rule}">'
            f'<caption style="text-align: left">{table.caption}</caption>'
            f'<thead style="border-bottom: 1px solid"><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{notes}</div>"
        )

    @property
    def _level(self) -> str:
        return fmt.percent(100 * self.result.level)

    @property
    def _names(self) -> list[str]:
        return [name for name in self.result.names if name not in R2_TERMS]

    def _row(self, name: str) -> dict[str, str]:
        term = self.result.term(name)
        return {
            "Effect": self._name(name),
            "Estimate": fmt.number(term.estimate, DECIMALS),
            "SE": _known(term.se),
            f"{self._level} CI": fmt.limits(*term.limits, DECIMALS),
            "p": NONE if isnan(term.p) else fmt.p_value(term.p),
        }

    def _name(self, name: str) -> str:
        """Write "a: x → m" for a path, "ab through m" for an effect of one of many."""
        spec = self.result.spec
        stem, _, of = name.partition(":")
        if stem in ("a", "b"):
            m = of or spec.m
            ends = (spec.x, m) if stem == "a" else (m, spec.y)
            return f"{stem}: {' → '.join(cell(named(end)) for end in ends)}"
        if stem == "contrast":
            return f"ab, {cell(named(of))}"
        effect, _, scale = stem.partition("_")
        if scale:
            return f"{SCALES[scale]}{_through(of)}"
        return f"ab{_through(of)}" if of else EFFECTS[effect]

    def _notes(self) -> Iterator[str]:
        result = self.result
        yield f"Covariates: {fmt.listed(map(named, result.spec.covariates))}."
        if result.dropped_columns:
            left_out = fmt.listed(map(named, result.dropped_columns))
            yield f"Constant, or repeating others, and so left out: {left_out}."
        if result.dropped_rows:
            rows = fmt.whole(result.dropped_rows)
            yield f"Rows with a missing value, left out: {rows}."
        if isinstance(result, MediationResult):
            yield from _how_drawn(result)
        elif isinstance(result, PooledResult):
            yield _how_pooled(result)
        yield from result.cautions


def _how_drawn(result: MediationResult) -> Iterator[str]:
    yield (
        f"Intervals of indirect effects: {LIMITS[result.ci]} limits of "
        f"{fmt.whole(result.draws.direct.size)} bootstrap samples (seed {result.seed})."
    )
    yield _errors(result.paths.to_outcome.se_kind, result.paths.to_outcome.n_clusters)
    if result.cluster is not None:
        yield "The bootstrap draws single cases and ignores the clusters."


def _how_pooled(result: PooledResult) -> str:
    errors = _errors(result.se_kind, result.n_clusters)
    return (
        f"Pooled ({SCHEMES[result.method]}) over {fmt.whole(result.m)} completed data "
        f"sets (seed {result.seed}). {errors} {result.advice}"
    ).rstrip()


def _errors(kind: str, clusters: int) -> str:
    """Say what the standard errors of the paths allow for."""
    if kind == "classical":
        return "Standard errors of the paths assume equal variance."
    if clusters:
        return f"Standard errors of the paths: {kind.upper()}, {clusters} clusters."
    return f"Standard errors of the paths: {kind.upper()}, robust to unequal variance."


def _through(mediator: str) -> str:
    return f" through {cell(named(mediator))}" if mediator else ""


def _known(value: float) -> str:
    return NONE if isnan(value) else fmt.number(value, DECIMALS)


def _html_cell(tag: Literal["th", "td"], text: str) -> str:
    return f'<{tag} style="padding: 0.1em 0.7em">{text}</{tag}>'
