"""Tiny measuring sets in the layout of the real ones; what they say is our own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

MARKET = "Pasar Senggol dibuka setiap hari Minggu oleh Dinas Perdagangan."
BRIDGE = "Jembatan Rindu selesai dibangun pada tahun 2019 dengan dana desa."
LAKE = "Telaga Wungu terletak di kaki Gunung Sumbing dan dalamnya 12 meter."
SCHOOL = "SMA Harapan menerima 240 siswa baru pada tahun ini."
LAW = """\
Pada 5 Maret 2001, Kabupaten Jember menerima 12 usul desa yang tidak disampaikan oleh camat.

Pendapatan daerah naik menjadi Rp12 miliar, dan 7 desa serta 5 kelurahan yang diusulkan diterima.
"""


def write_sets(data: Path) -> Path:
    """The folder that ``--data`` names."""
    qa = data / "qa"
    _json(
        qa / "idk-mrc/train.json",
        [{"context": SCHOOL, "qas": [_question("Berapa siswa baru SMA Harapan?", SCHOOL, "240")]}],
    )
    _json(
        qa / "idk-mrc/valid.json",
        [
            {
                "context": LAKE,
                "qas": [
                    _question("Berapa dalamnya Telaga Wungu?", LAKE, "12 meter"),
                    _question("Siapa penemu Telaga Wungu?", LAKE, None),
                ],
            }
        ],
    )
    _facqa(qa / "facqa/train_preprocess.csv", [("Hari apa pasar dibuka ?", MARKET, "Minggu")])
    _facqa(
        qa / "facqa/valid_preprocess.csv",
        [
            ("Siapa yang membuka Pasar Senggol ?", MARKET, "Perdagangan"),
            ("Kapan Jembatan Rindu selesai ?", BRIDGE, "2019"),
        ],
    )
    _lines(
        qa / "miracl-id/pool.jsonl",
        [
            json.dumps({"docid": f"{at}#0", "title": title, "text": text})
            for at, (title, text) in enumerate(
                [("Pasar", MARKET), ("Telaga", LAKE), ("Telaga Wungu", LAKE)]
            )
        ],
    )
    _lines(
        qa / "miracl-id/qrels.miracl-v1.0-id-train.tsv",
        ["1\tQ0\t2#0\t1", "1\tQ0\t0#0\t0", "2\tQ0\t9#9\t1"],
    )
    _lines(
        qa / "miracl-id/topics.miracl-v1.0-id-train.tsv",
        ["1\tDi mana Telaga Wungu ?", "2\tApa yang tidak ada di sini?"],
    )
    for name, answerable in (("relevant", True), ("non_relevant", False)):
        passages = [LAKE, MARKET] if answerable else [MARKET, BRIDGE]
        entry = {
            "query": "Di kaki gunung apa Telaga Wungu terletak?",
            "answerable": answerable,
            "passages": [
                {"docid": str(at), "title": "", "text": text} for at, text in enumerate(passages)
            ],
        }
        _lines(qa / f"nomiracl-id/{name}.jsonl", [json.dumps(entry)])
    for part in ("val", "train"):
        _lines(
            qa / f"indonli/{part}.jsonl",
            [
                json.dumps({"premise": LAKE, "hypothesis": hypothesis, "label": label})
                for hypothesis, label in (
                    ("Telaga Wungu ada di kaki gunung.", "e"),
                    ("Telaga Wungu ramai pengunjung.", "n"),
                    ("Telaga Wungu ada di tepi laut.", "c"),
                )
            ],
        )
    law = data / "governance/laws-regional-gov/uu/2001/1.md"
    law.parent.mkdir(parents=True)
    law.write_text(LAW, encoding="utf-8")
    return data


def _question(question: str, context: str, answer: str | None) -> dict[str, object]:
    answers = [] if answer is None else [{"text": answer, "answer_start": context.index(answer)}]
    return {"question": question, "is_impossible": answer is None, "answers": answers}


def _facqa(path: Path, rows: list[tuple[str, str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["question", "passage", "seq_label"])
        for question, passage, answer in rows:
            words = passage.replace(".", " .").split()
            labels = ["B" if word == answer else "O" for word in words]
            writer.writerow([str(question.split()), str(words), str(labels)])


def _json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))


def _lines(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))
