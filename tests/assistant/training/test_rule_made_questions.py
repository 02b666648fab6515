"""Questions that rules make of laws and of made-up tariffs: the answer stands where they say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.training.examples import without_answer
from assistant.training.law_questions import law_questions
from assistant.training.tariff_questions import tariff_questions

LAW = """# Contoh
Pasal 4
(1) Kepala Dinas menyampaikan laporan tahunan paling lambat 3 (tiga) bulan setelah tahun berakhir.
(2) Laporan tahunan sebagaimana dimaksud pada ayat (1) disahkan oleh Sekretaris Daerah.
(3) Denda bagi pedagang ditetapkan sebesar 2% (dua persen) dari nilai sewa.
(4) Kepala Dinas bertanggung jawab kepada Bupati melalui Sekretaris Daerah.
(5) Ibu kota Kabupaten Contoh berkedudukan di Sukamaju.
(6) Dokumen permohonan terdiri atas:
a. surat permohonan;
b. salinan kartu penduduk; dan
c. gambar letak.
"""


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    (tmp_path / "pp" / "2001").mkdir(parents=True)
    filling = "\n".join(
        f"Pasal {at}\n(1) Laporan tahunan kepala dinas tentang dokumen permohonan nomor {at}."
        for at in range(20, 60)
    )
    (tmp_path / "pp" / "2001" / "9.md").write_text(LAW + filling)
    return tmp_path


def test_rules_become_questions_with_their_answers(laws: Path) -> None:
    found: dict[str, str] = {}
    for seed in range(30):
        for example in law_questions(laws, set(), random.Random(seed), 50):
            assert example.answers
            for wrong in example.wrong:
                assert example.answer is None or (
                    example.passage.text[slice(*example.answer)] not in wrong.text
                )
            answer = example.passage.text[slice(*example.answer)] if example.answer else "list"
            found[answer] = f"{found.get(answer, '')} {example.question.lower()}"
    assert "kapan" in found["paling lambat 3 (tiga) bulan setelah tahun berakhir"]
    assert "siapa yang mengesahkan laporan tahunan" in found["Sekretaris Daerah"]
    assert "denda bagi pedagang" in found["2% (dua persen)"]
    assert "kepada siapa" in found["Bupati"]
    assert "kabupaten contoh" in found["Sukamaju"]
    assert "dokumen permohonan" in found["list"]
    assert "sebagaimana dimaksud" not in " ".join(found.values())


def test_a_law_that_is_measured_on_is_left_out(laws: Path) -> None:
    assert not list(law_questions(laws, {"pp/2001/9.md"}, random.Random(1), 50))


def test_a_passage_without_its_answer() -> None:
    text = (
        "Pasar itu dibuka pada tahun 1998 oleh bupati. "
        "Di sana ada dua ratus kios dan los, dan tempat parkir yang luas sekali."
    )
    start = text.index("1998")
    rest = without_answer(text, (start, start + 4))
    assert rest == "Di sana ada dua ratus kios dan los, dan tempat parkir yang luas sekali."
    again = text + " Tahun 1998 itu masih diingat."
    assert without_answer(again, (start, start + 4)) is None


def test_made_up_tariffs_ask_for_one_cell() -> None:
    examples = list(tariff_questions(random.Random(5), 300))
    assert len(examples) == 300
    answered = [example for example in examples if example.answer]
    assert 200 < len(answered) < 300
    for example in answered:
        amount = example.passage.text[slice(*example.answer)]  # type: ignore[misc]
        assert any(sign.isdigit() for sign in amount)
        # No amount stands twice in a table, so that only one cell is right.
        cells = [cell for line in example.passage.text.split("\n") for cell in line.split(" | ")]
        assert cells.count(amount) == 1
        line = next(
            line for line in example.passage.text.split("\n") if amount in line.split(" | ")
        )
        assert len(line.split(" | ")) >= 3
    for example in examples:
        if not example.answers:
            assert example.answer is None
