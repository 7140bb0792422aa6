"""A study as plain text: the main tables and what they rest on."""

from dataclasses import asdict
from textwrap import fill

from smcm.analysis.study import Study
from smcm.article.comparison import compare
from smcm.article.printed_text import counts_text
from smcm.published import Published
from smcm.report.tables.change import change
from smcm.report.tables.characteristics import characteristics
from smcm.report.tables.models import indirect_effects, paths, sensitivity
from smcm.report.tables.nesting import nesting
from smcm.report.tables.participants import participants
from smcm.report.tables.reciprocity import reciprocity
from smcm.report.terminal import table_text, terminal_width


def study_text(study: Study) -> str:
    """Write the main tables for a terminal."""
    shown = (
        characteristics(study),
        change(study),
        nesting(study),
        paths(study),
        indirect_effects(study),
        sensitivity(study),
        reciprocity(study),
    )
    width = terminal_width()
    numbered = [
        f"TABLE {k}\n{table_text(table, width)}" for k, table in enumerate(shown, 1)
    ]
    flow = f"PARTICIPANTS\n{table_text(participants(study), width)}"
    counted = counts_text(study, compare(study, Published.read()))
    return "\n\n".join([_heading(study, width), flow, *numbered, counted])


def _heading(study: Study, width: int) -> str:
    run = asdict(study.run) | {"data": study.cohort.name}
    words = ", ".join(
        f"{name.replace('_', '-')} {value}" for name, value in run.items()
    )
    return "\n".join(
        [
            fill(study.cohort.statement, width),
            fill(
                f"Run: {words}.", width, subsequent_indent="  ", break_on_hyphens=False
            ),
        ]
    )
