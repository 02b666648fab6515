"""Why a document could not be taken in; each is one line in the report, never a stop.

IngestError
├── PathMissing         the path does not exist
├── FileUnreadable      no permission, or the disk failed
├── FileChanging        another program is writing it
├── FolderUnreadable    no permission for the folder
├── IgnoreFileUnreadable  a broken .tanyaignore: its folder is left out
├── SameName            its name differs from another's in Unicode form only
├── EmptyFile           nothing in it
├── UnsupportedFormat   a kind of file that is not read (yet)
├── NeedsLibreOffice    an old format, and no LibreOffice to turn it into a new one
├── NeedsTesseract      tesseract is set to read page images and is not installed
├── FileTooLarge        over a limit that a setting names
├── EncryptedFile       needs a password
├── DamagedFile         its format is broken
├── ScannedPdf          page images without a text layer
├── NoText              read well, but no text came out
└── ParserStopped       the reading process was stopped: time, memory or a crash
"""

from __future__ import annotations

from docs_store.errors import BilingualError


class IngestError(BilingualError):
    """One document could not be taken in."""


class PathMissing(IngestError):
    """The path does not exist."""

    indonesian = "Tidak ada berkas atau folder di jalur ini. Periksa ejaannya."
    english = "There is no file or folder at this path. Check its spelling."


class FileUnreadable(IngestError):
    """The file cannot be read."""

    indonesian = "Berkas tidak dapat dibaca ({why}). Periksa izin bacanya."
    english = "The file cannot be read ({why}). Check its read permission."


class FileChanging(IngestError):
    """The file changed each time it was read."""

    indonesian = "Berkas sedang ditulis program lain. Tunggu sampai selesai, lalu ingest lagi."
    english = "Another program is writing this file. Wait until it is done, then ingest again."


class FolderUnreadable(IngestError):
    """The folder cannot be listed."""

    indonesian = "Isi folder tidak dapat dibaca ({why}). Periksa izin bacanya."
    english = "The folder cannot be listed ({why}). Check its read permission."


class IgnoreFileUnreadable(IngestError):
    """A ``.tanyaignore`` cannot be read."""

    indonesian = (
        "Berkas ini tidak terbaca ({why}), jadi isi foldernya tidak diambil. Perbaiki polanya "
        "(seperti .gitignore, UTF-8)."
    )
    english = (
        "This file cannot be read ({why}), so nothing of its folder was taken. Mend its patterns "
        "(as in .gitignore, UTF-8)."
    )


class SameName(IngestError):
    """Two names that read the same."""

    indonesian = "Namanya terbaca sama dengan {other} (bentuk Unicode lain). Ganti salah satunya."
    english = "Its name reads the same as {other} (another Unicode form). Rename one of them."


class EmptyFile(IngestError):
    """The file has no content."""

    indonesian = "Berkas kosong. Unduh atau simpan ulang, lalu coba lagi."
    english = "The file is empty. Download or save it again, then retry."


class UnsupportedFormat(IngestError):
    """This kind of file is not read."""

    indonesian = "Format {kind} tidak didukung. Simpan sebagai {formats}."
    english = "The format {kind} is not supported. Save it as {formats}."


class NeedsLibreOffice(IngestError):
    """An old format that only LibreOffice turns into a readable one."""

    indonesian = (
        "Format {kind} dibaca lewat LibreOffice, di luar arsip: pasang paket {package} (atau setel "
        "INGEST_SOFFICE) lalu ingest lagi, atau simpan berkasnya sebagai DOCX/PPTX."
    )
    english = (
        "The format {kind} is read through LibreOffice, outside archives: install the package "
        "{package} (or set INGEST_SOFFICE) and ingest again, or save the file as DOCX/PPTX."
    )


class NeedsTesseract(IngestError):
    """The settings name tesseract for page images, and it cannot read Indonesian here."""

    indonesian = (
        "INGEST_OCR_ENGINE=tesseract, tetapi {missing_id} tidak ada: pasang paket tesseract-ocr "
        "dan tesseract-ocr-ind (atau setel INGEST_TESSERACT), atau INGEST_OCR_ENGINE=rapidocr."
    )
    english = (
        "INGEST_OCR_ENGINE=tesseract, but {missing_en} is not there: install the packages "
        "tesseract-ocr and tesseract-ocr-ind (or set INGEST_TESSERACT), or set "
        "INGEST_OCR_ENGINE=rapidocr."
    )


class FileTooLarge(IngestError):
    """The file is over a limit."""

    indonesian = (
        "Terlalu besar: {what} {found}, batasnya {limit}. Pecah berkasnya, atau naikkan {setting}."
    )
    english = "Too large: {what} {found}, the limit is {limit}. Split the file, or raise {setting}."


class EncryptedFile(IngestError):
    """The file needs a password."""

    indonesian = "Berkas terkunci kata sandi. Buka, simpan salinan tanpa kata sandi, lalu ingest."
    english = "The file is locked with a password. Save a copy without it, then ingest that."


class DamagedFile(IngestError):
    """The file's format is broken."""

    indonesian = "Berkas {kind} rusak atau isinya bukan {kind} ({why}). Unduh atau simpan ulang."
    english = "The {kind} file is damaged or is no {kind} ({why}). Download or save it again."


class ScannedPdf(IngestError):
    """The PDF holds page images without text."""

    indonesian = (
        "PDF hasil pindai: {pages} halaman gambar tanpa lapisan teks. Setel INGEST_OCR=1 agar "
        "dibaca dengan OCR (kira-kira 5 detik per halaman), atau jalankan OCR lain dahulu."
    )
    english = (
        "A scan: {pages} page images without a text layer. Set INGEST_OCR=1 to read it by OCR "
        "(about 5 seconds a page), or run another OCR on it first."
    )


class NoText(IngestError):
    """The file was read, but holds no text."""

    indonesian = "Tidak ada teks di dalam berkas {kind} ini. Periksa apakah berkasnya benar."
    english = "There is no text in this {kind} file. Check that it is the right one."


class ParserStopped(IngestError):
    """The reading process was stopped before it finished."""

    indonesian = "Pembacaan dihentikan: {why_id}. {remedy_id}"
    english = "Reading was stopped: {why_en}. {remedy_en}"
