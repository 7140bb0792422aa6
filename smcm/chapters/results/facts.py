"""What the published and the defensible analysis of the same clients find."""

from dataclasses import dataclass

from smcm.chapters.results.both import BothAnalyses
from smcm.report.words import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The models in which one effect is found, by their titles.

    Attributes
    ----------
    published, defensible : tuple of str
        Found by the one analysis, and by the other.
    kept, new : tuple of str
        Of those found by the defensible analysis, the ones that the published analysis
        finds too, and the ones that it does not find.
    """

    published: tuple[str, ...]
    defensible: tuple[str, ...]
    kept: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BothFacts:
    """Both analyses.

    Attributes
    ----------
    found : bool
        Whether there is a defensible analysis; too few teams are left for it if not.
    n_sets : int
        Completed data sets that it pools.
    models : tuple of str
        All of them.
    a, b, direct, indirect : Finding
    """

    found: bool
    n_sets: int
    models: tuple[str, ...]
    a: Finding
    b: Finding
    direct: Finding
    indirect: Finding


def facts_of_both(found: BothAnalyses) -> BothFacts:
    """Gather what each of two fitted analyses finds."""
    return BothFacts(
        found=bool(found.defensible),
        n_sets=found.n_sets,
        models=tuple(named(found.published)),
        a=_finding(found, "a"),
        b=_finding(found, "b"),
        direct=_finding(found, "direct"),
        indirect=_finding(found, "indirect"),
    )


def _finding(found: BothAnalyses, term: str) -> Finding:
    kept, new = tuple(named(found.kept(term))), tuple(named(found.new(term)))
    order = named(found.defensible)
    return Finding(
        published=tuple(named(found.found(term))),
        defensible=tuple(sorted(kept + new, key=order.index)),
        kept=kept,
        new=new,
    )
