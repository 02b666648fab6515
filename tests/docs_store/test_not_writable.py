"""A disk that fills up, and a folder that may not be written: said, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from docs_store.errors import StoreNotWritable
from docs_store.maintenance import check
from docs_store.store import DocumentStore
from tests.drafts import publish_text
from tests.fake_model import FakeModel

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a small disk can only be mounted by root with CAP_SYS_ADMIN")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _text(number: int) -> str:
    return "\n\n".join(f"baris {at} dari nomor {number} tentang pasar" for at in range(50))


def _fill(store):
    for number in range(1_000):
        publish_text(store, _text(number), f"{number}.txt")


def test_a_full_disk_loses_nothing_and_is_told(small_disk):
    store = DocumentStore(small_disk / "store", FakeModel())
    with pytest.raises(StoreNotWritable) as caught:
        _fill(store)
    published = store.documents()
    assert str(small_disk) in caught.value.text("id")
    assert len(published) > 2

    # The same process still answers, and so does one that opens it on the full disk.
    assert store.search("dari nomor 1 tentang pasar")
    assert check(store).problems == []
    store.close()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(10 << 20))
    reopened = DocumentStore(small_disk / "store", FakeModel())
    assert len(reopened.documents()) == len(published)
    assert reopened.search("dari nomor 1 tentang pasar")
    with pytest.raises(StoreNotWritable):
        publish_text(reopened, _text(2_000) * 20, "besar.txt")

    # With room again, all is sound and work goes on.
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    reopened.close()
    reopened = DocumentStore(small_disk / "store", FakeModel())
    assert publish_text(reopened, _text(2_000), "baru.txt").status == "added"
    assert check(reopened).problems == []
    assert reopened.document_count() == len(published) + 1
    reopened.close()


@pytest.fixture
def open_folder():
    """A folder that another user can reach; pytest's own is private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_without_write_permission_is_read_and_not_written(open_folder):
    store = DocumentStore(open_folder / "store", FakeModel())
    publish_text(store, "pasar pagi", "a.txt")
    store.close()
    tree = [store.path, *store.path.rglob("*")]
    for path in tree:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.docs_store.not_writable", str(store.path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=100,
        )
    finally:
        for path in tree:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr
    assert "found ['a.txt']" in done.stdout
    assert "refused The store folder" in done.stdout
    assert "still ['a.txt']" in done.stdout
