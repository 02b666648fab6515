"""Messages that Outlook saved, written by `tests.sample_files.outlook`."""

from __future__ import annotations

from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.parsers import parse
from tests.sample_files.outlook import message


def test_an_outlook_message_is_read_with_its_attachments() -> None:
    data = message(
        "Undangan rapat saluran air",
        "Rapat dimulai pukul sembilan.",
        attachments=(("catatan.txt", b"Tiga dusun hadir."), ("gambar.bin", b"\x00\x01" * 40)),
    )
    document = parse(data, "undangan.msg", Limits())
    assert [block.text for block in document.blocks] == [
        "Undangan rapat saluran air",
        'From: "Wira Contoh" <wira@contoh.example>',
        "To: Sari Contoh <sari@contoh.example>",
        "Date: 20/05/2031 03.30 UTC",
        "Rapat dimulai pukul sembilan.",
        "catatan.txt",
        "Tiga dusun hadir.",
    ]
    assert (document.title, document.date) == ("Undangan rapat saluran air", "2031-05-20")
    (warning,) = document.warnings
    assert warning.startswith("gambar.bin: ")


def test_an_outlook_page_keeps_its_table_and_drops_the_pictures_it_shows() -> None:
    html = (
        b'<html><meta charset="windows-1252"><body><p>Biaya \xe2\x80\x93 desa</p><table><tr>'
        b"<th>Nama</th><th>Nilai</th></tr><tr><td>Air</td><td>5</td></tr></table>"
        b'<img src="cid:image001.png@01DB.CONTOH"></body></html>'
    )
    data = message("Biaya", "abaikan", html, (("image001.png", b"\x89PNG\r\n\x1a\nrusak"),))
    document = parse(data, "a.msg", Limits())
    texts = [block.text for block in document.blocks]
    assert "Biaya – desa" in texts
    assert "Air | 5" in texts
    assert "abaikan" not in texts
    assert document.warnings == ()


def test_damaged_outlook_messages_are_told() -> None:
    data = message("Undangan", "Isi surat.", attachments=(("a.txt", b"Isi lampiran."),))
    told = 0
    for at in range(512, len(data), 256):
        broken = data[:at] + b"\xa5" * 96 + data[at + 96 :]
        for hurt in (broken, data[:at]):
            try:
                parse(hurt, "a.msg", Limits())
            except IngestError:
                told += 1
    assert told > 5
