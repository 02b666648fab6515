"""How well and how fast files are read, beside the usual libraries on the same files.

``python -m tests.benchmarks.parsing [FORMAT ...]``. The reference is docling's own Markdown of its
test files (``parsers/docling`` of the measuring data). Similarity is rapidfuzz's ``ratio`` (1 less
the share of characters to insert or delete), in percent, after the signs of Markdown, spaces and
case are taken out of both; a file that gives no text counts 0.
"""

from __future__ import annotations

import html
import importlib.util
import io
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.sandbox import ParserProcess
from ingest.structure import structure
from tests.benchmarks.made_pdf import made_pdf

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TANYA_DATA", ROOT.parent / "shared" / "data"))
FORMATS = ("pdf", "docx", "html", "pptx", "xlsx", "csv", "md", "odf")
Read = Callable[[Path], str]


def main(formats: Sequence[str]) -> None:
    """Print the similarity of each format, then speed and memory on PDF."""
    if importlib.util.find_spec("rapidfuzz") is None:
        sys.exit("rapidfuzz is not installed: make setup")
    peers = _installed_peers()
    with ParserProcess(Limits()) as process:
        readers: dict[str, Read] = {"ours": lambda path: _ours(process, path)}
        for format_ in formats:
            _print_similarity(format_, readers | peers)
    if "pdf" in formats:
        _print_pdf_cost(peers)


# --- the reference --------------------------------------------------------------------------


def _pairs(format_: str) -> list[tuple[Path, Path]]:
    """Source files of a format with the Markdown that is expected of each."""
    folder = DATA / "parsers" / "docling" / format_
    found = []
    for source in sorted((folder / "sources").glob("*")):
        for name in (f"{source.name}.md", f"{source.stem}.md"):
            expected = folder / "groundtruth" / name
            if expected.is_file():
                found.append((source, expected))
                break
    return found


_MARKUP = re.compile(r"<!--.*?-->|</?\w[^<>]{0,200}>|^[\s|:-]+$|\\(?=\W)", re.MULTILINE)
_SIGNS = re.compile(r"[#*_|`>~\s\-–—•·]+")


def comparable(text: str) -> str:
    """The words alone: without Markdown's signs, spaces and case."""
    text = _MARKUP.sub("", html.unescape(text))
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return " ".join(_SIGNS.sub(" ", text.lower()).split())


def similarity(ours: str, expected: str) -> float:
    """Percent, 100 where the words are the same."""
    from rapidfuzz.fuzz import ratio

    return ratio(comparable(ours), comparable(expected))


def _print_similarity(format_: str, readers: dict[str, Read]) -> None:
    pairs = _pairs(format_)
    if not pairs:
        print(f"\n{format_}: no reference files at {DATA}")
        return
    scores: dict[str, list[float]] = {name: [] for name in readers if _reads(name, format_)}
    print(f"\n| {format_} | {' | '.join(scores)} |\n| --- |{' ---: |' * len(scores)}")
    for source, expected in pairs:
        reference = expected.read_text("utf-8")
        for name, found in scores.items():
            found.append(similarity(_quietly(readers[name], source), reference))
        print(f"| {source.name} | {' | '.join(f'{found[-1]:.1f}' for found in scores.values())} |")
    for label, of in (("mean", statistics.mean), ("median", statistics.median)):
        cells = " | ".join(f"**{of(found):.1f}**" for found in scores.values())
        print(f"| **{label} of {len(pairs)}** | {cells} |", flush=True)


def _quietly(read: Read, path: Path) -> str:
    try:
        return read(path)
    except Exception as error:  # noqa: BLE001 -- a peer may raise anything; it counts as no text
        print(f"<!-- {path.name}: {type(error).__name__} -->", file=sys.stderr)
        return ""


# --- the readers ----------------------------------------------------------------------------


def _ours(process: ParserProcess, path: Path) -> str:
    try:
        document = process.parse(path)
    except IngestError:
        return ""
    return structure(document.blocks, document.page_labels).text


def _pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n\n".join(page.extract_text() or "" for page in document.pages)


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(path).text_content)


def _python_docx(path: Path) -> str:
    import docx
    from docx.table import Table

    parts = []
    for item in docx.Document(str(path)).iter_inner_content():
        if isinstance(item, Table):
            parts += ["\t".join(cell.text for cell in row.cells) for row in item.rows]
        else:
            parts.append(item.text)
    return "\n".join(parts)


_PEERS: dict[str, tuple[str, Read, tuple[str, ...]]] = {
    "pypdf": ("pypdf", _pypdf, ("pdf",)),
    "pdfplumber": ("pdfplumber", _pdfplumber, ("pdf",)),
    "python-docx": ("docx", _python_docx, ("docx",)),
    "markitdown": ("markitdown", _markitdown, ("pdf", "docx", "html", "pptx", "xlsx", "csv", "md")),
}


def _reads(name: str, format_: str) -> bool:
    return name == "ours" or format_ in _PEERS[name][2]


def _installed_peers() -> dict[str, Read]:
    found = {}
    for name, (module, read, _) in _PEERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"NOT MEASURED: {name} is not installed (pip install -e '.[peers]')")
        else:
            print(f"{name} {version(name)}")
            found[name] = read
    return found


# --- speed and memory -----------------------------------------------------------------------


def _print_pdf_cost(peers: dict[str, Read]) -> None:
    """Pages a second, and the most memory that the reading process held (the goal: 700 MB)."""
    perda = DATA / "governance" / "banjarnegara-perda-8-2025" / "2025pd3304008.pdf"
    files = [(perda.name, perda.read_bytes())] if perda.is_file() else []
    files.append(("made-1000-pages.pdf", made_pdf(1_000)))
    names = [name for name in peers if _reads(name, "pdf") and name != "markitdown"]
    print("\n| PDF | pages | ours, pages/s | most memory |", *(f"{n}, pages/s |" for n in names))
    print("| --- |", "---: |" * (3 + len(names)))
    for name, data in files:
        with ParserProcess(Limits()) as process:
            process.parse_bytes(made_pdf(1), "warm.pdf")  # the child and its libraries are loaded
            started = time.perf_counter()
            document = process.parse_bytes(data, name)
            ours_s = time.perf_counter() - started
            peak_mb = process.peak_memory_mb()
        pages = document.page_count or 0
        cells = [name, f"{pages:,}", f"{pages / ours_s:.0f}", f"{peak_mb or 0:.0f} MB"]
        for peer in names:
            started = time.perf_counter()
            peers[peer](io.BytesIO(data))  # type: ignore[arg-type]  # all take a stream as well
            cells.append(f"{pages / (time.perf_counter() - started):.0f}")
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or FORMATS)
