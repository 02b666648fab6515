"""One sample of every format that is read, with what must and must not come out, and where.

The tests write the files themselves; each goes through every entrance (tests/flows).
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.sample_files import samples as s
from tests.sample_files.outlook import message


@dataclass(frozen=True)
class Sample:
    """A file, what its text must and must not hold, and where ``must[-1]`` is to be found."""

    name: str
    data: bytes
    must: tuple[str, ...]
    must_not: tuple[str, ...] = ()
    page: int | None = None
    """The page that ``must[-1]`` stands on."""
    locator: str | None = None
    """Of the passage that holds it."""


HTML = b"""<!doctype html><html lang="id"><head><title>Berita - Situs</title>
<meta property="article:published_time" content="2022-01-27T10:00:00+07:00">
<script>var rahasia = 1</script></head><body><nav><a href="/">Beranda</a></nav>
<div class="cookie-banner">Situs ini memakai kuki.</div>
<main><h1>Kunjungan ke Desa</h1><p>Bupati <b>datang</b> pagi&nbsp;hari.</p>
<p style="display: none">Tersembunyi.</p>
<ol start="3"><li>Jalan desa</li><li>Air bersih</li></ol>
<table><tr><th>Tahun</th><th>Jumlah</th></tr><tr><td rowspan=2>2021</td><td>10</td></tr>
<tr><td>12</td></tr></table></main><footer>Hak cipta</footer></body></html>"""

BLADE = b"""@extends('tata.utama')
@section('isi')
  {{-- catatan penulis --}}
  <div class="text-3xl font-bold">Visi Dinas</div>
  <p class="text-base">Surel ke humas@contoh.go.id untuk {{ $nama }} layanan.</p>
  @include ('samping.menu', ['a' => 'b)'])
@endsection"""

MARKDOWN = b"""---
title: Laporan Desa
date: 2024-05-01
---
# Bab Satu

Kalimat **tebal** yang
berlanjut.

3. Ketiga
4. Keempat

| Nama | Nilai |
| --- | --- |
| Air | 12 |

<table><tr><th>Kota</th><th>Warga</th></tr><tr><td>Kota A</td><td>77</td></tr></table>
"""

LAW_PDF = s.pdf(
    [
        [
            *s.lines(120, 80, ["BAB I", "Pasal 7"], 20),
            *s.lines(
                72,
                140,
                [
                    "(1) Setiap warga berhak atas layanan yang tersedia sebagaimana dimaksud ayat",
                    "(2) dan wajib menjaga nama baik undang-",
                    "undang yang berlaku di wilayah kerja kantor kecamatan masing-masing tanpa",
                    "kecuali.",
                    "(2) Ayat kedua berdiri sendiri.",
                ],
            ),
            (290, 820, str(number)),
            (72, 40, "Lembaran Contoh Daerah"),
        ]
        for number in (7, 8, 9)
    ]
)

DECREE_PDF = s.pdf([[(72, 80, "Keputusan contoh.")], [(72, 80, "Pengairan diatur desa.")]])

LEFT = [f"kiri baris {n} berisi kata yang memenuhi kolom" for n in range(8)]
RIGHT = [f"kanan baris {n} berisi kata yang memenuhi kolom" for n in range(8)]
COLUMNS_PDF = s.pdf([[*s.lines(50, 100, LEFT), *s.lines(320, 100, RIGHT)]], size=10)

NUMBERING = f"""<w:numbering {s.W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
NOTE = f'<w:footnote w:id="2">{s.paragraph("Isi catatan.")}</w:footnote>'
FOOTNOTES = f"<w:footnotes {s.W}>{NOTE}</w:footnotes>"
STYLES = (
    f'<w:styles {s.W}><w:style w:styleId="Judul1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'


def _row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{s.paragraph(c)}</w:tc>" for c in cells) + "</w:tr>"


DOCX = s.docx(
    s.paragraph("Rencana Kerja", '<w:pStyle w:val="Judul1"/>')
    + s.paragraph("pertama", ITEM)
    + s.paragraph("kedua", ITEM)
    + "<w:p><w:del><w:r><w:delText>lama</w:delText></w:r></w:del><w:ins><w:r><w:t>baru</w:t></w:r>"
    "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>gelap</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    + f"<w:tbl>{_row('No', 'Program', 'Anggaran')}{_row('1', 'Air', '5.000')}</w:tbl>",
    numbering=NUMBERING,
    footnotes=FOOTNOTES,
    styles=STYLES,
)

RTF = rb"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\info{\title Rencana Desa}}{\header Kop}
\pard Rapat \b desa\b0  \'93Maju\'94 \u8212? pagi.\par
\trowd\cellx100\cellx200 Nama\cell Nilai\cell\row
\trowd\cellx100\cellx200 Air\cell 5\cell\row
\pard {\v gelap}Akhir \v buta\v0 kata.\par}"""

MAIL = b"""From: Sekretariat <sekretariat@contoh.go.id>\r
To: arsip@contoh.go.id\r
Subject: =?utf-8?q?Undangan_rapat?=\r
Date: Mon, 05 Jan 2026 09:00:00 +0700\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Type: text/plain; charset=utf-8\r
\r
Rapat dimulai pukul sembilan.\r
--b\r
Content-Type: text/plain; name=lampiran.txt\r
Content-Disposition: attachment; filename=lampiran.txt\r
\r
Isi lampiran.\r
--b--\r
"""

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def _opendocument(kind: str, body: str) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:text="{OFFICE}:text:1.0" xmlns:table="{OFFICE}:table:1.0"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    return s.zipped(
        {
            "mimetype": mimetype.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def _ods_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(map(CELL.format, cells))}</table:table-row>"


ODT = _opendocument(
    "text",
    '<text:h text:outline-level="1">Notula Rapat Irigasi</text:h>'
    "<text:p>Saluran desa dikeruk<text:s/>bersama.</text:p>"
    "<text:list><text:list-item><text:p>Pinjam cangkul</text:p></text:list-item></text:list>",
)
ODS = _opendocument(
    "spreadsheet",
    f'<table:table table:name="Warga">{_ods_row("Dusun", "Keluarga")}'
    f"{_ods_row('Krajan', '48')}{_ods_row('Sumber', '31')}</table:table>",
)

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relations(**targets: str) -> bytes:
    """A relationships part: type of relationship -> target."""
    found = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'.encode()


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    cells = "".join(
        f'<row r="{y}">'
        + "".join(
            f'<c r="{"ABCDEF"[x]}{y}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for x, cell in enumerate(row)
        )
        + "</row>"
        for y, row in enumerate(rows, start=1)
    )
    files = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets><sheet '
        'name="Belanja" sheetId="1" r:id="worksheet"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": _relations(worksheet="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData>'
        "</worksheet>".encode(),
    }
    return s.zipped(files)


XLSX = _xlsx([("Barang", "Harga"), ("Semen", "Rp75.000"), ("Pasir", "Rp40.500")])

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _shape(text: str, placeholder: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{placeholder}"/></p:nvPr></p:nvSpPr><p:txBody><a:p>'
        f"<a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _pptx(slides: list[tuple[str, str]]) -> bytes:
    names = f'xmlns:p="{SLIDES}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"'
    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/slide" Target="slides/slide{n}.xml"/>'
        for n in numbers
    )
    files = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations(officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{listed}</p:sldIdLst>"
        "</p:presentation>".encode(),
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}'
        "</Relationships>".encode(),
    }
    for number, (title, body) in enumerate(slides, start=1):
        shapes = _shape(title, "title") + _shape(body, "body")
        files[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>".encode()
        )
    return s.zipped(files)


PPTX = _pptx([("Rencana Taman", "Taman dibangun bertahap."), ("Biaya", "Warga menyumbang bibit.")])

EPUB = s.zipped(
    {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        b'container"><rootfiles><rootfile full-path="isi/buku.opf"/></rootfiles></container>',
        "isi/buku.opf": b'<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Panduan Posyandu</dc:title>'
        b'</metadata><manifest><item id="b" href="dua.xhtml"/><item id="a" href="satu.xhtml"/>'
        b'</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "isi/satu.xhtml": b"<html><body><h1>Persiapan</h1><p>Timbangan diperiksa dahulu.</p>"
        b"</body></html>",
        "isi/dua.xhtml": b"<html><body><h1>Pelaksanaan</h1><p>Balita ditimbang bergiliran.</p>"
        b"</body></html>",
    }
)
ARCHIVE = s.zipped({"map/izin.txt": b"Izin keramaian diberikan camat.", ".lain.txt": b"Sampah."})
CSV = b"Wilayah;Kepadatan\nUtara;12\nSelatan;2,5\n"

SAMPLES = (
    Sample("rencana.rtf", RTF, ("Rapat desa “Maju” — pagi.", "Akhir kata.", "Air | 5"),
           ("gelap", "buta", "Arial", "rtf1", "Kop")),
    Sample("berita.html", HTML,
           ("Bupati datang pagi hari.", "3. Jalan desa", "4. Air bersih", "2021 | 10",
            "2021 | 12", "Kunjungan ke Desa"),
           ("rahasia", "Beranda", "kuki", "Tersembunyi", "Hak cipta")),
    Sample("visi.blade.php", BLADE, ("Visi Dinas", "humas@contoh.go.id"),
           ("@extends", "@section", "@include", "$nama", "catatan penulis", "samping")),
    Sample("laporan.md", MARKDOWN,
           ("Bab Satu", "Kalimat tebal yang berlanjut.", "3. Ketiga", "Air | 12", "Kota A | 77"),
           ("**", "---", "|---", "<td>", "title:"), locator="Bab Satu"),
    Sample("aturan.pdf", LAW_PDF,
           ("Pasal 7", "sebagaimana dimaksud ayat (2) dan wajib", "undang-undang yang",
            "(2) Ayat kedua berdiri sendiri."),
           ("Lembaran Contoh Daerah",), page=1, locator="Pasal 7"),
    Sample("aturan-salah-nama.txt", DECREE_PDF, ("Pengairan diatur desa.",), ("%PDF",), page=2),
    Sample("kolom.pdf", COLUMNS_PDF,
           ("kiri baris 0 berisi kata yang memenuhi kolom kiri baris 1",),
           ("kata kanan baris 0",), page=1),
    Sample("tersembunyi.pdf", s.pdf_with_hidden_text(), ("Kalimat yang terlihat.",),
           ("Putih di atas putih", "Tembus", "dilukis"), page=1),
    Sample("foto.png", s.photo("Rapat Kerja 2026"), ("Rapat Kerja 2026",), page=1),
    Sample("rencana.docx", DOCX,
           ("Rencana Kerja", "a. pertama", "b. kedua", "baru", "Isi catatan.", "1 | Air | 5.000"),
           ("lama", "gelap")),
    Sample("notula.odt", ODT,
           ("Notula Rapat Irigasi", "Pinjam cangkul", "Saluran desa dikeruk bersama.")),
    Sample("warga.ods", ODS, ("Sumber | 31", "Krajan | 48"), page=1),
    Sample("belanja.xlsx", XLSX, ("Semen | Rp75.000", "Pasir | Rp40.500"), page=1),
    Sample("kepadatan.csv", CSV, ("Utara | 12", "Selatan | 2,5"), (";",)),
    Sample("taman.pptx", PPTX, ("Taman dibangun bertahap.", "Warga menyumbang bibit."), page=2),
    Sample("posyandu.epub", EPUB, ("Timbangan diperiksa dahulu.", "Balita ditimbang bergiliran.")),
    Sample("undangan.eml", MAIL, ("Isi lampiran.", "Rapat dimulai pukul sembilan."),
           ("boundary", "MIME", "--b")),
    Sample("surat.msg", message("Rapat Air", "Pintu air diperbaiki hari Senin.",
                                attachments=(("catatan.txt", b"Tiga dusun hadir."),)),
           ("Tiga dusun hadir.", "Pintu air diperbaiki hari Senin."), ("__substg1", "\x00")),
    Sample("kiriman.zip", ARCHIVE, ("Izin keramaian diberikan camat.",), ("Sampah",)),
    Sample("lama.txt", "Musyawarah\tdi “Balai” — pukul 9\r\n\r\nSelesai\x07.".encode("cp1252"),
           ("Selesai.", "Musyawarah di “Balai” — pukul 9"), ("\r", "\x07", "\t")),
    Sample("lebar.txt", "Teks dengan BOM.".encode("utf-16"), ("Teks dengan BOM.",),
           ("\ufeff", "\x00")),
)  # fmt: skip
