"""All runs as one JSON text that the script of the explorer draws from."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from importlib.metadata import version

from matplotlib.ticker import MaxNLocator

from smcm.chapters.explorer.choices import Choice, answers, choices, model_answers
from smcm.chapters.explorer.numbers import (
    TERMS,
    across,
    arrows,
    cells,
    eight,
    reason,
    summary,
)
from smcm.design.models import StudyModel
from smcm.parameters import RunParameters
from smcm.report import format as fmt
from smcm.report.choices import alike, beside, main_run, models_of, page_of
from smcm.report.runs import ModelRecord, RunRecord
from smcm.report.words import short_title

CITATION = (
    "The smcm authors. smcm: a living paper on strengths model case management, "
    f"version {version('smcm')}, explorer."
)
TICKS = 6
DRAWN = ("indirect", "indirect_cs")
# What could end the script element, open a comment in it, or break a line of it.
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
Json = dict[str, object]


def payload(runs: Sequence[RunRecord], run: RunParameters | None = None) -> Json:
    """Gather numbers to draw and finished strings to show.

    Parameters
    ----------
    runs : sequence of RunRecord
    run : RunParameters, optional
        Whose numbers a view shows before anything is chosen. If it is not among
        them, the run with the default of all that varies; else the first.
    """
    asked, models = choices(runs), models_of(runs)
    silent = alike(runs)[0].run.reading if beside(runs) else ""
    return {
        "choices": [_choice(choice) for choice in asked],
        "citation": CITATION,
        "start": _start(runs, run, asked),
        "models": [_model(model, runs) for model in models],
        "axis": _axis(runs, "indirect_cs", models),
        "runs": [_run(record, asked, silent) for record in runs],
    }


def embedded(data: Json) -> str:
    """Write JSON that no string of the data can break out of."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(UNSAFE)


def _choice(choice: Choice) -> Json:
    return {
        "key": choice.key,
        "legend": choice.legend,
        "options": dict(choice.options),
    }


def _start(
    runs: Sequence[RunRecord], run: RunParameters | None, asked: Sequence[Choice]
) -> dict[str, str]:
    """Answers of the run to begin with, and of the first model."""
    named = (record for record in runs if run is not None and record.slug == run.slug)
    first = next(named, None) or main_run(runs) or runs[0]
    given = answers(first) | model_answers(first.models[0].model)
    return {choice.key: given[choice.key] for choice in asked}


def _model(model: StudyModel, runs: Sequence[RunRecord]) -> Json:
    return {
        "at": model_answers(model),
        "title": model.title,
        "outcome": model.outcome.short,
        "short": short_title(model),
        "across": across(runs, model.key),
        "axis": _axis(runs, "indirect", [model]),
    }


def _run(record: RunRecord, asked: Sequence[Choice], silent: str) -> Json:
    """Gather a run; `silent` is the analysis that goes without saying."""
    given = answers(record)
    own = [choice for choice in asked if choice.key in given]
    words = [choice.options[given[choice.key]] for choice in own]
    telling = [
        word
        for word, choice in zip(words, own, strict=True)
        if len(choice.options) > 1
        and (choice.key, given[choice.key]) != ("reading", silent)
    ]
    return {
        "at": {choice.key: given[choice.key] for choice in own},
        "page": page_of(record),
        "title": record.run.title,
        "group": telling[0] if len(telling) > 1 else "",
        "row": ", ".join(telling[1:] or telling or words[:2]),
        "n": fmt.whole(record.n),
        "statement": record.statement,
        "eight": eight(record),
        "models": [_found(record, found) for found in record.models],
    }


def _found(record: RunRecord, found: ModelRecord) -> Json:
    drawn = {term: found.terms[term] for term in DRAWN}
    return {
        "rows": [astuple(cells(found, term)) for term in TERMS],
        "solid": [found.significant(term) for term in ("a", "b", "direct")],
        "mediated": found.mediated,
        "summary": summary(record, found),
        "reason": reason(found),
        "arrows": arrows(found),
        "drawn": {term: (e.estimate, *e.limits) for term, e in drawn.items()},
    }


def _axis(runs: Iterable[RunRecord], term: str, models: Sequence[StudyModel]) -> Json:
    """Find the span of some intervals, zero in it, and ticks with their labels."""
    found = [record.model(m.key).terms[term] for record in runs for m in models]
    low = min(0.0, *(row.ci_low for row in found))
    high = max(0.0, *(row.ci_high for row in found))
    ticks = MaxNLocator(TICKS, steps=[1, 2, 5, 10]).tick_values(low, high)
    step = float(ticks[1] - ticks[0])
    decimals = max(0, math.ceil(-math.log10(step) - 1e-9))
    inside = [float(tick) for tick in ticks if low <= tick <= high]
    return {
        "span": (low, high),
        "ticks": [(tick, fmt.number(tick, decimals)) for tick in inside],
    }
