"""The store: what the rest of the program knows of kept documents.

Writing is ordered so that a stop at any instant leaves the old version or the new one: the
original file, then the vectors (into SQLite, then appended to Chroma), and last one SQLite
transaction that publishes the new version, retires the old one, and counts the change.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Literal

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from docs_store import keyword_index
from docs_store.analysis import query_terms
from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import (
    DocumentNotFound,
    StoreBusy,
    StoreDamaged,
    StoreNotWritable,
    WrongModel,
)
from docs_store.fusion import fuse
from docs_store.records import Document, Hit, PageSpan, VersionDraft, VersionSummary
from docs_store.registry import Registry, count_change, set_meta
from docs_store.settings import StoreSettings
from docs_store.vector_index import VectorIndex

EMBED_BATCH = 64
LOCK_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Published:
    """What `DocumentStore.publish` did."""

    status: Literal["added", "replaced", "unchanged", "duplicate"]
    document_id: str
    version: int
    passages: int
    passages_added: int = 0
    passages_removed: int = 0
    passages_kept: int = 0
    duplicate_of: str | None = None


class DocumentStore:
    """One folder of documents: open it, search it, publish into it. Safe to share between threads.

    Raises (from the constructor):
        StoreNotWritable, StoreTooNew, StoreDamaged: see `docs_store.errors`.
    """

    def __init__(
        self,
        path: Path,
        model: EmbeddingModel | None = None,
        settings: StoreSettings | None = None,
    ) -> None:
        self.path = path.absolute()
        self.settings = settings or StoreSettings()
        self.model = model or EmbeddingModel(self.settings.embedding_model)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreNotWritable(path=path, why=error.strerror) from error
        self.registry = Registry(self.path / "registry.sqlite")
        self._lock = RLock()
        self._index: VectorIndex | None = None
        self._index_changes = -1
        self._write_lock = FileLock(self.path / "write.lock", thread_local=False)

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards."""
        self.forget_index()
        self.registry.close()

    # ---- what is kept -------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """All documents that answers may come from, by title."""
        with self.registry.reading() as connection:
            rows = connection.execute(
                f"{_SELECT_DOCUMENT} WHERE d.state IN ('live', 'duplicate') "
                "ORDER BY v.title, d.source"
            )
            return [_document(row) for row in rows]

    def document_count(self) -> int:
        """How many documents answers may come from."""
        with self.registry.reading() as connection:
            return int(
                connection.execute(
                    "SELECT count(*) FROM documents WHERE state IN ('live', 'duplicate')"
                ).fetchone()[0]
            )

    def document(self, document_id: str) -> Document:
        """One document by its id.

        Raises:
            DocumentNotFound: it is not there, or was removed.
        """
        with self.registry.reading() as connection:
            row = connection.execute(
                f"{_SELECT_DOCUMENT} WHERE d.document_id = ? AND d.state IN ('live', 'duplicate')",
                (document_id,),
            ).fetchone()
        if row is None:
            raise DocumentNotFound(document_id=document_id)
        return _document(row)

    def document_by_source(self, source: str) -> Document:
        """One document by the path, URL or name it was taken in under.

        Raises:
            DocumentNotFound: it is not there, or was removed.
        """
        return self.document(document_id_of(source))

    def text(self, document_id: str, version: int | None = None) -> str:
        """The stored text in which offsets count; of the current version if none is named.

        Raises:
            DocumentNotFound: there is no such version, or the document was erased.
        """
        return str(self._version_row(document_id, version)["text"])

    def pages(self, document_id: str, version: int | None = None) -> tuple[PageSpan, ...]:
        """Where the pages stand in the text; empty for formats without pages."""
        row = self._version_row(document_id, version)
        return tuple(PageSpan(*page) for page in json.loads(row["pages"]))

    def original(self, document_id: str, version: int | None = None) -> Path:
        """The file as it was taken in, kept under its hash."""
        return self.original_path(self._version_row(document_id, version)["content_sha256"])

    def history(self, document_id: str) -> list[VersionSummary]:
        """All versions there have been, oldest first.

        Raises:
            DocumentNotFound: no such document was ever here.
        """
        with self.registry.reading() as connection:
            rows = connection.execute(
                "SELECT v.version, v.content_sha256, v.title, v.added_at, v.retired_at, "
                "v.retired_why, v.passages_added, v.passages_removed, v.passages_kept "
                "FROM versions v WHERE document_id = ? ORDER BY version",
                (document_id,),
            ).fetchall()
        if not rows:
            raise DocumentNotFound(document_id=document_id)
        return [VersionSummary(*row) for row in rows]

    def is_unchanged(self, source: str, content_sha256: str) -> bool:
        """Whether this source is kept with exactly these bytes."""
        with self.registry.reading() as connection:
            return bool(
                connection.execute(
                    "SELECT 1 FROM documents d JOIN versions v USING (document_id, version) "
                    "WHERE d.source = ? AND v.content_sha256 = ? "
                    "AND d.state IN ('live', 'duplicate')",
                    (normalise_source(source), content_sha256),
                ).fetchone()
            )

    # ---- searching ----------------------------------------------------------------------------

    def candidates(self, question: str, limit: int, extra_terms: Sequence[str] = ()) -> list[Hit]:
        """Passages found by keywords or by vector, from one moment's whole versions.

        Each hit's ``scores`` holds ``keyword`` (BM25) and ``vector`` (cosine) where that search
        found it; the order is by keyword hits first, so fuse before use.

        Args:
            question: the text to search for.
            limit: how many passages each of the two searches gives.
            extra_terms: further words for the keyword search only (translations, expansions).

        Raises:
            ModelNotLoadable, StoreDamaged, WrongModel
        """
        words = list(dict.fromkeys([*query_terms(question), *query_terms(" ".join(extra_terms))]))
        vector = self.model.embed_questions([question])[0]
        try:
            return self._candidates(words, vector, limit)
        except StoreDamaged:
            # The generation may have been replaced between the snapshot and the query.
            self.forget_index()
            return self._candidates(words, vector, limit)

    def search(self, question: str, limit: int = 20) -> list[Hit]:
        """The best passages for a question, by reciprocal rank fusion of both searches."""
        return fuse(self.candidates(question, max(limit, 50)))[:limit]

    def passages_at(self, locator: str, limit: int = 200) -> list[Hit]:
        """The live passages whose locator begins so ("Pasal 7"), in the documents' order."""
        with self.registry.reading() as connection:
            rows = connection.execute(
                f"{_SELECT_PASSAGE} WHERE p.live AND p.locator GLOB ? ORDER BY p.passage_id LIMIT ?",
                (f"{locator.translate(_GLOB_LITERAL)}*", limit),
            )
            return [_hit(row, None, None) for row in rows]

    def term_frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many passages each term stands, and how many passages there are."""
        with self.registry.reading() as connection:
            total = connection.execute("SELECT count(*) FROM passages WHERE live").fetchone()[0]
            return keyword_index.frequencies(connection, words), int(total)

    def _candidates(
        self, words: Sequence[str], vector: NDArray[np.float32], limit: int
    ) -> list[Hit]:
        with self.registry.reading() as connection:
            keyword = dict(keyword_index.search(connection, words, limit))
            cosine = self._nearest(connection, vector, limit)
            ids = list(dict.fromkeys([*keyword, *cosine]))
            rows = {
                row["passage_id"]: row
                for row in connection.execute(_SELECT_HIT, (json.dumps(ids),))
            }
        return [
            _hit(rows[passage_id], keyword.get(passage_id), cosine.get(passage_id))
            for passage_id in ids
            if passage_id in rows
        ]

    def _nearest(
        self, connection: sqlite3.Connection, vector: NDArray[np.float32], limit: int
    ) -> dict[int, float]:
        """The nearest live passages and their cosines, nearest first."""
        index = self.current_index(connection)
        if index is None:
            return {}
        total = index.count()
        asked = limit
        while True:
            # Retired vectors are found too: ask for more until enough live passages came.
            asked = min(total, asked + asked // 2)
            found = index.query(vector, asked)
            live = self._live_passages(connection, found)
            if len(live) >= limit or asked >= total:
                return dict(list(live.items())[:limit])
            asked *= 2

    @staticmethod
    def _live_passages(
        connection: sqlite3.Connection, found: Sequence[tuple[str, float]]
    ) -> dict[int, float]:
        passages: dict[str, list[int]] = {}
        for passage_id, vector_id in connection.execute(
            "SELECT passage_id, vector_id FROM passages "
            "WHERE live AND vector_id IN (SELECT value FROM json_each(?)) ORDER BY passage_id",
            (json.dumps([vector_id for vector_id, _ in found]),),
        ):
            passages.setdefault(vector_id, []).append(passage_id)
        return {
            passage_id: cosine
            for vector_id, cosine in found
            for passage_id in passages.get(vector_id, ())
        }

    def current_index(self, connection: sqlite3.Connection) -> VectorIndex | None:
        """The index of the snapshot's generation, fresh enough to hold all of its passages."""
        meta = self.registry.meta(connection)
        generation = meta.get("generation")
        if generation is None:
            return None
        self._check_model(meta)
        changes = int(meta["changes"])
        with self._lock:
            if self._index is None or self._index.generation != generation:
                if self._index is not None:
                    self._index.close()
                self._index = self.make_index(generation)
            elif changes != self._index_changes:
                self._index.reopen()
            self._index_changes = changes
            return self._index

    def make_index(self, generation: str) -> VectorIndex:
        """The handle on a generation's vectors; nothing is opened yet."""
        return VectorIndex(self.path / "vectors", generation, self.settings.chroma_url)

    def forget_index(self) -> None:
        """Look up the current generation anew at the next search."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _check_model(self, meta: dict[str, str]) -> None:
        stored = meta.get("embedding_model")
        if stored is not None and stored != self.model.name:
            raise WrongModel(
                stored=stored,
                stored_dimension=meta["dimension"],
                wanted=self.model.name,
                wanted_dimension=self.model.dimension,
            )

    # ---- writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's write lock; another process waits, or is told who holds it.

        The operating system frees the lock of a process that died.

        Raises:
            StoreBusy: another process held it for longer than `LOCK_TIMEOUT_S`.
        """
        holder = self.path / "write.pid"
        try:
            with self._write_lock.acquire(timeout=LOCK_TIMEOUT_S):
                holder.write_text(str(os.getpid()))
                yield
        except Timeout as error:
            pid = holder.read_text() if holder.exists() else "?"
            raise StoreBusy(path=self.path, pid=pid) from error
        except PermissionError as error:
            raise StoreNotWritable(path=self.path, why=error.strerror) from error

    def publish(
        self,
        draft: VersionDraft,
        content: bytes,
        progress: Callable[[int, int], None] | None = None,
    ) -> Published:
        """Keep a document's new version and make it findable, whole or not at all.

        Args:
            draft: the version; its passages are slices of its text.
            content: the original bytes.
            progress: called with (passages embedded, passages to embed).

        Raises:
            StoreBusy, StoreNotWritable, StoreDamaged, WrongModel, ModelNotLoadable
        """
        source = normalise_source(draft.source)
        document_id = document_id_of(source)
        if self.is_unchanged(source, draft.content_sha256):
            document = self.document(document_id)
            return Published("unchanged", document_id, document.version, document.passages)
        with self.writing():
            self._keep_original(draft.content_sha256, content)
            embedded = [
                f"{passage.context}\n{draft.text[passage.start : passage.end]}"
                for passage in draft.passages
            ]
            vector_ids = [_vector_id(text) for text in embedded]
            index = self._index_for_writing()
            self.embed_missing(dict(zip(vector_ids, embedded, strict=True)), progress)
            if vector_ids:
                ids = list(dict.fromkeys(vector_ids))
                kept = self.kept_vectors(ids)
                index.add(ids, np.stack([kept[vector_id] for vector_id in ids]))
            with self.registry.writing() as connection:
                published = self._publish(connection, draft, source, document_id, vector_ids)
            self._see_own_change()
        return published

    def remove(self, document_id: str) -> None:
        """Take a document out of all answers; its history stays.

        Raises:
            DocumentNotFound, StoreBusy, StoreNotWritable
        """
        self.document(document_id)
        with self.writing(), self.registry.writing() as connection:
            self.retire(connection, document_id, "removed")
            connection.execute(
                "UPDATE documents SET state = 'removed', duplicate_of = NULL WHERE document_id = ?",
                (document_id,),
            )
            count_change(connection)

    def _publish(
        self,
        connection: sqlite3.Connection,
        draft: VersionDraft,
        source: str,
        document_id: str,
        vector_ids: list[str],
    ) -> Published:
        before = connection.execute(
            "SELECT state, version FROM documents WHERE document_id = ?", (document_id,)
        ).fetchone()
        old_vectors = [
            str(row[0])
            for row in connection.execute(
                "SELECT vector_id FROM passages WHERE document_id = ?", (document_id,)
            )
        ]
        replaces = before is not None and before["state"] in ("live", "duplicate")
        version = 1 if before is None else before["version"] + 1
        if replaces:
            self.retire(connection, document_id, "replaced")
        text_sha256 = hashlib.sha256(draft.text.encode()).hexdigest()
        original = connection.execute(
            "SELECT d.document_id FROM documents d JOIN versions v USING (document_id, version) "
            "WHERE v.text_sha256 = ? AND d.state = 'live' AND d.document_id <> ?",
            (text_sha256, document_id),
        ).fetchone()
        duplicate_of = None if original is None else str(original[0])
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET "
            "state = excluded.state, version = excluded.version, "
            "duplicate_of = excluded.duplicate_of",
            (document_id, source, "duplicate" if original else "live", version, duplicate_of),
        )
        kept = len(set(old_vectors) & set(vector_ids))
        published = Published(
            status="duplicate" if original else "replaced" if replaces else "added",
            document_id=document_id,
            version=version,
            passages=len(vector_ids),
            passages_added=len(set(vector_ids) - set(old_vectors)),
            passages_removed=len(set(old_vectors) - set(vector_ids)),
            passages_kept=kept,
            duplicate_of=duplicate_of,
        )
        connection.execute(
            "INSERT INTO versions VALUES "
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?)",
            (
                document_id,
                version,
                draft.content_sha256,
                text_sha256,
                draft.media_type,
                draft.title,
                draft.date,
                draft.language,
                draft.text,
                json.dumps([[p.number, p.start, p.end, p.label] for p in draft.pages]),
                json.dumps(draft.headings),
                json.dumps(draft.warnings),
                _now(),
                published.passages_added,
                published.passages_removed,
                published.passages_kept,
            ),
        )
        connection.executemany(
            'INSERT INTO passages (document_id, version, live, start, "end", text, page, locator, '
            "context, vector_id) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    document_id,
                    version,
                    passage.start,
                    passage.end,
                    draft.text[passage.start : passage.end],
                    passage.page,
                    passage.locator,
                    passage.context,
                    vector_id,
                )
                for passage, vector_id in zip(draft.passages, vector_ids, strict=True)
            ],
        )
        if original is None:
            self._make_live(connection, document_id)
        count_change(connection)
        return published

    @staticmethod
    def _make_live(connection: sqlite3.Connection, document_id: str) -> None:
        keyword_index.add(connection, _indexed_rows(connection, document_id, live=False))
        connection.execute("UPDATE passages SET live = 1 WHERE document_id = ?", (document_id,))

    def retire(self, connection: sqlite3.Connection, document_id: str, why: str) -> None:
        """Take a document's passages out, and let a duplicate of it answer in its place."""
        keyword_index.remove(connection, _indexed_rows(connection, document_id, live=True))
        connection.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
        connection.execute(
            "UPDATE versions SET retired_at = ?, retired_why = ? "
            "WHERE document_id = ? AND retired_at IS NULL",
            (_now(), why, document_id),
        )
        heirs = [
            str(row[0])
            for row in connection.execute(
                "SELECT document_id FROM documents WHERE duplicate_of = ? ORDER BY source",
                (document_id,),
            )
        ]
        if heirs:
            heir = heirs[0]
            connection.execute(
                "UPDATE documents SET state = 'live', duplicate_of = NULL WHERE document_id = ?",
                (heir,),
            )
            connection.execute(
                "UPDATE documents SET duplicate_of = ? WHERE duplicate_of = ?", (heir, document_id)
            )
            self._make_live(connection, heir)

    def _index_for_writing(self) -> VectorIndex:
        with self.registry.reading() as connection:
            index = self.current_index(connection)
        if index is not None:
            return index
        generation = "generation-000001"
        index = self.make_index(generation)
        index.create()
        with self.registry.writing() as connection:
            set_meta(connection, "generation", generation)
            set_meta(connection, "embedding_model", self.model.name)
            set_meta(connection, "dimension", str(self.model.dimension))
        with self._lock:
            self._index, self._index_changes = index, 0
        return index

    def embed_missing(
        self, wanted: dict[str, str], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Embed what has no vector yet; each batch is kept at once, so a restart goes on there.

        Args:
            wanted: vector id -> the text to embed.
            progress: called with (embedded, to embed).
        """
        known = self.kept_vectors(list(wanted))
        missing = [vector_id for vector_id in wanted if vector_id not in known]
        missing.sort(key=lambda vector_id: len(wanted[vector_id]))
        for first in range(0, len(missing), EMBED_BATCH):
            if progress is not None:
                progress(first, len(missing))
            part = missing[first : first + EMBED_BATCH]
            fresh = self.model.embed_passages([wanted[vector_id] for vector_id in part])
            with self.registry.writing() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                    [
                        (vector_id, vector.astype(np.float16).tobytes())
                        for vector_id, vector in zip(part, fresh, strict=True)
                    ],
                )
        if progress is not None and missing:
            progress(len(missing), len(missing))

    def kept_vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Those of the vectors that have been computed, by id."""
        with self.registry.reading() as connection:
            return {
                vector_id: np.frombuffer(blob, np.float16).astype(np.float32)
                for vector_id, blob in connection.execute(
                    "SELECT vector_id, vector FROM vectors "
                    "WHERE vector_id IN (SELECT value FROM json_each(?))",
                    (json.dumps(ids),),
                )
            }

    def _see_own_change(self) -> None:
        """Our own additions are in our open index already: no need to open it again."""
        with self.registry.reading() as connection:
            changes = int(self.registry.meta(connection)["changes"])
        with self._lock:
            if self._index_changes == changes - 1:
                self._index_changes = changes

    def _keep_original(self, content_sha256: str, content: bytes) -> None:
        """Write the original under its hash; a half-written file never has that name."""
        path = self.original_path(content_sha256)
        if path.exists():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(file.name, path)
        except OSError as error:
            raise StoreNotWritable(path=self.path, why=error.strerror) from error

    def original_path(self, content_sha256: str) -> Path:
        """Where the original with this hash is kept."""
        return self.path / "originals" / content_sha256[:2] / content_sha256

    def _version_row(self, document_id: str, version: int | None) -> sqlite3.Row:
        with self.registry.reading() as connection:
            row: sqlite3.Row | None = connection.execute(
                "SELECT v.* FROM versions v JOIN documents d USING (document_id) "
                "WHERE v.document_id = ? AND v.version = coalesce(?, d.version)",
                (document_id, version),
            ).fetchone()
        if row is None:
            raise DocumentNotFound(document_id=document_id)
        return row


def normalise_source(source: str) -> str:
    """One spelling of a source: NFC, so that two Unicode forms of a name are one document."""
    return unicodedata.normalize("NFC", source)


def document_id_of(source: str) -> str:
    """The id that a source has in every store: links to it keep working after a re-ingest."""
    return hashlib.sha256(normalise_source(source).encode("utf-8", "surrogateescape")).hexdigest()[
        :12
    ]


_SELECT_DOCUMENT = """
SELECT d.document_id, d.source, d.version, d.state, d.duplicate_of, v.title, v.date, v.language,
  v.media_type, v.content_sha256, v.text_sha256, v.pages, v.added_at, v.warnings,
  length(v.text) AS characters,
  (SELECT count(*) FROM passages p WHERE p.document_id = d.document_id) AS passages
FROM documents d JOIN versions v USING (document_id, version)
"""
_SELECT_PASSAGE = """
SELECT p.*, v.title, v.date, v.language, d.source
FROM passages p JOIN versions v USING (document_id, version) JOIN documents d USING (document_id)
"""
_SELECT_HIT = f"{_SELECT_PASSAGE} WHERE p.live AND p.passage_id IN (SELECT value FROM json_each(?))"
_GLOB_LITERAL = {ord(sign): f"[{sign}]" for sign in "*?["}


def _document(row: sqlite3.Row) -> Document:
    return Document(
        document_id=row["document_id"],
        source=row["source"],
        version=row["version"],
        title=row["title"],
        date=row["date"],
        language=row["language"],
        media_type=row["media_type"],
        content_sha256=row["content_sha256"],
        text_sha256=row["text_sha256"],
        pages=len(json.loads(row["pages"])),
        passages=row["passages"],
        characters=row["characters"],
        added_at=row["added_at"],
        duplicate_of=row["duplicate_of"],
        warnings=tuple(json.loads(row["warnings"])),
    )


def _hit(row: sqlite3.Row, keyword: float | None, cosine: float | None) -> Hit:
    scores = {}
    if keyword is not None:
        scores["keyword"] = keyword
    if cosine is not None:
        scores["vector"] = cosine
    return Hit(
        passage_id=row["passage_id"],
        document_id=row["document_id"],
        version=row["version"],
        title=row["title"],
        source=row["source"],
        date=row["date"],
        language=row["language"],
        page=row["page"],
        locator=row["locator"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        context=row["context"],
        score=0.0,
        scores=scores,
    )


def _indexed_rows(
    connection: sqlite3.Connection, document_id: str, *, live: bool
) -> list[tuple[int, str, str, str]]:
    rows = connection.execute(
        "SELECT p.passage_id, p.text, p.context, v.language "
        "FROM passages p JOIN versions v USING (document_id, version) "
        "WHERE p.document_id = ? AND p.live = ?",
        (document_id, int(live)),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _vector_id(embedded_text: str) -> str:
    return hashlib.blake2b(embedded_text.encode(), digest_size=16).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
