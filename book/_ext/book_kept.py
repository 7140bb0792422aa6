"""Write, of a book built before in the same folder, the pages that could differ.

Sphinx writes again the pages whose source has changed. That is all unless something has
changed that other pages show: a title, the order of chapters, a number, a label, the
order of references, or the facts in the head of every page. Then all pages are written,
and a built book is the same to the byte as one built from nothing.
"""

import hashlib
import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search import js_index

SHARED = "shared.sha256"  # beside the doctrees


def shared(app: Sphinx, env: BuildEnvironment) -> str:
    """Digest everything in which one page can depend on another."""
    std = env.domaindata["std"]
    # As they were read, of which only the order within a page counts.
    cited = sorted(env.domaindata["cite"]["citation_refs"], key=lambda one: one.docname)
    numbered = env.toc_secnumbers.items()
    found = (
        {name: title.astext() for name, title in sorted(env.titles.items())},
        {name: toc.pformat() for name, toc in sorted(env.tocs.items())},
        sorted((name, sorted(kinds.items())) for name, kinds in _plain(env).items()),
        sorted((name, sorted(found.items())) for name, found in numbered),
        sorted(env.toctree_includes.items()),
        *(sorted(std[kind].items()) for kind in ("labels", "anonlabels")),
        [(one.docname, [t.key for t in one.targets]) for one in cited],
        json.dumps(app.config.html_context, sort_keys=True, default=str),
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _plain(env: BuildEnvironment) -> dict[str, dict[str, list[tuple[str, object]]]]:
    return {
        page: {kind: sorted(numbers.items()) for kind, numbers in kinds.items()}
        for page, kinds in env.toc_fignumbers.items()
    }


def choose_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name all pages where something that they share has changed."""
    kept = Path(app.doctreedir) / SHARED
    today = shared(app, env)
    before = kept.read_text(encoding="utf-8") if kept.is_file() else ""
    kept.write_text(today, encoding="utf-8")
    return [] if today == before else sorted(env.found_docs)


def remove_leftovers(app: Sphinx, exception: Exception | None) -> None:
    """Remove pictures and downloads of earlier builds that no page shows now."""
    if exception is not None or app.builder.format != "html":
        return
    pictures = {name for _, name in app.env.images.values()}
    for path in (Path(app.outdir) / "_images").glob("*"):
        if path.name not in pictures:
            path.unlink()
    downloads = {name for _, name in app.env.dlfiles.values()}
    folder = Path(app.outdir) / "_downloads"
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in downloads:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def forget_words(app: Sphinx, exception: Exception | None) -> None:
    """Take words that stand on no page any more out of the index for searching.

    Sphinx forgets the entries of pages that it does not write anew, so that none are
    kept; names of the interface are found as objects.
    """
    path = Path(app.outdir) / "searchindex.js"
    if exception is not None or not path.is_file():
        return
    index = js_index.loads(path.read_text(encoding="utf-8"))
    for words in (index["terms"], index["titleterms"]):
        for word in [word for word, pages in words.items() if pages == []]:
            del words[word]
    index["indexentries"] = {}
    path.write_text(js_index.dumps(index), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; chosen last, when every page has its numbers.

    The event ``env-updated`` comes before Sphinx numbers tables and figures.
    """
    app.connect("env-get-updated", choose_pages, priority=950)
    app.connect("build-finished", remove_leftovers, priority=950)
    app.connect("build-finished", forget_words, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
