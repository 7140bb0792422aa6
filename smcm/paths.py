"""Where the project's files are; the only module that knows."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
DATA = ROOT / "data"
SCHEMA = DATA / "schema"
PUBLISHED = DATA / "published"
SYNTHETIC = DATA / "synthetic"
BUILD = ROOT / "_build"
CACHE = BUILD / ".smcm_cache"
