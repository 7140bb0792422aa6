"""The article's own printed statistics as claims."""

from collections.abc import Iterator

from smcm.article.printed_blocks import level_names, percentage_blocks
from smcm.audit.claims import stated_condition
from smcm.design.study import Instrument, StudyDesign, label
from smcm.design.study_file import shipped_study
from smcm.errors import UnknownValueError
from smcm.published import Published
from smcm.shown import shown
from smcm.stats.audit.quantities import QUANTITIES, Statistic
from smcm.stats.audit.rounding import read_printed

FIDELITY = "Fidelity"
IMPLIED = "implied"
Row = tuple[str, str, str]  # quantity, part, key
# What the article says or shows of all its numbers. Paths have t intervals (their
# regressions give b, 95% CI and p); no p but the post hoc ones is adjusted; the
# percentages of blocks with blanks are of all 311 people; those of agencies show that
# numbers are rounded and not cut off. Which d it prints it does not say.
STATED = {
    "interval": "t",
    "tails": "2",
    "p_adjusted": "no",
    "df_corrected": "no",
    "answered": "all",
    "rounding": "nearest",
    "sd_by": "n-1",
    "eta2_by": "partial",
    "r2_by": "plain",
    "standardized": "no",
    "t_sign": "printed",
}


def article_statistics(published: Published) -> tuple[Statistic, ...]:
    """List what the article prints that other printed numbers bear on.

    Nothing is typed here: every text is an entry of ``data/published/printed.csv``.
    Two numbers are implied: the degrees of freedom of a path, and the number of
    comparisons behind a post hoc p, one for each pair of interviews. Every claim
    states the conditions of `STATED`.
    """
    found = tuple(_statistics(published))
    claims = dict.fromkeys(s.claim for s in found)
    stated = (
        stated_condition(claim, condition, word)
        for claim in claims
        for condition, word in STATED.items()
    )
    return (*found, *stated)


def coefficient_claim(stem: str) -> str:
    """Name the claim of a path from the stem of its keys, such as ``b.PGI.18``."""
    letter, *scale, month = stem.split(".") if stem[0] == "b" else (stem[0], stem[2:])
    of = scale[0] if scale else "alliance"
    return f"Path {letter}, {of} at {month} months"


def indirect_claim(scale: str, month: str) -> str:
    """Name the claim of an indirect effect."""
    return f"Indirect effect, {scale} at {month} months"


def _statistics(published: Published) -> Iterator[Statistic]:
    design = shipped_study()  # that of the article
    measured = design.mediator.months
    yield from _blocks(published, design)
    for name, key in ((FIDELITY, "fid"), (design.mediator.short, design.mediator.key)):
        yield from _change(published, name, key, measured)
    for outcome in design.outcomes:
        yield from _over_time(published, outcome)
    for name, months in [
        (FIDELITY, measured),
        *((i.short, i.months) for i in design.instruments),
    ]:
        for month in months:
            yield from _score(published, name, label(month))
    for stem in _stems(published, "lo"):
        if stem[0] in "ab" and stem[1] == ".":
            yield from _coefficient(published, stem)
    for stem in _stems(published, "ab"):
        yield from _indirect(published, stem, design)
    for stem in _stems(published, "R2"):
        yield from _reciprocal(published, stem)


def _stems(published: Published, last: str) -> list[str]:
    return [
        key.rpartition(".")[0]
        for key in published.by_key
        if key.rpartition(".")[2] == last
    ]


def _claim(published: Published, name: str, rows: list[Row]) -> Iterator[Statistic]:
    for quantity, part, key in rows:
        if key in published.by_key:
            entry = published[key]
            yield _statistic(name, quantity, part, entry.text, entry.place)


def _statistic(claim: str, name: str, part: str, text: str, place: str) -> Statistic:
    number = read_printed(text)
    if number is None:
        raise UnknownValueError(
            f"{claim}: {name} is {shown(text)}, which is no number."
        )
    return Statistic(
        claim=claim, quantity=QUANTITIES[name], part=part, number=number, place=place
    )


def _blocks(published: Published, design: StudyDesign) -> Iterator[Statistic]:
    """Percentages of Table 1 by block, with their counts."""
    parts = level_names(design)
    for name, stems in percentage_blocks(design, published).items():
        rows = []
        for stem in stems:
            own = stem.removeprefix("t1.")
            part = parts.get(own, own.replace(".", " "))
            rows += [("count", part, f"{stem}.n"), ("percent", part, f"{stem}.pct")]
        yield from _claim(published, name, [*rows, ("total", "", "t1.n")])


def _change(
    published: Published, name: str, key: str, months: tuple[float, ...]
) -> Iterator[Statistic]:
    rows = [
        (quantity, f"{month} months", f"t2.{name}.{month}.{quantity}")
        for month in map(label, months)
        for quantity in ("mean", "sd")
    ]
    tests = [(quantity, "", f"t2.{key}.{quantity}") for quantity in ("t", "p", "d")]
    given = [("df", "", "t2n.df.t"), ("n", "", "t1.n")]
    yield from _claim(published, f"{name}, change", [*rows, *tests, *given])


def _over_time(published: Published, outcome: Instrument) -> Iterator[Statistic]:
    name = outcome.short
    claim = f"{name}, change over three interviews"
    rows = [
        ("F", "", f"t2.{name}.F"),
        ("df1", "", "t2n.df1"),
        ("df2", "", "t2n.df2"),
        ("p", "", f"t2.{name}.p"),
        ("eta2", "", f"t2.{name}.eta"),
    ]
    yield from _claim(published, claim, rows)
    first, *later = map(label, outcome.months)
    pairs = len(outcome.months) * (len(outcome.months) - 1) // 2
    for month in later:
        claim = f"{name}, month {month} against {first}"
        rows = [
            (quantity, f"{when} months", f"t2.{name}.{when}.{quantity}")
            for when in (first, month)
            for quantity in ("mean", "sd")
        ]
        rows += [("p", "", f"t2.{name}.ph{month}"), ("n", "", "t1.n")]
        yield from _claim(published, claim, rows)
        yield _statistic(claim, "comparisons", "", str(pairs), IMPLIED)


def _score(published: Published, name: str, month: str) -> Iterator[Statistic]:
    rows = [
        ("mean", "", f"t2.{name}.{month}.mean"),
        ("sd", "", f"t2.{name}.{month}.sd"),
        ("n", "", "t1.n"),
        ("scale_min", "", f"t2n.{name}.min"),
        ("scale_max", "", f"t2n.{name}.max"),
    ]
    yield from _claim(published, f"{name} at {month} months", rows)


def _coefficient(published: Published, stem: str) -> Iterator[Statistic]:
    claim = coefficient_claim(stem)
    rows = [
        ("estimate", "", f"{stem}.{stem[0]}"),
        ("ci_low", "", f"{stem}.lo"),
        ("ci_high", "", f"{stem}.hi"),
        ("level", "", "da.ci"),
        ("p", "", f"{stem}.p"),
        ("n", "", "t1.n"),
    ]
    yield from _claim(published, claim, rows)
    yield _statistic(claim, "df", "", published[f"{stem}.p"].df, IMPLIED)


def _indirect(
    published: Published, stem: str, design: StudyDesign
) -> Iterator[Statistic]:
    scale, month = published[f"{stem}.ab"].scale, published[f"{stem}.ab"].month
    before = label(design.mediator_before(float(month)))
    rows = [
        ("a", "", f"a.{before}.a"),
        ("b", "", f"b.{scale}.{month}.b"),
        ("ab", "", f"{stem}.ab"),
    ]
    yield from _claim(published, indirect_claim(scale, month), rows)


def _reciprocal(published: Published, stem: str) -> Iterator[Statistic]:
    rows = [
        ("F", "", f"{stem}.F"),
        ("df1", "", f"{stem}.df1"),
        ("df2", "", f"{stem}.df2"),
        ("p", "", f"{stem}.p"),
        ("r2", "", f"{stem}.R2"),
        ("n", "", "t1.n"),
    ]
    name = f"Reciprocal model, {published[f'{stem}.R2'].scale}"
    yield from _claim(published, name, rows)
