"""The keys of a study file: in which section each stands, and what it may be."""

from smcm.design.study_checks.kinds import (
    BY_WAVE,
    COUNT,
    COUNTS,
    DOMAINS,
    LABELS,
    LEVEL,
    NUMBER,
    NUMBERS,
    RANGE,
    SECTIONS,
    SHARE,
    TABLE,
    TEXT,
    TEXTS,
    TWO_TEXTS,
    WHOLE,
    YES,
    Kind,
    choice,
)

FORMAT = 1
DOMAIN_MEANS, GIVEN, WEIGHTED = "sum of domain means", "given", "weighted"
CATEGORIES = "categories"
Keys = dict[str, Kind]
TOP: Keys = {
    "format": WHOLE,
    "study": TABLE,
    "article": TABLE,
    "cases": TABLE,
    "cluster": SECTIONS,
    "waves": TABLE,
    "exposure": TABLE,
    "mediator": TABLE,
    "outcome": SECTIONS,
    "horizon": SECTIONS,
    "covariates": TABLE,
    "alpha": TABLE,
}
_OF_A_TABLE: Keys = {"table": TEXT, "title": TEXT, "about": TEXT, "columns": TABLE}
_MEASURE: Keys = {
    "key": TEXT,
    "name": TEXT,
    "short": TEXT,
    "measures": TEXT,
    "items": COUNT,
    "range": RANGE,
    "score": choice("sum", "mean", "percent", WEIGHTED, GIVEN),
    "reversed": COUNTS,
    "answered": SHARE,
    "points": COUNT,
    "coded": TEXT,
    "scored": TEXT,
    "waves": NUMBERS,
    "column": TEXT,
    "columns": BY_WAVE,
    "baseline": TEXT,
}
SECTION_KEYS: dict[str, Keys] = {
    "study": {"title": TEXT, "case": TWO_TEXTS},
    "article": {"cite": TEXT, "numbers": TEXT},
    "cases": {**_OF_A_TABLE, "id": TEXT, "entry": TEXT, "entry_within": COUNT},
    "cluster": {**_OF_A_TABLE, "key": TEXT, "name": TEXT, "of": TEXT, "rerun": YES},
    "waves": {**_OF_A_TABLE, "unit": TEXT, "mediator": NUMBERS, "outcome": NUMBERS},
    "exposure": {
        **{key: kind for key, kind in _OF_A_TABLE.items() if key != "columns"},
        "key": TEXT,
        "name": TEXT,
        "short": TEXT,
        "column": TEXT,
        "level": TEXT,
        "range": RANGE,
        "score": choice(DOMAIN_MEANS, GIVEN),
        "windows": COUNTS,
        "high": NUMBER,
        "rated": SHARE,
        "domains": DOMAINS,
        "unscored": TEXTS,
        "assigned": choice("observed", "at random"),
    },
    "mediator": _MEASURE,
    "outcome": _MEASURE,
    "horizon": {"outcome": NUMBER, "mediator": NUMBER, "exposure": NUMBER},
    "alpha": {"level": LEVEL, "strict": LEVEL, "icc": LEVEL, "cluster": TEXT},
}
COLUMN_KEYS: Keys = {
    "title": TEXT,
    "about": TEXT,
    "unit": TEXT,
    "values": LABELS,
    "unlisted": TEXTS,
    "range": RANGE,
    "least": NUMBER,
    "required": YES,
}
COVARIATE_KEYS: Keys = {
    "name": TEXT,
    "from": TEXT,
    "is": TEXT,
    "coding": choice("number", CATEGORIES),
    "reference": TEXT,
}
REQUIRED = {
    "": ("format", "study", "cases", "exposure", "mediator", "outcome"),
    "study": ("title",),
    "article": ("cite", "numbers"),
    "cases": ("table",),
    "cluster": ("key",),
    "horizon": ("outcome", "mediator"),
    "alpha": ("level",),
}
