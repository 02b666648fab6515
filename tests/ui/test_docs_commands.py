"""``tanya docs show`` and ``tanya docs correct``, as people and programs call them."""

import json
from dataclasses import replace

import pytest

from docs_store.records import PageSpan, Person, Region, RegulationLink
from docs_store.store import DocumentStore
from ingest.page_ranges import page_ranges
from tests.drafts import draft_text
from tests.fake_model import FakeModel
from ui.command_line import main

OLD = "Retribusi pasar dipungut setiap hari.\n\nBesarnya ditetapkan camat."
NEW = "Retribusi pasar dihapus.\n\nPeraturan Daerah Nomor 3 Tahun 2009 dicabut."
OLD_KEY, NEW_KEY = "perda/contoh/3/2009", "perda/contoh/8/2025"
MEASURES = {
    "page": 2,
    "layer": "bad",
    "why": "vowels",
    "letters": 40,
    "letters_per_cm2": 1.0,
    "unmapped_share": 0.0,
    "vowel_share": 0.12,
    "word_share": None,
    "invisible_share": 0.0,
    "image_share": 0.9,
}
REPORT = {
    "page_methods": ["text", "ocr", "ocr", "text", "ocr"],
    "page_measures": [{**MEASURES, "page": 1, "layer": "good", "why": ""}, MEASURES],
    "confidence_min": 0.61,
    "confidence_mean": 0.934,
    "seconds": {"reading": 1.26},
}


@pytest.fixture
def kept(tmp_path):
    """A store with a regulation and the one that revokes it, and their ids."""
    store = DocumentStore(tmp_path / "store", FakeModel())
    old = replace(
        draft_text(OLD, "lama.pdf", "Perda Pasar\x1b[31m"),
        kind="regulation",
        date="2009-03-02",
        publisher="Pemerintah Kabupaten Contoh",
        regions=(Region("35.10", "Kabupaten Banyuwangi"),),
        people=(Person("Siti Rahmawati", "Bupati Contoh"), Person("Budi Santosa", "")),
        regulation=OLD_KEY,
        warnings=("Halaman 2 kurang pasti. / Page 2 is unsure.",),
        pages=(PageSpan(1, 0, len(OLD)),),
        report=REPORT,
    )
    start = NEW.index("Peraturan")
    link = RegulationLink("revokes", OLD_KEY, start, len(NEW))
    new = replace(draft_text(NEW, "baru.txt", "Perda Baru"), regulation=NEW_KEY, links=(link,))
    ids = [store.publish(draft, draft.text.encode()).document_id for draft in (old, new)]
    store.close()
    return (tmp_path / "store", *ids)


@pytest.fixture
def docs(kept, capsys):
    """Run ``tanya docs`` over the store: exit status, what it printed, what it warned."""

    def run(command, *arguments):
        status = main(["docs", command, "--store", str(kept[0]), *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_show_tells_all_that_is_known_and_how_it_was_read(kept, docs):
    _, old, new = kept
    status, out, _ = docs("show", old)
    assert status == 0
    assert "\x1b" not in out, "a terminal would obey it"
    for told in (
        "Perda Pasar",
        "Jenis / kind: peraturan / regulation",
        "Tanggal / date: 2009-03-02",
        "Penerbit / publisher: Pemerintah Kabupaten Contoh",
        "Daerah / regions: Kabupaten Banyuwangi (35.10)",
        "Orang / people: Siti Rahmawati, Bupati Contoh; Budi Santosa",
        f"Peraturan / regulation: Perda Contoh 3/2009 ({OLD_KEY})",
        f"dicabut dengan / revoked by Perda Contoh 8/2025 ({NEW_KEY}) ({new}): “Peraturan Daerah "
        "Nomor 3 Tahun 2009 dicabut.”",
        "teks / text: 1, 4\n",
        "OCR: 2-3, 5\n",
        "terendah / lowest 61%, rata-rata / mean 93%",
        "Halaman / page 2: teks rusak / bad text layer, susunan vokal / vowels, 40 huruf / letters",
        "vokal / vowels 12%",
        "Peringatan / warning: Halaman 2 kurang pasti.",
        "baca / reading 1.3 s",
    ):
        assert told in out
    assert "Halaman / page 1:" not in out, "good pages need no line"
    _, out, _ = docs("show", new)
    assert f"Tautan / link: mencabut / revokes Perda Contoh 3/2009 ({OLD_KEY}): “Peraturan" in out
    assert "Penerbit" not in out


def test_show_as_json_has_all_of_it(kept, docs):
    _, old, new = kept
    shown = json.loads(docs("show", "--json", old)[1])
    assert shown["regions"] == [{"code": "35.10", "name": "Kabupaten Banyuwangi"}]
    assert shown["people"][0] == {"name": "Siti Rahmawati", "office": "Bupati Contoh"}
    assert shown["report"]["page_measures"] == REPORT["page_measures"]
    assert shown["report"]["seconds"]["embedding"] >= 0
    (notice,) = shown["notices"]
    assert (notice["relation"], notice["document_id"]) == ("revoked_by", new)
    assert notice["quote"] == NEW[notice["start"] : notice["end"]]
    (link,) = json.loads(docs("show", "--json", new)[1])["links"]
    assert link["quote"] == NEW[link["start"] : link["end"]]


def test_corrections_are_laid_over_and_taken_back(kept, docs):
    old = kept[1]
    status, out, _ = docs(
        "correct", old, "--json", "--title", "Perda Retribusi Pasar", "--date", "2009",
        "--kind", "plan", "--publisher", "", "--region", "Kota Malang", "--region", "Banyuwangi",
        "--region", "kota malang",
    )  # fmt: skip
    assert status == 0
    shown = json.loads(out)
    assert (shown["title"], shown["date"]) == ("Perda Retribusi Pasar", "2009")
    assert (shown["kind"], shown["publisher"]) == ("plan", None)
    assert [region["code"] for region in shown["regions"]] == ["35.73", "35.10"]
    assert set(shown["corrected_at"]) == {"title", "date", "kind", "publisher", "regions"}
    status, out, _ = docs("correct", old, "--undo", "region", "--undo", "kind", "--date", "")
    assert status == 0
    assert "Daerah / regions: Kabupaten Banyuwangi (35.10)" in out
    assert "Jenis / kind: peraturan / regulation" in out
    assert "Tanggal / date: -" in out
    assert f"Dikoreksi / corrected: title, {shown['corrected_at']['title']}" in out
    assert "corrected: kind" not in out
    assert json.loads(docs("correct", old, "--json", "--region", "")[1])["regions"] == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--region", "Malang"], ["Kabupaten Malang", "Kota Malang"]),
        (["--region", "Banyuwngi"], ["Kabupaten Banyuwangi"]),
        (["--region", "x" * 5_000], ["Kabupaten …"]),
        (["--kind", "poem"], ["web_page"]),
        (["--date", "2/3/2009"], ["YYYY-MM-DD"]),
        (["--title", " "], ["1-300"]),
        (["--title", "Baik", "--undo", "title"], ["title"]),
        ([], ["--title"]),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(kept, docs, arguments, named):
    old = kept[1]
    status, out, err = docs("correct", old, *arguments)
    assert (status, out) == (2, "")
    assert all(name in err for name in named)
    assert len(err) < 500
    assert json.loads(docs("show", "--json", old)[1])["corrected"] == []


def test_a_document_that_is_not_there_is_told(docs):
    status, _, err = docs("correct", "tidakada", "--title", "Apa pun")
    assert status == 2
    assert "tanya docs list" in err


def test_page_numbers_are_written_as_people_write_them():
    assert page_ranges([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"
    assert page_ranges([]) == ""
