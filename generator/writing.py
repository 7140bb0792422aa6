"""Stage 12: write the tables and, last of all, the manifest that vouches for them."""

import hashlib
import json
import tempfile
from pathlib import Path

from generator import VERSION
from generator.design import CohortDesign
from generator.tables import Tables

MANIFEST = "manifest.json"
TITLE = "Synthetic cohort for a living paper on strengths model case management"
STATEMENT = (
    "Synthetic data: {n} invented clients, calibrated so that the tables regenerated "
    "from them print as the published ones do. Agreement is by construction and is "
    "never a replication."
)


def write_folder(folder: Path, tables: Tables, design: CohortDesign) -> dict[str, str]:
    """Write all files, each complete before it takes its place.

    A reader never meets half a file; the manifest comes last, so that until then the
    checksums tell that the folder is in change.

    Returns
    -------
    dict of str to str
        sha256 of every file, by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "completed").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cohort-") as draft:
        drafts = Path(draft)
        (drafts / "completed").mkdir()
        sums = {}
        for name, table in tables.items():
            table.to_csv(drafts / name, index=False, lineterminator="\n")
            sums[name] = hashlib.sha256((drafts / name).read_bytes()).hexdigest()
        manifest = json.dumps(_manifest(design, sums), indent=2, ensure_ascii=False)
        (drafts / MANIFEST).write_text(manifest + "\n", encoding="utf-8")
        for name in (*tables, MANIFEST):
            (drafts / name).replace(folder / name)
    return sums


def _manifest(design: CohortDesign, sums: dict[str, str]) -> dict[str, object]:
    return {
        "title": TITLE,
        "synthetic": True,
        "statement": STATEMENT.format(n=design.n_clients),
        "generator": VERSION,
        "seed": design.seed,
        "files": sums,
    }
