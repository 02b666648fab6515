"""Hostile files cost a line with a reason, in bounded time and memory, and never the parent."""

from __future__ import annotations

import importlib.util
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ingest.errors import DamagedFile, FileTooLarge, IngestError, NoText, ParserStopped
from ingest.limits import MIB, Limits
from ingest.sandbox import ParserProcess

SECONDS_MAX = 10.0
MEMORY_MAX_MB = 512


def _samples() -> ModuleType:
    path = Path(__file__).parent.parent / "sample_files" / "samples.py"
    spec = importlib.util.spec_from_file_location("samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


s = _samples()


@pytest.fixture(scope="module")
def process() -> Iterator[ParserProcess]:
    with ParserProcess(Limits(timeout_s=SECONDS_MAX, memory_mb=MEMORY_MAX_MB)) as running:
        yield running


def _pdf(objects: dict[int, str | bytes], root: int = 1) -> bytes:
    """A PDF of these objects, as they are, with a true cross-reference table."""
    data = b"%PDF-1.7\n"
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(data)
        raw = body.encode("latin-1") if isinstance(body, str) else body
        data += b"%d 0 obj\n%s\nendobj\n" % (number, raw)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(objects) + 1
    return data + b"trailer <</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, root, start)


def _stream(content: bytes, extra: str = "") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra.encode(), content)


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SENTENCE = b"BT /F1 12 Tf 72 700 Td (Rapat dimulai pagi hari.) Tj ET"


def _page(
    content: bytes = SENTENCE, box: str = "[0 0 595 842]", catalog: str = "", font: str = FONT
) -> dict[int, str | bytes]:
    return {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        4: _stream(content),
        5: font,
        6: _stream(b"q /X Do Q", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
                   "<</X 6 0 R>>>>"),
    }  # fmt: skip


SCRIPT = "/OpenAction<</S/JavaScript/JS(app.alert('a'); while(1){})>>"
LOOPED_PAGES = {
    1: "<</Type/Catalog/Pages 2 0 R>>",
    2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
    3: "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
}
MANY_PAGES = {
    1: "<</Type/Catalog/Pages 2 0 R>>",
    2: f"<</Type/Pages/Count 100000/Kids[{'3 0 R ' * 100_000}]>>",
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
}
DEEP_TREE = {
    1: "<</Type/Catalog/Pages 2 0 R>>",
    **{
        at: f"<</Type/Pages/Parent {at - 1} 0 R/Kids[{at + 1} 0 R]/Count 1>>"
        for at in range(2, 3000)
    },
    3000: "<</Type/Page/Parent 2999 0 R/MediaBox[0 0 595 842]>>",
}
BAD_FONT = (
    "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 255/Widths["
    + ("-99999999999 " * 256)
    + "]/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 7 0 R>>"
    "/ToUnicode 8 0 R>>"
)
FONT_FILES: dict[int, str | bytes] = {
    7: _stream(b"\x00\x01\x00\x00\xff\xff" + b"glyf\x00\x00\x00\x00\xff\xff\xff\xff" * 500),
    8: _stream(b"1 begincodespacerange <00> <FFFFFFFF> endcodespacerange "
               b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
}  # fmt: skip
PACKED = zlib.compress(zlib.compress(SENTENCE + b" " * (300 * MIB), 9), 9)
PDF_BOMB = _page() | {
    4: _stream(PACKED, "/Filter[/FlateDecode/FlateDecode]"),
}
LAUGHS = "<!DOCTYPE d [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip


def _docx_part(xml: str) -> bytes:
    return s.zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": xml.encode()})


BODY = f"<w:document {s.W}><w:body>%s</w:body></w:document>"
NESTED_TABLES = BODY % ("<w:tbl><w:tr><w:tc>" * 400 + s.paragraph("Paling dalam.")
                        + "</w:tc></w:tr></w:tbl>" * 400)  # fmt: skip

TEXT = "Rapat dimulai pagi hari."

# What must come out: text that must be in it ("": any), or the errors of which one is right.
CASES: list[tuple[str, bytes, str | tuple[type[IngestError], ...]]] = [
    ("skrip.pdf", _pdf(_page(catalog=SCRIPT)), TEXT),
    ("gambar-berputar.pdf", _pdf(_page(SENTENCE + b" /X Do")), TEXT),
    ("halaman-berputar.pdf", _pdf(LOOPED_PAGES), (DamagedFile, NoText)),
    ("seratus-ribu-halaman.pdf", _pdf(MANY_PAGES), (FileTooLarge,)),
    ("pohon-dalam.pdf", _pdf(DEEP_TREE), (DamagedFile, NoText)),
    ("huruf-rusak.pdf", _pdf(_page(font=BAD_FONT) | FONT_FILES), ""),
    ("bom.pdf", _pdf(PDF_BOMB), (NoText, ParserStopped)),
    ("raksasa.pdf", _pdf(_page(box="[0 0 1e9 1e9]")), TEXT),
    ("kerdil.pdf", _pdf(_page(box="[0 0 0 0]")), TEXT),
    ("terbalik.pdf", _pdf(_page(box="[595 842 0 0]")), TEXT),
    ("bukan-angka.pdf", _pdf(_page(box="[nan inf -inf null]")), TEXT),
    ("kurung.pdf", _pdf(_page(b"[" * 200_000 + SENTENCE)), (NoText, ParserStopped)),
    ("simpan.pdf", _pdf(_page(b"q " * 200_000 + SENTENCE)), TEXT),
    ("acak.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 2000, (DamagedFile,)),
    ("tertawa.docx", _docx_part(LAUGHS + BODY % s.paragraph("&a11;")), (DamagedFile,)),
    ("tabel-dalam.docx", _docx_part(NESTED_TABLES), (DamagedFile,)),
    ("keluar.zip", s.zipped({"../../keluar.txt": TEXT.encode()}), TEXT),
    ("mutlak.zip", s.zipped({"/etc/passwd.txt": TEXT.encode()}), TEXT),
    ("nama\u202etxt.exe\n\x1b[31m.txt", TEXT.encode(), TEXT),
    ("../../../etc/passwd", TEXT.encode(), TEXT),
    ("a" * 5000 + ".txt", TEXT.encode(), TEXT),
    ("dalam.html", b"<table><tr><td>" * 3000 + TEXT.encode(), TEXT),
    ("tanda.md", b"[" * 50_000 + b"](" * 50_000 + b"\n\n" + TEXT.encode(), TEXT),
    ("kutip.md", b"> " * 20_000 + TEXT.encode(), (NoText,)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), CASES, ids=range(len(CASES)))
def test_costs_a_line_in_the_report(
    process: ParserProcess,
    name: str,
    data: bytes,
    expected: str | tuple[type[IngestError], ...],
) -> None:
    began = time.monotonic()
    if isinstance(expected, str):
        document = process.parse_bytes(data, name)
        assert expected in "\n".join(block.text for block in document.blocks)
    else:
        with pytest.raises(expected) as caught:
            process.parse_bytes(data, name)
        assert "\n" not in str(caught.value)
    assert time.monotonic() - began < SECONDS_MAX + 3
    assert (process.peak_memory_mb() or 0) < MEMORY_MAX_MB + 100


def test_the_parent_goes_on_after_all_of_them(process: ParserProcess) -> None:
    assert process.parse_bytes(TEXT.encode(), "a.txt").blocks[0].text == TEXT
