"""The words of a question meet those of a document where they mean one thing, and only there."""

from importlib.resources import files

import pytest

from assistant.glossary import common_terms, concept, same_meaning
from docs_store.analysis import stem, terms


def meet(asked: str, written: str, language: str) -> bool:
    """Whether each thing that the glossary knows in what is asked stands in what is written."""
    known = same_meaning(terms(asked, language))
    said = f" {' '.join(terms(written))} "
    return bool(known) and all(
        any(f" {' '.join(form)} " in said for form in forms) for _, forms in known
    )


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("permit", "Perizinan Berusaha"),
        ("building permit", "Persetujuan Bangunan Gedung"),
        ("building permit", "izin mendirikan bangunan"),
        ("deadline", "paling lambat 10 hari kerja"),
        ("exempt", "dikecualikan dari objek pajak"),
        ("levy", "Retribusi Jasa Umum"),
        ("turnover", "peredaran usaha"),
        ("draft", "rancangan peraturan"),
        ("draft regional regulation", "Raperda"),
        ("enacted", "Ditetapkan di Banyuwangi"),
        ("promulgated", "Diundangkan di Banyuwangi"),
        ("revoked", "dicabut dan dinyatakan"),
        ("amended", "sebagaimana telah diubah"),
        ("take effect", "mulai berlaku pada tanggal"),
        ("term of office", "masa jabatan"),
        ("boundary", "berbatasan dengan"),
        ("sea area", "luas laut"),
        ("held", "digelar di alun-alun"),
        ("rejected", "dapat ditolak"),
        ("appointed", "diangkat oleh Bupati"),
        ("appointed", "ditunjuk oleh Bupati"),
        ("sworn in", "dilantik"),
        ("objection", "mengajukan keberatan"),
        ("taxpayer", "Wajib Pajak"),
        ("property tax", "PBB-P2"),
        ("own-source revenue", "pendapatan asli daerah"),
        ("general allocation fund", "DAU"),
        ("capital expenditure", "belanja modal"),
        ("regional budget", "APBD"),
        ("village fund", "dana desa"),
        ("civil servants", "pegawai negeri sipil"),
        ("public service mall", "MPP"),
        ("identity card", "penerbitan KTP-el"),
        ("unemployment rate", "tingkat pengangguran terbuka"),
        ("poverty rate", "persentase penduduk miskin"),
        ("economic growth", "laju pertumbuhan ekonomi"),
        ("health centre", "puskesmas"),
        ("tourist arrivals", "kunjungan wisatawan"),
        ("foreign tourists", "wisatawan mancanegara"),
        ("flooding", "banjir"),
        ("landfill", "tempat pemrosesan akhir"),
        ("voter turnout", "partisipasi pemilih"),
        ("medium-term development plan", "RPJMD"),
        ("procurement of goods and services", "pengadaan barang/jasa"),
        ("e-government", "sistem pemerintahan berbasis elektronik"),
        ("district", "25 kecamatan"),
    ],
)
def test_english_meets_the_words_that_officials_write(asked, written):
    assert meet(asked, written, "en")


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("omzet", "peredaran usaha"),
        ("gaji", "penghasilan tetap"),
        ("bebas pajak", "dikecualikan"),
        ("boleh ditolak", "menolak permohonan"),
        ("bikin KTP", "penerbitan KTP-el"),
        ("digelar", "dilaksanakan"),
        ("digelar", "diselenggarakan"),
        ("jangka waktu", "periode"),
        ("tenggat", "selambat-lambatnya"),
        ("biaya", "tarif"),
        ("syarat", "persyaratan"),
        ("utang", "hutang"),
        ("izin usaha", "perizinan berusaha"),
        ("diteken", "ditandatangani"),
        ("OPD", "perangkat daerah"),
        ("SKPD", "organisasi perangkat daerah"),
        ("Perda", "Peraturan Daerah"),
        ("Raperda", "rancangan peraturan daerah"),
        ("PAD", "Pendapatan Asli Daerah"),
        ("NJOP", "nilai jual objek pajak"),
        ("BPHTB", "Bea Perolehan Hak atas Tanah dan Bangunan"),
        ("PKB", "pajak kendaraan bermotor"),
        ("RKPD", "rencana kerja pemerintah daerah"),
        ("LKPJ", "laporan keterangan pertanggungjawaban"),
        ("APIP", "aparat pengawasan intern pemerintah"),
        ("BUMDes", "BUM Desa"),
        ("APBDes", "anggaran pendapatan dan belanja desa"),
        ("UMKM", "usaha mikro, kecil, dan menengah"),
        ("PPPK", "pegawai pemerintah dengan perjanjian kerja"),
        ("TPP", "tambahan penghasilan pegawai"),
        ("PTSP", "pelayanan terpadu satu pintu"),
        ("NIK", "nomor induk kependudukan"),
        ("bansos", "bantuan sosial"),
        ("pilkada", "pemilihan kepala daerah"),
        ("karhutla", "kebakaran hutan dan lahan"),
        ("rakor", "rapat koordinasi"),
    ],
)
def test_everyday_words_and_abbreviations_meet_what_officials_write(asked, written):
    assert meet(asked, written, "id")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pajak", "retribusi"),
        ("kota", "kabupaten"),
        ("kecamatan", "kabupaten"),
        ("desa", "kelurahan"),
        ("naik", "turun"),
        ("meningkat", "menurun"),
        ("belanja", "pendapatan"),
        ("pendapatan", "penghasilan"),
        ("penerimaan", "pendapatan"),
        ("PAD", "pendapatan"),
        ("APBD", "APBN"),
        ("DAU", "DAK"),
        ("BUMD", "BUMDes"),
        ("APBDes", "APBD"),
        ("menetapkan", "mencabut"),
        ("ditetapkan", "diundangkan"),
        ("ditandatangani", "ditetapkan"),
        ("mengubah", "mencabut"),
        ("diangkat", "diberhentikan"),
        ("diangkat", "ditunjuk"),
        ("tugas", "wajib"),
        ("hak", "kewajiban"),
        ("program", "kegiatan"),
        ("tujuan", "sasaran"),
        ("target", "sasaran"),
        ("visi", "misi"),
        ("pembangunan", "pengembangan"),
        ("dinas", "badan"),
        ("PNS", "ASN"),
        ("PNS", "PPPK"),
        ("gubernur", "bupati"),
        ("bupati", "wali kota"),
        ("menteri", "presiden"),
        ("perbup", "perda"),
        ("perda", "raperda"),
        ("IMB", "PBG"),
        ("WTP", "WDP"),
        ("keberatan", "banding"),
        ("keberatan", "pengaduan"),
        ("menerima", "menolak"),
        ("pariwisata", "wisatawan"),
        ("luas", "wilayah"),
        ("sampah", "limbah"),
        ("tertinggi", "terendah"),
        ("peringkat", "naik"),
        ("kelahiran", "kematian"),
        ("SPBE", "elektronik"),
        ("kemitraan", "kerja sama"),
        ("tarif", "pajak"),
    ],
)
def test_two_things_do_not_meet(one, other):
    assert not meet(one, other, "id")
    assert not meet(other, one, "id")
    assert concept(terms(one)[-1]) != concept(terms(other)[-1])


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("tax", "retribusi"),
        ("levy", "pajak"),
        ("regency", "kota"),
        ("objection", "tujuan"),
        ("training", "kereta api"),
        ("vision", "bidang"),
        ("deputy regent", "bupati"),
        ("regional budget", "APBN"),
        ("gross regional domestic product", "produk unggulan"),
    ],
)
def test_english_does_not_meet_another_thing(asked, written):
    assert not meet(asked, written, "en")


def test_a_word_of_two_senses_is_not_a_bridge_between_them():
    """ "Development" is both; what is built and what is developed stay two things."""
    ((_, forms),) = same_meaning(terms("development", "en"))
    assert {tuple(terms("pembangunan")), tuple(terms("pengembangan"))} <= forms
    assert concept(stem("pembangunan", "id")) != concept(stem("pengembangan", "id"))


def test_a_longer_phrase_is_taken_before_its_parts():
    found = same_meaning(terms("public service mall", "en"))
    assert [phrase for phrase, _ in found] == [("public", "servic", "mall")]


NAMES = (
    "agus eko dwi tri bambang slamet sri siti dewi nur indah ayu putri putra wahyu heri rudi yudi "
    "andi asep hendra surya bayu galih rizki fajar bintang cahya mega sari ratna lina dian deni "
    "rini fitri lestari utama pratama prima permata kusuma wijaya jaya mulia setiawan "
    "setia kurnia rahmat rahayu sandi bunga murni suci agung bagus teguh satria wira makmur aman "
    "raya alam sakti bakti karya anwar hakim iman budi dini bill mark sue rob rose hope "
    "malang batu bima palu solo medan padang bandung"
).split()


def test_no_form_hides_the_name_of_a_person_or_place():
    known = common_terms() - {"hope"}  # of the family hope programme
    assert not [name for name in NAMES if stem(name, "id") in known or stem(name, "en") in known]


def lines() -> list[list[str]]:
    content = files("assistant").joinpath("glossary.tsv").read_text("utf-8")
    return [line.split("\t") for line in content.splitlines() if line and line[0] != "#"]


def test_every_phrase_is_written_once_and_has_terms():
    for group in lines():
        assert len(group) > 1, group
        assert len(set(group)) == len(group), group
        assert all(phrase == phrase.strip() and terms(phrase) for phrase in group), group
    groups = [frozenset(group) for group in lines()]
    assert not [group for group in groups if sum(group <= other for other in groups) > 1]


def test_no_phrase_turns_into_its_opposite():
    """A negation is left out of the terms, so that "tidak layak" would be "layak"."""
    negations = set("tidak bukan belum tanpa tak not no without".split())
    negated = [phrase for group in lines() for phrase in group if negations & set(phrase.split())]
    # No expenditure is called "belanja terduga".
    assert negated == ["belanja tidak terduga"]


def test_phrases_of_different_groups_do_not_become_one():
    """Stop words fall out of a phrase: with and without exceptions would both be "wajar ecuali"."""
    written: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for group in lines():
        for phrase in group:
            if " " in phrase:
                written.setdefault(tuple(terms(phrase)), {}).setdefault(phrase, group)
    alike = [
        set(phrases)
        for phrases in written.values()
        if len(phrases) > 1 and len({tuple(group) for group in phrases.values()}) > 1
    ]
    # A ministry and its minister have one stem.
    assert not [pair for pair in alike if not any("menteri" in phrase for phrase in pair)]
