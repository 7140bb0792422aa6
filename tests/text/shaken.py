"""Facts of the declared types with other flags, signs, sizes and lists."""

import ast
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from random import Random
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import jupytext

from smcm.paths import ROOT
from smcm.report.facts.edition import DataFacts, EditionFacts
from smcm.rerun.contents import read_chapters

FEW_OR_MANY = (0.0, 0.1, 0.5, 0.9, 1.0)  # of the flags of a copy are true
ALIKE = 0.2  # copies whose numbers are all the same
WHOLES, SIZES = (0, 1, 2, 12345), (0.0, 1e-9, 0.5, 1e6)
GONE = 0.2  # records that are not there, and lists without anything in them
ENUMERATIONS = {
    "rule": ("all", "only", "without"),
    "reading": ("published", "defensible"),
    "completion": ("frozen", "live"),
    "parameter": (
        *("data", "window_days", "site", "reading"),
        *("n_boot", "n_imputations", "seed"),
    ),
}
PATHS = ("a", "b", "direct", "total")  # where the key is one of the next
OF_ANY_PATH = ("Information.path",)
UNKNOWN = (  # numbers that may not be there
    *("Teams.lowest_last", "Clients.shares[]", "FrontFacts.defensible"),
    *("Gaps.count", "Gaps.complete", "Gaps.most", "Measured.n", "Window.reaching"),
    *("StudyFacts.short_windows", "ExposureFacts.short"),
)
KEPT = ("Model.shows_a",)  # flags of the design
UNSIGNED = ("size", "largest", "paths", "moved", "points")
THINNED = (  # lists of records and numbers that can be empty
    *("NestingFacts.models", "NestingFacts.icc", "NestingFacts.between"),
    *("CodingFacts.models", "ExposureFacts.since_entry", "Traded.too_few"),
    *("SpeedFacts.partial", "ValidationFacts.varied", "ValidationFacts.repeated"),
)
ALL_NAMED = (  # lists of names that no result shortens
    *("EditionFacts.alliance_months", "EditionFacts.horizons", "Design.domains"),
    *("BothFacts.models", "CompareFacts.statements", "Method.sources"),
    "Counts.cannot_names",  # of the article
)
LEAVING = ("leave", "facts.leave", "opening.prepare", "prepare_study")
NAMES = tuple(f"Name {letter}" for letter in "ABCDEFGH")


def kinds_of_parts(path):
    """Give the type of each part that a chapter leaves, by its name.

    Parameters
    ----------
    path : Path
        Of the chapter, which leaves them in a cell or in the `prepare` of its room.
    """
    cells = jupytext.read(path, fmt="md:myst").cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    chapters = read_chapters(ROOT)
    name = path.relative_to(ROOT).with_suffix("").as_posix()
    chapter = chapters.get(name)
    told = chapters.values() if chapter and chapter.reads_sections else ()
    found = _left(ast.parse(code)) | _left_by_room(name)
    for one in (one for one in told if one.section):
        found |= _left_by_room(one.name)
    return found


def _left_by_room(name):
    """Find what the room of a chapter leaves, or its module in the room of a folder."""
    stem = name.removeprefix("book/").replace("-", "_")
    room, found = ROOT / "smcm" / "chapters" / stem, {}
    for own in (room / "__init__.py", room.with_suffix(".py")):
        if own.exists():
            module = f"smcm.chapters.{stem.replace('/', '.')}"
            found |= _left(ast.parse(own.read_text("utf-8")), module)
    return found


def _left(tree, module=None):
    """Find what calls leave, whose functions or types are imported or the module's."""
    origin = {
        node.name: (module, node.name)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    } | {
        name.asname or name.name: (node.module, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    found = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in LEAVING:
            continue
        for part in node.keywords:
            made = part.value.func if isinstance(part.value, ast.Call) else part.value
            found[part.arg] = _returned(*origin[made.id])
        if node.args:  # a study
            found |= {"data": DataFacts, "edition": EditionFacts}
    return found


@cache
def _parts(kind):
    origin = get_origin(kind) or kind
    return origin, get_args(kind), is_dataclass(origin)


@cache
def _hints(kind):
    return get_type_hints(kind)


def _returned(module, name):
    made = getattr(import_module(module), name)
    return made if isinstance(made, type) else made.__annotations__["return"]


class Shaking:
    """One way to shake; the same seed gives the same copy."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.seen = {}  # of each type, for where a copy has none
        self.shares = {}  # of true flags, by key
        self.by_key = self.random.random() < 0.5  # or the same share for all
        self.gone = self.random.choice((0.0, GONE, 0.5))
        alike = self.random.random() < ALIKE
        self.wholes = (self.random.choice(WHOLES),) if alike else WHOLES
        self.sizes = (self.random.choice(SIZES),) if alike else SIZES
        self.signs = (1,) if alike else (-1, 1)
        self.alike = alike

    def facts(self, facts, kinds):
        """Shake all parts that a chapter has left."""
        return {name: self._value(facts[name], kinds[name], name) for name in facts}

    def _value(self, value, kind, key):  # noqa: PLR0911 (one for each kind)
        """Shake a value of a type, where it stands under a key."""
        if key in UNKNOWN and self.random.random() < self.gone:
            return None
        origin, inner, of_fields = _parts(kind)
        if origin is Literal:
            return self.random.choice(inner)
        if origin in (Union, UnionType):
            return self._perhaps(value, inner, key)
        if origin is tuple:
            return self._several(value, inner[0], key)
        if origin is Mapping or (kind is Any and isinstance(value, dict)):
            return _agreeing(
                {
                    name: self._value(
                        one, *((inner[1], f"{key}[]") if inner else (Any, name))
                    )
                    for name, one in value.items()
                }
            )
        if kind is Any and isinstance(value, list):
            return [self._value(one, Any, key) for one in value]
        if of_fields:
            return self._record(value, origin)
        return self._plain(value, type(value) if kind is Any else kind, key)

    def _perhaps(self, value, kinds, key):
        (kind,) = (kind for kind in kinds if kind is not NoneType)
        choosable = is_dataclass(kind) or get_origin(kind) is Literal
        if choosable:
            value = self.seen.setdefault(kind, value) if value is None else value
            self.seen[kind] = value
        if value is None:
            return None
        if choosable and self.random.random() < self.gone:
            return None
        return self._value(value, kind, key)

    def _several(self, value, kind, key):
        if kind is str and key not in ALL_NAMED:
            value = self._some(NAMES, key)
        elif key in THINNED:
            value = self._some(value, key)
        return [self._value(one, kind, key) for one in value]

    def _some(self, values, key):
        if self.random.random() < self.gone:
            return []
        most = self.random.choice((1, len(values)))
        return [one for one in values if self._true(key)][:most]

    def _true(self, key):
        key = key if self.by_key else ""
        if key not in self.shares:
            self.shares[key] = self.random.choice(FEW_OR_MANY)
        return self.random.random() < self.shares[key]

    def _record(self, value, kind):
        kinds, owner = _hints(kind), kind.__name__
        held = {
            field.name: self._value(
                value[field.name], kinds[field.name], f"{owner}.{field.name}"
            )
            for field in fields(kind)
        }
        return _agreeing(held)

    def _plain(self, value, kind, key):
        name = key.rpartition(".")[2]
        if key in KEPT or value is None:
            return value
        if name in ENUMERATIONS:
            return self.random.choice(ENUMERATIONS[name])
        if key in OF_ANY_PATH:
            return self.random.choice(PATHS)
        if kind is bool:
            return self._true(key)
        return self._number(value, kind, name) if kind in (int, float) else value

    def _number(self, value, kind, name):
        own = () if self.alike else (abs(value),)
        if kind is int:
            return self.random.choice((*self.wholes, *own))
        size = self.random.choice((*self.sizes, *own))
        return size if name in UNSIGNED else self.random.choice(self.signs) * size


def _agreeing(record):
    """Give what cannot contradict itself in any result."""
    for names, agree in TOGETHER.items():
        if record.keys() >= set(names):
            record |= agree(*(record[name] for name in names))
    return record


def _site(rule):
    return {"site": None if rule == "all" else 5}


def _way_of_sites(rule, codes):
    return {"codes": [] if rule == "all" else codes or [5]}


def _chosen(parameter, amounts, names, sites):
    if parameter == "site":
        return {"sites": sites or [{"rule": "only", "codes": [5, 6]}]}
    if parameter in ("window_days", "n_boot", "n_imputations"):
        return {"amounts": amounts or [90, 1800]}
    return {"names": names or ["7"]}


def _side(estimate):
    return {"positive": estimate > 0.0, "negative": estimate < 0.0}


def _parted(higher, lower, neither):
    every = dict.fromkeys([*higher, *lower, *neither])
    lower = [one for one in lower if one not in higher]
    known = {*higher, *lower}
    return {"lower": lower, "neither": [one for one in every if one not in known]}


def _both(published, defensible):
    return {
        "kept": [one for one in defensible if one in published],
        "new": [one for one in defensible if one not in published],
    }


TOGETHER = {
    ("rule", "site"): lambda rule, _: _site(rule),
    ("rule", "codes"): _way_of_sites,
    ("parameter", "amounts", "names", "sites"): _chosen,
    ("estimate", "positive", "negative"): lambda estimate, *_: _side(estimate),
    ("higher", "lower", "neither"): _parted,
    ("published", "defensible", "kept", "new"): lambda was, now, *_: _both(was, now),
    ("always_above", "never_above"): lambda always, never: {
        "never_above": never and not always
    },
    ("shares", "unrecorded"): lambda shares, names: {
        "unrecorded": [key for key in shares if shares[key] is None][: len(names)]
    },
    ("models", "median_change"): lambda models, change: {
        "median_change": change if models else None
    },
    ("models", "least_total_p"): lambda models, p: {
        "least_total_p": (0.5 if p is None else p) if models else None
    },
    ("icc", "icc_most"): lambda icc, most: {
        "icc_most": (0.5 if most is None else most) if icc else None
    },
}
