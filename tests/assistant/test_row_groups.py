from assistant.coverage import covered_by_setting, heading_above
from assistant.row_groups import row_groups, row_mark
from assistant.understand import understand

TABLE = """NO | JENIS PELAYANAN | TARIF
7. | Sewa gedung
a. Aula | 300.000
8. | Ambulans jenazah
a. Dalam kabupaten
1) Sampai dengan 5 km | 101.000
2) Lebih dari 5 km | 149.000
b. Luar kabupaten
1) Sampai dengan 75 km | 682.000

Keterangan"""


def groups(row):
    return [TABLE[slice(*span)] for span in row_groups(TABLE, TABLE.index(row))]


def test_a_row_belongs_to_the_rows_that_name_it():
    assert groups("2) Lebih") == ["8. | Ambulans jenazah", "a. Dalam kabupaten"]
    assert groups("1) Sampai dengan 75") == ["8. | Ambulans jenazah", "b. Luar kabupaten"]
    assert groups("a. Aula") == ["7. | Sewa gedung"]
    assert groups("8. | Ambulans") == []
    assert groups("Keterangan") == []


def test_marks_are_told_apart_by_their_style():
    rows = ("1. x", "12. y", "1) x", "(2) x", "a. x", "A. x", "IV. x", "- x", "Aula | 1")
    assert [row_mark(row) for row in rows] == [
        "number.", "number.", "number)", "(number)", "small.", "large.", "roman.", "-", None,
    ]  # fmt: skip


def test_a_row_says_what_its_group_says():
    asked = understand("Berapa tarif ambulans jenazah?")
    start = TABLE.index("2) Lebih")
    end = TABLE.index("\n", start)
    names = {c.name for c in covered_by_setting(asked.concepts, TABLE, start, end, "id")}
    assert {"ambulans", "jenazah", "tarif"} <= names


def test_the_heading_above_is_no_item_and_no_sentence():
    text = "Siapa yang boleh meminta\n\nEnam macam pemohon:\n\na. perseorangan\n\nb. partai"
    assert heading_above(text, text.index("b. partai")) == "Siapa yang boleh meminta"
    assert heading_above("Bagaimana caranya?\nIsi formulir lalu kirim.", 19) == "Bagaimana caranya?"
    assert heading_above("Ini kalimat biasa yang panjang dan selesai.\nLalu ini.", 44) == ""
