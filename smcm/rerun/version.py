"""Which version of the package this is, and where its repository is."""

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


def repository() -> str | None:
    """Give the repository's address as the package's metadata have it, if they do."""
    try:
        urls = metadata.metadata("smcm").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    named = dict(url.split(", ", 1) for url in urls if ", " in url)
    return named.get("Repository")
