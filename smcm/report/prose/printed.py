"""What the article printed, for sentences about the study and about its numbers."""

from smcm.analysis.comparison import compare, counts
from smcm.analysis.study import Study
from smcm.parameters import PUBLISHED, RunParameters
from smcm.published import Printed, Published
from smcm.report import format as fmt
from smcm.report.printed_marks import keeps_settings
from smcm.stats.audit.coefficient import centre
from smcm.stats.audit.interval import Interval

QUOTED = (
    "abs.assess",
    "intro.var8",
    "intro.r.lo",
    "intro.r.hi",
    "m.n",
    "m.enrol",
    "m.teams",
    "m.orgs",
    "m.prov",
    "m.trained",
    "fid.items",
    "fid.domains",
    "fid.min",
    "fid.max",
    "fid.high",
    "fid.experts",
    "fid.days",
    "fid.assessors",
    "fid.records",
    "fid.cms",
    "rprs.items",
    "rprs.points",
    "rprs.wai",
    "rprs.min",
    "rprs.max",
    "proc.first",
    "proc.last",
    "proc.interviews",
    "proc.every",
    "proc.hon.inperson",
    "proc.hon.phone",
    "proc.fid.6",
    "proc.fid.12",
    "proc.fid.18",
    "proc.fid.24",
    "proc.fid.36",
    "proc.drop4",
    "da.process",
    "da.spss",
    "da.ncov",
    "da.hosp",
    "da.hospy",
    "da.win.main",
    "da.win.short",
    "da.win.long",
    "da.model",
    "da.models8",
    "da.outcomes4",
    "da.ci",
    "pow.power",
    "pow.alpha",
    "fm.n.small",
    "fm.pow1",
    "fm.b.small",
    "fm.b.mid",
    "fm.n.mid",
    "t1.n",
    "t1.months",
    "t1.gender.female.n",
    "t1.gender.female.pct",
    "t1.lang.french.pct",
    "t1.lang.english.pct",
    "t2n.MCAS.min",
    "t2n.MCAS.max",
    "t2n.PGI.min",
    "t2n.PGI.max",
    "t2n.QOLI-20.min",
    "t2n.QOLI-20.max",
    "t2n.THS.min",
    "t2n.THS.max",
    "t2n.qoli.items",
    "t2n.df1",
    "t2n.df2",
    "a.13.5.a",
    "b.PGI.18.b",
    "b.QOLI-20.18.b",
    "b.QOLI-20.18.lo",
    "b.QOLI-20.18.hi",
    "b.QOLI-20.18.p",
    "ab.PGI.18.ab",
    "rec.ncov",
    "rec.QOLI-20.df2",
)
WORDS_FOR_BOUNDS = {"<=", ">="}  # the sentence says "at most" or "at least" itself


def printed_phrases(published: Published) -> dict[str, str]:
    """Quote the article, each number under ``printed_`` and its key."""
    return {_name(key): _in_a_sentence(published[key]) for key in QUOTED}


def _name(key: str) -> str:
    return f"printed_{key.replace('.', '_')}"


def _in_a_sentence(entry: Printed) -> str:
    """Take the text as printed, less a capital and less the sign of a bound."""
    if entry.relation in WORDS_FOR_BOUNDS:
        return entry.value
    return entry.text.lower() if entry.text.isalpha() else entry.text


def comparison_phrases(study: Study, published: Published) -> dict[str, str]:
    """Count the rows of the comparison and say what printed numbers leave open."""
    rows = compare(study, published)
    number = counts(rows)
    low, high = _centre(published, "b.QOLI-20.18")
    least, most = _product(published["a.13.5.a"], published["b.PGI.18.b"])
    return {
        "n_compared": fmt.whole(len(rows)),
        "n_equal": fmt.whole(number["equal"]),
        "n_by_rule": fmt.whole(number["by_rule"]),
        "n_cannot_hold": fmt.whole(number["cannot_hold"]),
        "n_differs": fmt.whole(number["differs"]),
        "n_absent": fmt.whole(number["missing"]),
        "comparison_sentence": _comparison(study.run),
        "b_centre_low": fmt.number(low, 3),
        "b_centre_high": fmt.number(high, 3),
        "ab_pgi_low": fmt.number(least, 3),
        "ab_pgi_high": fmt.number(most, 3),
    }


def _comparison(run: RunParameters) -> str:
    if run.reading != PUBLISHED:
        return (
            "The edition has the defensible reading: printed numbers stand beside "
            "those of a different analysis, so that differences are to be expected."
        )
    return (
        "The edition keeps to the settings of the study."
        if keeps_settings(run)
        else "The edition departs from the settings or the data behind the printed "
        "numbers, so that differences are to be expected and are no fault of either."
    )


def _centre(published: Published, stem: str) -> tuple[float, float]:
    """Where the middle of a printed interval can lie."""
    middle = centre(*(_interval(published[f"{stem}.{end}"]) for end in ("lo", "hi")))
    return middle.low, middle.high


def _product(one: Printed, other: Printed) -> tuple[float, float]:
    """Between what the product of two printed numbers can lie."""
    found = _interval(one) * _interval(other)
    return found.low, found.high


def _interval(entry: Printed) -> Interval:
    return Interval(*map(float, entry.interval))
