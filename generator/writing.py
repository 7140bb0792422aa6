"""Stage 12: write the tables and, last of all, the manifest that vouches for them."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import VERSION
from generator.design import CohortDesign
from generator.tables import Tables
from smcm.report.csv_text import write_frame

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a folder says of itself.

    Attributes
    ----------
    title, statement : str
        Heading, and one sentence or two that go wherever the data go.
    texts : mapping of str to str
        Text files that stand beside the tables, by name.
    seed_is_public : bool
        Whether the manifest may name the seed, from which all else follows.
    """

    title: str
    statement: str
    texts: Mapping[str, str] = field(default_factory=dict)
    seed_is_public: bool = True


def calibrated_label(n_clients: int) -> Label:
    """Label the cohort that is calibrated to the printed numbers."""
    return Label(
        title="Synthetic cohort for a living paper on strengths model case management",
        statement=(
            f"Synthetic data: {n_clients} invented clients, calibrated so that the "
            "tables regenerated from them print as the published ones do. Agreement "
            "is by construction and is never a replication."
        ),
    )


def write_folder(
    folder: Path, tables: Tables, design: CohortDesign, label: Label
) -> dict[str, str]:
    """Write all files, each complete before it takes its place.

    A reader never meets half a file; the manifest comes last, so that until then the
    checksums tell that the folder is in change.

    Returns
    -------
    dict of str to str
        sha256 of every file, by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cohort-") as draft:
        drafts = Path(draft)
        sums = {}
        for name, table in tables.items():
            for place in (drafts / name, folder / name):
                place.parent.mkdir(exist_ok=True)
            write_frame(table, drafts / name)
            sums[name] = hashlib.sha256((drafts / name).read_bytes()).hexdigest()
        manifest = json.dumps(
            _manifest(design, label, sums), indent=2, ensure_ascii=False
        )
        texts = {**label.texts, MANIFEST: manifest + "\n"}
        for name, text in texts.items():
            (drafts / name).write_text(text, encoding="utf-8")
        for name in (*tables, *texts):
            (drafts / name).replace(folder / name)
    return sums


def _manifest(
    design: CohortDesign, label: Label, sums: dict[str, str]
) -> dict[str, object]:
    return {
        "title": label.title,
        "synthetic": True,
        "statement": label.statement,
        "generator": VERSION,
        **({"seed": design.seed} if label.seed_is_public else {}),
        "files": sums,
    }
