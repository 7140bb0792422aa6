"""What kernels and the builder look for in a home folder, which may not be there.

A container that runs as another user has no home, or one that is read-only. What a user
keeps there for other work, such as scripts that IPython runs first, would also change
what chapters find.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from smcm.errors import ImpossibleRunError
from smcm.rerun.temporary import own_folder

FONTS = "MPLCONFIGDIR"


def environment_of_homes() -> dict[str, str]:
    """Give the variables that keep Jupyter and IPython out of the home folder.

    Where nothing can be written in it, all programs that are started get another one.
    """
    folder = own_folder()
    places = {
        "IPYTHONDIR": folder / "ipython",
        "JUPYTER_CONFIG_DIR": folder / "jupyter" / "config",
        "JUPYTER_RUNTIME_DIR": folder / "jupyter" / "runtime",
    }
    if not _can_be_written_to(Path(os.environ.get("HOME", ""))):
        home = folder / "home"
        places |= {
            "HOME": home,
            "XDG_CACHE_HOME": home / ".cache",
            "XDG_CONFIG_HOME": home / ".config",
            FONTS: home / "matplotlib",
        }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {name: str(place) for name, place in places.items()}


def give_matplotlib_a_folder() -> None:
    """Let Matplotlib keep its list of fonts elsewhere, if the home cannot hold it."""
    if not _can_be_written_to(Path(os.environ.get("HOME", ""))):
        with suppress(ImpossibleRunError):  # what needs our folder will say so
            os.environ.setdefault(FONTS, environment_of_homes()[FONTS])


def _can_be_written_to(home: Path) -> bool:
    if os.name == "nt":  # there it has another name, and always is one
        return True
    if not home.is_absolute():
        return False
    try:  # permissions do not tell of a disk that is read-only
        tempfile.TemporaryDirectory(prefix=".smcm", dir=home).cleanup()
    except OSError:
        return False
    return True
