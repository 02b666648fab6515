from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from docs_store.errors import StoreDamaged, StoreNotWritable, StoreTooNew
from docs_store.registry import Registry, count_change, drop_meta, set_meta


@pytest.fixture
def registry(tmp_path):
    opened = Registry(tmp_path / "registry.sqlite", migrations=())
    yield opened
    opened.close()


def _add_column(connection):
    connection.execute("ALTER TABLE documents ADD COLUMN collection TEXT NOT NULL DEFAULT 'umum'")


def _fail(connection):
    connection.execute("ALTER TABLE documents ADD COLUMN half TEXT")
    raise RuntimeError("stopped in the middle")


def test_what_was_written_is_there_after_closing(tmp_path):
    path = tmp_path / "registry.sqlite"
    first = Registry(path)
    with first.writing() as connection:
        set_meta(connection, "colour", "merah")
        count_change(connection)
    first.close()
    second = Registry(path)
    with second.reading() as connection:
        meta = second.meta(connection)
    assert (meta["colour"], meta["changes"]) == ("merah", "1")
    second.close()


def test_a_failed_transaction_leaves_nothing(registry):
    with pytest.raises(sqlite3.IntegrityError), registry.writing() as connection:
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [("colour", "merah")] * 2)
    with registry.reading() as connection:
        assert "colour" not in registry.meta(connection)


def test_a_reader_sees_one_moment(registry, tmp_path):
    other = Registry(registry.path, migrations=())
    with registry.reading() as connection:
        assert registry.meta(connection)["changes"] == "0"
        with other.writing() as writing:
            count_change(writing)
        assert registry.meta(connection)["changes"] == "0"
    with registry.reading() as connection:
        assert registry.meta(connection)["changes"] == "1"
    other.close()


def test_meta_can_be_forgotten(registry):
    with registry.writing() as connection:
        set_meta(connection, "a", "1")
        drop_meta(connection, "a", "never there")
        assert "a" not in registry.meta(connection)


def test_a_newer_schema_is_refused_and_left_alone(registry):
    with closing(sqlite3.connect(registry.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = registry.path.read_bytes()
    with pytest.raises(StoreTooNew, match="99"):
        Registry(registry.path)
    assert registry.path.read_bytes() == before


def test_an_older_schema_is_migrated_after_a_copy_is_kept(registry):
    with registry.writing() as connection:
        connection.execute("INSERT INTO documents VALUES ('d1', 'a.txt', 'live', 1, NULL)")
    registry.close()
    newer = Registry(registry.path, migrations=(_add_column,))
    with newer.reading() as connection:
        row = connection.execute("SELECT source, collection FROM documents").fetchone()
        assert tuple(row) == ("a.txt", "umum")
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    newer.close()
    copy = registry.path.with_name("registry-schema-1.sqlite")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 1
    with pytest.raises(StoreTooNew):
        Registry(registry.path, migrations=())


def test_a_migration_that_fails_changes_nothing(registry):
    registry.close()
    with pytest.raises(RuntimeError):
        Registry(registry.path, migrations=(_add_column, _fail))
    again = Registry(registry.path, migrations=())
    with again.reading() as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(documents)")]
    assert "collection" not in columns
    assert "half" not in columns
    again.close()


def test_a_new_store_has_the_newest_schema_and_no_copy(tmp_path):
    made = Registry(tmp_path / "registry.sqlite", migrations=(_add_column,))
    with made.reading() as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(documents)")]
    assert "collection" in columns
    assert not list(tmp_path.glob("registry-schema-*"))
    made.close()


def test_a_file_that_is_no_registry_is_told(tmp_path):
    path = tmp_path / "registry.sqlite"
    path.write_bytes(b"bukan basis data, " * 100)
    with pytest.raises(StoreDamaged, match="rusak"):
        Registry(path)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StoreNotWritable):
        Registry(tmp_path / "tidak ada" / "registry.sqlite")
