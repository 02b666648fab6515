"""The shipped reader: exact spans, null answers, order by relevance; altered files are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ReaderNotLoadable
from assistant.reader import MODEL_FOLDER, Reader, best_span, shipped_reader, whole_words

DISTRICTS = (
    "Kabupaten Banyuwangi terdiri atas 25 kecamatan. Kantor bupatinya berada di Jalan Ahmad Yani."
)
TARIFFS = "Tarif parkir sepeda motor ditetapkan sebesar Rp2.500,00 untuk sekali parkir."
FESTIVAL = "Gandrung Sewu diadakan di Pantai Boom dan diikuti lebih dari seribu penari."
PASSAGES = [FESTIVAL, DISTRICTS, TARIFFS]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shipped_reader()


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("Berapa jumlah kecamatan di Banyuwangi?", DISTRICTS, "25"),
        ("Berapa tarif parkir sepeda motor?", TARIFFS, "Rp2.500,00"),
        ("Di mana Gandrung Sewu diadakan?", FESTIVAL, "Pantai Boom"),
        ("Where is Gandrung Sewu held?", FESTIVAL, "Pantai Boom"),
    ],
)
def test_the_right_passage_is_first_and_its_span_answers(
    reader: Reader, question: str, passage: str, answer: str
) -> None:
    readings = reader.read(question, PASSAGES)
    best = max(range(len(PASSAGES)), key=lambda at: readings[at].relevance)
    assert PASSAGES[best] == passage
    assert answer in passage[readings[best].start : readings[best].end]


def test_what_a_passage_does_not_say_is_less_probable(reader: Reader) -> None:
    [asked] = reader.read("Berapa tarif parkir sepeda motor?", [TARIFFS])
    [unsaid] = reader.read("Berapa denda bagi pelanggar parkir?", [TARIFFS])
    assert unsaid.probability < asked.probability
    assert unsaid.null_score - unsaid.span_score > asked.null_score - asked.span_score


def test_an_answer_at_the_end_of_a_long_passage_is_found_at_its_exact_place(
    reader: Reader,
) -> None:
    passage = (FESTIVAL + " ") * 40 + TARIFFS
    [reading] = reader.read("Berapa tarif parkir sepeda motor?", [passage])
    assert "2.500" in passage[reading.start : reading.end]
    assert reading.start > passage.index(TARIFFS)


def test_readings_do_not_depend_on_what_else_is_read(reader: Reader) -> None:
    question = "Berapa jumlah kecamatan di Banyuwangi?"
    [alone] = reader.read(question, [DISTRICTS])
    among = reader.read(question, [FESTIVAL * 5, DISTRICTS, TARIFFS])[1]
    assert (alone.start, alone.end) == (among.start, among.end)
    assert alone.relevance == pytest.approx(among.relevance, abs=1e-3)


@pytest.mark.parametrize("passage", ["", " ", "\n\n", "?!", "x" * 5_000, "\u200b"])
def test_odd_passages_give_a_reading(reader: Reader, passage: str) -> None:
    [reading] = reader.read("Berapa?", [passage])
    assert 0 <= reading.start <= reading.end <= len(passage)
    assert 0 <= reading.probability <= 1


def test_no_passage_gives_no_reading(reader: Reader) -> None:
    assert reader.read("Berapa tarif parkir?", []) == []
    assert reader.judge([]) == []


def test_a_contradicted_claim_is_told_from_an_entailed_one(reader: Reader) -> None:
    entailed, contradicted = reader.judge(
        [
            ("Gandrung Sewu diadakan di pantai.", FESTIVAL),
            ("Gandrung Sewu tidak diadakan di pantai.", FESTIVAL),
        ]
    )
    assert entailed.entailed > contradicted.entailed
    assert contradicted.contradicted > entailed.contradicted
    assert entailed.entailed + entailed.neutral + entailed.contradicted == pytest.approx(1)


@pytest.mark.parametrize("name", ["reader.onnx", "reader-vocabulary.json.gz", "reader.json"])
def test_a_cut_or_missing_file_is_refused_with_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "models"
    shutil.copytree(MODEL_FOLDER, folder)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ReaderNotLoadable, match="models"):
        Reader(folder)
    (folder / name).unlink()
    with pytest.raises(ReaderNotLoadable, match="models"):
        Reader(folder)


def test_the_best_span_never_ends_before_it_starts() -> None:
    scores = np.array([[0, 9], [5, 0], [1, 3]], np.float32)
    assert best_span(scores) == (0, 0, 9.0)
    scores = np.array([[0, 9], [12, 0], [1, 3]], np.float32)
    assert best_span(scores)[:2] == (1, 2)


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("500", "Rp2.500,00"),
        ("2", "Rp2.500,00"),
        ("parkir sepe", "parkir sepeda"),
        (" motor ", "motor"),
        ("parkir.", "parkir."),
    ],
)
def test_spans_widen_to_whole_words_and_numbers(marked: str, whole: str) -> None:
    start = TARIFFS.index(marked)
    found = whole_words(TARIFFS, start, start + len(marked))
    assert TARIFFS[slice(*found)] == whole


def test_each_sentence_of_a_passage_has_its_own_best_span(reader: Reader) -> None:
    (reading,) = reader.read("Berapa jumlah kecamatan di Banyuwangi?", [DISTRICTS])
    end = DISTRICTS.index(" Kantor")
    first = reading.best_within(0, end)
    second = reading.best_within(end + 1, len(DISTRICTS))
    assert first is not None
    assert second is not None
    assert first == pytest.approx(reading.span_score)
    assert first > second
    assert reading.best_within(3, 3) is None
