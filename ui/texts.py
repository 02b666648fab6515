"""What the pages say, in Indonesian and English, and how they write dates and numbers."""

from __future__ import annotations

from typing import NamedTuple

from assistant.conversation import Language


class Text(NamedTuple):
    """One text in both languages; call it with a language and what its braces name."""

    indonesian: str
    english: str

    def __call__(self, language: Language, **details: object) -> str:
        """The text in ``language``."""
        template = self.indonesian if language == "id" else self.english
        return template.format(**details) if details else template


# Header
TAGLINE = Text(
    "Jawaban dari dokumen daerah, lengkap dengan buktinya",
    "Answers from regional documents, with their proof",
)
COLLECTION = Text("{documents} dokumen", "{documents} documents")
COLLECTION_OF_ONE = Text("1 dokumen", "1 document")
LANGUAGE_SWITCH = Text("Bahasa halaman", "Language of the page")
DARK_SWITCH = Text("Ganti tampilan terang atau gelap", "Switch between light and dark")

SIGN_IN = Text(
    "Masuk dengan nama dan kata sandi dari pengelola.",
    "Sign in with the name and password you were given.",
)
SIGN_OUT = Text("Keluar", "Sign out")

# Asking
QUESTION = Text("Pertanyaan", "Question")
QUESTION_HINT = Text("Tulis pertanyaan Anda …", "Write your question …")
ASK = Text("Tanya", "Ask")
STOP = Text("Hentikan", "Stop")
NEW_CONVERSATION = Text("Percakapan baru", "New conversation")
CONVERSATION = Text("Percakapan", "Conversation")
QUESTION_EMPTY = Text("Tulis dahulu pertanyaan Anda.", "Write your question first.")
SEARCHING = Text("Mencari bukti di dalam dokumen …", "Looking for evidence in the documents …")
STOPPED = Text("Dihentikan sebelum selesai.", "Stopped before it was done.")
UNEXPECTED = Text(
    "Terjadi kesalahan yang tidak terduga; rinciannya ada di catatan program. Coba lagi.",
    "Something unexpected went wrong; the program's log has the details. Try again.",
)

# Before the first question
WELCOME = Text("Apa yang ingin Anda ketahui?", "What would you like to know?")
WELCOME_MORE = Text(
    "Jawaban dikutip kata demi kata dari dokumen yang tersimpan di komputer ini. Nomor di "
    "belakang tiap pernyataan membuka kutipannya di dalam dokumen.",
    "Answers are quoted word for word from the documents kept on this computer. The number "
    "after each statement opens the quote inside its document.",
)
EXAMPLES = Text("Contoh pertanyaan", "Example questions")
EMPTY_STORE = Text("Belum ada dokumen", "There are no documents yet")
EMPTY_STORE_MORE = Text(
    "Tambahkan dokumen dahulu (PDF, DOCX, HTML, TXT, MD, …) di halaman Dokumen. Atau di terminal, "
    "jalankan salah satu:",
    "Add documents first (PDF, DOCX, HTML, TXT, MD, …) on the Documents page. Or in a terminal, "
    "run one of these:",
)
EMPTY_STORE_FOLDER = Text("dokumen Anda sendiri", "your own documents")
EMPTY_STORE_SAMPLES = Text("mulai dengan dokumen contoh", "start with the sample documents")

# Answers
SOURCE_NUMBER = Text("Sumber {marker}", "Source {marker}")
SOURCES = Text("Sumber", "Sources")
PAGE = Text("halaman {page}", "page {page}")
VERSION = Text("versi {version}", "version {version}")
ABSTAINED = Text("Tidak ada jawaban", "No answer")
NEAREST = Text("Bukan jawaban: kutipan terdekat", "Not an answer: nearest passages")
COMPUTED = Text("Dihitung:", "Computed:")
QUOTED_ONLY = Text("kutipan langsung", "direct quotes")
BY_MODEL = Text("disusun oleh model bahasa", "worded by a language model")
SECONDS = Text("{seconds} detik", "{seconds} s")
COPY = Text("Salin dengan sumber", "Copy with sources")
COPIED = Text("Tersalin", "Copied")
RETRY = Text("Tanya lagi", "Ask again")
EDIT = Text("Ubah pertanyaan", "Edit the question")

READ_AS = Text("Dibaca sebagai:", "Read as:")
UNDERSTOOD = Text("Dipahami sebagai", "Understood as")
WITHOUT = Text("Tanya lagi tanpa {label}", "Ask again without {label}")
ASKED_WITHOUT = Text("Tanpa: {labels}", "Without: {labels}")
OPTIONS = Text("Maksudnya yang mana?", "Which of these?")
FOLLOW_UPS = Text("Pertanyaan lanjutan", "Further questions")
DROPPED = Text(
    "{count} pernyataan model bahasa tidak ditampilkan, karena kutipannya tidak membuktikannya.",
    "{count} claims of the language model are not shown, since their quotes did not prove them.",
)
COMPARISON = Text("Tabel perbandingan", "Comparison")
ASPECT = Text("Aspek", "Aspect")
TIMELINE = Text("Urutan waktu", "Timeline")
SEQUENCE = Text("Urutan", "Order")
STEP = Text("Langkah", "Step")
EXPORT_CSV = Text("Unduh CSV", "Download CSV")
EXPORT_PNG = Text("Unduh gambar", "Download image")
BRIEFING_DOCX = Text("Unduh Word", "Download as Word")
BRIEFING_PDF = Text("Unduh PDF", "Download as PDF")
BRIEFING_NAME = Text("ringkasan", "briefing")
EXPORT_NAME = Text("jawaban", "answer")

# Earlier conversations, and what people think of answers
CONVERSATIONS = Text("Percakapan sebelumnya", "Earlier conversations")
CONVERSATIONS_SWITCH = Text(
    "Tampilkan atau tutup daftar percakapan", "Show or hide the list of conversations"
)
NO_CONVERSATIONS = Text(
    "Percakapan Anda akan tersimpan di sini.", "Your conversations will be kept here."
)
FORGET_NAMED = Text("Hapus percakapan “{title}”", "Delete the conversation “{title}”")
FORGET_SURE = Text(
    "Hapus percakapan “{title}” untuk selamanya?", "Delete the conversation “{title}” for good?"
)
VERDICTS = Text("Penilaian jawaban ini", "What you think of this answer")
VERDICT_UP = Text("Membantu", "Helpful")
VERDICT_DOWN = Text("Tidak membantu", "Not helpful")
VERDICT_REASON = Text("Mengapa? (boleh kosong)", "Why? (may be empty)")
VERDICT_SAVE = Text("Simpan alasan", "Save the reason")
VERDICT_SAVED = Text("Alasan tersimpan. Terima kasih.", "The reason is saved. Thank you.")

# The source beside the chat
SOURCE_PANEL = Text("Dokumen sumber", "Source document")
NO_SOURCE_YET = Text(
    "Pilih nomor sumber di dalam jawaban. Kutipannya tampil di sini, ditandai di dalam dokumen.",
    "Choose a source number in an answer. Its quote appears here, marked inside the document.",
)
CLOSE = Text("Tutup dokumen sumber", "Close the source document")
DATE = Text("Tanggal", "Date")
PLACE = Text("Letak", "Place")
FILE = Text("Berkas", "File")
VERSION_LABEL = Text("Versi", "Version")
NO_DATE = Text("tidak tertera", "not stated")
QUOTE_IN_CONTEXT = Text("Kutipan di dalam teksnya", "The quote within its text")
MORE_BEFORE = Text("Tampilkan teks sebelumnya", "Show more before")
MORE_AFTER = Text("Tampilkan teks sesudahnya", "Show more after")
VIEW_SWITCH = Text("Cara menampilkan", "How to show it")
AS_TEXT = Text("Teks", "Text")
AS_PAGE = Text("Halaman asli", "Original page")
PAGE_OF = Text("Halaman {page} dari {pages}", "Page {page} of {pages}")
PREVIOUS_PAGE = Text("‹ Sebelumnya", "‹ Previous")
NEXT_PAGE = Text("Berikutnya ›", "Next ›")
QUOTE = Text("Kutipan", "Quote")
READING = Text("Pembacaan", "Reading")
READ_BY_OCR = Text("dibaca dengan OCR, keyakinan {percent}%", "read by OCR, confidence {percent}%")
OCR_UNSURE = Text(
    "OCR kurang pasti di sini; bandingkan kutipan ini dengan halaman aslinya.",
    "OCR was unsure here; compare this quote with the original page.",
)
PAGE_NOT_DRAWN = Text(
    "Halaman ini tidak dapat digambar; inilah teksnya.",
    "This page cannot be drawn; here is its text.",
)
REPLACED = Text(
    "Dokumen ini sudah diganti dengan versi {current}. Kutipan ini berasal dari versi {version}.",
    "This document has been replaced by version {current}. This quote is from version {version}.",
)
SOURCE_REMOVED = Text(
    "Dokumen ini sudah dihapus dari koleksi, sehingga kutipannya tidak dapat dibuka lagi.",
    "This document was removed from the collection since, so its quote can no longer be opened.",
)
SOURCE_MOVED = Text(
    "Kutipan ini tidak ada lagi pada versi dokumen yang tersimpan. Ajukan lagi pertanyaannya.",
    "This quote is no longer in the stored version of the document. Ask the question again.",
)

# Documents
PAGES_SWITCH = Text("Halaman", "Pages")
DOCUMENTS = Text("Dokumen", "Documents")
SEARCH_DOCUMENTS = Text(
    "Cari judul, berkas, daerah, atau tanggal", "Search title, file, region or date"
)
COLUMN_TITLE = Text("Judul", "Title")
COLUMN_KIND = Text("Jenis", "Kind")
COLUMN_PAGES = Text("Halaman", "Pages")
COLUMN_ADDED = Text("Ditambahkan", "Added")
COLUMN_FORMAT = Text("Format", "Format")
COLUMN_REGIONS = Text("Daerah", "Regions")
KINDS = {
    "news": Text("berita", "news"),
    "regulation": Text("peraturan", "regulation"),
    "plan": Text("rencana", "plan"),
    "report": Text("laporan", "report"),
    "table": Text("tabel", "table"),
    "web_page": Text("halaman web", "web page"),
    "letter": Text("surat", "letter"),
    "other": Text("lainnya", "other"),
}
STATES = {
    "warned": Text("dengan peringatan", "with warnings"),
    "corrected": Text("dikoreksi", "corrected"),
    "duplicate": Text("isi yang sama", "same content as another"),
}
FILTERS = Text("Saringan", "Filters")
FILTER_NAMES = {
    "kind": Text("Jenis", "Kind"),
    "region": Text("Daerah", "Region"),
    "year": Text("Tahun", "Year"),
    "state": Text("Keadaan", "State"),
}
FILTER_ALL = Text("semua", "all")
PAGES_OF_TABLE = Text("Halaman tabel", "Pages of the table")
COLLECTION_DRAWN = Text("Isi koleksi dalam grafik", "The collection as a chart")
ROWS_SHOWN = Text("{shown} dari {all} dokumen", "{shown} of {all} documents")
NO_MATCH = Text("Tidak ada dokumen yang cocok.", "No document matches.")

# Adding and removing documents
ADD_DOCUMENTS = Text("Tambah dokumen", "Add documents")
ADD_DOCUMENTS_HINT = Text(
    "Pilih atau tarik ke sini, boleh banyak sekaligus: {formats}. Paling besar {limit} MB "
    "tiap berkas.",
    "Choose them or drop them here, many at once if you like: {formats}. At most {limit} MB each.",
)
SENDING = Text("Mengunggah {number} dari {all} …", "Uploading {number} of {all} …")
JOBS = Text("Dokumen yang sedang atau baru dimasukkan", "Documents being added or just added")
JOB_COUNTS = Text(
    "{done} dari {all} dokumen, {passages} kutipan",
    "{done} of {all} documents, {passages} passages",
)
JOB_STATES = {
    "queued": Text("Menunggu giliran", "Waiting its turn"),
    "running": Text("Sedang dimasukkan", "Being added"),
    "cancelling": Text("Berhenti setelah dokumen ini", "Stopping after this document"),
    "done": Text("Selesai", "Done"),
    "failed": Text("Gagal", "Failed"),
    "cancelled": Text("Dibatalkan", "Cancelled"),
}
JOB_ORIGINS = {
    "upload": Text("unggahan", "upload"),
    "command line": Text("baris perintah", "command line"),
}
DOCUMENT_STATUSES = {
    "added": Text("Baru", "New"),
    "replaced": Text("Diganti", "Replaced"),
    "unchanged": Text("Tetap", "Unchanged"),
    "duplicate": Text("Isinya sudah ada", "Already there"),
    "removed": Text("Dikeluarkan", "Removed"),
    "failed": Text("Gagal", "Failed"),
}
MORE_LINES = Text("dan {more} lagi", "and {more} more")
CANCEL = Text("Batalkan", "Cancel")
DISMISS = Text("Tutup kabar ini", "Dismiss this")
REMOVE = Text("Keluarkan", "Remove")
REMOVE_NAMED = Text("Keluarkan {title}", "Remove {title}")
REMOVE_SURE = Text(
    "Keluarkan “{title}” dari semua jawaban? Riwayat dan berkas aslinya tetap tersimpan.",
    "Remove “{title}” from all answers? Its history and original file stay.",
)
COLUMN_ACTIONS = Text("Tindakan", "Actions")

# Briefing
BRIEFING_BYLINE = Text(
    "Ringkasan jawaban, {date}, dibuat dengan Tanya Daerah {version}",
    "Briefing, {date}, made with Tanya Daerah {version}",
)
BRIEFING_READ_AS = Text("Dibaca sebagai: {question}", "Read as: {question}")
BRIEFING_ANSWER = Text("Jawaban", "Answer")
BRIEFING_NOTES = Text("Catatan", "Notes")
BRIEFING_WHEN = Text("Waktu atau urutan", "When, or in what order")
BRIEFING_STEP = Text("Yang terjadi", "What happened")
BRIEFING_NO_DATE = Text("tanpa tanggal", "undated")
BRIEFING_NEWER = Text("kini ada versi {version}", "there is a version {version} now")
BRIEFING_SOURCE_GONE = Text(
    "sudah dikeluarkan dari penyimpanan", "no longer among the kept documents"
)
BRIEFING_TRANSLATION = Text(
    "Terjemahan mesin, bukan bukti: {text}", "Machine translation, no proof: {text}"
)
BRIEFING_QUOTED = Text(
    "Setiap pernyataan dikutip dari dokumen; catatan kakinya memuat kutipan persis dan tempatnya.",
    "Every statement is quoted from a document; its note has the exact quote and its place.",
)
BRIEFING_BY_MODEL = Text(
    "Disusun oleh model bahasa. Hanya pernyataan yang dibuktikan oleh kutipannya yang dimuat; "
    "catatan kakinya memuat kutipan persis dan tempatnya.",
    "Worded by a language model. Only statements that their quotes prove are in it; each note "
    "has the exact quote and its place.",
)
BRIEFING_SILENT = Text(
    "Tidak ada pernyataan yang dimuat, sebab tidak ada yang dapat dibuktikan dari dokumen.",
    "It holds no statement, because the documents prove none.",
)
BRIEFING_FONT = Text(
    "Huruf yang tidak dimiliki fon PDF ini ditulis sebagai ¤: {count}. Berkas Word memuatnya utuh.",
    "Characters that this PDF's font does not have are written as ¤: {count}. The Word file has "
    "them all.",
)

# One document
CLOSE_DETAILS = Text("Tutup rincian dokumen", "Close the document's details")
PUBLISHER = Text("Penerbit", "Publisher")
PEOPLE = Text("Orang", "People")
PASSAGES = Text("Kutipan", "Passages")
READ_AGAIN = Text("Baca ulang", "Read again")
READ_AGAIN_QUEUED = Text("Dokumen ini akan dibaca ulang.", "This document will be read again.")
ORIGINAL = Text("Unduh berkas asli", "Download the original")
ORIGINAL_TOO_LARGE = Text(
    "Berkas aslinya terlalu besar untuk diunduh di sini ({limit} MB).",
    "The original is too large to be downloaded here ({limit} MB).",
)
ERASE = Text("Hapus selamanya", "Erase for good")
ERASE_SURE = Text(
    "Hapus “{title}” selamanya? Teks, riwayat, berkas asli, dan kutipannya di dalam percakapan "
    "ikut terhapus dan tidak dapat dikembalikan.",
    "Erase “{title}” for good? Its text, history, original file and quotes in conversations go "
    "with it and cannot be brought back.",
)
ERASED_ELSEWHERE = Text(
    "Teks yang sama masih ada di: {sources}", "The same text still stands in: {sources}"
)
CORRECT = Text("Koreksi keterangan", "Correct the description")
CORRECTION_SAVE = Text("Simpan koreksi", "Save the correction")
CORRECTION_UNDO = Text("Kembalikan yang terbaca", "Back to what was read")
DATE_FORM = Text("Tanggal (2024-12-31, 2024-12, atau 2024)", "Date (2024-12-31, 2024-12 or 2024)")
REGIONS_FORM = Text("Daerah (dipisah titik koma)", "Regions (parted by semicolons)")
HISTORY = Text("Riwayat", "History")
VERSION_CHANGES = Text(
    "{added} kutipan baru, {removed} hilang, {kept} tetap",
    "{added} passages new, {removed} gone, {kept} kept",
)
RETIRED_WHY = {
    "replaced": Text("Diganti", "Replaced"),
    "removed": Text("Dikeluarkan", "Removed"),
    "erased": Text("Dihapus", "Erased"),
}

# Connection
CONNECTION_LOST = Text(
    "Sambungan ke program terputus. Halaman ini tersambung lagi begitu program berjalan.",
    "The connection to the program is lost. This page comes back as soon as the program runs.",
)

_MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def format_date(iso_date: str, language: Language) -> str:
    """``2022-01-27`` as "27 Januari 2022"; ``2022-01`` as "Januari 2022"; else as it is."""
    parts = iso_date[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) not in (2, 3):
        return iso_date
    month = int(parts[1])
    if not 1 <= month <= 12:
        return iso_date
    named = [_MONTHS[language][month - 1], parts[0]]
    return " ".join([str(int(parts[2])), *named] if len(parts) == 3 else named)


def format_number(value: float, language: Language, decimals: int = 0) -> str:
    """``1234.5`` as "1.234,5" in Indonesian, "1,234.5" in English."""
    english = f"{value:,.{decimals}f}"
    return english.translate(str.maketrans(",.", ".,")) if language == "id" else english


def clip(text: str, chars_max: int) -> str:
    """``text`` if it is short enough, else its beginning up to a space, and "…"."""
    if len(text) <= chars_max:
        return text
    kept = text[:chars_max]
    return kept[: kept.rfind(" ")] + "…" if " " in kept[chars_max // 2 :] else kept + "…"


def kind_name(kind: str, language: Language) -> str:
    """What a document is, for people; as it is where it is not known."""
    return KINDS[kind](language) if kind in KINDS else kind
