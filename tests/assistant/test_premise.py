"""What a yes-or-no question claims is held against sentences that may speak of it."""

import pytest

from assistant.answer import answer_question
from ingest.pipeline import ingest_paths


@pytest.fixture
def asking(store, tmp_path):
    def ask(text, question):
        path = tmp_path / "berita.md"
        path.write_text(text, encoding="utf-8")
        assert not ingest_paths(store, [path]).failed
        return answer_question(store, question)

    return ask


def test_another_year_corrects_nothing(asking):
    text = (
        "# Berita\n\nPenghargaan Awan Cerdas 2018 digelar pada tanggal 3 Mei 2018 di Balai Awan "
        "dan dihadiri oleh para bupati.\n"
    )
    question = "Penghargaan Awan Cerdas 2022 digelar tanggal 17 Oktober 2022, betul?"
    assert asking(text, question).abstained


def test_the_same_figure_in_other_words_is_no_correction(asking):
    text = (
        "# Perda Awan\n\nKeadaan luar biasa merupakan keadaan yang menyebabkan estimasi penerimaan "
        "mengalami penurunan lebih besar dari 50% (lima puluh persen).\n"
    )
    question = "Keadaan luar biasa itu kalau penerimaan turun lebih dari 50 persen, betul ya?"
    answer = asking(text, question)
    assert not answer.abstained
    assert "Tidak demikian" not in answer.text
