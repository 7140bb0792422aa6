"""Where the project's files are; the only module that knows."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
DATA = ROOT / "data"
SCHEMA = DATA / "schema"
PUBLISHED = DATA / "published"
SYNTHETIC = DATA / "synthetic"
VALIDATION = DATA / "validation"
BUILD = ROOT / "_build"
CACHE = BUILD / ".smcm_cache"
RUNS = BUILD / "runs"


def runs_folder() -> Path:
    """Folder of the runs that a book shows: SMCM_RUNS, or that of the shipped data."""
    return Path(os.environ.get("SMCM_RUNS") or RUNS / "synthetic")
