"""Name the tests that are near to what has changed, for ``make check``.

What has changed is what differs from where this branch left main, or on main from the
last commit. Near are the tests in the folder that mirrors the changed module's, and all
others that import the module; the rest is for ``make test``.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from smcm.paths import ROOT

ALWAYS = "tests/contract"
IN_A_BROWSER = ("tests/book/test_explorer.py", "tests/book/test_sortable.py")
BESIDE = {
    "book/_static": IN_A_BROWSER,
    "data/published": ("tests/test_published.py",),
    "data/synthetic/study.toml": ("tests/design", "tests/cohort"),
}
TOO_LONG = ("tests/book", "tests/faults")  # but for those of a browser alone
LONGEST = "tests/report/test_individuals.py"  # draws all figures, and is near to those


def main() -> int:
    """Print the names in one line, as pytest takes them."""
    found = {ALWAYS}.union(*map(near, changed()))
    print(*sorted(found), *[f"--ignore={LONGEST}"] * (LONGEST not in found))
    return 0


def changed() -> list[str]:
    """List the files that differ or are new, relative to the root."""
    base = git("merge-base", "HEAD", "main") or ["HEAD"]
    return [
        *git("diff", "--name-only", "--diff-filter=d", base[0]),
        *git("ls-files", "--others", "--exclude-standard"),
    ]


def git(*words: str) -> list[str]:
    """Give the lines that git prints; none where there is no repository."""
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()


def near(path: str) -> set[str]:
    """Name the tests of one changed file; of prose there are none but the contract's.

    Parameters
    ----------
    path : str
        Relative to the root, with slashes.
    """
    beside = (tests for place, tests in BESIDE.items() if path.startswith(place))
    found = set().union(*beside)
    if is_quick_test(path):
        found.add(path)
    elif path.endswith(".py"):
        drawing = {LONGEST} if "figure" in path else set()
        found |= {*importing(path), *mirrored(path), *drawing}
    return found


def is_quick_test(path: str) -> bool:
    """Tell tests from what they share, and from those that build books or kill."""
    is_test = re.fullmatch(r"tests/(.+/)?test_\w+\.py", path) is not None
    return is_test and (path in IN_A_BROWSER or not path.startswith(TOO_LONG))


def importing(path: str) -> Iterator[str]:
    """Name the tests that import a module."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    import_of = re.compile(rf"^(from|import) {re.escape(module)}\b(?!\.)", re.MULTILINE)
    for test in sorted((ROOT / "tests").rglob("test_*.py")):
        name = test.relative_to(ROOT).as_posix()
        quick = is_quick_test(name) and name != LONGEST
        if quick and import_of.search(test.read_text(encoding="utf-8")):
            yield name


def mirrored(path: str) -> Iterator[str]:
    """Name the tests that stand where a module does, of its floor or program."""
    parts = Path(path).with_suffix("").parts
    top = parts[1] if parts[0] == "smcm" else parts[0]
    for place in (f"tests/{top}", f"tests/test_{top}.py"):
        if top != "tests" and (ROOT / place).exists():
            yield place


if __name__ == "__main__":
    sys.exit(main())
