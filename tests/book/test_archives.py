"""Code and data that the pages carry with them."""

import json
from zipfile import ZipFile


def test_code_and_data_come_with_the_book(html, chapters):
    links = chapters["book/get.html"].select("a[download]")
    files = {link["href"].rpartition("/")[2]: link["href"] for link in links}
    assert files.keys() == {"smcm-code.zip", "smcm-data.zip"}
    with ZipFile(html / "book" / files["smcm-code.zip"]) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        assert archive.testzip() is None
    assert {"Makefile", "_toc.yml", "requirements.txt", "smcm/__init__.py"} <= names
    assert not [name for name in names if "__pycache__" in name or "/runs/" in name]
    with ZipFile(html / "book" / files["smcm-data.zip"]) as archive:
        text = archive.read("smcm-data/data/synthetic/manifest.json")
    assert json.loads(text)
