"""What is said where the documents hold no answer: what was looked for, and what would help."""

from __future__ import annotations

from assistant.conversation import Answer, AnswerPart, Language
from assistant.question_kinds import Kind
from assistant.regions import unknown_region
from assistant.understand import Question
from docs_store.errors import StoreNotWritable
from docs_store.jobs import JobQueue
from docs_store.records import Hit
from docs_store.regulation_keys import find_regulations, regulation_name
from docs_store.store import DocumentStore

_NO_ANSWER: dict[Language, str] = {
    "id": "Tidak ada jawaban yang dapat dibuktikan dari dokumen yang ada.",
    "en": "There is no answer that the documents here can prove.",
}
_ASK_BACK: dict[Language, str] = {
    "id": "Yang mana yang dimaksud?",
    "en": "Which one is meant?",
}
_EMPTY: dict[Language, str] = {
    "id": "Belum ada dokumen. Tambahkan dengan: tanya ingest FOLDER",
    "en": "There are no documents yet. Add some with: tanya ingest FOLDER",
}
_LOOKED: dict[Language, str] = {
    "id": "Dicari di {documents} dokumen: {words}. Tidak ada kalimat yang memuat jawabannya.",
    "en": "Searched {documents} documents for: {words}. No sentence holds the answer.",
}
_ADDING: dict[Language, str] = {
    "id": "Dokumen lain sedang diproses; coba lagi setelah selesai.",
    "en": "Other documents are being taken in; try again when they are done.",
}
_NOTHING_BECAME: dict[Language, str] = {
    "id": "Tidak ada dokumen di sini yang menyatakan {name} dicabut atau diubah. Itu bukan bukti "
    "bahwa masih berlaku.",
    "en": "No document here says that {name} was revoked or amended. That is no proof that it is "
    "in force.",
}
_NO_REGION: dict[Language, str] = {
    "id": "“{name}” tidak ada dalam daftar resmi provinsi, kabupaten dan kota.",
    "en": "“{name}” is not in the official list of provinces, regencies and cities.",
}
_HELPS: dict[Language, dict[Kind, str]] = {
    "id": {
        Kind.PERSON: "keputusan pengangkatan atau berita pelantikan",
        Kind.DATE: "berita, keputusan atau laporan yang bertanggal",
        Kind.FIGURE: "laporan kinerja, statistik daerah atau lampiran tabelnya",
        Kind.MONEY: "APBD, DPA, RUP atau laporan realisasi anggaran",
        Kind.CALCULATION: "APBD, statistik daerah atau laporan dengan angka kedua-duanya",
        Kind.COMPARISON: "dokumen sejenis dari masing-masing yang dibandingkan",
        Kind.DEFINITION: "peraturan dengan pasal ketentuan umum",
        Kind.SEQUENCE: "RPJMD, rencana induk atau laporan program dengan tahapannya",
        Kind.PROCEDURE: "SOP, standar pelayanan atau peraturan pelaksananya",
        Kind.LEGAL_BASIS: "peraturannya sendiri, atau keputusan yang menyebutnya",
        Kind.VALIDITY: "peraturan yang mengubah atau mencabutnya",
        Kind.SUMMARY: "dokumen itu sendiri",
    },
    "en": {
        Kind.PERSON: "a decree of appointment, or news of an inauguration",
        Kind.DATE: "dated news, decrees or reports",
        Kind.FIGURE: "performance reports, regional statistics or their tables",
        Kind.MONEY: "the budget (APBD, DPA), procurement plans or realisation reports",
        Kind.CALCULATION: "budgets, statistics or reports that hold both figures",
        Kind.COMPARISON: "the same sort of document from each that is compared",
        Kind.DEFINITION: "a regulation with an article of general provisions",
        Kind.SEQUENCE: "the development plan (RPJMD), a master plan or a programme report",
        Kind.PROCEDURE: "service standards, SOPs or the implementing regulation",
        Kind.LEGAL_BASIS: "the regulation itself, or a decree that names it",
        Kind.VALIDITY: "the regulation that amends or revokes it",
        Kind.SUMMARY: "the document itself",
    },
}
_WOULD_HELP: dict[Language, str] = {
    "id": "Yang mungkin memuatnya: {what}. Tambahkan dokumennya, atau ubah pertanyaannya.",
    "en": "What may hold it: {what}. Add such a document, or put the question differently.",
}
_ANY: dict[Language, str] = {
    "id": "dokumen yang membahasnya",
    "en": "a document on the subject",
}


def being_added(store: DocumentStore) -> bool:
    """Whether documents are being taken in right now, one of which may hold the answer."""
    try:
        return any(not job.ended for job in JobQueue(store.path).jobs())
    except StoreNotWritable:
        return False


def why_nothing(
    question: Question,
    documents: int,
    missing: dict[Language, str] | None,
    is_adding: bool = False,
) -> str:
    """The reason for an abstention, in the answer's language.

    Args:
        question: what was asked.
        documents: how many documents were searched.
        missing: what the question names and the store does not have, where that is the reason.
        is_adding: whether documents are being taken in.
    """
    language = question.language
    if is_adding:
        return f"{why_nothing(question, documents, missing)} {_ADDING[language]}"
    if documents == 0:
        return _EMPTY[language]
    if missing:
        return missing[language]
    named = find_regulations(question.text)
    if question.kind is Kind.VALIDITY and named:
        return _NOTHING_BECAME[language].format(name=regulation_name(named[0].key))
    words = ", ".join(concept.name for concept in question.concepts) or question.text[:80]
    reason = [_LOOKED[language].format(documents=documents, words=words)]
    if name := unknown_region(question):
        reason.append(_NO_REGION[language].format(name=name))
    helps = _HELPS[language].get(question.kind, _ANY[language])
    reason.append(_WOULD_HELP[language].format(what=helps))
    return " ".join(reason)


def abstention(
    question: Question,
    reason: str,
    hits: list[Hit],
    timings_ms: dict[str, float],
    options: tuple[str, ...] = (),
) -> Answer:
    """An answer that answers nothing, with the nearest passages, or a question asked back."""
    language = question.language
    note = _ASK_BACK[language] if options else _NO_ANSWER[language]
    return Answer(
        question=question.text,
        language=language,
        mode="quotes",
        abstained=True,
        reason=reason,
        parts=(AnswerPart("note", note),),
        citations=(),
        passages=tuple(hits),
        timings_ms=timings_ms,
        kind=question.kind.value,
        understood=question.inferred,
        options=options,
    )
