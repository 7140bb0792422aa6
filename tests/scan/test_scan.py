"""What is planted in a folder of pages is found, however it is packed or escaped."""

import base64
import io
import json
import re
import shutil
import struct
import urllib.parse
import zipfile
import zlib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from smcm.cli.main import main
from smcm.paths import DATA, ROOT
from smcm.scan.findings import scan
from smcm.scan.secrets import secrets_of, ways_of

CLEAN = "<p>311 clients, C1 to C9; b = 0.35, from 2014 to 2019. M = 3.2</p>"
SEED = "20141009"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The shipped cohort with a case manager of two words, and an import's log."""
    folder = tmp_path_factory.mktemp("my") / "étude"
    shutil.copytree(DATA / "synthetic", folder)
    clients = folder / "clients.csv"
    text = clients.read_text(encoding="utf-8").replace(",M01,", ",Anne Côté,")
    clients.write_text(text, encoding="utf-8")
    (folder / "import").mkdir()
    log = "table,column,rule,detail,cells\nteams,site,number,Saint-Jérôme -> 5,9\n"
    (folder / "import" / "log.csv").write_text(log, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def secrets(data):
    return secrets_of(data)


def found(folder, secrets):
    return [
        (one.file, one.what, one.examples) for one in scan(folder, secrets).findings
    ]


def png(kind, text):
    """An image that is none, with a text in it."""
    body = text.encode() if isinstance(text, str) else text
    packed = kind + body
    chunk = (
        struct.pack(">I", len(body)) + packed + struct.pack(">I", zlib.crc32(packed))
    )
    return b"\x89PNG\r\n\x1a\n" + chunk


def zipped(text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return file.getvalue()


def embedded(text):
    image = base64.b64encode(png(b"tEXt", f"Comment\0{text}")).decode()
    return f'<img src="data:image/png;base64,{image}">'.encode()


SECRET = {
    "code": "C017",
    "manager": "Anne Côté",
    "name": "Saint-Jérôme",
    "day": "2015-02-17",
    "day in words": "17 February 2015",
    "day of a spreadsheet": "17/02/2015",
    "home": "/home/anne/étude",
    "temporary": "/tmp/anne",
    "Windows": r"C:\Users\anne",
}
PACKED = {
    "page.html": lambda text: f"<p>{text}</p>".encode(),
    "page2.html": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "data.json": lambda text: json.dumps({"a": [text]}).encode(),
    "book.ipynb": lambda text: json.dumps({"cells": [{"source": [text]}]}).encode(),
    "figure.svg": lambda text: f"<svg><text>{text}</text></svg>".encode(),
    "index.js": lambda text: f"x=[{json.dumps(text)}]".encode(),
    "link.html": lambda text: f'<a href="?{urllib.parse.quote(text)}">'.encode(),
    "image.png": lambda text: png(b"tEXt", f"Author\0{text}"),
    "packed.png": lambda text: png(
        b"zTXt", b"Author\0\0" + zlib.compress(text.encode())
    ),
    "inside.html": embedded,
    "page.docx": zipped,
    "utf16.txt": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("file", PACKED)
@pytest.mark.parametrize("kind", SECRET)
def test_every_secret_is_found_in_every_kind_of_file(kind, file, secrets, tmp_path):
    (tmp_path / "clean.html").write_text(CLEAN, encoding="utf-8")
    (tmp_path / file).write_bytes(PACKED[file](SECRET[kind]))
    assert {name for name, *_ in found(tmp_path, secrets)} == {file}


def test_a_day_on_which_a_team_was_assessed_is_no_secret(data):
    own = secrets_of(data).days
    lines = (data / "fidelity.csv").read_text(encoding="utf-8").splitlines()
    visited = (data / "interviews.csv").read_text(encoding="utf-8")
    assessed = {line.split(",")[1] for line in lines}
    assert [day for day in assessed if f",{day}," in visited]
    assert own
    assert not own & assessed


def test_a_clean_folder_has_no_finding(secrets, tmp_path):
    for file, packed in PACKED.items():
        (tmp_path / file).write_bytes(packed(f"{CLEAN} seed {SEED}"))
    assert not found(tmp_path, secrets)


def test_steps_of_a_curve_are_no_codes(secrets, tmp_path):
    """Of the theme's icons some are left in a script that no package has as it is."""
    theme = Path(find_spec("pydata_sphinx_theme").origin).parent
    (script,) = theme.glob("theme/*/static/scripts/fontawesome.js")
    text = script.read_text(encoding="utf-8")
    steps = frozenset(re.findall(r"\b[CM]\d{2,3}\b", text))
    assert len(steps) > 100
    own = replace(secrets, clients=steps, managers=frozenset(["M40"]))
    (tmp_path / "icons.js").write_text(f"{text} ", encoding="utf-8")
    assert not found(tmp_path, own)


@pytest.mark.parametrize(
    "held", ['["C017"]', '"C017, C018, C019"', '"M1.5 C017 C018"', "at C017."]
)
def test_a_code_that_looks_like_a_step_is_found(held, secrets, tmp_path):
    (tmp_path / "data.js").write_text(f"x={held}", encoding="utf-8")
    assert [what for _, what, _ in found(tmp_path, secrets)]


def test_rows_of_clients_are_found_by_name_and_by_content(secrets, tmp_path):
    (tmp_path / "analysis.csv").write_text("fidelity,hope\n1,2\n", encoding="utf-8")
    (tmp_path / "table.txt").write_text("client_id;x\nQ;1\n", encoding="utf-8")
    (tmp_path / "codebook.html").write_text("client_id, the code", encoding="utf-8")
    whats = {file: what for file, what, _ in found(tmp_path, secrets)}
    assert set(whats) == {"analysis.csv", "table.txt"}
    assert all("a row for each client" in what for what in whats.values())


def test_code_of_the_book_is_passed_over_unless_it_was_changed(data, tmp_path):
    own = ROOT / "tests" / "scan" / "test_scan.py"
    text = own.read_bytes()
    rows = (DATA / "synthetic" / "clients.csv").read_bytes()
    with zipfile.ZipFile(tmp_path / "code.zip", "w") as archive:
        archive.writestr("tests/test_scan.py", text)
        archive.writestr("data/clients.csv", rows)
    secrets = secrets_of(data)
    assert not found(tmp_path, secrets)
    with zipfile.ZipFile(tmp_path / "code.zip", "w") as archive:
        archive.writestr("tests/test_scan.py", text + b"\n")
        archive.writestr("data/clients.csv", rows + b"\n")
        archive.writestr("book/results.md", "Anne C\u00f4t\u00e9 told us")
    parts = {one.part for one in scan(tmp_path, secrets).findings}
    assert parts == {"tests/test_scan.py", "data/clients.csv", "book/results.md"}


def test_numbers_count_from_a_share_of_them(data, tmp_path):
    numbered = tmp_path / "data"
    shutil.copytree(data, numbered)
    clients = numbered / "clients.csv"
    text = clients.read_text(encoding="utf-8")
    clients.write_text(text.replace("\nC", "\n7"), encoding="utf-8")
    secrets = secrets_of(numbered)
    page = tmp_path / "page.html"
    few, many = (" ".join(sorted(secrets.numbers)[:n]) for n in (9, 60))
    page.write_text(few, encoding="utf-8")
    assert not found(page, secrets)
    page.write_text(many, encoding="utf-8")
    assert [what for _, what, _ in found(page, secrets)] == ["60 codes of clients"]


def test_days_are_written_as_people_do():
    ways = set(ways_of("2015-02-07"))
    assert {"2015-02-07", "07/02/2015", "2/7/2015", "7 Feb 2015"} <= ways
    assert SEED not in set(ways_of("2014-10-09"))
    assert not set(ways_of("spring"))


def test_a_file_that_cannot_be_read_is_not_vouched_for(secrets, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4 C017")
    (tmp_path / "page.docx").write_bytes(b"PK\x03\x04 damaged")
    scanned = scan(tmp_path, secrets)
    assert [file for file, _ in scanned.not_vouched_for] == ["page.docx", "page.pdf"]
    assert "pdftotext" in scanned.not_vouched_for[1][1]


def test_the_command_names_files_and_ends_with_one_where_there_are_findings(
    data, tmp_path
):
    run = CliRunner().invoke
    page = tmp_path / "page.html"
    page.write_text(CLEAN, encoding="utf-8")
    clean = run(main, ["scan", str(tmp_path), "--data", str(data)])
    assert (clean.exit_code, "0 findings" in clean.output) == (0, True)
    assert "for you to judge" in clean.output
    page.write_text("C017 and C018 of Anne Côté", encoding="utf-8")
    planted = run(main, ["scan", str(tmp_path), "--data", str(data)])
    assert planted.exit_code == 1
    assert "page.html: 2 codes of clients: C017, C018" in planted.output
    for words in (
        ["scan", str(tmp_path / "no"), "--data", str(data)],
        ["scan", str(tmp_path), "--data", str(tmp_path / "no")],
        ["scan", str(tmp_path), "--data", str(tmp_path)],
    ):
        assert run(main, words).exit_code == 2
