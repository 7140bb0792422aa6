"""A grid from a file of YAML, read strictly: what YAML would have to guess is refused.

YAML reads 010 as 8, 1:30 as 90, 1_00 as 100, no as false, and the second of two equal
keys without a word; aliases can make a few lines into billions of values. Here a value
is the text that was written, and whole numbers are plain digits.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from smcm.errors import OutOfRangeError, SmcmError, UnknownValueError
from smcm.input_files import FILE, InputFileError, read_input
from smcm.rerun.grid import Grid, Value, parameter_kinds, require_size, require_value
from smcm.shown import shown

MOST_BYTES = 200_000
MOST_VALUES = 20_000
DEEPEST = 5  # a list of blocks of parameters of lists has three levels
SHOWN = 20
EXAMPLE = "write one parameter a line, such as window_days: [90, 180]."
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
OPENING = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
CLOSING = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
REFUSED: Mapping[type, str] = {
    yaml.AliasToken: "an alias (*); write out what it stands for",
    yaml.AnchorToken: "an anchor (&); write out the values where they are used",
    yaml.TagToken: "a tag (!); write the plain value",
    yaml.DirectiveToken: "a directive (%); delete the line",
    yaml.DocumentStartToken: "a second document or a mark of one (---); delete it",
}


class Texts(yaml.SafeLoader):  # type: ignore[misc]
    """A loader to which every plain value is text."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}


@dataclass(slots=True)
class Faults:
    """Everything that is wrong with a file, each with its line and column."""

    windows: Collection[int] = ()  # days that the study file declares, if it is known
    found: list[str] = field(default_factory=list)

    def add(self, mark: yaml.Mark, sentence: str) -> None:
        """Note one."""
        place = f"line {mark.line + 1}, column {mark.column + 1}"
        self.found.append(f"{place}: {sentence}")

    def refuse(self, path: Path) -> None:
        """Stop here if there is anything.

        Raises
        ------
        OutOfRangeError
        """
        if len(self.found) == 1:
            raise OutOfRangeError(f"{path}, {self.found[0]}")
        if self.found:
            lines = [f"  {sentence}" for sentence in self.found[:SHOWN]]
            more = len(self.found) - SHOWN
            lines += [f"  … and {more} more."] if more > 0 else []
            count = f"{path}: {len(self.found)} things to mend:"
            raise OutOfRangeError("\n".join([count, *lines]))


def read_grid(path: Path, windows: Collection[int] = ()) -> Grid:
    """Read a grid from YAML: a mapping of lists, or a list of such mappings.

    Parameters
    ----------
    path : Path
        A file in UTF-8 of at most 200 kB.
    windows : collection of int
        Days of the windows that the study declares; none where they are not known yet.

    Raises
    ------
    OutOfRangeError
        Every fault of the file at once, with line and column: syntax; a parameter or a
        value that there is not; one that is named twice; a number that is not written
        in plain digits; tags, anchors and aliases.
    UnknownValueError
        There is no file.
    """
    text = _text(path)
    faults = Faults(sorted(windows))
    try:
        _require_plain(text, faults)
        faults.refuse(path)
        root = yaml.compose(text, Loader=Texts)
    except yaml.YAMLError as error:
        raise OutOfRangeError(_no_yaml(path, error)) from error
    blocks = list(_blocks(root, faults))
    faults.refuse(path)
    try:
        return Grid.of(blocks)
    except SmcmError as error:
        raise OutOfRangeError(f"{path}: {error}") from error


def _text(path: Path) -> str:
    try:
        content = read_input(path, MOST_BYTES)
    except FileNotFoundError as error:
        raise UnknownValueError(
            f"--grid is {shown(path)}, where there is no file; expected a YAML file."
        ) from error
    except InputFileError as error:
        kind = OutOfRangeError if error.what.startswith(FILE) else UnknownValueError
        raise kind(
            f"--grid is {shown(path)}, which is {error.what}; expected a YAML file. "
            f"{error.cure}"
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise OutOfRangeError(
            f"{path}, line {line}: not UTF-8; save it as UTF-8."
        ) from error


def _require_plain(text: str, faults: Faults) -> None:
    """Look at the marks of the file before anything is built from them."""
    depth = values = 0
    for token in yaml.scan(text, Loader=Texts):
        kind = type(token)
        if isinstance(token, yaml.DocumentStartToken) and not values and not depth:
            continue  # the usual first line
        if kind in REFUSED:
            faults.add(token.start_mark, f"{REFUSED[kind]}.")
        values += isinstance(token, yaml.ScalarToken)
        depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
        if depth > DEEPEST:
            faults.add(token.start_mark, f"more than {DEEPEST} levels; {EXAMPLE}")
            return
        if values > MOST_VALUES:
            faults.add(token.start_mark, f"more than {MOST_VALUES} values.")
            return


def _no_yaml(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    return f"{path}{place}: no YAML ({problem or 'it cannot be read'}); {EXAMPLE}"


def _blocks(root: yaml.Node | None, faults: Faults) -> Iterator[dict[str, Any]]:
    """Read the blocks as far as they can be read."""
    rule = "expected parameters with lists of values"
    if root is None:
        faults.found.append(f"line 1, column 1: nothing; {rule}: {EXAMPLE}")
        return
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
    if not nodes:
        faults.add(root.start_mark, f"an empty list; {rule}.")
    for node in nodes:
        if isinstance(node, yaml.MappingNode) and node.value:
            yield _axes(node, faults)
        else:
            faults.add(node.start_mark, f"{_shown(node)}; {rule}.")


def _axes(block: yaml.MappingNode, faults: Faults) -> dict[str, tuple[Value, ...]]:
    kinds, lines = parameter_kinds(), dict[str, int]()
    axes: dict[str, tuple[Value, ...]] = {}
    for key, node in block.value:
        name = _shown(key)
        if name in lines:
            first = f"line {lines[name]} has it too"
            faults.add(key.start_mark, f"{name} is named twice; {first}.")
            continue
        lines[name] = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or name not in kinds:
            fault = UnknownValueError.for_choice("parameter", name, kinds)
            faults.add(key.start_mark, str(fault))
            continue
        several = isinstance(node, yaml.SequenceNode)
        nodes = node.value if several else [node]
        if not nodes:
            none = OutOfRangeError.for_number(name, [], "at least one value")
            faults.add(node.start_mark, str(none))
        read = [_value(name, kinds[name], one, faults) for one in nodes]
        axes[name] = tuple(value for value in read if value is not None)
    try:
        require_size(axes)
    except SmcmError as error:
        faults.add(block.start_mark, str(error))
    return axes


def _value(name: str, kind: type, node: yaml.Node, faults: Faults) -> Value | None:
    """Read one value; None where there is none that will do."""
    text = _shown(node)
    plain = isinstance(node, yaml.ScalarNode)
    value: Value = text
    if plain and kind is int and node.style is None and WHOLE.fullmatch(text):
        value = int(text)
    try:
        if not plain or (kind is int and value is text):
            rule = "a whole number in plain digits" if kind is int else "text"
            raise OutOfRangeError.for_number(name, text, rule)
        require_value(name, value)
        if name == "window_days" and faults.windows and value not in faults.windows:
            raise UnknownValueError.for_choice(name, value, faults.windows)
    except SmcmError as error:
        faults.add(node.start_mark, str(error))
        return None
    return value


def _shown(node: yaml.Node) -> str:
    """Show a value as it stands in the file."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    start, end = node.start_mark, node.end_mark
    text = (start.buffer or "")[start.pointer : end.pointer] or node.id
    return text if len(text) <= 60 else f"{text[:60]}…"
