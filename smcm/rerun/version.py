"""Which version of the package this is."""

import tomllib
from importlib import metadata

from smcm.paths import ROOT


def package_version() -> str:
    """Give the version that is installed, or that of the sources where none is."""
    try:
        return metadata.version("smcm")
    except metadata.PackageNotFoundError:
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
