"""The finished text of a chapter, filled in from facts without executing it."""

from functools import cache

from smcm.chapters.results.both import BothAnalyses
from smcm.chapters.results.facts import facts_of_both
from smcm.facts import plain
from smcm.paths import BOOK
from smcm.report.facts.edition import data_facts, edition_facts
from smcm.report.facts.study import study_facts
from smcm.rerun.staging import RUN_BOX
from smcm.text import Text
from smcm.text.printed import printed_facts

TEXT = Text()  # a chapter is parsed once
PRINTED = cache(printed_facts)


def about(study, asked=None):
    """Give the facts of data and edition, which most chapters leave."""
    return {
        "data": data_facts(study.cohort),
        "edition": edition_facts(study, asked or study.run),
    }


def facts_of(study):
    """Give the facts of a study too, whose models stand for both analyses."""
    models = BothAnalyses(
        published=study.models,
        defensible=study.models,
        level=study.design.alpha.level,
        n_sets=3,
    )
    both, found = facts_of_both(models), study_facts(study)
    return {**about(study), "study": found, "both": both}


def written(file, name, call, **parts):
    """Fill in what a shared macro says, in the same way as a chapter."""
    source = f'{{% from "{file}" import {name} with context %}}{{{{ {call} }}}}'
    return _finished(source, file, parts)


def filled(stem, **parts):
    """Fill in a chapter.

    Its escapes are taken out and all white space is a blank, so that tests can look for
    sentences.
    """
    source = (BOOK / f"{stem}.md").read_text(encoding="utf-8")
    return _finished(source, f"book/{stem}.md", parts)


def box(*, escaped=False, **parts):
    """Fill in the box at the top of a run's page, with its escapes if asked."""
    return _finished(RUN_BOX.read_text("utf-8"), RUN_BOX.name, parts, escaped=escaped)


def _finished(source, file, parts, *, escaped=False):
    facts = {name: plain(part) for name, part in parts.items()}
    text = TEXT.filled(source, file, facts | PRINTED())
    return " ".join((text if escaped else text.replace("\\", "")).split())
