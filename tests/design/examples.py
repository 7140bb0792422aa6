"""Sound study files of other designs, and single slips in one of them."""

SEVERAL = """
format = 1
cases = { table = "people.csv", id = "pid" }
cluster = [{ key = "unit" }]
[study]
title = "Practice, trust and recovery"
case = ["person", "people"]
[waves]
unit = "months"
table = "visits.csv"
mediator = [6]
outcome = [0, 6, 12]
[[horizon]]
outcome = 6
mediator = 6
[[horizon]]
outcome = 12
mediator = 6
[exposure]
key = "practice"
name = "practice"
level = "unit"
table = "practice.csv"
score = "sum of domain means"
range = [0, 4]
windows = [120, 60]
unscored = ["extra"]
[exposure.domains]
plan = [3, "planning"]
extra = [2, "extras"]
[mediator]
key = "trust"
name = "Trust Inventory"
measures = "trust"
items = 12
range = [1, 5]
score = "mean"
reversed = [4, 9]
[[outcome]]
key = "esteem"
name = "Esteem Scale"
measures = "self-esteem"
items = 10
range = [0, 3]
score = "sum"
answered = 0.9
[[outcome]]
key = "hours"
name = "Hours of work"
measures = "work"
score = "given"
range = [0, 300]
[covariates]
age = "age"
sex = { name = "sex", coding = "categories", reference = "f" }
baseline = true
[alpha]
level = 0.05
strict = 0.01
icc = 0.05
cluster = "unit"
"""
SCORED = """
format = 1
cases = { table = "trial.csv" }
exposure = { column = "arm", name = "the course", assigned = "at random" }
mediator = { column = "search", measures = "confidence" }
outcome = [{ column = "mood2", measures = "mood", baseline = "mood1" }]
[study]
title = "A course, confidence and mood"
[covariates]
age = "age"
"""
COLUMNS = """
[cases.columns]
age = { title = "Age", range = [16, 99] }
sex = { title = "Sex", values = { f = "Female", m = "Male" } }
"""


def with_columns(text):
    """Declare the columns of the cases, which may then be checked."""
    head = 'cases = { table = "people.csv", id = "pid" }'
    section = '[cases]\ntable = "people.csv"\nid = "pid"' + COLUMNS
    assert head in text
    return text.replace(head, "") + section


# name: (what stands in the file, what is written instead, what is said of it)
SLIPS = {
    # TOML, and the file as a whole
    "a bracket is open": ("windows = [120, 60]", "windows = [120, 60", "parser says"),
    "a quote is open": ('unit = "months"', 'unit = "months', "parser says"),
    "a key is there twice": ("items = 12", "items = 12\nitems = 12", "each key once"),
    "another format": ("format = 1", "format = 2", "this version reads format 1"),
    "no format": ("format = 1", "", "format: is missing"),
    "a section is missing": (
        '[study]\ntitle = "Practice, trust and recovery"\ncase = ["person", "people"]',
        "",
        "study: is missing",
    ),
    "a section is unknown": ("[alpha]", "[alfa]", "Did you mean 'alpha'?"),
    "single brackets": ("[[horizon]]\noutcome = 6\nmediator = 6\n[[horizon]]",
                        "[horizon]", "double brackets"),
    # keys and kinds
    "a key is misspelt": ("reversed =", "reverse =", "Did you mean 'reversed'?"),
    "a number in quotes": ("items = 12", 'items = "12"', "a whole number"),
    "yes for a number": ("items = 12", "items = true", "a whole number"),
    "a fraction of an item": ("items = 12", "items = 12.5", "a whole number"),
    "no item": ("items = 12", "items = 0", "at least 1"),
    "text without words": ('name = "Trust Inventory"', 'name = " "', "text in quotes"),
    "a range of three": ("range = [0, 3]", "range = [0, 1, 3]", "lowest and the high"),
    "waves in quotes": ("mediator = [6]", 'mediator = ["6"]', "a list of numbers"),
    "an endless wave": ("outcome = [0, 6, 12]", "outcome = [0, 6, inf]", "of numbers"),
    "one word for cases": ('["person", "people"]', '["person"]', "two words"),
    "a share above one": ("answered = 0.9", "answered = 90", "at most 1"),
    "a level in percent": ("level = 0.05", 'level = "5%"', "between 0 and 1"),
    "an unknown rule": ('score = "mean"', 'score = "average"', '"sum", "mean"'),
    "an unknown coding": ('coding = "categories"', 'coding = "dummy"', '"number"'),
    "a domain without name": ("plan = [3, ", "plan = [3] #", "a name for each domain"),
    "a list for a covariate": ('age = "age"', 'age = ["age"]', "a name in quotes"),
    "a word for the baseline": ("baseline = true", 'baseline = "yes"', "true or false"),
    "a horizon by half": ("outcome = 12\nmediator = 6", "outcome = 12", "is missing"),
    "a window of no days": ("windows = [120, 60]", "windows = [0]", "at least 1"),
    # what keys mean together
    "a range upside down": ("range = [0, 3]", "range = [3, 0]", "Write [0, 3]."),
    "a range of one point": ("range = [0, 3]", "range = [3, 3]", "ends apart"),
    "a reversed item too many": ("[4, 9]", "[4, 19]", "from 1 to 12"),
    "a reversed item twice": ("[4, 9]", "[4, 4]", "turned back"),
    "a reversed ready score": ('score = "given"', 'score = "given"\nreversed = [1]',
                               "not ready scores"),
    "points for a sum": ("answered = 0.9", "points = 60", "belongs to score"),
    "ratings without points": ('score = "mean"\nreversed = [4, 9]',
                               'score = "weighted"', "shares of points"),
    "items are not counted": ("items = 10\n", "", "[[outcome]] 1, items: is missing"),
    "a key with a capital": ('key = "esteem"', 'key = "Esteem"', "small letters"),
    "two measures of a key": ('key = "hours"', 'key = "esteem"', "two measures"),
    "a baseline by column": ("answered = 0.9", 'baseline = "b"', "is its baseline"),
    "items and a column": ('key = "trust"', 'column = "trust"', "scored already"),
    "windows and a column": ('key = "practice"', 'column = "arm"', "measured once"),
    "no dates": ('table = "visits.csv"\n', "", "counted back from the dates"),
    "a window twice": ("windows = [120, 60]", "windows = [60, 60]", "named twice"),
    "no domains": ('plan = [3, "planning"]\nextra = [2, "extras"]\n', "",
                   "a name for each domain"),
    "domains of a total": ('score = "sum of domain means"', 'score = "given"',
                           "domains belong to"),
    "an unknown domain": ('["extra"]', '["extras"]', "Did you mean 'extra'?"),
    "no domain is left": ('["extra"]', '["extra", "plan"]', "left for the total"),
    "an unknown level": ('level = "unit"', 'level = "units"', "Did you mean 'unit'?"),
    "a cluster twice": ('[{ key = "unit" }]', '[{ key = "unit" }, { key = "unit" }]',
                        "two clusters"),
    "four clusters": ('{ key = "unit" }', '{ key = "unit" }, { key = "b" }, '
                      '{ key = "c" }, { key = "d" }', "at most 3"),
    "two clusters to rerun": ('{ key = "unit" }', '{ key = "unit", rerun = true }, '
                              '{ key = "b", rerun = true }', "one cluster at most"),
    "a cluster of no table": ('{ key = "unit" }', '{ key = "unit", of = "units.csv" }',
                              "table of a cluster"),
    "half a rule": ("icc = 0.05\n", "", "belong together"),
    "a stricter level above": ("strict = 0.01", "strict = 0.1", "below the usual one"),
    "a rule for no cluster": ('cluster = "unit"\n', 'cluster = "team"\n', "unit"),
    "no waves": ("mediator = [6]\noutcome = [0, 6, 12]", "outcome = [0, 6, 12]",
                 "[waves], mediator: is missing"),
    "waves out of order": ("outcome = [0, 6, 12]", "outcome = [6, 0, 12]",
                           "Write [0, 6, 12]."),
    "an unknown wave": ("outcome = 12", "outcome = 18", "measured at 0, 6, 12"),
    "no such wave of the mediator": ("outcome = 12\nmediator = 6",
                                     "outcome = 12\nmediator = 3", "measured at 6"),
    "a mediator too late": ("outcome = 6\nmediator", "outcome = 0\nmediator",
                            "after the outcome"),
    "an exposure too late": ("outcome = 12\nmediator = 6",
                             "outcome = 12\nmediator = 6\nexposure = 12",
                             "after the mediator"),
    "a horizon twice": ("outcome = 12\nmediator", "outcome = 6\nmediator",
                        "two horizons"),
    "no earlier wave": ("outcome = [0, 6, 12]", "outcome = [6, 12]",
                        "before 6, the first horizon"),
    "a reference without categories": ('coding = "categories", ', "",
                                       "reference level belongs"),
    "a value with a coding": ('reference = "f"', 'is = "f"', "Keep is or coding."),
    "a table elsewhere": ('"visits.csv"', '"raw/visits.csv"', "folder itself"),
    "a spreadsheet": ('"visits.csv"', '"visits.xlsx"', "CSV file"),
    "two parts of a table": ('"visits.csv"', '"practice.csv"', "two sections"),
}  # fmt: skip
SLIPS_OF_COLUMNS = {
    "an unknown column": ('age = "age"', 'aged = "age"', "Did you mean 'age'?"),
    "an unknown value": ('reference = "f"', 'reference = "w"', "f, m"),
    "a column is a word": ('age = { title = "Age", range = [16, 99] }', 'age = "Age"',
                           "in braces"),
    "values and a range": ("range = [16, 99]", 'range = [16, 99], values = { 1 = "x" }',
                           "both say"),
    "an unlisted value": ("range = [16, 99]", 'values = { 1 = "x" }, unlisted = ["2"]',
                          "value of the column has this name; there are 1"),
    "values without labels": ('f = "Female"', "f = 1", "a label in quotes"),
}  # fmt: skip
SLIPS_OF_SCORES = {
    "a column in two ways": ('column = "search",',
                             'column = "search", columns = { 1 = "search" },',
                             "in two ways"),
    "a wave that is a word": ('column = "search"', 'columns = { late = "search" }',
                              "waves, which are numbers"),
    "an unknown assignment": ('"at random"', '"random"', '"observed"'),
}  # fmt: skip
