"""The conclusions of a run's chapters, read from the file that holds them."""

from collections.abc import Mapping
from typing import Any

from smcm.errors import MissingRunsError
from smcm.input_files import read_input
from smcm.parameters import RunParameters
from smcm.paths import runs_folder
from smcm.report.conclusions import (
    FILE,
    Agreement,
    Analysis,
    Conclusion,
    Conclusions,
    Main,
    Model,
    PathRange,
)
from smcm.report.facts.edition import DataFacts, EditionFacts, Levels
from smcm.strict_json import JsonError, read_json


def read_conclusions(run: RunParameters) -> dict[str, Conclusions]:
    """Read what the chapters of a run have concluded.

    Returns
    -------
    dict of str to Conclusions
        By the stem of the chapter.

    Raises
    ------
    MissingRunsError
        There is no such file, or it cannot be read.
    """
    path = runs_folder() / run.slug / FILE
    cure = "`make book` and `smcm book` execute the chapters that leave conclusions."
    try:
        left = read_json(read_input(path))
        return {stem: _conclusions(found) for stem, found in left.items()}
    except FileNotFoundError:
        raise MissingRunsError(f"There is no {path}. {cure}") from None
    except (JsonError, LookupError, TypeError, AttributeError) as error:
        raise MissingRunsError(f"{path} holds no conclusions. {cure}") from error


def _conclusions(left: Mapping[str, Any]) -> Conclusions:
    main, agreement = left["main"], left["agreement"]
    return Conclusions(
        analyses=tuple(map(_analysis, left["analyses"])),
        main=None if main is None else _main(main),
        agreement=None if agreement is None else Agreement(**agreement),
    )


def _analysis(left: Mapping[str, Any]) -> Analysis:
    models = tuple(Conclusion(**one) for one in left["models"])
    return Analysis(name=left["name"], models=models)


def _main(left: Mapping[str, Any]) -> Main:
    edition = left["edition"]
    return Main(
        data=DataFacts(**left["data"]),
        edition=EditionFacts(**edition | {"levels": Levels(**edition["levels"])}),
        models=tuple(Model(**one) for one in left["models"]),
        a=PathRange(**left["a"]),
        b=PathRange(**left["b"]),
        direct=PathRange(**left["direct"]),
    )
