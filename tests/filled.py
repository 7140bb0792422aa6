"""The finished text of a chapter, filled in from facts without executing it."""

from smcm.facts import plain
from smcm.paths import BOOK
from smcm.report.facts import data_facts, edition_facts
from smcm.text import Text
from smcm.text.printed import printed_facts


def about(study, asked=None):
    """Give the facts of data and edition, which most chapters leave."""
    return {
        "data": data_facts(study.cohort),
        "edition": edition_facts(study, asked or study.run),
    }


def filled(stem, **parts):
    """Fill in a chapter.

    Its escapes are taken out and all white space is a blank, so that tests can look for
    sentences.
    """
    source = (BOOK / f"{stem}.md").read_text(encoding="utf-8")
    facts = {name: plain(part) for name, part in parts.items()}
    text = Text().filled(source, f"book/{stem}.md", facts | printed_facts())
    return " ".join(text.replace("\\", "").split())
