"""What the study file declares stands there alone: measures, items, scores, waves."""

import ast

from generator.shipped import shipped_study
from smcm.paths import ROOT

OF_THE_ARTICLE = {  # what the article says of a measure by its name
    "article/regenerated.py",
    "chapters/printed/facts.py",
}
FILES = sorted((ROOT / "smcm").rglob("*.py"))


def declared():
    """Give the names and the waves (those that are no whole number) of the study."""
    study = shipped_study()
    names = {name for one in study.instruments for name in (one.key, *one.columns)}
    names |= set(study.score_columns)
    names |= {item for one in study.exposure.domains for item in one.items}
    return names, {month for month in study.waves.all if month % 1}


def literals(path):
    """Give every constant of a module but those that document it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            yield node.lineno, node.value


def test_no_module_types_what_the_study_file_declares():
    names, months = declared()
    typed = {}
    for path in FILES:
        name = path.relative_to(ROOT / "smcm").as_posix()
        for line, value in literals(path):
            wave = isinstance(value, float) and value in months
            if wave or (isinstance(value, str) and value in names):
                typed.setdefault(name, []).append((line, value))
    assert set(typed) == OF_THE_ARTICLE, typed


def test_what_is_declared_is_looked_for():
    names, months = declared()
    assert {"rprs", "ths_0", "ths_18", "hope_inducing_practice_1"} <= names
    assert months == {4.5, 13.5}
