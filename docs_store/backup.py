"""One file with everything that cannot be derived: registry, original files, conversations.

The registry holds the vectors of all passages too, so nothing is embedded again after a restore;
only the vector index is written anew, when the store is next opened. The record of ingest jobs is
left out: it tells of processes of the machine that they ran on.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from docs_store.catalogue import ANSWERING
from docs_store.conversations import CONVERSATIONS_FILE, PRIVATE, Conversations
from docs_store.errors import BackupDamaged, StoreDamaged, StoreExists, StoreNotWritable
from docs_store.originals import Originals
from docs_store.registry import REGISTRY_FILE, Registry
from docs_store.store import DocumentStore

ORIGINALS = "originals"
ATTEMPTS = 3
CHUNK_BYTES = 1 << 20
BESIDE = "beside"
_BESIDE = re.compile(r"beside/([a-z]+\.jsonl?)")
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")


def backup(store: DocumentStore, file: Path, beside: Sequence[str] = ()) -> None:
    """Write the store as it is at one moment to a file, while others search, ask and ingest.

    A file of that name is replaced when the new one is whole. Nobody else can read it.

    Args:
        store: what to keep.
        file: where to.
        beside: names of further files of the store's folder, kept as they are where they are there.

    Raises:
        StoreNotWritable: the file cannot be written, or the conversations cannot be opened.
        StoreDamaged: an original that the registry names is missing; see `tanya docs check`.
    """
    try:
        with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
            unfinished = Path(folder) / "backup.tar.gz"
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    _write(store, unfinished, Path(folder), beside)
                    break
                except FileNotFoundError as error:
                    # A document may have been erased since the snapshot: take another.
                    if attempt == ATTEMPTS:
                        raise StoreDamaged(path=store.path, why=error) from error
            unfinished.chmod(PRIVATE)  # it holds what people asked, and who may sign in
            unfinished.replace(file)
    except OSError as error:
        raise StoreNotWritable(path=file, why=error.strerror or error) from error


def restore(file: Path, folder: Path) -> None:
    """Make a store out of a backup, in a folder that is empty or not there yet.

    The folder gets the store when all of it has been read and its hashes hold. Conversations, and
    the files that were kept beside the store, are readable only by whoever restores them.

    Raises:
        StoreExists: there is something in the folder.
        BackupDamaged: the file is no backup, or is not whole.
        StoreTooNew: a newer program made it.
        StoreNotWritable: the folder cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreExists(path=folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as unfinished:
            store = Path(unfinished) / "store"
            store.mkdir()
            with _told_as_damaged(file):
                _read(file, store)
                _check_conversations(store)
            Registry(store / REGISTRY_FILE).close()  # refuses what a newer program made
            store.replace(folder)
    except OSError as error:
        raise StoreNotWritable(path=folder, why=error.strerror or error) from error


def _write(store: DocumentStore, file: Path, folder: Path, beside: Sequence[str]) -> None:
    snapshot = folder / REGISTRY_FILE
    store.registry.copy_to(snapshot)
    with tarfile.open(file, "w:gz", compresslevel=3) as archive:
        archive.add(snapshot, REGISTRY_FILE)
        if (store.path / CONVERSATIONS_FILE).exists():
            _copy_conversations(store, folder)
            archive.add(folder / CONVERSATIONS_FILE, CONVERSATIONS_FILE)
        for name in beside:
            if (store.path / name).is_file():
                archive.add(store.path / name, f"{BESIDE}/{name}")
        for content_sha256 in _named_originals(snapshot):
            path = store.originals.path(content_sha256)
            archive.add(path, f"{ORIGINALS}/{content_sha256[:2]}/{content_sha256}")


def _copy_conversations(store: DocumentStore, folder: Path) -> None:
    """Copy them, and blank what quotes a document that the copied registry does not answer from:
    one that was added since the registry was copied could never be erased from them."""
    Conversations(store.path).copy_to(folder)
    with closing(sqlite3.connect(folder / REGISTRY_FILE)) as registry:
        rows = registry.execute(f"SELECT document_id FROM documents WHERE state IN {ANSWERING}")
        answering = [str(row[0]) for row in rows]
    Conversations(folder).forget_all_but(answering)


def _check_conversations(folder: Path) -> None:
    """Raises sqlite3.DatabaseError where they are not whole."""
    file = folder / CONVERSATIONS_FILE
    if file.exists():
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"{CONVERSATIONS_FILE}: {found}")


def _read(file: Path, folder: Path) -> None:
    originals = Originals(folder / ORIGINALS)
    with tarfile.open(file, "r:gz") as archive:
        for member in archive:
            named = _ORIGINAL.fullmatch(member.name)
            content = archive.extractfile(member) if member.isreg() else None
            beside = _BESIDE.fullmatch(member.name)
            in_folder = beside.group(1) if beside else member.name
            if content is None or not (
                named or beside or in_folder in (REGISTRY_FILE, CONVERSATIONS_FILE)
            ):
                raise BackupDamaged(path=file, why=f"{member.name!r}")
            if named is None:
                _copy(content, folder / in_folder)
                if in_folder != REGISTRY_FILE:
                    (folder / in_folder).chmod(PRIVATE)
                continue
            path = originals.path(named.group(2))
            path.parent.mkdir(parents=True, exist_ok=True)
            if _copy(content, path) != named.group(2):
                raise BackupDamaged(path=file, why=f"{member.name}: SHA-256")
    missing = [
        content_sha256
        for content_sha256 in _named_originals(folder / REGISTRY_FILE)
        if not originals.path(content_sha256).is_file()
    ]
    if missing:
        raise BackupDamaged(path=file, why=f"{ORIGINALS}: {missing[0]}")


def _named_originals(registry: Path) -> list[str]:
    with closing(sqlite3.connect(f"{registry.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT DISTINCT content_sha256 FROM versions "
            "WHERE retired_why IS NOT 'erased' ORDER BY content_sha256"
        )
        return [str(row[0]) for row in rows]


def _copy(content: IO[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while chunk := content.read(CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


@contextmanager
def _told_as_damaged(file: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, sqlite3.DatabaseError, FileNotFoundError) as error:
        raise BackupDamaged(path=file, why=error) from error
    except OSError as error:
        # gzip tells a broken archive as an OSError without a number.
        if error.errno is None:
            raise BackupDamaged(path=file, why=error) from error
        raise
