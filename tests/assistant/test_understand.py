import pytest

from assistant.errors import EmptyQuestion, QuestionTooLong
from assistant.question_kinds import Kind
from assistant.understand import understand


@pytest.mark.parametrize(
    ("question", "kind", "language"),
    [
        ("Siapa Sekda Banyuwangi?", Kind.PERSON, "id"),
        ("Who is the regent of Banyuwangi?", Kind.PERSON, "en"),
        ("Kapan Morowali Utara dimekarkan?", Kind.DATE, "id"),
        ("Berapa jarak Morowali Utara dari Kota Palu?", Kind.FIGURE, "id"),
        ("Berapa anggaran pariwisata Banyuwangi tahun 2022?", Kind.MONEY, "id"),
        ("How much did the budget grow?", Kind.MONEY, "en"),
        ("Bagaimana Banyuwangi mengurutkan program pariwisatanya?", Kind.SEQUENCE, "id"),
        ("How did Banyuwangi sequence its tourism push?", Kind.SEQUENCE, "en"),
        ("Siapa saja pemohon informasi?", Kind.LIST, "id"),
        ("Apa itu PPID?", Kind.DEFINITION, "id"),
        ("Mengapa Banyuwangi fokus pada pariwisata?", Kind.EXPLANATION, "id"),
        ("Apa yang diadopsi dari Sumedang?", Kind.FACT, "id"),
    ],
)
def test_kind_and_language(question, kind, language):
    asked = understand(question)
    assert (asked.kind, asked.language) == (kind, language)


def test_the_answer_may_be_framed_in_another_language():
    asked = understand("Siapa Sekda Banyuwangi?", "en")
    assert (asked.language, asked.asks_in) == ("en", "id")


def test_a_concept_has_all_words_for_it():
    concepts = {c.name: c.forms for c in understand("How did tourism start in Jember?").concepts}
    assert ("pariwisata",) in concepts["tourism"]
    assert ("jember",) in concepts["Jember"]


def test_years_and_articles_are_read():
    asked = understand("Apa isi Pasal 7 Perbup 19 Tahun 2012?")
    assert asked.years == ("2012",)
    assert asked.article == "Pasal 7"


def test_control_characters_are_dropped():
    assert understand("Siapa\x00 Sekda\x1b[31m\u202e Banyuwangi?").text == (
        "Siapa Sekda [31m Banyuwangi?"
    )


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\x00\x07", "\u200b"])
def test_nothing_asked(question):
    with pytest.raises(EmptyQuestion) as raised:
        understand(question)
    assert "kosong" in raised.value.text("id")
    assert "empty" in raised.value.text("en")


def test_too_long():
    with pytest.raises(QuestionTooLong) as raised:
        understand("Siapa? " * 1500)
    assert "4000" in str(raised.value)


@pytest.mark.parametrize(
    ("question", "article", "clause"),
    [
        ("UU 23/2014 Pasal 65", "Pasal 65", ()),
        ("Apa isi Pasal 65 ayat (2) UU 23/2014?", "Pasal 65", ("2", "")),
        ("pasal 7 ayat 2 huruf b", "Pasal 7", ("2", "b")),
        ("Perbup 19 tahun 2012 pasal 7 huruf b", "Pasal 7", ("", "b")),
        ("article 7a (3) of the law", "Pasal 7A", ("3", "")),
        ("Pasal 5 (dicabut) itu apa?", "Pasal 5", ()),
    ],
)
def test_an_article_with_its_clause(question, article, clause):
    asked = understand(question)
    assert (asked.article, asked.clause) == (article, clause)
