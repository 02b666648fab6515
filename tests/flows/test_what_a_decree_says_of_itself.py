"""Who signed a decree, when, and what it rests on: an invented one, as recognised from a scan."""

import pytest

from assistant.answer import answer_question
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

DECREE = """KEPUTUSAN BUPATI BUKIT HIJAU

NOMOR 188/45/2024

TENTANG

PENERIMA PENGHARGAAN DESA BERSIH TAHUN 2024

BUPATI BUKIT HIJAU,

Menimbang : a. bahwa desa yang bersih patut dihargai;

Mengingat : 1. Undang-Undang Nomor 6 Tahun 2014 tentang Desa;

2. Peraturan Daerah Kabupaten Bukit Hijau Nomor 3 Tahun 2019 tentang Kebersihan;
3. lembar penilaian juri;

MEMUTUSKAN:

Menetapkan : KEPUTUSAN BUPATI TENTANG PENERIMA PENGHARGAAN DESA BERSIH TAHUN 2024.

KESATU : Penerima penghargaan adalah Desa Sumber Rejo.

Ditetapkan di Bukit Hijau pada tanggal 9 Desember 2024 BUPATI BUKIT HIJAU, ttd

RATNA WULAN SARI Tembusan Yth.:

1. Gubernur;
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("decree")
    (folder / "keputusan.txt").write_text(DECREE, encoding="utf-8")
    store = DocumentStore(folder / "store", model)
    assert not ingest_paths(store, [folder / "keputusan.txt"]).failed
    yield store
    store.close()


def parts(answer, kind):
    return [part.text for part in answer.parts if part.kind == kind]


def test_the_signatory_is_named_without_what_follows_the_name(archive):
    answer = answer_question(
        archive, "Siapa yang menandatangani keputusan tentang penerima penghargaan desa bersih?"
    )
    assert parts(answer, "value") == ["RATNA WULAN SARI"]


def test_the_day_of_enactment_is_that_of_the_last_block(archive):
    answer = answer_question(
        archive, "Kapan keputusan tentang penerima penghargaan desa bersih ditetapkan?"
    )
    assert parts(answer, "value") == ["9 Desember 2024"]


def test_the_legal_basis_is_what_stands_under_mengingat(archive):
    answer = answer_question(archive, "Apa dasar hukum keputusan penerima penghargaan desa bersih?")
    items = parts(answer, "item")
    assert [item.split(" tentang ")[1].strip(";") for item in items] == ["Desa", "Kebersihan"]
    assert "bahwa desa" not in answer.text


def test_another_decree_is_not_taken_for_it(archive):
    answer = answer_question(archive, "Kapan keputusan tentang tarif parkir terminal ditetapkan?")
    assert answer.abstained
