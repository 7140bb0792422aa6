"""Things that stand where a file, or a folder, is expected."""

import os
from pathlib import Path

STRANGE = {
    "pipe": r"a pipe \(FIFO\)",
    "device without an end": "a device",
    "link to a device": "a device",
    "link to itself": "a link that leads back to itself",
    "link to nothing": "a link to something that is not there",
    "file of the system": "a file of the system",
    "folder": "a folder",
}


def plant(what, folder, name="strange"):
    """Put it into a folder; return its path and what has to be said of it."""
    path = folder / name
    if what == "pipe":
        os.mkfifo(path)
    elif what == "device without an end":
        path = Path("/dev/zero")
    elif what == "link to a device":
        path.symlink_to("/dev/urandom")
    elif what == "link to itself":
        path.symlink_to(path)
    elif what == "link to nothing":
        path.symlink_to(folder / "nothing")
    elif what == "file of the system":
        path = Path("/proc/self/status")
    else:
        path.mkdir()
    return path, STRANGE[what]
