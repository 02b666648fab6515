"""What a document is, what a person corrected of it, and what other documents do to it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from docs_store.backup import backup, restore
from docs_store.errors import CorrectionRefused, DocumentNotFound
from docs_store.maintenance import check, erase
from docs_store.migrations import MIGRATIONS
from docs_store.records import Person, Region, RegulationLink, TextBox
from docs_store.registry import Registry
from docs_store.regulation_keys import regulation_name
from docs_store.store import DocumentStore, document_id_of
from tests.drafts import draft_text, publish_text
from tests.fake_model import FakeModel

OLD_RULE = "Retribusi pasar dipungut setiap hari.\n\nBesarnya ditetapkan camat."
NEW_RULE = "Retribusi pasar dihapus.\n\nPeraturan Daerah Nomor 3 Tahun 2009 dicabut."
OLD_KEY, NEW_KEY = "perda/contoh/3/2009", "perda/contoh/8/2025"
CONTOH = Region("99.01", "Kabupaten Contoh")


@pytest.fixture
def store(tmp_path):
    opened = DocumentStore(tmp_path / "store", FakeModel())
    yield opened
    opened.close()


def described(text, source, **fields):
    return replace(draft_text(text, source), **fields)


def publish(store, draft):
    return store.publish(draft, draft.text.encode()).document_id


def revoking():
    said = "Peraturan Daerah Nomor 3 Tahun 2009 dicabut"
    start = NEW_RULE.index(said)
    link = RegulationLink("revokes", OLD_KEY, start, start + len(said))
    return described(NEW_RULE, "baru.txt", title="Perda Baru", regulation=NEW_KEY, links=(link,))


def test_what_a_document_is_comes_back_as_it_was_given(store):
    draft = described(
        OLD_RULE,
        "a.txt",
        kind="regulation",
        publisher="Pemerintah Kabupaten Contoh",
        regions=(CONTOH,),
        people=(Person("Siti Rahmawati", "Bupati Contoh"),),
        regulation=OLD_KEY,
        report={"pages_by_method": {"ocr": 2}, "seconds": {"parse": 0.5}},
    )
    document = store.document(publish(store, draft))
    for field in ("kind", "publisher", "regions", "people", "regulation"):
        assert getattr(document, field) == getattr(draft, field)
    assert document.corrected == ()
    assert document.characters == len(OLD_RULE)
    report = store.report(document.document_id)
    assert report["seconds"].pop("embedding") >= 0  # the store adds it, since it embeds
    assert report == draft.report
    assert store.regulations(OLD_KEY) == [document]
    assert store.regulations(NEW_KEY) == []


def test_boxes_are_kept_page_by_page_and_a_hit_knows_how_sure_it_is(store):
    draft = draft_text(OLD_RULE, "a.txt")
    first, second = draft.passages
    boxes = (
        TextBox(1, first.start, first.end, 0.1, 0.1, 0.9, 0.12, 0.98),
        TextBox(2, second.start, second.end, 0.1, 0.2, 0.8, 0.22, 0.61),
    )
    draft = replace(draft, passages=(first, replace(second, confidence=0.61)), boxes=boxes)
    document_id = publish(store, draft)
    assert store.boxes(document_id, 1, 1) == boxes[:1]
    assert store.boxes(document_id, 1, 2) == boxes[1:]
    assert store.boxes(document_id, 1, 3) == ()
    found = {hit.text: hit.confidence for hit in store.search("retribusi pasar camat")}
    assert found == {
        "Retribusi pasar dipungut setiap hari.": None,
        "Besarnya ditetapkan camat.": 0.61,
    }
    assert check(store).problems == []


def test_the_check_finds_places_outside_the_text(store):
    draft = revoking()
    box = TextBox(1, 5, 10_000, 0, 0, 1, 1, None)
    publish(store, replace(draft, boxes=(box,), links=(replace(draft.links[0], end=9_999),)))
    problems = check(store).problems
    assert len(problems) == 2
    assert any("box" in problem for problem in problems)
    assert any("link" in problem for problem in problems)


def test_a_correction_shows_everywhere_and_outlasts_a_new_version(store):
    document_id = publish(store, described(OLD_RULE, "a.txt", date="2009-01-02"))
    shown = store.correct(
        document_id, title="  Perda  Pasar ", date="2009-02", kind="regulation", regions=[CONTOH]
    )
    assert shown == store.document(document_id)
    assert (shown.title, shown.date, shown.kind) == ("Perda Pasar", "2009-02", "regulation")
    assert shown.regions == (CONTOH,)
    assert shown.corrected == ("date", "kind", "regions", "title")
    assert set(store.corrected_at(document_id)) == set(shown.corrected)
    publish(store, described(f"{OLD_RULE} Titik.", "a.txt", title="Terbaca Lain"))
    for found in (store.document(document_id), *store.documents(), *store.search("camat")):
        assert (found.title, found.date) == ("Perda Pasar", "2009-02")
    back = store.uncorrect(document_id, "title", "date")
    assert (back.title, back.date, back.kind) == ("Terbaca Lain", None, "regulation")
    assert back.corrected == ("kind", "regions")


def test_documents_are_in_the_order_of_their_corrected_titles(store):
    first = publish_text(store, OLD_RULE, "a.txt", "A").document_id
    publish_text(store, NEW_RULE, "b.txt", "B")
    store.correct(first, title="C")
    assert [document.title for document in store.documents()] == ["B", "C"]


def test_a_date_or_publisher_can_be_corrected_away(store):
    document_id = publish(store, described(OLD_RULE, "a.txt", date="2009", publisher="Salah"))
    document = store.correct(document_id, date="", publisher="", regions=[])
    assert (document.date, document.publisher, document.regions) == (None, None, ())
    assert store.search("camat")[0].date is None


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "poem"},
        {"title": " "},
        {"title": "x" * 301},
        {"date": "2024-02-31"},
        {"date": "2024-13"},
        {"date": "31/12/2024"},
        {"date": "20241231"},
        {"publisher": "x" * 301},
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_kept(store, values):
    document_id = publish_text(store, OLD_RULE, "a.txt").document_id
    with pytest.raises(CorrectionRefused):
        store.correct(document_id, **{"kind": "plan", **values})
    assert store.document(document_id).corrected == ()


def test_corrections_of_what_is_not_there_are_refused(store):
    document_id = publish_text(store, OLD_RULE, "a.txt").document_id
    with pytest.raises(CorrectionRefused):
        store.uncorrect(document_id, "language")
    with pytest.raises(DocumentNotFound):
        store.correct("000000000000", title="x")
    with pytest.raises(DocumentNotFound):
        store.uncorrect("000000000000", "title")


def test_a_revoked_regulation_knows_who_revoked_it_while_that_one_is_live(store):
    old = publish(store, described(OLD_RULE, "lama.txt", regulation=OLD_KEY))
    assert store.notices(old) == ()
    new = publish(store, revoking())
    (notice,) = store.notices(old)
    assert (notice.relation, notice.target, notice.document_id) == ("revoked_by", NEW_KEY, new)
    assert (notice.title, notice.stated_in) == ("Perda Baru", new)
    assert notice.quote == "Peraturan Daerah Nomor 3 Tahun 2009 dicabut"
    assert notice.quote == NEW_RULE[notice.start : notice.end]
    assert store.links_from(new) == revoking().links
    assert store.notices(new) == ()
    store.correct(new, title="Perda 8 Tahun 2025")
    assert store.notices(old)[0].title == "Perda 8 Tahun 2025"
    store.remove(new)
    assert store.notices(old) == ()


def test_what_a_text_says_of_itself_comes_first_and_once(store):
    text = "Dicabut dengan Perda 8 Tahun 2025. Diubah dengan Perda 1 Tahun 2011."
    links = (
        RegulationLink("revoked_by", NEW_KEY, 0, 33),
        RegulationLink("amended_by", "perda/contoh/1/2011", 35, 67),
        RegulationLink("revokes", "perda/contoh/9/1999", 0, 3),
    )
    old = publish(store, described(text, "lama.txt", regulation=OLD_KEY, links=links))
    new = publish(store, revoking())
    revoked, amended = store.notices(old)
    assert (revoked.target, revoked.document_id, revoked.stated_in) == (NEW_KEY, new, old)
    assert revoked.quote == "Dicabut dengan Perda 8 Tahun 2025"
    assert (amended.relation, amended.document_id, amended.title) == ("amended_by", None, None)


def test_a_new_version_that_no_longer_says_it_revokes_nothing(store):
    old = publish(store, described(OLD_RULE, "lama.txt", regulation=OLD_KEY))
    publish(store, revoking())
    publish(store, described("Retribusi pasar dihapus.", "baru.txt", regulation=NEW_KEY))
    assert store.notices(old) == ()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("uu/23/2014", "UU 23/2014"),
        ("permendagri/77/2020", "Permendagri 77/2020"),
        ("perbup/banyuwangi/19/2012", "Perbup Banyuwangi 19/2012"),
        ("perda/kota malang/4/2011", "Perda Kota Malang 4/2011"),
    ],
)
def test_a_regulation_is_named_as_people_write_it(key, name):
    assert regulation_name(key) == name


def test_an_erasure_takes_all_of_it(store):
    draft = replace(
        revoking(),
        publisher="Penerbit Rahasia",
        people=(Person("Wiratmaja Sudirga", "Camat"),),
        boxes=(TextBox(1, 0, 9, 0, 0, 1, 1, 0.9),),
        report={"note": "catatan tersembunyi"},
    )
    document_id = publish(store, draft)
    store.correct(document_id, title="Judul Tersembunyi")
    old = publish(store, described(OLD_RULE, "lama.txt", regulation=OLD_KEY))
    erase(store, document_id)
    traces = [b"Penerbit Rahasia", b"Wiratmaja", b"ersembunyi", NEW_KEY.encode(), OLD_KEY.encode()]
    content = b"".join(path.read_bytes() for path in store.path.rglob("*") if path.is_file())
    assert [trace for trace in traces if trace in content] == [OLD_KEY.encode()]  # its own key
    assert store.notices(old) == ()
    with pytest.raises(DocumentNotFound):
        store.report(document_id)
    assert check(store).problems == []


def test_a_backup_brings_all_of_it_back(store, tmp_path):
    document_id = publish(store, replace(revoking(), boxes=(TextBox(1, 0, 9, 0, 0, 1, 1, 0.9),)))
    corrected = store.correct(document_id, title="Dikoreksi")
    backup(store, tmp_path / "backup.tar.gz")
    restore(tmp_path / "backup.tar.gz", tmp_path / "again")
    again = DocumentStore(tmp_path / "again", FakeModel())
    assert again.document(document_id) == corrected
    assert again.links_from(document_id) == revoking().links
    assert again.boxes(document_id, 1, 1) == store.boxes(document_id, 1, 1)
    again.close()


def _as_schema_1(path):
    """The registry as the first schema holds it, with one document in two versions."""
    registry = Registry(path, migrations=())
    with registry.writing() as connection:
        connection.execute("INSERT INTO documents VALUES ('d1', 'a.txt', 'live', 2, NULL)")
        for version, text in ((1, "Lama."), (2, OLD_RULE)):
            connection.execute(
                "INSERT INTO versions (document_id, version, content_sha256, text_sha256, "
                "media_type, title, date, language, text, pages, headings, warnings, added_at, "
                "retired_why, passages_added, passages_removed, passages_kept) VALUES "
                "('d1', ?, 'abc', ?, 'text/plain', 'Lama', '2009', 'id', ?, ?, '[[0, 9, 1]]', "
                "'[\"w\"]', '2025-01-01', ?, 1, 0, 0)",
                (version, str(version), text, json.dumps([[1, 0, len(text), "i"]]), None),
            )
    registry.close()


def test_a_store_of_the_first_schema_opens_and_is_read_again(tmp_path):
    (tmp_path / "store").mkdir()
    path = tmp_path / "store" / "registry.sqlite"
    _as_schema_1(path)
    store = DocumentStore(tmp_path / "store", FakeModel())
    document = store.document("d1")
    assert (document.title, document.date, document.warnings) == ("Lama", "2009", ("w",))
    assert (document.pages, document.characters) == (1, len(OLD_RULE))
    assert (document.kind, document.regions, document.regulation) == ("other", (), None)
    assert store.text("d1") == OLD_RULE
    assert store.text("d1", 1) == "Lama."
    assert store.pages("d1")[0].label == "i"
    assert store.headings("d1") == ((0, 9, 1),)
    assert (store.report("d1"), store.links_from("d1"), store.notices("d1")) == ({}, (), ())
    assert not store.is_unchanged("a.txt", "abc"), "an older reader's version is read again"
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1 + len(MIGRATIONS)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_same_bytes_read_by_this_program_are_unchanged(store):
    draft = draft_text(OLD_RULE, "a.txt")
    publish(store, draft)
    assert store.is_unchanged("a.txt", draft.content_sha256)
    assert document_id_of("a.txt") == store.documents()[0].document_id
