"""Why a question could not be asked.

AskError
├── EmptyQuestion       nothing is asked
├── QuestionTooLong     shorten it
├── ReaderNotLoadable   restore the model's files
├── ChatModelNotInstalled   install the package that is named
└── ChatModelFailed     answer from quotes instead, and say why
"""

from __future__ import annotations

from docs_store.errors import BilingualError


class AskError(BilingualError):
    """The question cannot be answered as it stands."""


class EmptyQuestion(AskError):
    """There is no question."""

    indonesian = "Pertanyaannya kosong. Tulis satu pertanyaan, misalnya: Siapa Sekda Banyuwangi?"
    english = "The question is empty. Write one, for example: Who is the secretary of Banyuwangi?"


class QuestionTooLong(AskError):
    """The question has more characters than one can be answered by."""

    indonesian = (
        "Pertanyaannya terlalu panjang ({found} karakter, paling banyak {limit}). Ringkaslah, atau "
        "pecah menjadi beberapa pertanyaan."
    )
    english = (
        "The question is too long ({found} characters, at most {limit}). Shorten it, or ask "
        "several questions."
    )


class ReaderNotLoadable(AskError):
    """The reader's files are missing, cut short or altered."""

    indonesian = (
        "Model pembaca di {path} tidak dapat dimuat ({why}). Pasang ulang programnya, atau "
        "kembalikan berkas di folder itu."
    )
    english = (
        "The reader model in {path} cannot be loaded ({why}). Install the program again, or "
        "restore the files in that folder."
    )


class ChatModelNotInstalled(AskError):
    """The package through which this provider's chat models are reached is not installed."""

    indonesian = (
        "Model {model} memerlukan paket yang belum terpasang. Jalankan: pip install '{package}', "
        "atau kosongkan ASSISTANT_CHAT_MODEL."
    )
    english = (
        "The model {model} needs a package that is not installed. Run: pip install '{package}', "
        "or leave ASSISTANT_CHAT_MODEL empty."
    )


class ChatModelFailed(AskError):
    """The chat model gave no answer, or only the beginning of one."""

    indonesian = "Model bahasa tidak menjawab dengan baik: {why_id}."
    english = "The chat model did not answer well: {why_en}."
