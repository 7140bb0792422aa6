"""Put beside the pages what they were made from: the code and the shipped data.

Both are archives with fixed dates, so that the same files give the same bytes. They
hold what is listed here and nothing else: no data of an author lie in them. An edition
on real data offers the code alone.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sphinx.application import Sphinx

from smcm.paths import ROOT

FOLDER = "book"  # beside the chapters, which link to them
DATA = ("data/published", "data/synthetic", "data/validation")
CODE = (
    *("smcm", "book", "generator", "tests", "benchmarks", "docs", "tools", *DATA),
    *("_config.yml", "_toc.yml", "Makefile", "MANIFEST.in", "pyproject.toml"),
    *("setup.py", "requirements.in", "requirements.txt", "requirements-dev.in"),
    *("requirements-dev.txt", "Dockerfile", "README.md", "CONTRIBUTING.md"),
    *("CHANGELOG.md", "SECURITY.md", "CITATION.cff", "LICENSE"),
    *(
        ".ci",
        ".github",
        ".binder",
        ".gitignore",
        ".gitattributes",
        ".editorconfig",
        ".zenodo.json",
        ".dockerignore",
    ),
)
OF_DATA = "smcm-data"
ARCHIVES = {"smcm-code": CODE, OF_DATA: ("LICENSE", *DATA)}
MADE_BY_RUNNING = {
    "__pycache__",
    "node_modules",
    ".ipynb_checkpoints",
    "_build",
    "runs",
}
DATE = (2026, 1, 1, 0, 0, 0)  # that of a file that has to have one
PLAIN, PROGRAM = 0o644 << 16, 0o755 << 16


def files_below(root: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Give the files of these names and folders that there are, in a fixed order."""
    for name in names:
        place = root / name
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in found:
            made = MADE_BY_RUNNING & set(path.relative_to(root).parts)
            if path.is_file() and not made:
                yield path


def write_archive(root: Path, names: tuple[str, ...], target: Path) -> None:
    """Pack files into a folder that is named like the archive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(target, "w") as archive:
        for path in files_below(root, names):
            within = f"{target.stem}/{path.relative_to(root).as_posix()}"
            entry = ZipInfo(within, DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = PROGRAM if path.suffix in ("", ".sh") else PLAIN
            archive.writestr(entry, path.read_bytes())


def write_archives(app: Sphinx, exception: Exception | None) -> None:
    """Write them when the pages are finished."""
    if exception is None and app.builder.format == "html":
        for name, held in ARCHIVES.items():
            if name == OF_DATA and "real_data" in app.tags:
                continue
            write_archive(ROOT, held, Path(app.outdir) / FOLDER / f"{name}.zip")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", write_archives)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
