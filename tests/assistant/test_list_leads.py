"""Which sentences open the lists that an item stands in."""

from __future__ import annotations

import pytest

from assistant.list_leads import list_leads

TEXT = """\
Pasal 6
(1) Retribusi meliputi:
a. kios; dan
b. lapak.
(2) Setiap orang dilarang:
a. berjualan di trotoar;
b. melakukan hal berikut:
1. membakar sampah. Abunya pun dilarang;
2. menutup saluran; atau
c. parkir di taman.
(3) Tarif kios naik pada 2021.

Pasal 7
Catatan biasa.
a. Tanpa pembuka.

Yang dijual:
- beras
- gula
Penutup.
- lepas"""


def leads(item):
    return [TEXT[start:end] for start, end in list_leads(TEXT, TEXT.index(item))]


@pytest.mark.parametrize(
    ("item", "opened_by"),
    [
        ("a. kios", ["(1) Retribusi meliputi:"]),
        ("b. lapak", ["(1) Retribusi meliputi:"]),
        ("a. berjualan", ["(2) Setiap orang dilarang:"]),
        ("c. parkir", ["(2) Setiap orang dilarang:"]),
        ("1. membakar", ["(2) Setiap orang dilarang:", "b. melakukan hal berikut:"]),
        ("2. menutup", ["(2) Setiap orang dilarang:", "b. melakukan hal berikut:"]),
        ("(1) Retribusi", []),
        ("(2) Setiap", []),
        ("(3) Tarif", []),
        ("Catatan", []),
        ("a. Tanpa", []),
        ("- beras", ["Yang dijual:"]),
        ("- gula", ["Yang dijual:"]),
        ("- lepas", []),
    ],
)
def test_leads(item, opened_by):
    assert leads(item) == opened_by


def test_a_list_without_a_beginning_has_no_lead():
    assert list_leads("b. kedua;\nc. ketiga.", 11) == []


def test_far_leads_are_not_looked_for():
    text = "Dilarang:\na. satu;\n" + "kata " * 2_000 + "\nb. dua."
    assert list_leads(text, text.index("b. dua")) == []
