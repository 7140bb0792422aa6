"""Build the book as it stands into _build/html and say which page to open."""

import sys
from pathlib import Path

from smcm.errors import BuildError
from smcm.paths import BUILD, ROOT
from smcm.rerun.building import build_book


def main() -> int:
    """Build; the exit code is 1 when the book is not whole."""
    try:
        page = build_book(ROOT, BUILD / "html", echo=_say)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Open {_shown(page)}")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _shown(page: Path) -> str:
    """Show the full path, which works from any folder and in a browser's bar."""
    return str(page.resolve())


if __name__ == "__main__":
    sys.exit(main())
