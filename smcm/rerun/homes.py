"""What kernels and the builder look for in a home folder, which may not be there.

A container that runs as another user has no home, or one that is read-only; in a good
one, folders may be root's. What a user keeps there for other work, such as scripts that
IPython runs first or sizes of Matplotlib's letters, would change what chapters show.
"""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from smcm.errors import ImpossibleRunError
from smcm.rerun.temporary import own_folder

FONTS = "MPLCONFIGDIR"
CACHES, SETTINGS = "XDG_CACHE_HOME", "XDG_CONFIG_HOME"


def environment_of_homes() -> dict[str, str]:
    """Give the variables that keep what is started out of the home folder.

    Jupyter and IPython never look there. Another folder replaces what cannot be written
    to; Matplotlib's list of fonts, which takes seconds to make, stays where it can.
    """
    folder = own_folder()
    home = folder / "home"
    instead = {
        "HOME": home,
        CACHES: home / ".cache",
        SETTINGS: home / ".config",
        FONTS: home / "matplotlib",
    }
    places = {
        "IPYTHONDIR": folder / "ipython",
        "JUPYTER_CONFIG_DIR": folder / "jupyter" / "config",
        "JUPYTER_DATA_DIR": folder / "jupyter" / "data",
        "JUPYTER_RUNTIME_DIR": folder / "jupyter" / "runtime",
    }
    places |= {name: instead[name] for name in _unusable()}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = folder / "matplotlibrc"  # empty: its own defaults
    settings.touch()
    return {name: str(place) for name, place in places.items()} | {
        "MATPLOTLIBRC": str(settings)
    }


def give_matplotlib_a_folder() -> None:
    """Let Matplotlib keep its list of fonts elsewhere, if the home cannot hold it."""
    if FONTS in _unusable():
        with suppress(ImpossibleRunError):  # what needs our folder will say so
            places = environment_of_homes()
            os.environ[FONTS] = places.get(FONTS, os.environ.get(FONTS, ""))


def _unusable() -> list[str]:
    """Name the variables of which a folder cannot be written to."""
    if os.name == "nt":  # there a home has another name, and always is one
        return []
    home = Path(os.environ.get("HOME", ""))
    caches = Path(os.environ.get(CACHES) or home / ".cache")
    settings = Path(os.environ.get(SETTINGS) or home / ".config")
    if named := os.environ.get(FONTS):
        fonts = [Path(named)]
    elif sys.platform.startswith(("linux", "freebsd")):
        fonts = [caches / "matplotlib", settings / "matplotlib"]
    else:
        fonts = [home / ".matplotlib"]
    used = {"HOME": [home], CACHES: [caches], SETTINGS: [settings], FONTS: fonts}
    return [
        name
        for name, folders in used.items()
        if not all(_can_be_made(folder, home) for folder in folders)
    ]


def _can_be_made(folder: Path, home: Path) -> bool:
    """Whether a program may make the folder and write to it, but not make a home."""
    if not folder.is_absolute():
        return False
    for path in (folder, *folder.parents):
        if path == home or os.path.lexists(path):  # a link to nowhere, too
            return _can_be_written_to(path)
    return False


def _can_be_written_to(folder: Path) -> bool:
    try:  # permissions do not tell of a disk that is read-only
        tempfile.TemporaryDirectory(prefix=".smcm", dir=folder).cleanup()
    except OSError:
        return False
    return True
