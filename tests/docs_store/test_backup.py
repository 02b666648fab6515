from __future__ import annotations

import hashlib
import io
import tarfile
import threading

import pytest

from docs_store.backup import backup, restore
from docs_store.conversations import CONVERSATIONS_FILE, DOCUMENT_GONE, Conversations, KeptTurn
from docs_store.errors import BackupDamaged, StoreExists, StoreNotWritable, StoreTooNew
from docs_store.maintenance import check, erase
from docs_store.store import DocumentStore, document_id_of
from tests.drafts import publish_text
from tests.fake_model import FakeModel


@pytest.fixture
def store(tmp_path):
    opened = DocumentStore(tmp_path / "store", FakeModel())
    for number in range(5):
        publish_text(opened, f"Pasal {number}.\n\nPasar nomor {number}.", f"{number}.txt")
    publish_text(opened, "Pasal 0 diubah.\n\nPasar nomor 0.", "0.txt")
    opened.remove(document_id_of("4.txt"))
    yield opened
    opened.close()


def test_a_restored_store_is_the_same_and_embeds_nothing(store, tmp_path):
    backup(store, tmp_path / "cadangan.tar.gz")
    restore(tmp_path / "cadangan.tar.gz", tmp_path / "baru")
    model = FakeModel()
    restored = DocumentStore(tmp_path / "baru", model)
    assert restored.documents() == store.documents()
    for document in store.documents():
        assert restored.history(document.document_id) == store.history(document.document_id)
        original = restored.original(document.document_id)
        assert hashlib.sha256(original.read_bytes()).hexdigest() == document.content_sha256
    assert restored.search("pasar nomor 2") == store.search("pasar nomor 2")
    assert check(restored).problems == []
    assert model.embedded == []
    restored.close()


def test_a_backup_is_one_moment_while_another_writes(store, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            publish_text(store, f"Berita {number}.\n\nLagi {number}.", f"berita-{number % 7}.txt")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(store, tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        restore(tmp_path / f"{number}.tar.gz", tmp_path / f"{number}")
        restored = DocumentStore(tmp_path / f"{number}", FakeModel())
        assert check(restored).problems == []
        assert restored.document_count() >= 4
        restored.close()


def test_an_erased_document_is_not_in_a_later_backup(store, tmp_path):
    erase(store, document_id_of("2.txt"))
    backup(store, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    content = b"".join(p.read_bytes() for p in (tmp_path / "baru").rglob("*") if p.is_file())
    assert b"Pasar nomor 3" in content
    assert b"Pasar nomor 2" not in content


def _ask(store, turn_id, quote, document_id):
    turn = KeptTurn(turn_id, f"Apa isi {turn_id}?", "[]", quote, None)
    Conversations(store.path).keep("ana", f"percakapan-{turn_id}", turn, [document_id])


def _answers(folder):
    kept = Conversations(folder)
    return {
        turn.turn_id: (turn.answer, turn.reason)
        for one in kept.conversations("ana")
        for turn in kept.turns("ana", one.conversation_id)
    }


def test_conversations_and_verdicts_are_restored_for_their_owner_alone(store, tmp_path):
    _ask(store, "t1", "Pasar nomor 1.", document_id_of("1.txt"))
    Conversations(store.path).judge("ana", "t1", "down", "kurang lengkap")
    backup(store, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    assert _answers(tmp_path / "baru") == {"t1": ("Pasar nomor 1.", None)}
    assert Conversations(tmp_path / "baru").feedback() == Conversations(store.path).feedback()
    for folder in (store.path, tmp_path / "baru"):
        assert (folder / CONVERSATIONS_FILE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600


def test_what_was_kept_beside_comes_back_private_and_what_is_not_named_stays_out(store, tmp_path):
    for name in ("users.json", "audit.jsonl", "catatan.json"):
        (store.path / name).write_text(f"isi {name}")
        (store.path / name).chmod(0o644)
    backup(store, tmp_path / "b.tar.gz", beside=("users.json", "audit.jsonl", "tiada.json"))
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    for name in ("users.json", "audit.jsonl"):
        assert (tmp_path / "baru" / name).read_text() == f"isi {name}"
        assert (tmp_path / "baru" / name).stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "baru" / "catatan.json").exists()


def test_an_erased_document_is_not_in_the_conversations_of_a_later_backup(store, tmp_path):
    _ask(store, "t1", "Pasar nomor 1.", document_id_of("1.txt"))
    _ask(store, "t2", "Pasar nomor 2.", document_id_of("2.txt"))
    erase(store, document_id_of("2.txt"))
    backup(store, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    assert b"Pasar nomor 2" not in (tmp_path / "baru" / CONVERSATIONS_FILE).read_bytes()
    assert _answers(tmp_path / "baru")["t1"] == ("Pasar nomor 1.", None)
    restored = DocumentStore(tmp_path / "baru", FakeModel())
    erase(restored, document_id_of("1.txt"))
    restored.close()
    assert _answers(tmp_path / "baru") == {"t1": (None, DOCUMENT_GONE), "t2": (None, DOCUMENT_GONE)}


def test_an_answer_over_a_document_that_the_backup_has_not_is_blanked_in_it_alone(store, tmp_path):
    _ask(store, "t1", "Baru ditambahkan sesudah salinan.", document_id_of("sesudah.txt"))
    backup(store, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    assert _answers(tmp_path / "baru") == {"t1": (None, DOCUMENT_GONE)}
    assert b"Baru ditambahkan" not in (tmp_path / "baru" / CONVERSATIONS_FILE).read_bytes()
    assert _answers(store.path)["t1"][0] == "Baru ditambahkan sesudah salinan."


def test_a_store_is_never_restored_over(store, tmp_path):
    backup(store, tmp_path / "b.tar.gz")
    with pytest.raises(StoreExists):
        restore(tmp_path / "b.tar.gz", store.path)
    (tmp_path / "kosong").mkdir()
    restore(tmp_path / "b.tar.gz", tmp_path / "kosong")
    assert (tmp_path / "kosong" / "registry.sqlite").is_file()


def test_nothing_is_left_beside_the_file_and_the_folder(store, tmp_path):
    before = {path.name for path in tmp_path.iterdir()}
    backup(store, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    assert {path.name for path in tmp_path.iterdir()} == before | {"b.tar.gz", "baru"}


def test_a_backup_where_nothing_can_be_written_is_told(store, tmp_path):
    with pytest.raises(StoreNotWritable):
        backup(store, tmp_path / "tidak ada" / "b.tar.gz")


def _archive(path, **members):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def _cut(good, bad):
    bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2])


def _no_archive(good, bad):
    bad.write_bytes(b"bukan arsip")


def _missing(good, bad):
    pass


def _escaping(good, bad):
    _archive(bad, **{"../../jahat.txt": b"x"})


def _altered(good, bad):
    with tarfile.open(good) as archive:
        kept = {m.name: archive.extractfile(m).read() for m in archive if m.isreg()}
    name = next(name for name in kept if name.startswith("originals/"))
    _archive(bad, **{**kept, name: b"lain"})


def _conversations_altered(good, bad):
    with tarfile.open(good) as archive:
        kept = {m.name: archive.extractfile(m).read() for m in archive if m.isreg()}
    _archive(bad, **{**kept, CONVERSATIONS_FILE: b"bukan SQLite" * 500})


def _beside_elsewhere(good, bad):
    with tarfile.open(good) as archive:
        kept = {m.name: archive.extractfile(m).read() for m in archive if m.isreg()}
    _archive(bad, **{**kept, "beside/../jahat.json": b"{}"})


def _incomplete(good, bad):
    with tarfile.open(good) as archive:
        kept = {m.name: archive.extractfile(m).read() for m in archive if m.isreg()}
    kept.pop(next(name for name in kept if name.startswith("originals/")))
    _archive(bad, **kept)


@pytest.mark.parametrize(
    "spoil",
    [
        _cut,
        _no_archive,
        _missing,
        _escaping,
        _altered,
        _conversations_altered,
        _beside_elsewhere,
        _incomplete,
    ],
)
def test_what_is_no_whole_backup_is_refused_and_makes_no_store(store, tmp_path, spoil):
    backup(store, tmp_path / "good.tar.gz")
    spoil(tmp_path / "good.tar.gz", tmp_path / "bad.tar.gz")
    with pytest.raises(BackupDamaged, match=r"bad\.tar\.gz"):
        restore(tmp_path / "bad.tar.gz", tmp_path / "baru")
    assert not (tmp_path / "baru").exists()
    assert not list(tmp_path.glob("**/jahat.*"))


def test_a_backup_of_a_newer_program_is_refused(store, tmp_path):
    with store.registry.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    backup(store, tmp_path / "b.tar.gz")
    with pytest.raises(StoreTooNew):
        restore(tmp_path / "b.tar.gz", tmp_path / "baru")
    assert not (tmp_path / "baru").exists()
