"""The gate: laws 1 to 3. What is altered falls, what says the same stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from assistant.ground import CONTRADICTED_MIN, ground, is_verbatim, why_not
from assistant.reader import Judgement
from docs_store.gazetteer import find_regions
from docs_store.region_names import RegionKind, all_regions

TEXT = (
    "Pajak daerah naik 12,5% menjadi Rp1.234.567,89 pada 27 Januari 2022. "
    "Menurut Pasal 7 ayat (2), Bupati Banyuwangi tidak dapat menolak permohonan 10 hari kerja."
)


def cited(text, start=0, end=None, quote=None, source=TEXT):
    end = len(source) if end is None else end
    quote = source[start:end] if quote is None else quote
    return DraftStatement(text, (Citation(9, "d", "t", "s", 1, None, None, start, end, quote),))


def gate(statement, source=TEXT, judge=None):
    passed, dropped = ground([statement], lambda *_: source, judge)
    assert len(passed) + len(dropped) == 1
    return passed, dropped


def why(claim, quote):
    return why_not(cited(claim, source=quote), lambda *_: quote)


def test_a_quote_stands_and_gets_its_marker():
    passed, _ = gate(cited(TEXT[70:], 70))
    assert [c.marker for c in passed[0].citations] == [1]


def test_a_quote_over_several_lines_is_verbatim():
    assert is_verbatim(cited("Pajak daerah naik.", source="Pajak\ndaerah  naik."))
    assert is_verbatim(cited("Pajak turun.", source="Pajak turun. Retribusi naik."))
    assert not is_verbatim(cited("ada pajak.", source="Tidak ada pajak."))


STANDS = [
    # numbers and their units, in other words, orders and languages
    ("Banyuwangi memiliki 25 kecamatan dan 189 desa.",
     "Kabupaten Banyuwangi terdiri atas 25 kecamatan, 28 kelurahan, dan 189 desa."),
    ("Terdapat 189 desa serta 25 kecamatan di Banyuwangi.",
     "Kabupaten Banyuwangi terdiri atas 25 kecamatan, 28 kelurahan, dan 189 desa."),
    ("Kunjungan wisatawan mencapai 1,2 juta orang.",
     "Jumlah kunjungan wisatawan mencapai 1.200.000 orang pada 2019."),
    ("Kunjungan mencapai sekitar 1,2 juta orang.",
     "Jumlah kunjungan wisatawan mencapai 1.234.567 orang pada 2019."),
    ("Tourist visits reached 1.2 million in 2019.",
     "Jumlah kunjungan wisatawan mencapai 1.200.000 orang pada 2019."),
    ("Poverty fell from 12.5 percent to 10.1 percent.",
     "Angka kemiskinan turun dari 12,5% menjadi 10,1%."),
    ("Permohonan diputus dalam sepuluh hari kerja.",
     "Permohonan diputus paling lambat 10 (sepuluh) hari kerja."),
    ("Luasnya 30 hektare.", "Desa | Luas (hektare)\nSumber | 30"),
    # dates
    ("Mal Pelayanan Publik dibuka pada Januari 2022.",
     "Mal Pelayanan Publik (MPP) mulai dibuka pada 27 Januari 2022."),
    ("The Public Service Mall opened in January 2022.",
     "Mal Pelayanan Publik (MPP) mulai dibuka pada 27 Januari 2022."),
    ("Rapat berlangsung pada 27-29 Januari 2022.",
     "Rapat berlangsung dari 27 Januari 2022 hingga 29 Januari 2022."),
    ("The meeting took place on January 27-29, 2022.",
     "Rapat berlangsung pada 27 s.d. 29 Januari 2022."),
    # regions, offices, articles
    ("Morut berjarak lebih dari 500 km dari Kota Palu.",
     "Jarak Kabupaten Morowali Utara dari Kota Palu lebih dari 500 kilometer."),
    ("East Java has 29 regencies.", "Jawa Timur memiliki 29 kabupaten."),
    ("The deputy regent attended.", "Wakil Bupati hadir."),
    ("Menurut Pasal 7 ayat (2), PPID tidak wajib menjawab.",
     "Pasal 7 ayat (1) mengatur tugas dan ayat (2) menyatakan PPID tidak wajib menjawab."),
    ("Under Article 7, the office answers.", "Menurut Pasal 7, kantor menjawab."),
    ("UU 23/2014 mengatur urusan pemerintahan.",
     "Urusan pemerintahan diatur Undang-Undang Nomor 23 Tahun 2014."),
    # negation and direction
    ("The regent did not sign the decree on 27 January 2022.",
     "Bupati tidak menandatangani keputusan itu pada 27 Januari 2022."),
    ("Permohonan ditolak.", "Permohonan ditolak karena tidak lengkap."),
    ("Program berjalan di desa.", "Program tidak hanya berjalan di desa tetapi juga di kota."),
    ("Kemiskinan menurun.", "Terjadi penurunan kemiskinan."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "quote"), STANDS)
def test_what_says_the_same_stands(claim, quote):
    assert why(claim, quote) is None


FALLS = [
    # a number of something else, another magnitude or unit, a rounding that is not stated
    ("Ada 7 desa dan 5 kecamatan.", "Ada 5 desa dan 7 kecamatan."),
    ("Jember 15 persen dan Banyuwangi 12 persen.", "Jember 12 persen dan Banyuwangi 15 persen."),
    ("Kemiskinan turun dari 10,1% menjadi 12,5%.", "Kemiskinan turun dari 12,5% menjadi 10,1%."),
    ("Anggarannya 12 juta.", "Anggarannya Rp12 miliar."),
    ("Its budget is 12 million.", "Anggarannya Rp12 miliar."),
    ("Capaiannya 30.", "Capaiannya 30%."),
    ("Luasnya 30 km.", "Luasnya 30 hektare."),
    ("Ada 30 desa di sana.", "Luas desa di sana 30 hektare."),
    ("Diputus dalam 10 hari.", "Diputus dalam 10 hari kerja."),
    ("Diputus dalam sebelas hari kerja.", "Diputus dalam 10 (sepuluh) hari kerja."),
    ("Kunjungan mencapai 1,2 juta orang.", "Kunjungan mencapai 1.234.567 orang."),
    ("Menurut data [1], pajak naik.", "Menurut data, pajak naik."),
    # dates
    ("Dibuka pada Februari 2022.", "Dibuka pada 27 Januari 2022."),
    ("Dibuka pada 27 Januari 2022.", "Dibuka pada Januari 2022."),
    ("Dibuka pada 28 Januari.", "Dibuka pada 27 Januari 2022."),
    ("It opened on 28 January 2022.", "Dibuka pada 27 Januari 2022."),
    ("Rapat pada 1 Februari 2022 dan kunjungan pada 5 Maret 2023.",
     "Rapat pada 5 Maret 2023 dan kunjungan pada 1 Februari 2022."),
    ("Rapat berlangsung pada 26-29 Januari 2022.", "Rapat berlangsung pada 27-29 Januari 2022."),
    # regions, offices, persons, articles
    ("Kota Malang menerima penghargaan.", "Kabupaten Malang menerima penghargaan."),
    ("Kota Malang menerima penghargaan.", "Penghargaan diterima di Malang."),
    ("Jawa Tengah memiliki 29 kabupaten.", "Jawa Timur memiliki 29 kabupaten."),
    ("Bupati Sugirah hadir.", "Wakil Bupati Sugirah hadir."),
    ("The regent attended.", "Wakil Bupati hadir."),
    ("Mantan Bupati hadir.", "Bupati hadir."),
    ("Bupati Sugirah dan Wakil Bupati Ipuk hadir.", "Bupati Ipuk dan Wakil Bupati Sugirah hadir."),
    ("Ahmad menandatangani keputusan.", "Bupati menandatangani keputusan."),
    ("Budi Santoso menandatangani keputusan.", "Bupati menandatangani keputusan."),
    ("Bupati Ahmad menandatangani keputusan.", "Bupati menandatangani keputusan."),
    ("Dinas Kesehatan menjawab.", "Dinas Pendidikan menjawab."),
    ("Pasal 7 ayat (2) berlaku.", "Pasal 7 ayat (1) dan Pasal 8 ayat (2) berlaku."),
    ("Diatur dalam huruf b.", "Diatur dalam huruf c."),
    ("UU 32/2014 mengatur urusan.", "Undang-Undang Nomor 23 Tahun 2014 mengatur urusan."),
    # negation and direction
    ("Bupati menandatangani keputusan itu.", "Bupati tidak menandatangani keputusan itu."),
    ("The regent signed the decree.", "Bupati tidak menandatangani keputusan itu."),
    ("Bupati tidak menandatangani keputusan.", "Bupati menandatangani keputusan itu."),
    ("PPID wajib menolak.", "PPID tidak wajib menolak."),
    ("Permohonan tidak diterima, usul diterima.", "Permohonan diterima, usul tidak diterima."),
    ("Berlaku bagi pegawai honorer.", "Berlaku bagi semua kecuali pegawai honorer."),
    ("Kemiskinan naik 2%.", "Kemiskinan turun 2%."),
    ("Poverty rose by 2 percent.", "Kemiskinan turun 2 persen."),
    ("Kemiskinan naik dan investasi turun.", "Kemiskinan turun dan investasi naik."),
    ("Anggaran tertinggi ada di Jember.", "Anggaran terendah ada di Jember."),
    ("Biayanya kurang dari Rp5 juta.", "Biayanya lebih dari Rp5 juta."),
    ("Permohonan ditolak.", "Permohonan diterima."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "quote"), FALLS)
def test_what_says_something_else_falls(claim, quote):
    assert why(claim, quote) is not None


# What a chat model may make of a sentence, in both languages: what stands, what falls.
SENTENCES = {
    (
        "Bupati Jember Sari Lestari mengatakan, pihaknya menata sektor pariwisata secara "
        "bertahap sejak 2021 dengan anggaran Rp12,5 miliar dari APBD."
    ): (
        [
            "Jember menata pariwisata bertahap mulai tahun 2021.",
            "Anggaran penataan pariwisata mencapai Rp12,5 miliar.",
            "Dananya berasal dari APBD sebesar 12,5 miliar rupiah.",
            "Jember has been developing tourism step by step since 2021.",
            "The tourism budget is IDR 12.5 billion.",
            "According to Regent Sari Lestari, the work is gradual.",
        ],
        [
            "The tourism budget is IDR 12.5 million.",
            "Sejak 2012 pariwisata ditata bertahap.",
            "Wakil Bupati Jember mengatakan pariwisata ditata.",
            "Jember tidak menata pariwisata bertahap.",
            "Dananya dari APBN.",
        ],
    ),
    (
        "Dalam hal permohonan informasi ditolak, pemohon dapat mengajukan keberatan kepada"
        " atasan PPID paling lambat 30 (tiga puluh) hari kerja setelah diterimanya "
        "penolakan."
    ): (
        [
            "Keberatan diajukan paling lambat 30 hari kerja setelah penolakan diterima.",
            "Pemohon yang permohonannya ditolak dapat mengajukan keberatan.",
            "An objection can be filed within 30 working days after the refusal.",
            "Applicants whose request is refused may object to the superior of the PPID.",
        ],
        [
            "Keberatan diajukan dalam 30 hari.",
            "An objection can be filed within 13 working days.",
            "Keberatan diajukan sebelum penolakan diterima.",
        ],
    ),
    (
        "PPID tidak wajib memberikan informasi yang dikecualikan sebagaimana dimaksud "
        "dalam Pasal 17 Undang-Undang Nomor 14 Tahun 2008."
    ): (
        [
            "Informasi yang dikecualikan tidak wajib diberikan oleh PPID.",
            "PPID is not obliged to give exempt information (Article 17 of Law Number 14 of 2008).",
            "PPID tidak perlu memberi informasi yang dikecualikan menurut Pasal 17 UU 14/2008.",
        ],
        [
            "PPID wajib memberikan informasi yang dikecualikan.",
            "PPID must provide exempt information under Article 17.",
            "Diatur dalam Pasal 14 UU 17/2008.",
        ],
    ),
    (
        "Jumlah penduduk miskin turun dari 121.370 jiwa pada 2021 menjadi 111.560 jiwa "
        "pada 2022, atau 6,94 persen dari total penduduk."
    ): (
        [
            "Penduduk miskin berkurang dari 121.370 jiwa (2021) menjadi 111.560 jiwa (2022).",
            "Pada 2022 ada 111.560 penduduk miskin, 6,94% dari seluruh penduduk.",
            "The number of poor people fell from 121,370 in 2021 to 111,560 in 2022.",
            "Poor people made up 6.94 percent of the population in 2022.",
        ],
        [
            "The number of poor people rose from 111,560 in 2021 to 121,370 in 2022.",
            "Pada 2021 ada 111.560 penduduk miskin.",
            "Penduduk miskin naik menjadi 111.560 jiwa.",
            "Poor people made up 6.49 percent.",
        ],
    ),
    (
        "Rombongan Pemkab Morowali Utara yang dipimpin Bupati Darma J. Huda tiba di "
        "Jember, Kamis (27/1/2022), dan diterima Sekda Jember Suryanto."
    ): (
        [
            "Bupati Morowali Utara Darma J. Huda tiba di Jember pada 27 Januari 2022.",
            "Sekda Suryanto menerima rombongan Morowali Utara.",
            "North Morowali's delegation was received by Regional Secretary Suryanto.",
            "Rombongan itu dipimpin oleh Bupati Darma J. Huda.",
        ],
        [
            "Bupati Suryanto menerima rombongan.",
            "Sekda Darma J. Huda tiba di Jember.",
            "Rombongan tiba pada 27 Februari 2022.",
            "Rombongan Pemkab Morowali tiba di Jember.",
        ],
    ),
    (
        "Tarif retribusi pelayanan pasar ditetapkan: a. kios Rp2.000 per m2 per hari; b. "
        "los Rp1.500 per m2 per hari."
    ): (
        [
            "Tarif kios adalah Rp2.000 per m2 per hari.",
            "Los dikenai Rp1.500 per m2 per hari, kios Rp2.000.",
        ],
        [
            "Tarif kios Rp1.500 per m2 per hari.",
            "Stalls cost Rp2,000 and kiosks Rp1,500 per m2.",
            "Tarif los Rp1.500 per m2 per bulan.",
        ],
    ),
    (
        "Kepala Dinas Komunikasi dan Informatika Kabupaten Jember selaku PPID Utama "
        "bertanggung jawab kepada Bupati melalui Sekretaris Daerah."
    ): (
        [
            "PPID Utama adalah Kepala Dinas Komunikasi dan Informatika Jember.",
            "PPID Utama bertanggung jawab kepada Bupati lewat Sekda.",
            "The main PPID answers to the Regent through the Regional Secretary.",
        ],
        [
            "PPID Utama bertanggung jawab kepada Gubernur.",
            "PPID Utama adalah Kepala Dinas Kesehatan.",
        ],
    ),
}


@pytest.mark.parametrize(
    ("claim", "quote"), [(claim, quote) for quote, (true, _) in SENTENCES.items() for claim in true]
)
def test_what_a_sentence_says_in_other_words_stands(claim, quote):
    assert why(claim, quote) is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [(claim, quote) for quote, (_, false) in SENTENCES.items() for claim in false],
)
def test_what_a_sentence_does_not_say_falls(claim, quote):
    assert why(claim, quote) is not None


@pytest.mark.parametrize(
    "altered",
    [
        TEXT.replace("12,5", "12,6"),
        TEXT.replace("1.234.567,89", "1.234.567,98"),
        TEXT.replace("27 Januari", "28 Januari"),
        TEXT.replace("2022", "2023"),
        TEXT.replace("Pasal 7", "Pasal 8"),
        TEXT.replace("ayat (2)", "ayat (3)"),
        TEXT.replace("Banyuwangi", "Jember"),
        TEXT.replace("tidak ", ""),
        TEXT.replace("naik", "turun"),
    ],
)
def test_an_altered_fact_falls(altered):
    passed, dropped = gate(cited(altered))
    assert not passed
    assert dropped[0].why


@pytest.mark.parametrize(
    "statement",
    [
        DraftStatement("Pajak naik.", ()),
        cited("Pajak daerah", 0, 12, "Pajak Daerah"),
        cited("Pajak daerah", 1, 13, "Pajak daerah"),
        cited("Pajak daerah", 0, 10_000, "Pajak daerah"),
        cited("", 5, 5, ""),
        cited(" ", 0, 12),
    ],
)
def test_a_wrong_citation_falls(statement):
    assert not gate(statement)[0]


@given(st.data())
def test_any_other_digit_falls(data):
    places = [match.start() for match in re.finditer(r"\d", TEXT)]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != TEXT[at]]))
    altered = TEXT[:at] + digit + TEXT[at + 1 :]
    assert not gate(cited(altered))[0]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_every_slice_that_is_quoted_as_it_stands_passes_exactness(start, length):
    end = min(len(TEXT), start + length)
    quote = TEXT[start:end]
    if not quote.strip():
        return
    passed, _ = gate(cited(quote, start, end))
    assert passed
    assert TEXT[passed[0].citations[0].start : passed[0].citations[0].end] == quote


REGENCIES = [
    one.region.name
    for one in all_regions()
    if one.kind == RegionKind.REGENCY and len(find_regions(one.region.name)) == 1
]
SUBJECTS = "pendapatan retribusi produksi kunjungan penyaluran".split()
VERBS = ["naik", "turun", "meningkat", "menurun"]
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober".split()


@st.composite
def facts(draw):
    return {
        "subject": draw(st.sampled_from(SUBJECTS)),
        "region": draw(st.sampled_from(REGENCIES)),
        "number": draw(st.integers(11, 99_999)),
        "day": draw(st.integers(1, 28)),
        "month": draw(st.sampled_from(MONTHS)),
        "year": draw(st.integers(2001, 2029)),
        "not": draw(st.sampled_from(["", "tidak "])),
        "verb": draw(st.sampled_from(VERBS)),
    }


def quote_of(fact):
    number = f"{fact['number']:,}".replace(",", ".")
    return (
        f"Pada {fact['day']} {fact['month']} {fact['year']}, {fact['subject']} di "
        f"{fact['region']} {fact['not']}{fact['verb']} sebesar {number} ton."
    )


def claim_of(fact):
    """The same facts in another order, the number without dots, the date in figures."""
    month = MONTHS.index(fact["month"]) + 1
    return (
        f"Di {fact['region']}, {fact['subject']} {fact['not']}{fact['verb']} "
        f"{fact['number']} ton pada {fact['day']}/{month}/{fact['year']}."
    )


@given(facts())
def test_a_paraphrase_that_keeps_the_facts_stands(fact):
    assert why(claim_of(fact), quote_of(fact)) is None


@given(facts(), st.sampled_from(["region", "number", "day", "month", "year", "not"]), st.data())
def test_a_paraphrase_with_one_fact_altered_falls(fact, what, data):
    if what == "not":
        other = "" if fact["not"] else "tidak "
    else:
        other = data.draw(facts().map(lambda drawn: drawn[what]).filter(lambda v: v != fact[what]))
    altered = {**fact, what: other}
    assert why(claim_of(altered), quote_of(fact)) is not None


@given(facts())
def test_the_opposite_direction_falls(fact):
    other = dict(zip(VERBS, ["turun", "naik", "menurun", "meningkat"], strict=True))
    assert why(claim_of({**fact, "verb": other[fact["verb"]]}), quote_of(fact)) is not None


class _Judge:
    """Says of every pair what it was made to say."""

    def __init__(self, contradicted):
        self.contradicted = contradicted
        self.pairs = []

    def judge(self, pairs):
        self.pairs += pairs
        rest = (1 - self.contradicted) / 2
        return [Judgement(rest, rest, self.contradicted) for _ in pairs]


def test_a_judge_drops_what_the_quotes_contradict():
    claim, quote = "Pasar itu ramai.", "Pasar itu lengang."
    assert gate(cited(claim, source=quote), quote, _Judge(CONTRADICTED_MIN - 0.01))[0]
    passed, dropped = gate(cited(claim, source=quote), quote, _Judge(CONTRADICTED_MIN))
    assert not passed
    assert "contradicted" in dropped[0].why


def test_a_judge_is_not_asked_about_quotes_and_what_has_fallen():
    judge = _Judge(1.0)
    statements = [cited(TEXT), cited("Pajak daerah naik 99%.")]
    passed, dropped = ground(statements, lambda *_: TEXT, judge)
    assert (len(passed), len(dropped)) == (1, 1)
    assert judge.pairs == []


def test_markers_and_hidden_signs_in_a_quote_are_not_ours():
    source = "Pajak naik [1] menurut\u202e catatan\u200b [2, 3]."
    passed, _ = gate(cited(source, source=source), source)
    assert passed[0].text == "Pajak naik ［1］ menurut catatan ［2, 3］."
    assert passed[0].citations[0].quote == source


def test_hidden_signs_hide_no_figure():
    assert why("Pajak naik 12%.", "Pajak naik 1\u200b2%.") is None
    assert why("Pajak naik 1\u200b3%.", "Pajak naik 12%.") is not None
