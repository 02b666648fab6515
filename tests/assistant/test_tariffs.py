"""Figures of a tariff annex: the right row of the right group, and of what it is."""

import pytest

from assistant.answer import answer_question
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

ANNEX = """<html><body><h1>Lampiran Perda Awan: tarif retribusi</h1>
<table>
<tr><th>No</th><th>Jenis pelayanan</th><th>Tarif (Rp)</th></tr>
<tr><td>1.</td><td>Kios di terminal</td><td></td></tr>
<tr><td>a.</td><td>Terminal Mega</td><td>5.000/m2/bulan</td></tr>
<tr><td>b.</td><td>Terminal Surya</td><td>7.000/m2/bulan</td></tr>
<tr><td>2.</td><td>Pelayanan ambulans jenazah</td><td></td></tr>
<tr><td>a.</td><td>Sampai dengan 5 km</td><td>101.000/perjalanan</td></tr>
<tr><td>b.</td><td>Lebih dari 5 km sampai dengan 25 km</td><td>236.000/perjalanan</td></tr>
<tr><td>c.</td><td>Lebih dari 25 km</td><td>359.000/perjalanan</td></tr>
</table></body></html>"""


@pytest.fixture(scope="module")
def annex(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("annex")
    (folder / "lampiran.html").write_text(ANNEX, encoding="utf-8")
    store = DocumentStore(folder / "store", model)
    assert not ingest_paths(store, [folder / "lampiran.html"]).failed
    yield store
    store.close()


def test_the_range_chooses_the_row_and_its_group_is_shown(annex):
    answer = answer_question(annex, "Berapa tarif ambulans jenazah untuk jarak 20 km?")
    values = [part.text for part in answer.parts if part.kind == "value"]
    assert values
    assert values[0].startswith("236.000")
    assert "101.000" not in answer.text
    assert any("ambulans jenazah" in c.quote for c in answer.citations)


def test_a_group_gives_its_rows(annex):
    answer = answer_question(annex, "Terminal mana saja yang kiosnya kena retribusi?")
    items = [part.text for part in answer.parts if part.kind == "item"]
    assert len(items) == 2
    assert "Mega" in items[0]
    assert "Surya" in items[1]
