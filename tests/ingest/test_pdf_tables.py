"""Rows of PDF tables carry what their figures mean: over pages, under groups, without rulings."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from ingest.blocks import Block, BlockKind
from ingest.limits import Limits
from ingest.parsers.pdf import parse

Cell = str
Row = Sequence[Cell]
XS = (72.0, 110.0, 330.0, 420.0, 520.0)


class _Drawing:
    """A PDF of ruled tables. A cell that is None is merged with the one at its left."""

    def __init__(self) -> None:
        from reportlab.pdfgen import canvas

        self._stream = io.BytesIO()
        self._canvas = canvas.Canvas(self._stream, pagesize=(595, 842))

    def table(self, rows: Sequence[Sequence[str | None]], top: float, xs: Sequence[float]) -> float:
        """Draw rows from ``top`` (points from the page's top); where the table ends."""
        y = 842 - top
        for row in rows:
            self._canvas.line(xs[0], y, xs[-1], y)
            for at, cell in enumerate(row):
                if cell is not None:
                    self._canvas.line(xs[at], y, xs[at], y - 18)
                    self._canvas.drawString(xs[at] + 3, y - 13, cell)
            self._canvas.line(xs[-1], y, xs[-1], y - 18)
            y -= 18
        self._canvas.line(xs[0], y, xs[-1], y)
        return 842 - y

    def text(self, x: float, top: float, text: str) -> None:
        self._canvas.drawString(x, 842 - top, text)

    def next_page(self) -> None:
        self._canvas.showPage()

    def rows(self) -> list[Block]:
        self._canvas.save()
        document = parse(self._stream.getvalue(), "tabel.pdf", Limits())
        return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def _by_text(rows: list[Block]) -> dict[str, tuple[str, ...]]:
    return {row.text: row.header for row in rows}


HEADER = ("NO", "JENIS LAYANAN", "SATUAN", "TARIF (Rp)")


def test_a_tariff_carries_the_groups_above_it() -> None:
    drawing = _Drawing()
    drawing.table(
        [
            HEADER,
            ("1.", "Sewa balai", "", ""),
            ("", "a. Siang hari", "", ""),
            ("", "1) Warga desa", "per jam", "20.000"),
            ("", "2) Perusahaan", "per jam", "90.000"),
            ("", "b. Malam hari", "per jam", "35.000"),
            ("2.", "Parkir", "", ""),
            ("", "Sepeda motor", "per hari", "2.000"),
        ],
        80,
        XS,
    )
    found = _by_text(drawing.rows())
    assert found["1) Warga desa | per jam | 20.000"] == (
        "JENIS LAYANAN / 1. Sewa balai / a. Siang hari",
        "SATUAN",
        "TARIF (Rp)",
    )
    assert found["2) Perusahaan | per jam | 90.000"][0].endswith("/ a. Siang hari")
    assert found["b. Malam hari | per jam | 35.000"][0] == "JENIS LAYANAN / 1. Sewa balai"
    assert found["Sepeda motor | per hari | 2.000"][0] == "JENIS LAYANAN / 2. Parkir"


def test_a_table_that_goes_on_overleaf_keeps_header_and_group() -> None:
    drawing = _Drawing()
    drawing.table(
        [HEADER, ("1.", "Sewa kios:", "", ""), ("", "a. Ubin", "bulan", "5.000")], 700, XS
    )
    drawing.next_page()
    drawing.table([("", "b. Los kayu", "bulan", "4.000"), ("2.", "Sampah", "rumah", "900")], 60, XS)
    found = _by_text(drawing.rows())
    assert found["b. Los kayu | bulan | 4.000"] == (
        "JENIS LAYANAN / 1. Sewa kios",
        "SATUAN",
        "TARIF (Rp)",
    )
    assert found["2. | Sampah | rumah | 900"] == HEADER


def test_the_header_again_overleaf_is_no_row() -> None:
    drawing = _Drawing()
    drawing.table([HEADER, ("1.", "Sampah", "rumah", "900")], 700, XS)
    drawing.next_page()
    drawing.table([HEADER, ("2.", "Parkir", "hari", "2.000")], 60, XS)
    rows = drawing.rows()
    assert [row.text for row in rows].count("NO | JENIS LAYANAN | SATUAN | TARIF (Rp)") == 1
    assert rows[-1].header == HEADER


def test_a_header_alone_at_the_pages_end_is_that_of_the_next_page() -> None:
    drawing = _Drawing()
    drawing.table([HEADER], 760, XS)
    drawing.next_page()
    drawing.table([("1.", "Sampah", "rumah", "900"), ("2.", "Parkir", "hari", "2.000")], 60, XS)
    assert _by_text(drawing.rows())["1. | Sampah | rumah | 900"] == HEADER


def test_a_row_cut_by_the_pages_end_is_one_row() -> None:
    drawing = _Drawing()
    drawing.table([HEADER, ("1.", "Sewa balai untuk acara", "hari", "75.000")], 750, XS)
    drawing.next_page()
    drawing.table([("", "pernikahan warga", "", ""), ("2.", "Parkir", "hari", "2.000")], 60, XS)
    texts = [row.text for row in drawing.rows()]
    assert "1. | Sewa balai untuk acara pernikahan warga | hari | 75.000" in texts
    assert "pernikahan warga" not in texts


def test_another_table_overleaf_has_its_own_header() -> None:
    drawing = _Drawing()
    drawing.table([HEADER, ("1.", "Sampah", "rumah", "900")], 700, XS)
    drawing.next_page()
    drawing.text(72, 50, "Daftar petugas kebersihan pada tiap kecamatan menurut keputusan ini")
    drawing.table([("NO", "NAMA", "DESA", "UPAH"), ("1.", "Rahmat", "Sukamaju", "750.000")], 70, XS)
    assert _by_text(drawing.rows())["1. | Rahmat | Sukamaju | 750.000"] == (
        "NO",
        "NAMA",
        "DESA",
        "UPAH",
    )


def test_a_header_above_two_columns_stands_in_both() -> None:
    drawing = _Drawing()
    drawing.table(
        [
            ("NO", "DESA", "TARIF", None),
            ("", "", "siang", "malam"),
            ("1.", "Sukamaju", "2.000", "3.000"),
        ],
        80,
        XS,
    )
    assert _by_text(drawing.rows())["1. | Sukamaju | 2.000 | 3.000"] == (
        "NO",
        "DESA",
        "TARIF / siang",
        "TARIF / malam",
    )


def test_rows_without_rulings_carry_the_line_above_them() -> None:
    drawing = _Drawing()
    cells = (("Uraian", "Satuan", "Tarif"), ("Sampah pasar", "kios", "1.500"),
             ("Parkir motor", "jam", "2.000"), ("Parkir mobil", "jam", "5.000"))  # fmt: skip
    for at, row in enumerate(cells):
        for x, cell in zip((72, 260, 400), row, strict=True):
            drawing.text(x, 100 + 15 * at, cell)
    found = _by_text(drawing.rows())
    assert found["Parkir motor | jam | 2.000"] == ("Uraian", "Satuan", "Tarif")
    assert found["Uraian | Satuan | Tarif"] == ()


def test_the_pages_ground_is_no_table() -> None:
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(595, 842))
    drawing.setFillColorRGB(0.8, 0.85, 1)
    drawing.rect(0, 0, 595, 842, fill=1)
    drawing.setFillColorRGB(0, 0, 0)
    drawing.line(297, 0, 297, 842)
    for at in range(6):
        drawing.drawString(40, 700 - 14 * at, f"Kiri baris ke-{at} penuh kata kata kata")
        drawing.drawString(320, 700 - 14 * at, f"Kanan baris ke-{at} penuh kata kata")
    drawing.save()
    blocks = parse(stream.getvalue(), "latar.pdf", Limits()).blocks
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
    text = " ".join(block.text for block in blocks)
    assert text.index("Kiri baris ke-5") < text.index("Kanan baris ke-0")


@pytest.mark.data
def test_tariffs_of_a_long_regulation(shared_data: object) -> None:
    from pathlib import Path

    folder = Path(str(shared_data)) / "governance" / "banjarnegara-perda-8-2025"
    document = parse((folder / "2025pd3304008.pdf").read_bytes(), "perda.pdf", Limits())
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    headless = [row for row in rows if not row.header]
    assert len(rows) > 3_500
    assert len(headless) < 0.03 * len(rows)
    assert {row.page for row in rows} >= set(range(13, 128))
