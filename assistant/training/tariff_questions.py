"""Made-up tariff tables, as annexes of tax bylaws have them, and questions for one of their cells.

In such tables the rows beside the right one differ in one word ("Kelas I", "Kelas II"; "Tanpa
lampu", "Dengan lampu"), groups stand in rows of their own, and a figure's meaning may stand in the
table's head only. All names are common words and all amounts are drawn.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.training.examples import Example, Passage
from docs_store.sentences import CELL_SEPARATOR

ROWS = (5, 12)
NOTHING_SHARE = 0.2
"""How many ask for what the table does not have."""


@dataclass(frozen=True, slots=True)
class _Subject:
    levy: str
    things: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    """Sets of words that tell the rows of one thing apart."""
    units: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_CLASSES = (_split("Kelas I, Kelas II, Kelas III"), _split("Tipe A, Tipe B, Tipe C"))
_SUBJECTS = (
    _Subject(
        "Retribusi Pelayanan Pasar",
        _split("Kios, Los, Toko, Pelataran, Lapak, Ruko, Gerobak, Pedagang kaki lima, Warung"),
        (*_CLASSES, _split("Pasar umum, Pasar hewan, Pasar desa"), _split("Bawah, Lantai atas")),
        _split("per m2 per hari, per bulan, per hari, per m2 per bulan"),
    ),
    _Subject(
        "Retribusi Pemanfaatan Aset Daerah",
        _split("Gedung serbaguna, Aula, Gedung pertemuan, Ruang rapat, Stadion, Lapangan tenis, "
               "Lapangan futsal, Gelanggang olahraga, Kolam renang, Rumah dinas, Asrama, Wisma"),
        (_split("Siang, Malam"), _split("Dengan lampu, Tanpa lampu"),
         _split("Hari kerja, Hari libur"), _split("Pelajar, Umum"),
         _split("Kegiatan sosial, Kegiatan komersial"), _split("Dengan AC, Tanpa AC")),
        _split("per jam, per hari, per kegiatan, per bulan, per tahun"),
    ),
    _Subject(
        "Retribusi Pemakaian Alat Berat",
        _split("Excavator, Bulldozer, Motor grader, Dump truck, Stamper, Wheel loader, Crane, "
               "Mesin gilas, Vibro roller, Asphalt sprayer, Genset, Truk tangki air"),
        (_split("Dengan operator, Tanpa operator"), _split("3 ton, 6 ton, 10 ton"),
         _split("Mini, Standar")),
        _split("per jam, per hari, per 8 jam"),
    ),
    _Subject(
        "Retribusi Pelayanan Kesehatan",
        _split("Pemeriksaan umum, Cabut gigi, Tambal gigi, USG, Rontgen dada, Visum luar, "
               "Persalinan normal, Darah rutin, Gula darah, Kolesterol, Asam urat, Sunat, "
               "Pasang infus, Nebulizer, Jahit luka, Tes kehamilan, Konsultasi gizi"),
        (_split("Rawat jalan, Rawat inap"), _split("Dewasa, Anak"),
         _split("Dokter umum, Dokter spesialis"), *_CLASSES, _split("Ringan, Sedang, Berat")),
        _split("per tindakan, per pemeriksaan, per pasien, per hari, sekali datang"),
    ),
    _Subject(
        "Retribusi Parkir",
        _split("Sepeda motor, Mobil penumpang, Truk, Bus besar, Sepeda, Bus sedang, Mobil barang"),
        (_split("Tepi jalan umum, Tempat khusus parkir"), _split("Hari biasa, Hari libur"),
         _split("Sekali parkir, Langganan")),
        _split("sekali parkir, per bulan, per hari, per jam"),
    ),
    _Subject(
        "Retribusi Tempat Rekreasi dan Olahraga",
        _split("Pantai, Air terjun, Museum, Taman satwa, Pemandian, Kebun raya, Waduk, Gua, "
               "Bumi perkemahan, Menara pandang, Perahu wisata, Flying fox"),
        (_split("Dewasa, Anak-anak"), _split("Wisatawan nusantara, Wisatawan mancanegara"),
         _split("Hari biasa, Hari libur, Hari raya"), _split("Pelajar, Umum")),
        _split("per orang, per rombongan, sekali masuk"),
    ),
    _Subject(
        "Retribusi Pelayanan Kebersihan",
        _split("Rumah tangga, Hotel, Rumah makan, Sekolah, Perkantoran, Bengkel, Rumah sakit, "
               "Pabrik, Swalayan, Kos, Klinik, Salon, Apotek"),
        (_split("Kecil, Sedang, Besar"), *_CLASSES, _split("Jalan protokol, Dalam gang")),
        _split("per bulan, per m3, sekali angkut"),
    ),
    _Subject(
        "Retribusi Pengujian Laboratorium",
        _split("Kuat tekan beton, Kadar air tanah, CBR lapangan, Uji kualitas air, Uji tanah, "
               "Uji aspal, Sondir, Uji gradasi, BOD, COD, Bakteri coli, Residu pestisida"),
        (_split("Lapangan, Laboratorium"), _split("Lengkap, Sederhana"),
         _split("Dalam daerah, Luar daerah")),
        _split("per sampel, per titik, per parameter"),
    ),
    _Subject(
        "Retribusi Rumah Potong Hewan dan Peternakan",
        _split("Sapi, Kerbau, Kambing, Babi, Ayam, Kuda, Domba, Itik"),
        (_split("Pemotongan, Pemeriksaan, Sewa kandang"), _split("Jantan, Betina"),
         _split("Siang, Malam")),
        _split("per ekor, per ekor per hari"),
    ),
    _Subject(
        "Retribusi Terminal dan Perhubungan",
        _split("Bus antarkota, Angkutan desa, Mobil barang, Taksi, Ruang tunggu, Kapal motor, "
               "Perahu, Bongkar muat, Uji berkala kendaraan, Loket"),
        (_split("Sampai 5 GT, Di atas 5 GT"), _split("Masuk, Menginap"), *_CLASSES),
        _split("sekali masuk, per hari, per kendaraan, per ton, per tahun"),
    ),
)  # fmt: skip
_PLAIN = (
    "Berapa tarif {}?", "Tarif {} berapa?", "Berapa {levy} untuk {}?", "Berapa biaya {}?",
    "brp tarif {}", "Berapa rupiah {}?", "Berapa harus dibayar untuk {}?", "berapa sewa {}",
    "How much is the fee for {}?", "What is the rate for {}?", "{levy} {} berapa ya?",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's cells, and what is asked by: (thing, kind, column of the amount)."""

    cells: tuple[str, ...]
    asked: tuple[tuple[str, str, int], ...] = ()


def tariff_questions(rng: random.Random, count: int) -> Iterator[Example]:
    """So many questions, each over a table of its own; a second table is known not to answer."""
    for _ in range(count):
        subject = rng.choice(_SUBJECTS)
        head, lines = _table(subject, rng)
        places = [(at, asked) for at, line in enumerate(lines) for asked in line.asked]
        at, (thing, kind, column) = rng.choice(places)
        question = _worded(subject, thing, kind, rng)
        context = f"{subject.levy} {head}"
        without: tuple[Passage, ...] = ()
        if kind and len(lines[at].asked) == 1 and len(places) > 3:
            without = (Passage(_text(lines[:at] + lines[at + 1 :]), context),)
        if without and rng.random() < NOTHING_SHARE:
            yield Example(question, without[0], None, False, "tariffs")
            continue
        other_head, other = _table(rng.choice([s for s in _SUBJECTS if s is not subject]), rng)
        wrong = (*without, Passage(_text(other), f"{subject.levy} {other_head}"))
        text = _text(lines)
        start = len(_text(lines[:at])) + (at > 0)
        start += sum(len(cell) + len(CELL_SEPARATOR) for cell in lines[at].cells[:column])
        answer = (start, start + len(lines[at].cells[column]))
        yield Example(question, Passage(text, context), answer, True, "tariffs", wrong)


def _text(lines: list[_Line]) -> str:
    return "\n".join(CELL_SEPARATOR.join(line.cells) for line in lines)


def _table(subject: _Subject, rng: random.Random) -> tuple[str, list[_Line]]:
    """The table's head and its rows, in one of three builds."""
    things = rng.sample(subject.things, min(len(subject.things), rng.randint(3, 7)))
    amount = _amounts(rng)
    unit = rng.choice(subject.units)
    if rng.random() < 0.3:  # the kinds are columns
        kinds = rng.choice(subject.kinds)
        lines = []
        for at, thing in enumerate(things, 1):
            cells = (f"{at}.", thing, *(amount() for _ in kinds))
            asked = tuple((thing, kind, 2 + column) for column, kind in enumerate(kinds))
            lines.append(_Line(cells, asked))
        return CELL_SEPARATOR.join(("No.", "Uraian", *kinds, "(Rp)")), lines
    with_groups = rng.random() < 0.5
    unit_first = rng.random() < 0.5
    lines = []
    most = rng.randint(*ROWS)
    for at, thing in enumerate(things, 1):
        kinds = rng.choice(subject.kinds) if rng.random() < 0.8 else ("",)
        if with_groups and kinds[0]:
            lines.append(_Line((f"{at}.", thing)))
        for number, kind in enumerate(kinds):
            if with_groups and kinds[0]:
                name = (f"{'abcde'[number]}.", kind)
            else:
                name = (f"{at}.", f"{thing}{', ' if kind else ''}{kind.lower()}")
            money = amount()
            last = (unit, money) if unit_first else (money, unit)
            cells = (*name, *last)
            lines.append(_Line(cells, ((thing, kind, len(name) + (1 if unit_first else 0)),)))
        if len(lines) >= most:
            break
    head = ("Satuan", "Tarif (Rp)") if unit_first else ("Tarif (Rp)", "Satuan")
    return CELL_SEPARATOR.join(("No.", rng.choice(("Uraian", "Jenis", "Objek")), *head)), lines


def _amounts(rng: random.Random) -> Callable[[], str]:
    """Draws amounts, all spelt in one way and none twice."""
    spelling = rng.choice(("{}", "{}", "Rp{}", "Rp{},00", "Rp {},-", "{},00"))
    drawn: set[str] = set()

    def one() -> str:
        while True:
            amount = rng.randint(1, 99) * rng.choice((100, 500, 1_000, 2_500, 5_000, 25_000))
            text = spelling.format(f"{amount:,}".replace(",", "."))
            if text not in drawn:
                drawn.add(text)
                return text

    return one


def _worded(subject: _Subject, thing: str, kind: str, rng: random.Random) -> str:
    kind = kind.lower() if rng.random() < 0.7 else kind
    thing = thing.lower() if rng.random() < 0.7 else thing
    what = thing
    if kind:
        what = rng.choice((f"{thing} {kind}", f"{thing} {kind}", f"{thing} untuk {kind}",
                           f"{thing} ({kind})", f"{kind} {thing}"))  # fmt: skip
    if rng.random() < 0.15:
        what += rng.choice((" di pasar", " sekarang", " di daerah ini", " sesuai perda"))
    return rng.choice(_PLAIN).format(what, levy=subject.levy.lower())
