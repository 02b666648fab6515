"""Mail with mail in it, odd charsets; front matter and definition lists."""

from __future__ import annotations

import time
from email.message import EmailMessage

from ingest.limits import Limits
from ingest.parsers import html, markdown
from ingest.parsers.containers import parse_email


def mail(subject: str, body: str, kind: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "humas@contoh.go.id"
    message["Date"] = "Tue, 05 May 2026 08:00:00 +0700"
    message.set_content(body, subtype=kind)
    return message


def texts(data: bytes, limits: Limits | None = None) -> list[str]:
    return [block.text for block in parse_email(data, "uji.eml", limits or Limits()).blocks]


def test_mail_in_mail_with_its_own_attachment() -> None:
    inner = mail("Rapat", "Isi surat dalam.")
    inner.add_attachment(b"Nama;Nilai\nAir;5\n", "text", "csv", filename="data.csv")
    outer = mail("Terusan", "Isi surat luar.")
    outer.add_attachment(inner)
    found = texts(outer.as_bytes())
    assert found.index("Isi surat luar.") < found.index("Rapat") < found.index("Isi surat dalam.")
    assert found[-1] == "Air | 5"


def test_mail_that_is_only_html_or_has_an_empty_part() -> None:
    page = "<html><body><p>Hanya <b>HTML</b>.</p><script>x()</script></body></html>"
    only = mail("A", page, "html")
    both = mail("A", " \n")
    both.add_alternative(page, subtype="html")
    page_empty = mail("C", "Hanya HTML.")
    page_empty.add_alternative(" \n", subtype="html")
    for message in (only, both, page_empty):
        found = texts(message.as_bytes())
        assert "Hanya HTML." in found
        assert "x()" not in " ".join(found)


def test_odd_charsets_lose_no_mail() -> None:
    head = b"From: a@contoh.go.id\nSubject: =?tidak-ada?Q?Surat?=\nDate: kapan\nMIME-Version: 1.0\n"
    for charset in (b"tidak-ada", b"windows-1252", b"x-unknown", b"idna"):
        body = b"Content-Type: text/plain; charset=" + charset + b"\n\nIsi \x93surat\x94 lama.\n"
        assert texts(head + body)[-1] == "Isi “surat” lama."


def test_front_matter_costs_linear_time() -> None:
    began = time.monotonic()
    for hostile in (
        "---\ntitle: a" + " " * 100_000 + "b\n---\nisi",
        "---\n" + "title" + " " * 100_000 + "\n---\nisi",
        "---\n" + "---x\n" * 20_000,
        "---\n" + "\n" * 100_000,
    ):
        markdown.parse(hostile.encode(), "uji.md", Limits())
    assert time.monotonic() - began < 5
    document = markdown.parse(b'---\ntitle:  "Rencana"  \n---\nIsi.\n', "uji.md", Limits())
    assert document.title == "Rencana"


PAGE = """<html><body><div class="cookie-banner">Kami memakai kuki.</div>
<header><ul class="menu"><li><a href="/">Beranda</a></li><li><a href="/p">Profil</a></li></ul>
</header><div class="content"><h1>Layanan Air Bersih</h1><p>Dinas membuka layanan setiap hari kerja
di kantor pusat, dan menerima pengaduan pelanggan sampai sore.</p>
<div class="share-buttons"><a href="#">Bagikan ke Facebook</a></div>
<dl><dt>Jam buka</dt><dd>08.00 sampai 15.00</dd><dt>Alamat</dt><dd>Jalan Contoh 5</dd></dl>
<table><tr><th rowspan="2">Wilayah</th><th colspan="2">Sambungan</th></tr>
<tr><th>2024</th><th>2025</th></tr><tr><td rowspan="2">Timur</td><td>10</td><td>12</td></tr>
<tr><td>11</td><td>13</td></tr></table></div>
<div class="related-posts"><h3>Berita Terkait</h3><a href="/b">Judul lain</a></div>
<footer>Hak cipta dinas</footer></body></html>"""


def test_a_government_page_keeps_its_text_terms_and_tables() -> None:
    blocks = html.parse(PAGE.encode(), "uji.html", Limits()).blocks
    found = [block.text for block in blocks]
    for kept in ("Jam buka: 08.00 sampai 15.00", "Alamat: Jalan Contoh 5", "Timur | 11 | 13"):
        assert kept in found
    assert blocks[-1].header == ("Wilayah", "Sambungan / 2024", "Sambungan / 2025")
    for left_out in ("kuki", "Beranda", "Facebook", "Terkait", "Judul lain", "Hak cipta"):
        assert left_out not in " ".join(found)
