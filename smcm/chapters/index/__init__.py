"""The front page: what other chapters have concluded, side by side."""

from collections.abc import Mapping
from typing import Any

from smcm.chapters.index.facts import (
    about_data,
    about_edition,
    front_facts,
    print_facts,
)
from smcm.facts import leave
from smcm.parameters import RunParameters
from smcm.report.kept_conclusions import read_conclusions

__all__ = ["front_facts", "prepare"]


def prepare(given: Mapping[str, Any]) -> None:
    """Read the conclusions of the run, and leave the facts; nothing is computed."""
    found = read_conclusions(RunParameters.among(given))
    leave(
        data=about_data(found),
        edition=about_edition(found),
        front=front_facts(found),
        article=print_facts(found),
    )
